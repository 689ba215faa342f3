/// Text in a header: ASCII as it is, anything else in encoded words (RFC 2047), lines folded at 76 characters.
enum HeaderText {
    /// - Parameter column: characters that stand on the line before the text.
    static func encoded(_ text: String, column: Int) -> String {
        let clean = String(String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? " " : $0 }))
        let isPlain = clean.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !clean.contains("=?")
        if isPlain, column + clean.utf8.count <= 76 { return clean }
        return words(clean, column: column).joined(separator: "\r\n ")
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    }

    /// Whole characters in each word, each word at most 75 characters, the first shorter by what stands before it.
    private static func words(_ text: String, column: Int) -> [String] {
        var words: [String] = []
        var bytes: [UInt8] = []
        func room() -> Int { (76 - (words.isEmpty ? column : 1) - "=?UTF-8?B??=".utf8.count) / 4 * 3 }
        for scalar in text.unicodeScalars {
            let next = Array(String(scalar).utf8)
            if !bytes.isEmpty, bytes.count + next.count > min(room(), 45) {
                words.append("=?UTF-8?B?" + Base64.text(bytes) + "?=")
                bytes = []
            }
            bytes += next
        }
        if !bytes.isEmpty || words.isEmpty { words.append("=?UTF-8?B?" + Base64.text(bytes) + "?=") }
        return words
    }
}

/// Base 64 (RFC 4648).
enum Base64 {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func text(_ bytes: [UInt8]) -> String {
        var out: [UInt8] = []
        out.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let three = (0..<3).map { start + $0 < bytes.count ? UInt32(bytes[start + $0]) : 0 }
            let whole = three[0] << 16 | three[1] << 8 | three[2]
            let count = min(3, bytes.count - start)
            for place in 0..<4 {
                out.append(place <= count ? letters[Int(whole >> (18 - 6 * place) & 63)] : UInt8(ascii: "="))
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Lines of 76 characters, as the body of a mail.
    static func lines(_ bytes: [UInt8]) -> String {
        stride(from: 0, to: bytes.count, by: 57).map { text(Array(bytes[$0..<min($0 + 57, bytes.count)])) }
            .joined(separator: "\r\n")
    }
}
