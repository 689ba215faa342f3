/// Writes random expressions of a wanted type, as a user would type them.
struct RandomExpressions {
    var dice: Dice
    /// Inside an aggregate over `parts`.
    private var isInLines = false

    init(seed: UInt64) { dice = Dice(seed: seed) }

    enum Kind: CaseIterable {
        case bool, text, exact, real, day, instant, person
    }

    mutating func expression(_ kind: Kind, depth: Int) -> String {
        if depth <= 0 || dice.chance(8) { return leaf(kind) }
        if dice.chance(8) { return "(" + expression(kind, depth: depth) + ")" }
        if dice.chance(8), kind != .real {
            return "IF(\(expression(.bool, depth: depth - 1)), \(inner(kind, depth)), \(inner(kind, depth)))"
        }
        if dice.chance(6), kind != .real { return "COALESCE(\(inner(kind, depth)), \(inner(kind, depth)))" }
        switch kind {
        case .bool: return condition(depth)
        case .text: return text(depth)
        case .exact: return exact(depth)
        case .real: return real(depth)
        case .day: return day(depth)
        case .instant: return leaf(.instant)
        case .person: return leaf(.person)
        }
    }

    private mutating func inner(_ kind: Kind, _ depth: Int) -> String { expression(kind, depth: depth - 1) }

    // MARK: Leaves

    private mutating func leaf(_ kind: Kind) -> String {
        if isInLines, dice.chance(60), let field = lineField(kind) { return field }
        let fields: [String]
        switch kind {
        case .bool: fields = ["flag", "firm.flag", "TRUE", "FALSE", "HASROLE(\"sales\")", "HASROLE(\"none\")"]
        case .text:
            fields = [
                "name", "note", "code", "firm.title", "firm.grade", "firm.land.code", "total.currency", literal(),
            ]
        case .exact:
            fields = ["qty", "price", "ratio", "total", "total.base", "firm.limit", "firm.land.rate", number()]
        case .real: fields = ["qty / 7", "price / ratio", "total / firm.limit"]
        case .day: fields = ["due", "start", "firm.since", "TODAY()", "DATE(\"2024-02-29\")", "DAY(at)"]
        case .instant: fields = ["at", "NOW()"]
        case .person: fields = ["owner", "firm.boss", "ME()"]
        }
        return dice.pick(fields)
    }

    private mutating func lineField(_ kind: Kind) -> String? {
        switch kind {
        case .bool: dice.pick(["parts.flag", "parts.firm.flag"])
        case .text: dice.pick(["parts.label", "parts.firm.title", "parts.firm.land.code"])
        case .exact: dice.pick(["parts.amount", "parts.count", "parts.firm.limit", "parts.firm.land.rate"])
        case .day: dice.pick(["parts.ready", "parts.firm.since"])
        case .person: "parts.firm.boss"
        case .real, .instant: nil
        }
    }

    private mutating func literal() -> String {
        let text = dice.chance(30) ? dice.pick(HostileValues.codes) : HostileValues.text(&dice)
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    private mutating func number() -> String {
        let whole = dice.pick(["0", "1", "2", "7", "10", "100", "12345", "999999999999", "922337203685477580"])
        switch dice.below(5) {
        case 0: return whole + ".5"
        case 1: return "\(dice.below(100))%"
        case 2: return "0.\(dice.below(10))\(dice.below(10))"
        default: return whole
        }
    }

    // MARK: Conditions

    private mutating func condition(_ depth: Int) -> String {
        switch dice.below(16) {
        case 0: return "AND(\(inner(.bool, depth)), \(inner(.bool, depth)), \(inner(.bool, depth)))"
        case 1: return "\(bracketed(depth)) AND \(bracketed(depth))"
        case 2: return "OR(\(inner(.bool, depth)), \(inner(.bool, depth)))"
        case 3: return "\(bracketed(depth)) OR \(bracketed(depth)) OR \(bracketed(depth))"
        case 4: return "NOT \(bracketed(depth))"
        case 5...8: return comparison(depth)
        case 9: return "ISBLANK(\(inner(dice.pick(Kind.allCases), depth)))"
        case 10: return "ISBLANK(\(dice.pick(["tags", "firm.tags", "watchers"])))"
        case 11:
            let function = dice.pick(["CONTAINS", "STARTSWITH", "ENDSWITH"])
            return "\(function)(\(inner(.text, depth)), \(inner(.text, depth)))"
        case 12: return "HAS(\(dice.pick(["tags", "firm.tags"])), \(inner(.text, depth)))"
        case 13:
            if dice.chance(50) { return "HAS(watchers, \(inner(.person, depth)))" }
            let lists = [
                "department IN MYDEPARTMENTS()", "department NOT IN MYDEPARTMENTS()", "HAS(MYREGIONS(), region)",
            ]
            return dice.pick(lists)
        case 14:
            let kind = dice.pick([Kind.text, .exact, .day, .person])
            let not = dice.chance(40) ? "NOT IN" : "IN"
            return "\(inner(kind, depth)) \(not) (\(inner(kind, depth)), \(inner(kind, depth)))"
        default: return "\(inner(.bool, depth)) = \(inner(.bool, depth))"
        }
    }

    private mutating func bracketed(_ depth: Int) -> String { "(" + inner(.bool, depth) + ")" }

    private mutating func comparison(_ depth: Int) -> String {
        let kind = dice.pick([Kind.text, .exact, .exact, .real, .day, .instant, .person])
        var words = ["=", "<>", "<", "<=", ">", ">="]
        if kind == .person { words = ["=", "<>"] }
        if kind == .real { words = ["<", "<=", ">", ">="] }
        let right = kind == .real && dice.chance(50) ? Kind.exact : kind
        return "\(inner(kind, depth)) \(dice.pick(words)) \(inner(right, depth))"
    }

    // MARK: Values

    private mutating func exact(_ depth: Int) -> String {
        switch dice.below(20) {
        case 0...2: return "\(inner(.exact, depth)) + \(inner(.exact, depth))"
        case 3...4: return "\(inner(.exact, depth)) - (\(inner(.exact, depth)))"
        case 5...6: return "(\(inner(.exact, depth))) * \(leaf(.exact))"
        case 7: return "-(\(inner(.exact, depth)))"
        case 8...9: return "ROUND(\(inner(dice.pick([.exact, .real]), depth)), \(dice.below(5)))"
        case 10: return "\(dice.pick(["FLOOR", "CEILING"]))(\(inner(dice.pick([.exact, .real]), depth)))"
        case 11: return "ABS(\(inner(.exact, depth)))"
        case 12: return "\(dice.pick(["MIN", "MAX"]))(\(inner(.exact, depth)), \(inner(.exact, depth)))"
        case 13: return "DIVIDE(\(inner(.exact, depth)), \(inner(.exact, depth)), \(dice.below(5)))"
        case 14: return "LEN(\(inner(.text, depth)))"
        case 15: return "DAYS(\(inner(.day, depth)), \(inner(.day, depth)))"
        case 16: return "\(dice.pick(["YEAR", "MONTH", "WEEKDAY"]))(\(inner(.day, depth)))"
        case 17: return "ROUND(\(inner(.exact, depth)) / \(inner(.exact, depth)), \(dice.below(4)))"
        default: return aggregate(.exact, depth)
        }
    }

    private mutating func real(_ depth: Int) -> String {
        switch dice.below(7) {
        case 0...1: return "\(leaf(.exact)) / (\(inner(.exact, depth)))"
        case 2: return "(\(inner(.real, depth))) / (\(inner(.real, depth)))"
        case 3: return "(\(inner(.real, depth))) * \(leaf(.exact))"
        case 4: return "\(inner(.real, depth)) \(dice.pick(["+", "-"])) \(leaf(.real))"
        case 5: return "\(dice.pick(["ABS(", "-("]))\(inner(.real, depth)))"
        default: return isInLines ? leaf(.real) : "AVG(\(lines(.exact, depth)))"
        }
    }

    private mutating func text(_ depth: Int) -> String {
        switch dice.below(11) {
        case 0: return "\(inner(.text, depth)) & \(inner(.text, depth))"
        case 1: return "CONCAT(\(inner(.text, depth)), \(inner(.exact, depth)), \(inner(.day, depth)))"
        case 2: return "LEFT(\(inner(.text, depth)), \(whole(depth)))"
        case 3: return "RIGHT(\(inner(.text, depth)), \(whole(depth)))"
        case 4: return "MID(\(inner(.text, depth)), \(whole(depth)), \(whole(depth)))"
        case 5: return "\(dice.pick(["TRIM", "UPPER", "LOWER"]))(\(inner(.text, depth)))"
        case 6: return "TEXT(\(inner(.exact, depth)))"
        case 7: return "TEXT(\(inner(.exact, depth)), \(dice.below(5)))"
        case 8: return "TEXT(\(inner(.day, depth)))"
        case 9: return "\(dice.pick(["MIN", "MAX"]))(\(inner(.text, depth)), \(inner(.text, depth)))"
        default: return aggregate(.text, depth)
        }
    }

    private mutating func whole(_ depth: Int) -> String {
        dice.chance(60) ? dice.pick(["0", "1", "2", "3", "-1", "100"]) : "ROUND(\(inner(.exact, depth)), 0)"
    }

    private mutating func day(_ depth: Int) -> String {
        switch dice.below(6) {
        case 0: return "ADDDAYS(\(inner(.day, depth)), \(whole(depth)))"
        case 1: return "ADDMONTHS(\(inner(.day, depth)), \(whole(depth)))"
        case 2: return "\(leaf(.day)) + \(dice.below(400))"
        case 3: return "\(leaf(.day)) - \(dice.below(400))"
        case 4: return "DAY(\(inner(.instant, depth)))"
        default: return aggregate(.day, depth)
        }
    }

    // MARK: Aggregates

    private mutating func aggregate(_ kind: Kind, _ depth: Int) -> String {
        if isInLines { return leaf(kind) }
        if kind != .exact { return "\(dice.pick(["MIN", "MAX"]))(\(lines(kind, depth)))" }
        if dice.chance(30) {
            return dice.chance(50) ? "COUNT(parts)" : "COUNT(parts, \(lineExpression(.bool, depth)))"
        }
        return "\(dice.pick(["SUM", "SUM", "MIN", "MAX", "COUNT"]))(\(lines(kind, depth)))"
    }

    /// The arguments: a value and perhaps a filter, one of which reads the line for certain.
    private mutating func lines(_ kind: Kind, _ depth: Int) -> String {
        let value = lineExpression(kind, depth)
        let filter = dice.chance(50) ? lineExpression(.bool, depth) : nil
        if let filter, (value + filter).contains("parts.") { return value + ", " + filter }
        return value.contains("parts.") ? value : lineField(kind) ?? "parts.amount"
    }

    private mutating func lineExpression(_ kind: Kind, _ depth: Int) -> String {
        isInLines = true
        defer { isInLines = false }
        return expression(kind, depth: min(depth - 1, 2))
    }
}
