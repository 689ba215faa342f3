/// Texts in quotation marks.
extension JSONReader {
    mutating func string() throws(JSONError) -> String {
        try expect(UInt8(ascii: "\""))
        let start = position
        while let byte = next {
            if byte == UInt8(ascii: "\"") {
                position += 1
                return String(decoding: bytes[start..<position - 1], as: UTF8.self)
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
            guard byte >= 0x20 else { break }
            position += 1
        }
        throw .syntax(offset: position)
    }

    private mutating func escapedString(from start: Int) throws(JSONError) -> String {
        var text = Array(bytes[start..<position])
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                position += 1
                try escape(into: &text)
            case 0..<0x20: throw .syntax(offset: position)
            default:
                position += 1
                text.append(byte)
            }
        }
        throw .syntax(offset: position)
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
        switch next {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(bytes[position])
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            position += 1
            text.append(contentsOf: String(try scalar()).utf8)
            return
        default: throw .syntax(offset: position)
        }
        position += 1
    }

    /// The character of an escape by number; one beyond the first 65,536 takes two, and half of one is nothing.
    private mutating func scalar() throws(JSONError) -> Unicode.Scalar {
        let start = position
        var code = try hexadecimal()
        if (0xD800...0xDBFF).contains(code) {
            try expect(UInt8(ascii: "\\"))
            try expect(UInt8(ascii: "u"))
            let low = try hexadecimal()
            guard (0xDC00...0xDFFF).contains(low) else { throw .syntax(offset: start) }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw .syntax(offset: start) }
        return scalar
    }

    private mutating func hexadecimal() throws(JSONError) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            let digit: UInt8
            switch next {
            case let byte? where (0x30...0x39).contains(byte): digit = byte - 0x30
            case let byte? where (0x61...0x66).contains(byte): digit = byte - 0x61 + 10
            case let byte? where (0x41...0x46).contains(byte): digit = byte - 0x41 + 10
            default: throw .syntax(offset: position)
            }
            code = code << 4 | UInt32(digit)
            position += 1
        }
        return code
    }
}
