import Expressions
import Values

/// A corner of a trade model for the tests of the language.
struct TradeSchema: ExpressionSchema {
    static let fields: [String: [ExpressionField]] = [
        "quotation": [
            ExpressionField(id: "no", type: .text),
            ExpressionField(id: "status", type: .text, codes: ["draft", "sent", "accepted"]),
            ExpressionField(id: "company", type: .record(object: "company")),
            ExpressionField(id: "owner", type: .record(object: "user")),
            ExpressionField(id: "department", type: .record(object: "department")),
            ExpressionField(id: "discount", type: .decimal(scale: 4)),
            ExpressionField(id: "amount", type: .decimal(scale: 4)),
            ExpressionField(id: "amount.currency", type: .text),
            ExpressionField(id: "cartons", type: .decimal(scale: 0)),
            ExpressionField(id: "date", type: .day),
            ExpressionField(id: "created_at", type: .instant),
            ExpressionField(id: "tags", type: .list(.text), codes: ["vip", "new"]),
            ExpressionField(id: "urgent", type: .bool),
            ExpressionField(id: "lines", type: .lines(object: "line"), parentField: "parent"),
        ],
        "company": [
            ExpressionField(id: "name", type: .text),
            ExpressionField(id: "grade", type: .text, codes: ["A", "B", "C"]),
            ExpressionField(id: "country", type: .record(object: "country")),
            ExpressionField(id: "limit", type: .decimal(scale: 2)),
        ],
        "country": [ExpressionField(id: "code", type: .text)],
        "line": [
            ExpressionField(id: "parent", type: .record(object: "quotation")),
            ExpressionField(id: "kind", type: .text),
            ExpressionField(id: "qty", type: .decimal(scale: 3)),
            ExpressionField(id: "price", type: .decimal(scale: 4)),
        ],
    ]

    func field(_ id: String, of object: String) -> ExpressionField? {
        Self.fields[object]?.first { $0.id == id }
    }

    func fieldIDs(of object: String) -> [String] { Self.fields[object]?.map(\.id) ?? [] }

    static func check(
        _ source: String, expecting: ValueType? = nil, functions: [ExternalFunction] = []
    ) -> Result<TypedExpression, Diagnostics> {
        ExpressionChecker(schema: TradeSchema(), functions: functions).check(
            source, on: "quotation", expecting: expecting)
    }

    /// The codes of what is wrong with a source; empty when nothing is.
    static func problems(_ source: String, expecting: ValueType? = nil) -> [String] {
        switch check(source, expecting: expecting) {
        case .success: []
        case .failure(let diagnostics): diagnostics.items.map(\.code)
        }
    }

    static func type(_ source: String, expecting: ValueType? = nil) -> ValueType? {
        // The tests compare with a type; why there is none stands in `problems`.
        (try? check(source, expecting: expecting).get())?.type
    }
}

/// A row written out by hand: full paths to values, and lines.
struct Row: FieldSource {
    var values: [String: Value] = [:]
    var children: [Row] = []

    func value(at path: FieldPath) -> Value { values[path.description] ?? .null }
    func lines(at path: FieldPath) -> [any FieldSource] { children }

    static let context = EvaluationContext(
        now: Instant(milliseconds: 1_795_312_800_000), today: Day(number: 20_779), me: RecordID(high: 0, low: 1),
        departments: [RecordID(high: 0, low: 8)], roles: ["sales"])

    /// The value of a source that must pass the checker.
    func value(_ source: String, expecting: ValueType? = nil) throws -> Value {
        try TradeSchema.check(source, expecting: expecting).get().evaluate(self, Self.context)
    }
}

extension Value {
    static func number(_ text: String) -> Value { ExactDecimal(text).map(Value.decimal) ?? .null }
}
