import CCurl
import Glibc

/// One transfer by libcurl, with its bounds: no redirects, no proxy of the environment, time and size limits. Blocks its
/// thread.
final class Transfer {
    struct Answer {
        /// Of HTTP or SMTP; 0 when none came.
        let status: Int
        /// What went wrong on the way; nil when the transfer was made.
        let failure: TransferFailure?
        /// The address guard refused every address of the host.
        let isForbidden: Bool
        /// What a mail server said when it refused: `535 5.7.8 Authentication failed`; empty when nothing.
        let said: String
    }

    private let handle: UnsafeMutableRawPointer
    private var lists: [UnsafeMutablePointer<curl_slist>] = []
    private var upload: [UInt8] = []
    private var sent = 0
    private var received = 0
    private var allows: @Sendable (AddressGuard.Address) -> Bool = { _ in true }
    private var refusals = 0
    private var said = ""

    private static let maximumAnswer = 64 << 10
    private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// Nil when the library can't be used.
    init?() {
        guard Self.isReady, let handle = curl_easy_init() else { return nil }
        self.handle = handle
        number(CURLOPT_NOSIGNAL, 1)
        number(CURLOPT_FOLLOWLOCATION, 0)
        text(CURLOPT_PROXY, "")
    }

    deinit {
        for list in lists { curl_slist_free_all(list) }
        curl_easy_cleanup(handle)
    }

    func text(_ option: CURLoption, _ value: String) { baton_curl_text(handle, option, value) }

    func number(_ option: CURLoption, _ value: Int) { baton_curl_number(handle, option, value) }

    func list(_ option: CURLoption, _ values: [String]) {
        var list: UnsafeMutablePointer<curl_slist>?
        for value in values { list = curl_slist_append(list, value) }
        guard let list else { return }
        lists.append(list)
        baton_curl_list(handle, option, list)
    }

    /// - Parameters:
    ///   - upload: what is sent; empty sends nothing by the reading side.
    ///   - allows: asked for every address before a connection to it is opened.
    func run(
        upload: [UInt8], timeout: Int, allows: @escaping @Sendable (AddressGuard.Address) -> Bool = { _ in true }
    ) -> Answer {
        self.upload = upload
        self.allows = allows
        number(CURLOPT_TIMEOUT, timeout)
        number(CURLOPT_CONNECTTIMEOUT, min(10, timeout))
        let me = Unmanaged.passUnretained(self).toOpaque()
        baton_curl_reading(handle) { buffer, size, count, user in
            guard let buffer, let user else { return 0 }
            return Unmanaged<Transfer>.fromOpaque(user).takeUnretainedValue().read(into: buffer, size * count)
        }
        baton_curl_pointer(handle, CURLOPT_READDATA, me)
        baton_curl_writing(handle) { _, size, count, user in
            guard let user else { return 0 }
            return Unmanaged<Transfer>.fromOpaque(user).takeUnretainedValue().take(size * count)
        }
        baton_curl_pointer(handle, CURLOPT_WRITEDATA, me)
        baton_curl_heading(handle) { buffer, size, count, user in
            guard let buffer, let user else { return 0 }
            let bytes = UnsafeRawBufferPointer(start: buffer, count: size * count)
            Unmanaged<Transfer>.fromOpaque(user).takeUnretainedValue().hear(bytes)
            return size * count
        }
        baton_curl_pointer(handle, CURLOPT_HEADERDATA, me)
        var gate = baton_curl_guard(
            allows: { user, family, bytes in
                guard let user, let bytes else { return 0 }
                let address = Array(UnsafeBufferPointer(start: bytes, count: family == 4 ? 4 : 16))
                return Unmanaged<Transfer>.fromOpaque(user).takeUnretainedValue().admits(address) ? 1 : 0
            }, user: me)
        let code = withUnsafeMutablePointer(to: &gate) { gate in
            baton_curl_guarding(handle, gate)
            return curl_easy_perform(handle)
        }
        return Answer(
            status: Int(baton_curl_response(handle)),
            failure: code == CURLE_OK
                ? nil : TransferFailure(code: code, text: String(cString: curl_easy_strerror(code))),
            isForbidden: code == CURLE_COULDNT_CONNECT && refusals > 0, said: said)
    }

    private func read(into buffer: UnsafeMutablePointer<CChar>, _ room: Int) -> Int {
        let count = min(room, upload.count - sent)
        guard count > 0 else { return 0 }
        upload.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            memcpy(buffer, base + sent, count)
        }
        sent += count
        return count
    }

    /// The answer's body says nothing to us; more than a little of it ends the transfer.
    private func take(_ count: Int) -> Int {
        received += count
        return received > Self.maximumAnswer ? 0 : count
    }

    /// Keeps the last line that refuses, without control characters.
    private func hear(_ bytes: UnsafeRawBufferPointer) {
        guard let first = bytes.first, first == UInt8(ascii: "4") || first == UInt8(ascii: "5") else { return }
        let line = String(decoding: bytes.prefix(300), as: UTF8.self)
        said = String(String.UnicodeScalarView(line.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
    }

    private func admits(_ bytes: [UInt8]) -> Bool {
        if allows(AddressGuard.Address(bytes)) { return true }
        refusals += 1
        return false
    }
}
