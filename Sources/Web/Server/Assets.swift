import Foundation
import Kernel

/// The files under `/a/`: our own and those the set-up installed, each under a name that carries its content's hash.
package struct Assets: Sendable {
    private struct File: Sendable {
        let bytes: [UInt8]
        let type: String
        /// The same in fewer bytes; nil for what doesn't get smaller.
        let packed: [UInt8]?

        init(bytes: [UInt8], type: String) {
            self.bytes = bytes
            self.type = type
            packed = Gzip.helps(type) ? Gzip.packed(bytes, level: Gzip.thorough) : nil
        }

        func reply(_ exchange: Exchange, caching: String) -> Reply {
            var reply = Reply(headers: [("content-type", type), ("cache-control", caching)], body: .bytes(bytes))
            guard let packed else { return reply }
            reply = reply.with("vary", "accept-encoding")
            guard Gzip.isAccepted(exchange.headers["accept-encoding"]) else { return reply }
            reply.body = .bytes(packed)
            return reply.with("content-encoding", "gzip")
        }
    }

    /// Served name → file.
    private let files: [String: File]
    /// Plain name → served name: `frame.css` → `frame.3f2a9c10.css`.
    private let names: [String: String]
    /// Addresses of the project's own files, which every page is drawn with, in order.
    let shell: [String]
    /// The service worker as it stands in the folder: it is served under an address of its own.
    let worker: [UInt8]
    /// Optional files that the set-up would install and that are not there.
    package let missing: [String]

    /// - Parameters:
    ///   - own: folder of the project's own files.
    ///   - installed: folder the set-up fills; may be absent.
    package init(own: String, installed: String?) throws {
        var plain: [String: (bytes: [UInt8], type: String)] = [:]
        worker = [UInt8](try Data(contentsOf: URL(fileURLWithPath: own + "/" + Self.workerName)))
        for folder in [own, installed].compactMap({ $0 }) {
            for name in Self.list(folder) {
                guard let type = Self.type(of: name), name != Self.workerName else { continue }
                let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
                plain[name] = ([UInt8](data), type)
            }
        }
        let parts = Self.parts.compactMap { plain.removeValue(forKey: $0)?.bytes }
        if parts.count == Self.parts.count {
            plain[Self.sheet] = (Array(parts.joined(separator: [0x0A])), "text/css; charset=utf-8")
        }
        let named = Self.named(plain)
        (files, names) = named
        let drawn = ([Self.sheet] + Self.list(own)).filter { !$0.hasSuffix(".png") }
        shell = drawn.compactMap { named.names[$0] }.map { "/a/" + $0 }
        missing = names[Self.sheet] == nil ? [Self.sheet] : []
    }

    private static let workerName = "sw.js"
    /// The one style sheet of every page.
    static let sheet = "frame.css"
    /// The files it is put together from, in order: a page waits for one answer instead of seven.
    private static let parts = [
        "tokens.css", "app.css", "parts.css", "pages.css", "desk.css", "relay.css", "list.css",
    ]

    /// Address of a file by its plain name.
    package func url(_ name: String) -> String { "/a/" + (names[name] ?? name) }

    func serve(_ exchange: Exchange) -> Reply {
        guard exchange.path.count >= 2 else { return Reply(status: 404) }
        let name = exchange.path.dropFirst().joined(separator: "/")
        if let file = files[name] {
            return file.reply(exchange, caching: "public, max-age=31536000, immutable")
        }
        guard let served = names[name], let file = files[served] else { return Reply(status: 404) }
        return file.reply(exchange, caching: "no-cache")
    }

    func favicon(_ exchange: Exchange) -> Reply {
        Reply(status: 303, headers: [("location", url("icon.svg"))])
    }

    private static func list(_ folder: String) -> [String] {
        let found = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return found.sorted()
    }

    /// Gives every file its hashed name. A module's imports are rewritten to hashed names first, those it imports
    /// before itself, so that its own hash covers them and an old module never meets a new one.
    private static func named(
        _ plain: [String: (bytes: [UInt8], type: String)]
    ) -> (files: [String: File], names: [String: String]) {
        var files: [String: File] = [:]
        var names: [String: String] = [:]
        var open: Set<String> = []
        func place(_ name: String) {
            guard names[name] == nil, open.insert(name).inserted, let source = plain[name] else { return }
            var bytes = source.bytes
            if source.type.hasPrefix("text/javascript") {
                var text = String(decoding: bytes, as: UTF8.self)
                for other in plain.keys.sorted()
                where other.hasSuffix(".js") && other != name && text.contains("./" + other) {
                    place(other)
                    guard let served = names[other] else { continue }
                    text = text.replacing("\"./\(other)\"", with: "\"./\(served)\"").replacing(
                        "'./\(other)'", with: "'./\(served)'")
                }
                bytes = Array(text.utf8)
            }
            let hash = String(Secrets.hex(Secrets.digest(bytes)).prefix(8))
            let point = name.lastIndex(of: ".") ?? name.endIndex
            let served = name[..<point] + "." + hash + name[point...]
            files[String(served)] = File(bytes: bytes, type: source.type)
            names[name] = String(served)
        }
        for name in plain.keys.sorted() { place(name) }
        return (files, names)
    }

    private static func type(of name: String) -> String? {
        switch name.split(separator: ".").last {
        case "css": "text/css; charset=utf-8"
        case "js", "mjs": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "woff2": "font/woff2"
        case "json": "application/json"
        // Which pages a browser may ask for while their link is still being pressed.
        case "rules": "application/speculationrules+json"
        case "webmanifest": "application/manifest+json"
        default: nil
        }
    }
}
