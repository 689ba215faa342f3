/// Why a text is not acceptable JSON.
package enum JSONError: Error, Sendable, Hashable {
    case syntax(offset: Int)
    case duplicateKey(String)
    case tooDeep
    case notUTF8
    case trailing(offset: Int)
}

/// JSON to `Input` and back.
///
/// Stricter than most readers, on purpose: numbers keep their digits, a repeated key is an error (not "last wins"),
/// unpaired surrogates and invalid UTF-8 are errors, depth is limited.
package enum JSONText {
    package static let maximumDepth = 64

    package static func read(_ bytes: [UInt8]) throws(JSONError) -> Input {
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .notUTF8 }
        var reader = JSONReader(bytes: bytes)
        let value = try reader.value(depth: 0)
        reader.skipBlanks()
        guard reader.position == bytes.count else { throw .trailing(offset: reader.position) }
        return value
    }

    package static func write(_ input: Input) -> String {
        var writer = JSONBuilder()
        writer.write(input)
        return writer.text
    }
}

private struct JSONReader {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func skipBlanks() {
        while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) { position += 1 }
    }

    mutating func value(depth: Int) throws(JSONError) -> Input {
        guard depth <= JSONText.maximumDepth else { throw .tooDeep }
        skipBlanks()
        guard position < bytes.count else { throw .syntax(offset: position) }
        switch bytes[position] {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .text(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(_ word: String, _ value: Input) throws(JSONError) -> Input {
        guard bytes[position...].starts(with: word.utf8) else { throw .syntax(offset: position) }
        position += word.utf8.count
        return value
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipBlanks()
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func object(depth: Int) throws(JSONError) -> Input {
        position += 1
        var out: [String: Input] = [:]
        if take(UInt8(ascii: "}")) { return .object(out) }
        repeat {
            skipBlanks()
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { throw .syntax(offset: position) }
            let key = try string()
            guard take(UInt8(ascii: ":")) else { throw .syntax(offset: position) }
            guard out.updateValue(try value(depth: depth + 1), forKey: key) == nil else { throw .duplicateKey(key) }
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw .syntax(offset: position) }
        return .object(out)
    }

    private mutating func array(depth: Int) throws(JSONError) -> Input {
        position += 1
        var out: [Input] = []
        if take(UInt8(ascii: "]")) { return .list(out) }
        repeat { out.append(try value(depth: depth + 1)) } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw .syntax(offset: position) }
        return .list(out)
    }

    private mutating func number() throws(JSONError) -> Input {
        let start = position
        func digits(_ reader: inout JSONReader) -> Int {
            let from = reader.position
            while reader.position < reader.bytes.count, (0x30...0x39).contains(reader.bytes[reader.position]) {
                reader.position += 1
            }
            return reader.position - from
        }
        if position < bytes.count, bytes[position] == UInt8(ascii: "-") { position += 1 }
        let leadingZero = position < bytes.count && bytes[position] == UInt8(ascii: "0")
        let whole = digits(&self)
        guard whole > 0, !(leadingZero && whole > 1) else { throw .syntax(offset: start) }
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            position += 1
            guard digits(&self) > 0 else { throw .syntax(offset: start) }
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            if position < bytes.count, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[position]) {
                position += 1
            }
            guard digits(&self) > 0 else { throw .syntax(offset: start) }
        }
        return .number(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private mutating func string() throws(JSONError) -> String {
        position += 1
        let start = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                defer { position += 1 }
                return String(decoding: bytes[start..<position], as: UTF8.self)
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
            guard byte >= 0x20 else { throw .syntax(offset: position) }
            position += 1
        }
        throw .syntax(offset: position)
    }

    private mutating func escapedString(from start: Int) throws(JSONError) -> String {
        var out = Array(bytes[start..<position])
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: out, as: UTF8.self)
            case UInt8(ascii: "\\"): out.append(contentsOf: try escape().utf8)
            default:
                guard byte >= 0x20 else { throw .syntax(offset: position - 1) }
                out.append(byte)
            }
        }
        throw .syntax(offset: position)
    }

    private mutating func escape() throws(JSONError) -> String {
        guard position < bytes.count else { throw .syntax(offset: position) }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicode()
        default: throw .syntax(offset: position - 1)
        }
    }

    private mutating func unicode() throws(JSONError) -> String {
        let first = try hex()
        if (0xDC00...0xDFFF).contains(first) { throw .syntax(offset: position) }
        var scalar = UInt32(first)
        if (0xD800...0xDBFF).contains(first) {
            guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
                bytes[position + 1] == UInt8(ascii: "u")
            else { throw .syntax(offset: position) }
            position += 2
            let second = try hex()
            guard (0xDC00...0xDFFF).contains(second) else { throw .syntax(offset: position) }
            let high = (UInt32(first) - 0xD800) << 10
            scalar = 0x10000 + high + (UInt32(second) - 0xDC00)
        }
        guard let valid = Unicode.Scalar(scalar) else { throw .syntax(offset: position) }
        return String(Character(valid))
    }

    private mutating func hex() throws(JSONError) -> UInt16 {
        guard position + 4 <= bytes.count,
            let value = UInt16(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16),
            bytes[position] != UInt8(ascii: "+"), bytes[position] != UInt8(ascii: "-")
        else { throw .syntax(offset: position) }
        position += 4
        return value
    }
}
