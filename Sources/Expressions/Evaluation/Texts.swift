import Values

/// Texts by Unicode scalars, as databases see them.
package enum Texts {
    /// What TRIM takes away at both ends: blank, tab, line ends, no-break space, ideographic space.
    package static let blanks = " \t\n\r\u{A0}\u{3000}"
    /// Most characters that LEFT, RIGHT and MID count.
    package static let maximumCount = 1_000_000_000

    /// A count given by a user, within 0...`maximumCount`.
    static func count(_ value: Value) -> Int {
        let units = value.decimal?.units ?? 0
        return Int(min(max(units, 0), Int128(maximumCount)))
    }

    static func slice(_ text: String, from start: Int, count: Int) -> String {
        var out = String.UnicodeScalarView()
        out.append(contentsOf: text.unicodeScalars.dropFirst(start - 1).prefix(count))
        return String(out)
    }

    static func ending(_ text: String, count: Int) -> String {
        var out = String.UnicodeScalarView()
        out.append(contentsOf: text.unicodeScalars.suffix(count))
        return String(out)
    }

    static func trimmed(_ text: String) -> String {
        let blank = Array(blanks.unicodeScalars)
        let start = text.unicodeScalars.drop { blank.contains($0) }
        guard let last = start.lastIndex(where: { !blank.contains($0) }) else { return "" }
        return String(String.UnicodeScalarView(start[...last]))
    }

    static func mapped(_ text: String, _ change: (UInt8) -> UInt8) -> String {
        String(decoding: text.utf8.map(change), as: UTF8.self)
    }

    /// 1-based byte position of the first occurrence, 0 if none, 1 for an empty needle.
    static func position(of needle: String, in text: String) -> Int {
        let wanted = Array(needle.utf8)
        let bytes = Array(text.utf8)
        guard let first = wanted.first else { return 1 }
        guard bytes.count >= wanted.count else { return 0 }
        for start in 0...(bytes.count - wanted.count) where bytes[start] == first {
            if bytes[start..<start + wanted.count].elementsEqual(wanted) { return start + 1 }
        }
        return 0
    }
}
