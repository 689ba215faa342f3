import Expressions

extension FieldType {
    /// Lists longer than this are not checked against literals; they come from reference tables.
    private static let mostCodes = 300

    /// The field as expressions see it; nil for what they can't read.
    func expressionField(_ id: String, lists: [String: CodeList]) -> ExpressionField? {
        guard let type = valueType else { return nil }
        switch self {
        case .lines: return ExpressionField(id: id, type: type, parentField: "parent")
        case .choice(let name), .choices(let name):
            let codes = lists[name].flatMap { $0.codes.count <= Self.mostCodes ? $0.codes.map(\.code) : nil }
            return ExpressionField(id: id, type: type, codes: codes)
        default: return ExpressionField(id: id, type: type)
        }
    }

    /// A part of a money field: `base`, `currency` or `rate`, as far as this field has it.
    func expressionPart(_ part: String, of id: String) -> ExpressionField? {
        guard case .money(let source) = self else { return nil }
        switch (part, source) {
        case ("base", .own), ("base", .record): return ExpressionField(id: id + ".base", type: .decimal(scale: 4))
        case ("currency", .own): return ExpressionField(id: id + ".currency", type: .text)
        case ("rate", .own): return ExpressionField(id: id + ".rate", type: .decimal(scale: 6))
        default: return nil
        }
    }

    /// The names of the parts this field has besides its amount.
    package var moneyParts: [String] {
        guard case .money(let source) = self else { return [] }
        switch source {
        case .own: return ["currency", "rate", "base"]
        case .record: return ["base"]
        case .base: return []
        }
    }

    /// The object that a single link leads to.
    package var linkTarget: String? { if case .link(let object) = self { object } else { nil } }

    /// Whether values of both types can stand in the same physical column.
    func isStored(like other: FieldType) -> Bool { storage == other.storage }

    private var storage: String {
        switch self {
        case .text, .longText: "text"
        case .choice: "code"
        case .choices: "codes"
        case .bool: "bool"
        case .integer: "number 0"
        case .decimal(let scale): "number \(scale)"
        case .percent: "number 4"
        case .money(.own): "money"
        case .money(.record): "money with base"
        case .money(.base): "base money"
        case .day: "day"
        case .instant: "instant"
        case .link(let object): "link \(object)"
        case .links(let object): "links \(object)"
        case .anyLink: "any link"
        case .lines(let object): "lines \(object)"
        case .files: "files"
        case .json: "json"
        }
    }
}
