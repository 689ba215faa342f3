import Values

/// The functions of the subset.
enum FEELFunctions {
    private static let arity: [String: ClosedRange<Int>] = [
        "not": 1...1, "date": 1...3, "date and time": 1...1, "sum": 1...64, "min": 1...64, "max": 1...64,
        "count": 1...64, "floor": 1...1, "ceiling": 1...1, "abs": 1...1, "decimal": 2...2, "contains": 2...2,
        "starts with": 2...2, "ends with": 2...2, "upper case": 1...1, "lower case": 1...1, "string length": 1...1,
    ]

    /// A checked call; a date that is written out becomes the date.
    static func call(_ name: String, _ arguments: [FEELExpression]) throws(FEELError) -> FEELExpression {
        guard let arity = arity[name], arity.contains(arguments.count) else { throw .unknownFunction(name) }
        guard name == "date" || name == "date and time" else { return .call(name, arguments) }
        var values: [Value] = []
        for argument in arguments {
            guard case .literal(let value) = argument else { return .call(name, arguments) }
            values.append(value)
        }
        return .literal(try value(of: name, values))
    }

    static func value(of name: String, _ arguments: [Value]) throws(FEELError) -> Value {
        switch name {
        case "not":
            if arguments[0].isNull { return .null }
            guard let flag = arguments[0].bool else { throw .mismatch("not()") }
            return .bool(!flag)
        case "date": return try date(arguments)
        case "date and time":
            if arguments[0].isNull { return .null }
            guard let instant = arguments[0].text.flatMap({ Instant($0) }) else { throw .mismatch("date and time()") }
            return .instant(instant)
        case "sum", "min", "max", "count": return try statistics(name, arguments)
        case "floor", "ceiling", "abs", "decimal": return try number(name, arguments)
        default: return try text(name, arguments)
        }
    }

    private static func date(_ arguments: [Value]) throws(FEELError) -> Value {
        if arguments.contains(.null) { return .null }
        if arguments.count == 3 {
            let parts = arguments.compactMap { $0.decimal.map { Int($0.floor) } }
            guard parts.count == 3, let day = Day(year: parts[0], month: parts[1], day: parts[2]) else {
                throw .mismatch("date()")
            }
            return .day(day)
        }
        if arguments.count == 1, let instant = arguments[0].instant { return .day(instant.day) }
        guard arguments.count == 1, let day = arguments[0].text.flatMap({ Day($0) }) else { throw .mismatch("date()") }
        return .day(day)
    }

    private static func statistics(_ name: String, _ arguments: [Value]) throws(FEELError) -> Value {
        var items = arguments
        if arguments.count == 1, case .list(let list) = arguments[0] { items = list }
        if name == "count" { return .decimal(ExactDecimal(items.count)) }
        guard let first = items.first else { return .null }
        if items.contains(.null) { return .null }
        var result = first
        for item in items.dropFirst() {
            switch name {
            case "sum": result = try FEELArithmetic.combine(.plus, result, item)
            case "min": if try FEELArithmetic.order(item, result) < 0 { result = item }
            default: if try FEELArithmetic.order(item, result) > 0 { result = item }
            }
        }
        if name == "sum", result.decimal == nil { throw .mismatch("sum()") }
        return result
    }

    private static func number(_ name: String, _ arguments: [Value]) throws(FEELError) -> Value {
        if arguments.contains(.null) { return .null }
        guard let number = arguments[0].decimal else { throw .mismatch(name + "()") }
        switch name {
        case "abs": return .decimal(number.magnitude)
        case "decimal":
            guard let digits = arguments[1].decimal, (0...18).contains(digits.floor) else {
                throw .mismatch("decimal()")
            }
            do { return .decimal(try number.rounded(to: Int(digits.floor))) } catch { throw .arithmetic }
        default:
            return .decimal(ExactDecimal(units: name == "floor" ? number.floor : number.ceiling, scale: 0))
        }
    }

    private static func text(_ name: String, _ arguments: [Value]) throws(FEELError) -> Value {
        if arguments.contains(.null) { return .null }
        let texts = arguments.compactMap(\.text)
        guard texts.count == arguments.count else { throw .mismatch(name + "()") }
        switch name {
        case "upper case": return .text(texts[0].uppercased())
        case "lower case": return .text(texts[0].lowercased())
        case "string length": return .decimal(ExactDecimal(texts[0].unicodeScalars.count))
        case "starts with": return .bool(texts[0].hasPrefix(texts[1]))
        case "ends with": return .bool(texts[0].hasSuffix(texts[1]))
        default: return .bool(texts[1].isEmpty || texts[0].contains(texts[1]))
        }
    }
}
