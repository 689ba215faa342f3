/// Why a text is no JSON document.
package struct JSONSyntaxError: Error, Sendable, Hashable {
    package let line: Int
    package let reason: String

    package init(line: Int, reason: String) {
        self.line = line
        self.reason = reason
    }
}

/// Reads one JSON document (RFC 8259) into source nodes, numbers as written. Duplicate keys are refused.
package struct JSONReader {
    private var bytes: ArraySlice<UInt8>
    private var line = 1
    private var depth = 0
    private static let maximumDepth = 40

    private let file: String

    private init(_ text: String, file: String) {
        bytes = Array(text.utf8)[...]
        self.file = file
    }

    package static func read(_ text: String, file: String = "overlay") throws(JSONSyntaxError) -> SourceNode {
        var reader = JSONReader(text, file: file)
        let node = try reader.value()
        reader.skipBlanks()
        guard reader.bytes.isEmpty else { throw reader.error("text after the end") }
        return node
    }

    private var place: SourceLocation { SourceLocation(file: file, line: line) }

    private func error(_ reason: String) -> JSONSyntaxError { JSONSyntaxError(line: line, reason: reason) }

    private mutating func skipBlanks() {
        while let byte = bytes.first, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            if byte == 0x0A { line += 1 }
            bytes.removeFirst()
        }
    }

    private mutating func value() throws(JSONSyntaxError) -> SourceNode {
        skipBlanks()
        let start = place
        switch bytes.first {
        case 0x7B: return SourceNode(.map(try entries()), at: start)
        case 0x5B: return SourceNode(.list(try items()), at: start)
        case 0x22: return SourceNode(.scalar(try string(), plain: false), at: start)
        case nil: throw error("unexpected end")
        default: return try word(start)
        }
    }

    private mutating func word(_ start: SourceLocation) throws(JSONSyntaxError) -> SourceNode {
        let word = bytes.prefix { !" \n\r\t,]}".utf8.contains($0) }
        bytes = bytes.dropFirst(word.count)
        let text = String(decoding: word, as: UTF8.self)
        switch text {
        case "null": return SourceNode(.null, at: start)
        case "true", "false": return SourceNode(.scalar(text, plain: true), at: start)
        default:
            guard text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) != nil else {
                throw error("“\(text)” is no value")
            }
            return SourceNode(.scalar(text, plain: true), at: start)
        }
    }

    private mutating func enter() throws(JSONSyntaxError) {
        depth += 1
        bytes.removeFirst()
        if depth > Self.maximumDepth { throw error("nested too deeply") }
    }

    private mutating func entries() throws(JSONSyntaxError) -> [SourceNode.Entry] {
        try enter()
        var entries: [SourceNode.Entry] = []
        var seen: Set<String> = []
        while true {
            skipBlanks()
            if entries.isEmpty, bytes.first == 0x7D { break }
            guard bytes.first == 0x22 else { throw error("a key in quotes is expected") }
            let start = place
            let key = try string()
            guard seen.insert(key).inserted else { throw error("the key “\(key)” stands twice") }
            skipBlanks()
            guard bytes.popFirst() == 0x3A else { throw error("a colon is expected") }
            entries.append(SourceNode.Entry(key, try value(), at: start))
            if try closes(with: 0x7D) { return entries }
        }
        bytes.removeFirst()
        depth -= 1
        return entries
    }

    private mutating func items() throws(JSONSyntaxError) -> [SourceNode] {
        try enter()
        var items: [SourceNode] = []
        while true {
            skipBlanks()
            if items.isEmpty, bytes.first == 0x5D { break }
            items.append(try value())
            if try closes(with: 0x5D) { return items }
        }
        bytes.removeFirst()
        depth -= 1
        return items
    }

    private mutating func closes(with end: UInt8) throws(JSONSyntaxError) -> Bool {
        skipBlanks()
        switch bytes.popFirst() {
        case 0x2C: return false
        case end:
            depth -= 1
            return true
        default: throw error("a comma or the end is expected")
        }
    }

    private mutating func string() throws(JSONSyntaxError) -> String {
        bytes.removeFirst()
        var out: [UInt8] = []
        while let byte = bytes.popFirst() {
            switch byte {
            case 0x22: return String(decoding: out, as: UTF8.self)
            case 0x5C: out += Array(try escape().utf8)
            case 0..<0x20: throw error("a control character in text")
            default: out.append(byte)
            }
        }
        throw error("text without end")
    }

    private mutating func escape() throws(JSONSyntaxError) -> String {
        switch bytes.popFirst() {
        case 0x22: return "\""
        case 0x5C: return "\\"
        case 0x2F: return "/"
        case 0x62: return "\u{8}"
        case 0x66: return "\u{C}"
        case 0x6E: return "\n"
        case 0x72: return "\r"
        case 0x74: return "\t"
        case 0x75: return try unicode()
        default: throw error("an unknown escape")
        }
    }

    private mutating func unicode() throws(JSONSyntaxError) -> String {
        let first = try unit()
        guard (0xD800...0xDBFF).contains(first) else {
            guard let scalar = Unicode.Scalar(first) else { throw error("half a character") }
            return String(Character(scalar))
        }
        guard bytes.popFirst() == 0x5C, bytes.popFirst() == 0x75 else { throw error("half a character") }
        let second = try unit()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw error("half a character") }
        return String(Character(scalar))
    }

    private mutating func unit() throws(JSONSyntaxError) -> UInt32 {
        guard bytes.count >= 4, let unit = UInt32(String(decoding: bytes.prefix(4), as: UTF8.self), radix: 16) else {
            throw error("four hexadecimal digits are expected")
        }
        bytes = bytes.dropFirst(4)
        return unit
    }
}
