import Foundation
import Synchronization

/// A web server on the loopback that takes one request after the other and answers as told.
final class LoopbackHook: Sendable {
    let port: UInt16
    private let socket: Int32
    private let heard = Mutex<[String]>([])

    /// - Parameter answers: the whole answer to each request, in order.
    init?(answers: [String]) {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(socket, generic, length) == 0 && getsockname(socket, generic, &length) == 0
            }
        }
        guard isBound, listen(socket, 8) == 0 else { return nil }
        self.socket = socket
        port = UInt16(bigEndian: address.sin_port)
        let thread = Thread { [self] in for answer in answers { serve(answer) } }
        thread.start()
    }

    deinit { close(socket) }

    var requests: [String] { heard.withLock { $0 } }

    private func serve(_ answer: String) {
        let connection = accept(socket, nil, nil)
        guard connection >= 0 else { return }
        defer { close(connection) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while !isWhole(bytes) {
            let count = recv(connection, &chunk, chunk.count, 0)
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        heard.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) }
        let out = Array(answer.utf8)
        _ = send(connection, out, out.count, Int32(MSG_NOSIGNAL))
    }

    private func isWhole(_ bytes: [UInt8]) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n") else { return false }
        let length = text.range(of: "Content-Length: ").flatMap { Int(text[$0.upperBound...].prefix { $0.isNumber }) }
        return text[end.upperBound...].utf8.count >= length ?? 0
    }
}
