/// Makes a text from anywhere safe to lay out and print.
///
/// - NUL and other control characters are removed; tabs become spaces; every kind of line end becomes `\n`.
/// - Bidirectional overrides, embeddings and isolates are removed, so that no text can turn round its neighbours; each
///   text is laid out by itself, right-to-left scripts run by the Unicode algorithm.
/// - More than 8 combining marks in a row are cut to 8.
/// - At most `maximumLength` characters are printed, the last one then being `…`.
enum PrintableText {
    static let maximumLength = 20_000
    private static let maximumMarks = 8

    static func clean(_ text: String, limit: Int = maximumLength) -> String {
        if isPlain(text, limit: limit) { return text }
        var out = String.UnicodeScalarView()
        var count = 0
        var marks = 0
        var afterReturn = false
        for scalar in text.unicodeScalars {
            let isFeedAfterReturn = afterReturn && scalar == "\n"
            afterReturn = scalar == "\r"
            guard !isFeedAfterReturn, let printed = printed(scalar) else { continue }
            marks = isMark(printed) ? marks + 1 : 0
            if marks > maximumMarks { continue }
            count += 1
            if count == limit {
                out.append("…")
                break
            }
            out.append(printed)
        }
        return String(out)
    }

    /// Whether nothing has to be changed: the usual case, told from the bytes alone.
    private static func isPlain(_ text: String, limit: Int) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            bytes.count < limit
                && bytes.allSatisfy { byte in byte == 0x0A || (byte >= 0x20 && byte < 0x7F) || isPlainLead(byte) }
        }
    }

    /// Bytes of CJK ideographs (leads E4...E9) and of Western letters (lead C3); the other leads open characters among
    /// which there are controls and marks, so they take the careful way.
    private static func isPlainLead(_ byte: UInt8) -> Bool {
        (0x80...0xBF).contains(byte) || (0xE4...0xE9).contains(byte) || byte == 0xC3
    }

    private static func printed(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x09: " "
        case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: "\n"
        case 0x00...0x1F, 0x7F...0x9F: nil
        case 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x2069: nil
        case 0xFEFF, 0xFFF9...0xFFFC, 0xE0000...0xE007F: nil
        default: scalar
        }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value >= 0x300 else { return false }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .spacingMark: return true
        default: return false
        }
    }
}
