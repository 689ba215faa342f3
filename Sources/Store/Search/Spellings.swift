import Definitions

/// Other ways in which people type what a record is called: telephone numbers without their marks, Chinese names by ear.
package enum Spellings {
    /// - Parameter texts: names, numbers and notes of one record.
    /// - Returns: what they are found by besides themselves.
    package static func of(_ texts: [String]) -> [String] { texts.compactMap(digits) + texts.flatMap(spoken) }

    /// All digits of a text that is a phone number or another grouped number, so that any part of it is found.
    private static func digits(_ text: String) -> String? {
        let digits = text.unicodeScalars.filter { ("0"..."9").contains($0) }
        let other = text.unicodeScalars.filter { !("0"..."9").contains($0) }
        guard digits.count >= 6, !other.isEmpty, other.allSatisfy({ "+-()/. \u{A0}".unicodeScalars.contains($0) })
        else { return nil }
        return String(String.UnicodeScalarView(digits))
    }

    /// A Chinese name as it sounds and by its initials: 宁波宏达 is found by `ningbohongda` and `nbhd`. Sentences are not
    /// names.
    private static func spoken(_ text: String) -> [String] {
        let scalars = text.unicodeScalars
        guard scalars.count <= 60, (2...24).contains(scalars.count(where: SpokenName.isHan)),
            !scalars.contains(where: { "，。；：！？\n".unicodeScalars.contains($0) })
        else { return [] }
        let name = SpokenName(text)
        return [name.full, name.initials]
    }
}
