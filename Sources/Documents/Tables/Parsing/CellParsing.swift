/// What a cell means, or why that can't be said.
package enum Parsed<Meaning: Sendable & Hashable>: Sendable, Hashable {
    case empty
    case value(Meaning)
    /// Several readings are possible, all of them given; the user or a declaration must choose.
    case ambiguous([Meaning])
    case invalid

    /// The meaning, if there is exactly one.
    package var value: Meaning? { if case .value(let meaning) = self { meaning } else { nil } }
}

/// Turns raw cells into values without ever guessing silently.
package enum CellParsing {
    /// Yes or no in the words people use for it.
    package static func bool(_ cell: TableCell) -> Parsed<Bool> {
        if case .bool(let flag) = cell { return .value(flag) }
        let word = plain(cell.display).lowercased()
        if word.isEmpty { return .empty }
        if ["true", "yes", "y", "1", "x", "是", "有", "对", "√", "✓", "ja", "si", "sí", "oui", "да"].contains(word) {
            return .value(true)
        }
        if ["false", "no", "n", "0", "否", "无", "不", "×", "nein", "non", "нет"].contains(word) { return .value(false) }
        return .invalid
    }

    /// `text` with full-width letters, digits and signs as their ordinary forms and all kinds of space as spaces,
    /// trimmed.
    package static func plain(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 >= 0x80 }) else { return text.trimmingSpace }
        var out = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E: if let narrow = Unicode.Scalar(scalar.value - 0xFEE0) { out.append(narrow) }
            case 0x3000, 0x00A0, 0x2007, 0x2009, 0x202F: out.append(" ")
            case 0x2212, 0x2012, 0x2013: out.append("-")
            case 0x2019, 0x02BC: out.append("'")
            case 0xFEFF, 0x200B, 0x200E, 0x200F: break
            default: out.append(scalar)
            }
        }
        return String(out).trimmingSpace
    }
}
