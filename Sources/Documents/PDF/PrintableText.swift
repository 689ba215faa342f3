/// Makes a text from anywhere safe to lay out and print.
///
/// - NUL and other control characters are removed; tabs become spaces; every kind of line end becomes `\n`; more than
///   two empty lines become two.
/// - Bidirectional overrides, embeddings and isolates are removed, so that no text can turn round its neighbours; each
///   text is laid out by itself, right-to-left scripts run by the Unicode algorithm.
/// - More than 4 combining marks in a row are cut to 4.
/// - A stretch of 64 characters without a place to break gets one, since the layout takes quadratic time over it.
/// - At most `maximumLength` characters are printed, the last one then being `…`.
package enum PrintableText {
    package static let maximumLength = 12_000
    private static let longestStretch = 64

    package static func clean(_ text: String, limit: Int = maximumLength) -> String {
        if isPlain(text, limit: limit) { return text }
        var pass = CleaningPass(limit: limit, longestStretch: longestStretch)
        for scalar in text.unicodeScalars {
            if !pass.take(scalar) { break }
        }
        return String(pass.out)
    }

    /// Whether nothing has to be changed: the usual case, told from the bytes alone.
    private static func isPlain(_ text: String, limit: Int) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.count < limit else { return false }
            var stretch = 0
            var feeds = 0
            for byte in bytes {
                feeds = byte == 0x0A ? feeds + 1 : 0
                switch byte {
                case 0x0A, 0x20, 0xE4...0xE9: stretch = 0
                case 0x21..<0x7F, 0x80...0xBF, 0xC3: stretch += 1
                default: return false
                }
                if stretch >= longestStretch || feeds > 3 { return false }
            }
            return true
        }
    }
}

/// One careful pass over a text, scalar by scalar.
private struct CleaningPass {
    let limit: Int
    let longestStretch: Int
    var out = String.UnicodeScalarView()
    private var count = 0
    private var marks = 0
    private var stretch = 0
    private var feeds = 0
    private var afterReturn = false

    private static let maximumMarks = 4

    init(limit: Int, longestStretch: Int) {
        self.limit = limit
        self.longestStretch = longestStretch
    }

    /// False when the limit is reached.
    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        let isFeedAfterReturn = afterReturn && scalar == "\n"
        afterReturn = scalar == "\r"
        guard !isFeedAfterReturn, let printed = Self.printed(scalar) else { return true }
        feeds = printed == "\n" ? feeds + 1 : 0
        let isMark = Self.isMark(printed)
        marks = isMark ? marks + 1 : 0
        if marks > Self.maximumMarks || feeds > 3 { return true }
        count += 1
        guard count < limit else {
            out.append("…")
            return false
        }
        stretch = Self.allowsBreak(printed) ? 0 : stretch + 1
        if stretch >= longestStretch, !isMark, out.last != "\u{200D}" {
            out.append("\u{200B}")
            stretch = 0
        }
        out.append(printed)
        return true
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

    /// Spaces, and ideographs, between which a line may end anywhere.
    private static func allowsBreak(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A, 0x20, 0x2000...0x2006, 0x2008...0x200B, 0x3000...0x9FFF, 0xAC00...0xD7A3, 0x20000...0x3FFFF: true
        default: false
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
