import Definitions

/// The kinds of fields as people call them.
struct FieldTypeWords {
    let eyes: Presentation

    func name(_ type: FieldType) -> String {
        let name = Self.names.first { $0.code == type.word }.map { eyes.say($0.label) } ?? type.spelling
        switch type {
        case .choice(let list), .choices(let list):
            return name + (eyes.language == .zh ? "：" : ": ")
                + (eyes.model.lists[list].map { eyes.say($0.label) } ?? list)
        case .link(let object), .links(let object), .lines(let object):
            return name + " " + (eyes.model.object(object).map { eyes.say($0.label) } ?? object)
        default: return name
        }
    }

    static let names: [(code: String, label: Label)] = [
        ("text", Label(zh: "文本", en: "Text")), ("longtext", Label(zh: "长文本", en: "Long text")),
        ("integer", Label(zh: "整数", en: "Whole number")),
        ("decimal(2)", Label(zh: "小数", en: "Number")), ("percent", Label(zh: "百分比", en: "Percent")),
        ("money", Label(zh: "金额", en: "Amount")),
        ("bool", Label(zh: "是否", en: "Yes or no")), ("day", Label(zh: "日期", en: "Date")),
        ("instant", Label(zh: "日期时间", en: "Date and time")),
        ("choice", Label(zh: "单选", en: "One choice")), ("choices", Label(zh: "多选", en: "Several choices")),
        ("link", Label(zh: "链接到", en: "Link to")), ("links", Label(zh: "多个链接", en: "Several links")),
        ("lines", Label(zh: "明细", en: "Lines of")), ("files", Label(zh: "附件", en: "Files")),
        ("json", Label(zh: "结构化数据", en: "Structured data")),
        ("anylink", Label(zh: "链接到任一对象", en: "Link to any of")),
    ]
}

extension FieldType {
    /// The type's word without what it is of.
    fileprivate var word: String {
        switch self {
        case .decimal: "decimal(2)"
        default: String(spelling.prefix { $0 != "(" })
        }
    }
}
