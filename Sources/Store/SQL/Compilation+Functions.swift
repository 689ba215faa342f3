import Expressions
import Values

extension Compilation {
    mutating func call(_ function: Function, _ arguments: [Node], _ type: ValueType) throws(CompilationError) -> Piece {
        switch function {
        case .isBlank: return Piece(fragment: try isBlank(arguments[0]))
        case .round, .floor, .ceiling, .abs: return try rounding(function, arguments[0], type)
        case .divide: return Piece(fragment: try divide(arguments[0], arguments[1], type.scale ?? 0))
        case .min, .max: return try extreme(arguments, largest: function == .max)
        case .concat, .text, .fixedText, .length, .left, .right, .middle, .trim, .upper, .lower, .contains, .startsWith,
            .endsWith:
            return Piece(fragment: try text(function, arguments))
        case .days:
            let days = dialect.difference(try settled(arguments[0]), try settled(arguments[1]))
            return Piece(fragment: days, isDeferred: dialect.defersOverflow)
        case .addDays, .addMonths, .day, .year, .month, .weekday:
            return Piece(fragment: try date(function, arguments))
        }
    }

    private mutating func isBlank(_ node: Node) throws(CompilationError) -> SQLFragment {
        if let ids = contextList(node) { return dialect.literal(ids.isEmpty) }
        if let ids = ruleList(node) { return "(cardinality(\(ids)) = 0)" }
        if let (reference, table, record, _) = linkRows(node) {
            let holder = try holderID(reference)
            return "(NOT EXISTS (SELECT 1 FROM \(identifier: table) WHERE \(identifier: record) = \(holder)))"
        }
        let value = try settled(node)
        switch node.type {
        case .text, .list: return "(COALESCE(\(value), '') = '')"
        default: return "(\(value) IS NULL)"
        }
    }

    // MARK: Numbers

    private mutating func rounding(
        _ function: Function, _ node: Node, _ type: ValueType
    ) throws(CompilationError) -> Piece {
        let inner = try piece(node)
        let value = settle(inner)
        guard let found = node.type.scale else {
            if function == .abs { return Piece(fragment: "abs(\(value))", reach: inner.reach) }
            return Piece(fragment: roundedReal(function, value, type.scale ?? 0))
        }
        switch function {
        case .abs: return Piece(fragment: "abs(NULLIF(\(value), \(Int64.min)))")
        case .round:
            // Cut to halves of the last digit; the odd half rounds away from zero.
            let half = SQLFragment.raw(String(ExactDecimal.power(found - (type.scale ?? 0)) / 2))
            return Piece(fragment: binding([value]) { "(\($0[0]) / \(half) / 2 + \($0[0]) / \(half) % 2)" })
        default:
            if found == 0 { return Piece(fragment: value) }
            let power = Self.power(found)
            let isFloor = function == .floor
            return Piece(
                fragment: binding([value]) { values in
                    let test: SQLFragment = "\(values[0]) % \(power) \(raw: isFloor ? "<" : ">") 0"
                    let step: SQLFragment = "CASE WHEN \(test) THEN 1 ELSE 0 END"
                    return "(\(values[0]) / \(power) \(raw: isFloor ? "-" : "+") \(step))"
                })
        }
    }

    private mutating func roundedReal(_ function: Function, _ value: SQLFragment, _ scale: Int) -> SQLFragment {
        let dialect = dialect
        let shifted: SQLFragment = scale == 0 ? value : "(\(value) * 1e\(raw: String(scale)))"
        return binding([shifted]) { values in
            let v = values[0]
            let result: SQLFragment
            if function == .round {
                result = dialect.truncated("\(v) + CASE WHEN \(v) < 0 THEN -0.5 ELSE 0.5 END")
            } else {
                let cut = dialect.truncated(v)
                let isFloor = function == .floor
                let step: SQLFragment = "CASE WHEN \(v) \(raw: isFloor ? "<" : ">") \(cut) THEN 1 ELSE 0 END"
                result = "\(cut) \(raw: isFloor ? "-" : "+") \(step)"
            }
            return "CASE WHEN \(v) > -9e18 AND \(v) < 9e18 THEN \(result) END"
        }
    }

    private mutating func divide(_ a: Node, _ b: Node, _ scale: Int) throws(CompilationError) -> SQLFragment {
        let dividend = try piece(a)
        let shifted =
            scale == 0
            ? settle(dividend)
            : settle(
                Piece(
                    fragment: dialect.product(
                        dialect.defersOverflow ? dividend.fragment : settle(dividend), Self.power(scale)),
                    isDeferred: dialect.defersOverflow))
        let smallest = Int64.min
        let divisor: SQLFragment = "NULLIF(NULLIF(\(try settled(b)), 0), \(smallest))"
        return binding(["NULLIF(\(shifted), \(smallest))", divisor]) { values in
            let (n, d) = (values[0], values[1])
            let isUp: SQLFragment = "abs(\(n) % \(d)) >= abs(\(d)) - abs(\(n) % \(d))"
            let away: SQLFragment = "CASE WHEN (\(n) < 0) = (\(d) < 0) THEN 1 ELSE -1 END"
            return "(\(n) / \(d) + CASE WHEN \(isUp) THEN \(away) ELSE 0 END)"
        }
    }

    private mutating func extreme(_ nodes: [Node], largest: Bool) throws(CompilationError) -> Piece {
        var values: [SQLFragment] = []
        var reach = 0...0
        for node in nodes {
            let piece = try piece(node)
            reach = min(reach.lowerBound, piece.reach.lowerBound)...max(reach.upperBound, piece.reach.upperBound)
            values.append(settle(piece))
        }
        return Piece(fragment: dialect.extreme(values, largest: largest, isText: nodes[0].type == .text), reach: reach)
    }

    // MARK: Dates

    private mutating func date(_ function: Function, _ arguments: [Node]) throws(CompilationError) -> SQLFragment {
        let first = try settled(arguments[0])
        let dialect = dialect
        switch function {
        case .addDays:
            let count = try piece(arguments[1])
            let sum = dialect.sum(first, dialect.defersOverflow ? count.fragment : settle(count))
            return binding([sum]) { "CASE WHEN \($0[0]) BETWEEN \(Self.days) THEN \($0[0]) END" }
        case .addMonths:
            let limit = String(Days.maximumMonths)
            let moved = binding([first, try settled(arguments[1])]) { values in
                let test: SQLFragment = "\(values[1]) BETWEEN -\(raw: limit) AND \(raw: limit)"
                return "CASE WHEN \(test) THEN \(dialect.addingMonths(values[1], to: values[0])) END"
            }
            return binding([moved]) { "CASE WHEN \($0[0]) BETWEEN \(Self.days) THEN \($0[0]) END" }
        case .day:
            let low = String(Days.range.lowerBound * 86_400_000)
            let high = String((Days.range.upperBound + 1) * 86_400_000 - 1)
            return binding([first]) { values in
                let v = values[0]
                let day: SQLFragment = "\(v) / 86400000 - CASE WHEN \(v) % 86400000 < 0 THEN 1 ELSE 0 END"
                return "CASE WHEN \(v) BETWEEN \(raw: low) AND \(raw: high) THEN \(day) END"
            }
        case .year: return dialect.year(first)
        case .month: return dialect.month(first)
        default: return "(((\(first) + 3) % 7 + 7) % 7 + 1)"
        }
    }

    private static let days = SQLFragment.raw("\(Days.range.lowerBound) AND \(Days.range.upperBound)")
}
