import Expressions
import Values

extension Compilation {
    mutating func text(_ function: Function, _ arguments: [Node]) throws(CompilationError) -> SQLFragment {
        switch function {
        case .concat: return try concat(arguments)
        case .text, .fixedText: return try written(arguments[0], isFixed: function == .fixedText)
        default: break
        }
        let text = try settled(arguments[0])
        switch function {
        case .length: return dialect.length(text)
        case .left: return dialect.slice(text, from: "1", count: try count(arguments[1]))
        case .right:
            let dialect = dialect
            return binding([try count(arguments[1])]) { dialect.ending(text, count: $0[0]) }
        case .middle:
            let start = try count(arguments[1], least: 1)
            return dialect.slice(text, from: start, count: try count(arguments[2]))
        case .trim: return dialect.trimmed(text, of: "\(Texts.blanks)")
        case .upper: return dialect.uppercased(text)
        case .lower: return dialect.lowercased(text)
        case .contains: return "(\(dialect.position(of: try settled(arguments[1]), in: text)) > 0)"
        case .startsWith: return "(\(dialect.position(of: try settled(arguments[1]), in: text)) = 1)"
        default: return endsWith(text, try settled(arguments[1]))
        }
    }

    private mutating func concat(_ parts: [Node]) throws(CompilationError) -> SQLFragment {
        var items: [SQLFragment] = []
        for part in parts { items.append("COALESCE(\(try settled(part)), '')") }
        return items.count == 1 ? items[0] : "(\(items.joined(separator: " || ")))"
    }

    private mutating func endsWith(_ text: SQLFragment, _ ending: SQLFragment) -> SQLFragment {
        let dialect = dialect
        return binding([text, ending]) { values in
            let (text, ending) = (values[0], values[1])
            let (whole, part) = (dialect.length(text), dialect.length(ending))
            let tail = dialect.slice(text, from: "\(whole) - \(part) + 1", count: part)
            return "(\(whole) >= \(part) AND \(dialect.byCodePoint(tail)) = \(ending))"
        }
    }

    /// A count within 0 (or 1) and `Texts.maximumCount`, the limits of the evaluator.
    private mutating func count(_ node: Node, least: Int = 0) throws(CompilationError) -> SQLFragment {
        if case .constant(.decimal(let number)) = node.form {
            return .raw(String(min(max(number.units, Int128(least)), Int128(Texts.maximumCount))))
        }
        let most = String(Texts.maximumCount)
        return binding([try settled(node)]) { values in
            let low: SQLFragment = "WHEN \(values[0]) < \(raw: String(least)) THEN \(raw: String(least))"
            return "CASE \(low) WHEN \(values[0]) > \(raw: most) THEN \(raw: most) ELSE \(values[0]) END"
        }
    }

    /// A number as sign, whole part, point and padded fraction; trailing zeros stay only when fixed.
    private mutating func written(_ node: Node, isFixed: Bool) throws(CompilationError) -> SQLFragment {
        let value = try settled(node)
        guard let scale = node.type.scale else { return dialect.dayText(value) }
        if scale == 0 { return dialect.digits(value) }
        let power = Self.power(scale)
        let dialect = dialect
        return binding([value]) { values in
            let v = values[0]
            let sign: SQLFragment = "CASE WHEN \(v) < 0 THEN '-' ELSE '' END"
            let whole = dialect.digits("abs(\(v) / \(power))")
            let padded = dialect.digits("(abs(\(v) % \(power)) + \(power))")
            let fraction = dialect.slice(padded, from: "2", count: .raw(String(scale)))
            let fixed: SQLFragment = "(\(sign) || \(whole) || '.' || \(fraction))"
            return isFixed ? fixed : dialect.trimmedEnd(dialect.trimmedEnd(fixed, of: "'0'"), of: "'.'")
        }
    }
}
