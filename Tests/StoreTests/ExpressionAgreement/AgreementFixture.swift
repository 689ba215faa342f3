import Expressions
import Store
import Values

/// A small made-up model with every kind of field, and rows full of hostile values.
///
/// `deal` links to `firm`, `firm` to `land`; `part` is the line object of `deal`; `watchers` are link rows.
struct AgreementFixture: ExpressionSchema, TableLayout {
    static let fields: [String: [String: ValueType]] = [
        "deal": [
            "name": .text, "note": .text, "code": .text, "tags": .list(.text), "flag": .bool, "qty": .decimal(scale: 0),
            "price": .decimal(scale: 4), "ratio": .decimal(scale: 2), "total": .decimal(scale: 4),
            "total.base": .decimal(scale: 4), "total.currency": .text, "due": .day, "start": .day, "at": .instant,
            "firm": .record(object: "firm"), "owner": .record(object: "user"),
            "department": .record(object: "department"), "region": .record(object: "region"),
            "watchers": .list(.record(object: "user")), "parts": .lines(object: "part"),
        ],
        "firm": [
            "title": .text, "grade": .text, "limit": .decimal(scale: 2), "since": .day, "flag": .bool,
            "land": .record(object: "land"), "boss": .record(object: "user"), "tags": .list(.text),
        ],
        "land": ["code": .text, "rate": .decimal(scale: 6)],
        "part": [
            "parent": .record(object: "deal"), "label": .text, "amount": .decimal(scale: 4),
            "count": .decimal(scale: 0), "ready": .day, "flag": .bool, "firm": .record(object: "firm"),
        ],
    ]

    func field(_ id: String, of object: String) -> ExpressionField? {
        guard let type = Self.fields[object]?[id] else { return nil }
        let isLines = if case .lines = type { true } else { false }
        return ExpressionField(id: id, type: type, parentField: isLines ? "parent" : nil)
    }

    func fieldIDs(of object: String) -> [String] { (Self.fields[object]?.keys).map { $0.sorted() } ?? [] }

    func table(of object: String) -> String? { Self.fields[object] == nil ? nil : "o_" + object }

    func place(of field: String, in object: String) -> FieldPlace? {
        if field == "deleted_at" { return object == "part" ? .column("deleted_at") : nil }
        switch Self.fields[object]?[field] {
        case nil: return nil
        case .lines(let child)?: return .lines(object: child)
        case .list(.record)?: return .links(table: "l_\(object)_\(field)", record: "record", target: "target")
        default: return .column(Self.column(field))
        }
    }

    static func column(_ field: String) -> String {
        field == "parent" ? field : "f_" + field.split(separator: ".").joined(separator: "_")
    }
}

/// One row of the fixture's data, with what its paths lead to.
final class FixtureRow: FieldSource {
    let object: String
    let id: RecordID
    var values: [String: Value]
    var linked: [String: FixtureRow] = [:]
    /// Live children and deleted ones.
    var parts: [FixtureRow] = []
    var isDeleted = false

    init(object: String, id: RecordID, values: [String: Value]) {
        self.object = object
        self.id = id
        self.values = values
    }

    func value(at path: FieldPath) -> Value {
        if let own = values[path.description] { return own }
        guard let next = linked[path.first] else { return .null }
        return next.value(at: FieldPath(Array(path.steps.dropFirst())))
    }

    func lines(at path: FieldPath) -> [any FieldSource] { parts.filter { !$0.isDeleted } }
}

/// The same random numbers on every machine (SplitMix64, Steele, Lea and Flood 2014).
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
    mutating func pick<T>(_ items: [T]) -> T { items[Int.random(in: 0..<items.count, using: &self)] }
    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
}
