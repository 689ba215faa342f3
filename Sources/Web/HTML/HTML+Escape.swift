extension HTML {
    /// Writes text with `<`, `>` and `&` escaped; U+0000, which HTML can't hold, is left out.
    mutating func text(_ text: String) { escape(text, quotes: false) }

    /// Writes text that people typed: as `text`, and isolated from its surroundings when it holds right-to-left
    /// letters or direction controls, so that a name can't turn the words around it.
    mutating func user(_ text: String) {
        guard Self.needsIsolation(text) else { return escape(text, quotes: false) }
        append("<bdi>")
        escape(text, quotes: false)
        append("</bdi>")
    }

    /// Writes text for the inside of a quoted attribute value.
    mutating func attributeText(_ text: String) { escape(text, quotes: true) }

    private mutating func escape(_ text: String, quotes: Bool) {
        var text = text
        text.withUTF8 { source in
            var start = 0
            var position = 0
            while position < source.count {
                // Every byte that needs an entity is at or below `>`; letters pass with one comparison.
                if source[position] <= 0x3E, let entity = Self.entity(source[position], quotes: quotes) {
                    append(slice: source[start..<position])
                    append(entity)
                    start = position + 1
                }
                position += 1
            }
            append(slice: source[start..<position])
        }
    }

    /// The replacement of a byte, nil for a byte that stays.
    @inline(__always)
    private static func entity(_ byte: UInt8, quotes: Bool) -> StaticString? {
        switch byte {
        case 0x26: "&amp;"
        case 0x3C: "&lt;"
        case 0x3E: "&gt;"
        case 0x22: quotes ? "&quot;" : nil
        case 0x27: quotes ? "&#39;" : nil
        case 0x00: ""
        default: nil
        }
    }

    /// Whether the text holds a right-to-left letter or a direction control (UAX #9), judged by its UTF-8 bytes.
    static func needsIsolation(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { source in
            for position in source.indices where source[position] >= 0xD6 {
                let second = position + 1 < source.count ? source[position + 1] : 0
                let third = position + 2 < source.count ? source[position + 2] : 0
                switch source[position] {
                case 0xD6...0xDF: return true  // U+0580...U+07FF: Hebrew, Arabic, Syriac, Thaana, NKo
                case 0xE0 where second == 0xA0 || second == 0xA1 || second == 0xA2 || second == 0xA3: return true
                case 0xE2 where second == 0x80 && (third == 0x8E || third == 0x8F || (0xAA...0xAE).contains(third)):
                    return true
                case 0xE2 where second == 0x81 && (0xA6...0xA9).contains(third): return true
                case 0xEF where (0xAC...0xBB).contains(second): return true  // presentation forms
                default: continue
                }
            }
            return false
        }
    }
}
