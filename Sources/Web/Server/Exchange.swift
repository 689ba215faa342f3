import Kernel
package import Values

/// One HTTP request, read and bounded: what a handler needs and nothing of the framework.
package struct Exchange: Sendable {
    package let method: String
    /// Percent-decoded, without empty segments: `["api", "v1", "quotation"]`.
    package let path: [String]
    /// In the order given; names may repeat.
    package let query: [(name: String, value: String)]
    /// Lower-case names.
    package let headers: [String: String]
    package let body: [UInt8]
    /// Address of the peer, or what a trusted proxy says.
    package let source: String
    package let id: String

    package init(
        method: String, path: [String], query: [(name: String, value: String)], headers: [String: String],
        body: [UInt8], source: String, id: String
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.source = source
        self.id = id
    }

    package subscript(query name: String) -> String? { query.first { $0.name == name }?.value }

    package func all(_ name: String) -> [String] { query.filter { $0.name == name }.map(\.value) }

    package var isAPI: Bool { path.first == "api" }

    /// `text/html` of `text/html; charset=utf-8`.
    package var contentType: String? {
        headers["content-type"].map { String($0.prefix { $0 != ";" }).trimmingSpaces.lowercased() }
    }

    static let positionName = "baton-position"

    /// What the client has seen of the database's log; nil when it does not say.
    var position: String? { headers[Self.positionName] ?? cookie("baton_position") }

    package func cookie(_ name: String) -> String? { Self.cookie(name, in: headers["cookie"]) }

    /// The value of a cookie in a header; the first of its name.
    static func cookie(_ name: String, in header: String?) -> String? {
        for part in (header ?? "").split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1)
            if pair.count == 2, String(pair[0]).trimmingSpaces == name { return String(pair[1]).trimmingSpaces }
        }
        return nil
    }

    /// Method and path for the log; encoded, so that nobody writes lines of his own into it.
    var line: String { method + " /" + path.map(PercentCode.encode).joined(separator: "/") }

    /// The path and query to come back to after signing in.
    package var target: String {
        let path = "/" + self.path.map(PercentCode.encode).joined(separator: "/")
        let query = self.query.map { PercentCode.encode($0.name) + "=" + PercentCode.encode($0.value) }
        return query.isEmpty ? path : path + "?" + query.joined(separator: "&")
    }
}

/// What goes back.
package struct Reply: Sendable {
    package enum Body: Sendable {
        case bytes([UInt8])
        /// Server-sent events: chunks until the stream ends or the client goes.
        case stream(AsyncStream<[UInt8]>)
    }

    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: Body

    package init(status: Int = 200, headers: [(name: String, value: String)] = [], body: Body = .bytes([])) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package static func html(_ bytes: [UInt8], status: Int = 200) -> Reply {
        Reply(
            status: status,
            headers: [("content-type", "text/html; charset=utf-8"), ("cache-control", "no-store")], body: .bytes(bytes))
    }

    package static func json(_ writer: JSONBuilder, status: Int = 200) -> Reply {
        Reply(
            status: status,
            headers: [("content-type", "application/json; charset=utf-8"), ("cache-control", "no-store")],
            body: .bytes(writer.bytes))
    }

    /// 303: the browser goes on with a GET.
    package static func redirect(to target: String) -> Reply {
        Reply(status: 303, headers: [("location", target), ("cache-control", "no-store")])
    }

    package func with(_ name: String, _ value: String) -> Reply {
        var copy = self
        copy.headers.append((name, value))
        return copy
    }

    package var bytes: [UInt8] { if case .bytes(let bytes) = body { bytes } else { [] } }

    package func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

/// Percent encoding of RFC 3986, and the `+` of form bodies.
package enum PercentCode {
    package static func encode(_ text: String) -> String {
        let hex = Array("0123456789ABCDEF".utf8)
        var out: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: out.append(byte)
            default: out.append(contentsOf: [0x25, hex[Int(byte >> 4)], hex[Int(byte & 15)]])
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Nil for a broken escape, invalid UTF-8 or NUL.
    package static func decode(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String? {
        var out: [UInt8] = []
        var bytes = Array(text.utf8)[...]
        while let byte = bytes.popFirst() {
            if byte == 0x25 {
                guard bytes.count >= 2, let high = digit(bytes.removeFirst()), let low = digit(bytes.removeFirst())
                else { return nil }
                out.append(high << 4 | low)
            } else {
                out.append(byte == 0x2B && plusIsSpace ? 0x20 : byte)
            }
        }
        guard !out.contains(0) else { return nil }
        return String(validating: out, as: UTF8.self)
    }

    /// `a=1&b=2`; nil when a part can't be decoded.
    package static func form(_ text: some StringProtocol) -> [(name: String, value: String)]? {
        var out: [(name: String, value: String)] = []
        for part in text.split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decode(pair[0], plusIsSpace: true),
                let value = pair.count == 2 ? decode(pair[1], plusIsSpace: true) : ""
            else { return nil }
            out.append((name, value))
        }
        return out
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}

extension String {
    var trimmingSpaces: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
