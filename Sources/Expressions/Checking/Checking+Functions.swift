import Values

/// Calls: plain functions from a table, those with rules of their own one by one.
extension Checking {
    private static let simple: [String: (Function, [Parameter], ValueType)] = [
        "LEN": (.length, [.text], .decimal(scale: 0)),
        "LEFT": (.left, [.text, .whole], .text),
        "RIGHT": (.right, [.text, .whole], .text),
        "MID": (.middle, [.text, .whole, .whole], .text),
        "TRIM": (.trim, [.text], .text),
        "UPPER": (.upper, [.text], .text),
        "LOWER": (.lower, [.text], .text),
        "CONTAINS": (.contains, [.text, .text], .bool),
        "STARTSWITH": (.startsWith, [.text, .text], .bool),
        "ENDSWITH": (.endsWith, [.text, .text], .bool),
        "DAYS": (.days, [.day, .day], .decimal(scale: 0)),
        "ADDDAYS": (.addDays, [.day, .whole], .day),
        "ADDMONTHS": (.addMonths, [.day, .whole], .day),
        "YEAR": (.year, [.day], .decimal(scale: 0)),
        "MONTH": (.month, [.day], .decimal(scale: 0)),
        "WEEKDAY": (.weekday, [.day], .decimal(scale: 0)),
        "FLOOR": (.floor, [.number], .decimal(scale: 0)),
        "CEILING": (.ceiling, [.number], .decimal(scale: 0)),
    ]

    private static let others = [
        "AND", "OR", "NOT", "IF", "COALESCE", "ISBLANK", "ROUND", "ABS", "MIN", "MAX", "SUM", "COUNT", "AVG", "DIVIDE",
        "CONCAT", "TEXT", "HAS", "DATE", "DAY", "TODAY", "NOW", "ME", "MYDEPARTMENTS", "MYREGIONS", "HASROLE",
    ]

    mutating func call(_ name: String, _ nameSpan: Span, _ arguments: [Syntax], _ span: Span) -> Node? {
        if let (function, parameters, result) = Self.simple[name] {
            guard takes(parameters.count...parameters.count, name, arguments, span) else { return nil }
            var nodes: [Node] = []
            for (argument, parameter) in zip(arguments, parameters) {
                if let node = self.argument(argument, parameter) { nodes.append(node) }
            }
            return nodes.count == parameters.count ? Node(.call(function, nodes), result) : nil
        }
        switch name {
        case "SUM", "COUNT", "AVG": return aggregate(name, arguments, span)
        case "MIN", "MAX":
            return crossesLines(arguments) ? aggregate(name, arguments, span) : extreme(name, arguments, span)
        case "AND", "OR":
            guard takes(1...500, name, arguments, span) else { return nil }
            return arguments.count == 1 ? condition(arguments[0]) : chain(arguments, isAnd: name == "AND")
        case "IF": return choose(arguments, span)
        case "COALESCE": return firstKnown(arguments, span)
        case "ISBLANK": return isBlank(arguments, span)
        case "ROUND": return round(arguments, span)
        case "ABS": return magnitude(arguments, span)
        case "DIVIDE": return divide(arguments, span)
        case "CONCAT": return takes(1...100, name, arguments, span) ? concat(arguments) : nil
        case "TEXT": return text(arguments, span)
        case "HAS": return has(arguments, span)
        case "DATE", "HASROLE": return literalCall(name, arguments, span)
        case "DAY": return takes(1...1, name, arguments, span) ? argument(arguments[0], .day) : nil
        default: return contextCall(name, nameSpan, arguments, span)
        }
    }

    mutating func takes(_ count: ClosedRange<Int>, _ name: String, _ arguments: [Syntax], _ span: Span) -> Bool {
        if count.contains(arguments.count) { return true }
        report(.argumentCount(name, count, found: arguments.count, span))
        return false
    }

    // MARK: Choices

    private mutating func choose(_ arguments: [Syntax], _ span: Span) -> Node? {
        guard takes(2...3, "IF", arguments, span) else { return nil }
        let test = condition(arguments[0])
        let then = node(arguments[1])
        let otherwise = arguments.count == 3 ? node(arguments[2]) : Node(.constant(.null), .null)
        guard let test, let then, let otherwise else { return nil }
        let spans = [arguments[1].span, arguments[arguments.count - 1].span]
        guard let branches = unified([then, otherwise], spans) else { return nil }
        return Node(.choose(condition: test, then: branches[0], otherwise: branches[1]), branches[0].type)
    }

    private mutating func firstKnown(_ arguments: [Syntax], _ span: Span) -> Node? {
        guard takes(2...100, "COALESCE", arguments, span), let nodes = alike(arguments) else { return nil }
        return Node(.firstKnown(nodes), nodes[0].type)
    }

    private mutating func isBlank(_ arguments: [Syntax], _ span: Span) -> Node? {
        guard takes(1...1, "ISBLANK", arguments, span), let inner = node(arguments[0]) else { return nil }
        return Node(.call(.isBlank, [inner]), .bool)
    }

    private mutating func extreme(_ name: String, _ arguments: [Syntax], _ span: Span) -> Node? {
        guard takes(1...100, name, arguments, span), let nodes = alike(arguments) else { return nil }
        guard nodes[0].type.isOrdered else { return refuse(.notOrdered(nodes[0].type, span)) }
        return nodes.count == 1 ? nodes[0] : Node(.call(name == "MIN" ? .min : .max, nodes), nodes[0].type)
    }

    private mutating func alike(_ arguments: [Syntax]) -> [Node]? {
        var nodes: [Node] = []
        for argument in arguments {
            if let node = node(argument) { nodes.append(node) }
        }
        guard nodes.count == arguments.count else { return nil }
        return unified(nodes, arguments.map(\.span))
    }

    // MARK: Numbers

    /// ROUND of a quotient of exact numbers is an exact division.
    private mutating func round(_ arguments: [Syntax], _ span: Span) -> Node? {
        guard takes(1...2, "ROUND", arguments, span), let inner = argument(arguments[0], .number) else { return nil }
        guard let scale = arguments.count == 1 ? 0 : digits(arguments[1]) else { return nil }
        let type = ValueType.decimal(scale: scale)
        if case .quotient(let a, let b) = inner.form, a.type.scale != nil { return Node(.call(.divide, [a, b]), type) }
        if let found = inner.type.scale, found <= scale { return rescaled(inner, to: scale) }
        return Node(.call(.round, [inner]), type)
    }

    /// A literal number of digits.
    private mutating func digits(_ syntax: Syntax) -> Int? {
        guard case .number(let number) = syntax.form, let count = number.stored(at: 0),
            (0...Int64(ExpressionChecker.maximumScale)).contains(count)
        else {
            report(.badDigits(syntax.span))
            return nil
        }
        return Int(count)
    }

    private mutating func magnitude(_ arguments: [Syntax], _ span: Span) -> Node? {
        guard takes(1...1, "ABS", arguments, span), let inner = argument(arguments[0], .number) else { return nil }
        return Node(.call(.abs, [inner]), inner.type)
    }

    private mutating func divide(_ arguments: [Syntax], _ span: Span) -> Node? {
        guard takes(3...3, "DIVIDE", arguments, span), let a = argument(arguments[0], .exact),
            let b = argument(arguments[1], .exact), let scale = digits(arguments[2])
        else { return nil }
        let common = max(a.type.scale ?? 0, b.type.scale ?? 0)
        return Node(.call(.divide, [rescaled(a, to: common), rescaled(b, to: common)]), .decimal(scale: scale))
    }

    // MARK: Texts and lists

    /// `&` and CONCAT; numbers and dates are written as TEXT writes them.
    mutating func concat(_ parts: [Syntax]) -> Node? {
        var nodes: [Node] = []
        for part in parts {
            if let node = node(part), let text = written(node, part.span) { nodes.append(text) }
        }
        return nodes.count == parts.count ? Node(.call(.concat, nodes), .text) : nil
    }

    private mutating func written(_ node: Node, _ span: Span) -> Node? {
        switch node.type {
        case .text: return node
        case .decimal, .day: return Node(.call(.text, [node]), .text)
        case .real: return refuse(.approximate(span))
        default: return converted(node, to: .text, span)
        }
    }

    private mutating func text(_ arguments: [Syntax], _ span: Span) -> Node? {
        guard takes(1...2, "TEXT", arguments, span) else { return nil }
        if arguments.count == 2 {
            guard let rounded = round(arguments, span) else { return nil }
            return Node(.call(.fixedText, [rounded]), .text)
        }
        guard let inner = node(arguments[0]) else { return nil }
        return written(inner, arguments[0].span)
    }

    private mutating func has(_ arguments: [Syntax], _ span: Span) -> Node? {
        guard takes(2...2, "HAS", arguments, span), let list = node(arguments[0]), let item = node(arguments[1]) else {
            return nil
        }
        if item.isNullLiteral { return refuse(.nullComparison(arguments[1].span)) }
        return isIn(item, list, arguments[1].span)
    }

    // MARK: Constants and context

    private mutating func literalCall(_ name: String, _ arguments: [Syntax], _ span: Span) -> Node? {
        guard takes(1...1, name, arguments, span) else { return nil }
        guard case .text(let text) = arguments[0].form else { return refuse(.literalWanted(name, arguments[0].span)) }
        if name == "HASROLE" { return Node(.context(.hasRole(text)), .bool) }
        guard let day = Day(text) else { return refuse(.badLiteral(text, .day, arguments[0].span)) }
        return Node(.constant(.day(day)), .day)
    }

    private mutating func contextCall(
        _ name: String, _ nameSpan: Span, _ arguments: [Syntax], _ span: Span
    ) -> Node? {
        if let function = functions[name] { return external(function, arguments, span) }
        let found: (ContextValue, ValueType)
        switch name {
        case "TODAY": found = (.today, .day)
        case "NOW": found = (.now, .instant)
        case "ME": found = (.me, .record(object: "user"))
        case "MYDEPARTMENTS": found = (.departments, .list(.record(object: "department")))
        case "MYREGIONS": found = (.regions, .list(.record(object: "region")))
        default:
            let known = Self.others + Self.simple.keys.sorted() + functions.keys.sorted()
            return refuse(.unknownFunction(name, known: known, nameSpan))
        }
        guard takes(0...0, name, arguments, span) else { return nil }
        if found.0 == .today || found.0 == .now { usesTime = true }
        return Node(.context(found.0), found.1)
    }

    private mutating func external(_ function: ExternalFunction, _ arguments: [Syntax], _ span: Span) -> Node? {
        let count = function.parameters.count
        guard takes(count...count, function.name, arguments, span) else { return nil }
        var nodes: [Node] = []
        for (argument, type) in zip(arguments, function.parameters) {
            if let node = node(argument), let fitting = converted(node, to: type, argument.span) {
                nodes.append(fitting)
            }
        }
        guard nodes.count == count else { return nil }
        memoryOnly = true
        return Node(.external(function, nodes), function.result)
    }
}
