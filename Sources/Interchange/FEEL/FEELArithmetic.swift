import Values

/// Operators on two values. Null in, null out; kinds that don't go together are an error, not null: a cell that can
/// never match is a mistake of its author.
enum FEELArithmetic {
    static func combine(_ operation: FEELOperator, _ left: Value, _ right: Value) throws(FEELError) -> Value {
        if left.isNull || right.isNull { return .null }
        if operation == .plus, let a = left.text, let b = right.text { return .text(a + b) }
        guard let a = left.decimal, let b = right.decimal else {
            throw .mismatch("\(kind(left)) \(operation.rawValue) \(kind(right))")
        }
        do {
            switch operation {
            case .plus: return .decimal(try a + b)
            case .minus: return .decimal(try a - b)
            case .times: return .decimal(try a * b)
            default: return .decimal(try a.divided(by: b, scale: 12))
            }
        } catch { throw .arithmetic }
    }

    /// Negative, zero or positive as the left value is before, equal to or after the right one.
    static func order(_ left: Value, _ right: Value) throws(FEELError) -> Int {
        switch (left, right) {
        case (.decimal(let a), .decimal(let b)): a < b ? -1 : a > b ? 1 : 0
        case (.text(let a), .text(let b)): a < b ? -1 : a > b ? 1 : 0
        case (.day(let a), .day(let b)): a < b ? -1 : a > b ? 1 : 0
        case (.instant(let a), .instant(let b)): a < b ? -1 : a > b ? 1 : 0
        default: throw .mismatch("\(kind(left)), \(kind(right))")
        }
    }

    static func equal(_ left: Value, _ right: Value) throws(FEELError) -> Bool {
        if left.isNull || right.isNull { return left.isNull && right.isNull }
        guard kind(left) == kind(right) else { throw .mismatch("\(kind(left)), \(kind(right))") }
        return left == right
    }

    static func kind(_ value: Value) -> String {
        switch value {
        case .null: "null"
        case .bool: "boolean"
        case .text, .record: "string"
        case .decimal, .real: "number"
        case .day: "date"
        case .instant: "date and time"
        case .list: "list"
        }
    }
}
