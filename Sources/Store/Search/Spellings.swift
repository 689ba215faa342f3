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
        let plain = SpokenName(text)
        let heard = alike.reduce(text) { $0.replacing($1.written, with: $1.heard) }
        let name = heard == text ? plain : SpokenName(heard)
        return Set([plain.full, plain.initials, name.full, name.initials]).sorted()
    }

    /// Characters that sound otherwise in these words than alone, with one of that sound in their place: 银行 is yinhang,
    /// 重庆 chongqing, 长沙 changsha.
    private static let alike: [(written: String, heard: String)] = [
        ("银行", "银航"), ("商行", "商航"), ("洋行", "洋航"), ("车行", "车航"), ("分行", "分航"), ("支行", "支航"), ("总行", "总航"),
        ("行业", "航业"), ("重庆", "崇庆"), ("成都", "成督"), ("厦门", "夏门"), ("会计", "快计"), ("黄埔", "黄浦"), ("长", "常"),
        ("晟", "胜"), ("曾", "增"), ("翟", "宅"),
    ]
}
