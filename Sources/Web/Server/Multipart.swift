/// A multipart/form-data body (RFC 7578): its plain fields and its files.
struct Multipart {
    private(set) var fields: [(name: String, value: String)] = []
    private(set) var files: [(name: String, bytes: [UInt8])] = []
    var file: (name: String, bytes: [UInt8])? { files.first }

    /// Nil when the boundary is missing or a part has no name. At most 200 parts are read.
    init?(_ exchange: Exchange) {
        guard let header = exchange.headers["content-type"], let boundary = Self.parameter("boundary", of: header),
            (1...70).contains(boundary.utf8.count)
        else { return nil }
        let mark = Array(("--" + boundary).utf8)
        let body = exchange.body[...]
        guard var start = Self.find(mark, in: body) else { return nil }
        for _ in 0..<200 {
            start += mark.count
            guard body[start...].starts(with: [0x0D, 0x0A]) else { return }
            let part = body[(start + 2)...]
            guard let end = Self.find([0x0D, 0x0A] + mark, in: part),
                let gap = Self.find([0x0D, 0x0A, 0x0D, 0x0A], in: part), gap < end
            else { return nil }
            guard take(head: String(decoding: part[part.startIndex..<gap], as: UTF8.self), body: part[(gap + 4)..<end])
            else {
                return nil
            }
            start = end + 2
        }
    }

    private mutating func take(head: String, body: ArraySlice<UInt8>) -> Bool {
        guard
            let line = head.split(separator: "\r\n").first(where: { $0.lowercased().hasPrefix("content-disposition:") }
            ),
            let name = Self.parameter("name", of: String(line))
        else { return false }
        if let fileName = Self.parameter("filename", of: String(line)) {
            if !fileName.isEmpty { files.append((Self.safe(fileName), Array(body))) }
        } else {
            fields.append((name, String(decoding: body, as: UTF8.self)))
        }
        return true
    }

    /// A file name for showing: without folders, control characters and direction marks, at most 120 characters.
    private static func safe(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let kept = last.unicodeScalars.filter { scalar in
            let isBidi = (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
            return scalar.value >= 0x20 && scalar.value != 0x7F && !isBidi
        }
        return String(String(String.UnicodeScalarView(kept)).prefix(120))
    }

    private static func parameter(_ name: String, of header: String) -> String? {
        for part in header.split(separator: ";").dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1).map { String($0).trimmingSpaces }
            guard pair.count == 2, pair[0].lowercased() == name else { continue }
            return pair[1].hasPrefix("\"") ? String(pair[1].dropFirst().prefix { $0 != "\"" }) : pair[1]
        }
        return nil
    }

    private static func find(_ needle: [UInt8], in hay: ArraySlice<UInt8>) -> Int? {
        guard let first = needle.first, hay.count >= needle.count else { return nil }
        var index = hay.startIndex
        let last = hay.endIndex - needle.count
        while index <= last {
            guard let next = hay[index...].firstIndex(of: first), next <= last else { return nil }
            if hay[next..<next + needle.count].elementsEqual(needle) { return next }
            index = next + 1
        }
        return nil
    }
}
