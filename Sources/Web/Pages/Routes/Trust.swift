import Definitions
import Foundation
import Kernel

/// `/trust`: how a device comes to trust the authority that signed this house's certificate. Open to everybody, since it
/// is read before anybody can sign in, and without encryption; it tells nothing but the certificate.
struct Trust {
    static let certificate = "ca.crt"

    let pages: Pages

    func reply() async throws -> Reply {
        let exchange = pages.exchange
        guard let folder = pages.site.settings.trustFolder, exchange.method == "GET" || exchange.method == "HEAD" else {
            throw Rejection.noSuchPath
        }
        let path = exchange.path.dropFirst()
        switch (path.count, path.first) {
        case (0, nil): return .html(try page(folder).document(context))
        case (1, Self.certificate?):
            return Reply(
                headers: [
                    ("content-type", "application/x-x509-ca-cert"), ("cache-control", "no-store"),
                    ("content-disposition", "attachment; filename=\"baton-ca.crt\""),
                ], body: .bytes(try Self.bytes(folder, Self.certificate)))
        case (1, "qr.svg"?):
            guard FileManager.default.fileExists(atPath: folder + "/qr.svg") else { throw Rejection.noSuchPath }
            return Reply(
                headers: [("content-type", "image/svg+xml"), ("cache-control", "no-store")],
                body: .bytes(try Self.bytes(folder, "qr.svg")))
        default: throw Rejection.noSuchPath
        }
    }

    /// The language may be named in the address: without encryption no choice of ours is kept.
    private var context: PageContext {
        let usual = pages.context(nil)
        let asked = pages.exchange[query: "language"].flatMap(Language.init(rawValue:))
        return PageContext(
            language: asked ?? usual.language, theme: usual.theme, format: usual.format, assets: usual.assets)
    }

    private func page(_ folder: String) throws -> TrustPage {
        let address = String(decoding: try Self.bytes(folder, "address"), as: UTF8.self)
        return TrustPage(
            fingerprint: try Self.fingerprint(of: try Self.bytes(folder, Self.certificate)),
            device: .guessed(from: pages.exchange.headers["user-agent"] ?? ""), address: address.trimmingSpaces,
            showsCode: FileManager.default.fileExists(atPath: folder + "/qr.svg"))
    }

    private static func bytes(_ folder: String, _ name: String) throws -> [UInt8] {
        do {
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
        } catch {
            throw Fault(code: "no_authority", detail: "\(folder)/\(name): \(error)")
        }
    }

    /// SHA-256 of the certificate itself, in pairs, as devices show it.
    static func fingerprint(of pem: [UInt8]) throws -> String {
        let lines = String(decoding: pem, as: UTF8.self).split(whereSeparator: \.isNewline)
        let body = lines.drop { !$0.hasPrefix("-----BEGIN CERTIFICATE") }.dropFirst().prefix { !$0.hasPrefix("-----") }
        guard let certificate = Data(base64Encoded: body.joined()), !certificate.isEmpty else {
            throw Fault(code: "no_authority", detail: "the file holds no certificate")
        }
        let digest = Array(Secrets.hex(Secrets.digest([UInt8](certificate))).uppercased())
        return stride(from: 0, to: digest.count, by: 2).map { String(digest[$0..<$0 + 2]) }.joined(separator: ":")
    }
}
