import Values

/// Bringing operands to the types that the checked tree promises.
extension Checking {
    /// The node as `wanted`, converting where nothing can be lost or misread: NULL to anything, an exact number to a
    /// larger scale or to a real, a text literal to a date or a record id, a record id to any object's.
    mutating func converted(_ node: Node, to wanted: ValueType, _ span: Span) -> Node? {
        if node.type == wanted { return node }
        switch (node.type, wanted) {
        case (.null, _): return Node(.constant(.null), wanted)
        case (.decimal(let found), .decimal(let scale)) where found <= scale: return rescaled(node, to: scale)
        case (.decimal, .real): return Node(.real(node), .real)
        case (.record, .record("*")), (.record("*"), .record): return Node(node.form, wanted)
        case (.text, .day), (.text, .instant), (.text, .record):
            guard case .text(let text)? = node.constant else { break }
            guard let value = Self.literal(text, as: wanted) else { return refuse(.badLiteral(text, wanted, span)) }
            return Node(.constant(value), wanted)
        default: break
        }
        return refuse(.wrongType(node.type, wanted: wanted, span))
    }

    /// A date, time or id written as a text.
    private static func literal(_ text: String, as wanted: ValueType) -> Value? {
        switch wanted {
        case .day: Day(text).map(Value.day)
        case .instant: Instant(text).map(Value.instant) ?? Day(text).map { .instant(Instant(day: $0)) }
        case .record: RecordID(text).map(Value.record)
        default: nil
        }
    }

    /// An exact number with `scale` digits after the point, not fewer than it has.
    func rescaled(_ node: Node, to scale: Int) -> Node {
        guard let found = node.type.scale, found < scale else { return node }
        if case .decimal(let number)? = node.constant, let units = number.stored(at: scale) {
            return Node(.constant(.decimal(ExactDecimal(units: Int128(units), scale: scale))), .decimal(scale: scale))
        }
        return Node(.rescaled(node), .decimal(scale: scale))
    }

    /// All nodes as one type: the largest scale, reals if one is real, what the literals can be read as.
    mutating func unified(_ nodes: [Node], _ spans: [Span]) -> [Node]? {
        var common = ValueType.null
        for (node, span) in zip(nodes, spans) {
            guard let next = Self.common(common, node.type) else {
                report(.differentTypes(common, node.type, span))
                return nil
            }
            common = next
        }
        var out: [Node] = []
        for (node, span) in zip(nodes, spans) {
            if let node = converted(node, to: common, span) { out.append(node) }
        }
        return out.count == nodes.count ? out : nil
    }

    /// The type both fit, if there is one. A text fits a day, a time or a record; `converted` then sees whether it is
    /// a literal of such a form.
    private static func common(_ left: ValueType, _ right: ValueType) -> ValueType? {
        switch (left, right) {
        case (.list, _), (_, .list): return nil
        case (.null, let other), (let other, .null): return other
        case (.decimal(let a), .decimal(let b)): return .decimal(scale: max(a, b))
        case (.decimal, .real), (.real, .decimal): return .real
        case (.record("*"), .record), (.record, .record("*")): return .record(object: "*")
        case (.text, .day), (.day, .text): return .day
        case (.text, .instant), (.instant, .text): return .instant
        case (.text, .record(let object)), (.record(let object), .text): return .record(object: object)
        default: return left == right ? left : nil
        }
    }

    /// What a function wants of an argument.
    enum Parameter {
        case text
        /// An exact number without digits after the point.
        case whole
        case exact
        case number
        /// A day; of an instant its UTC date is taken.
        case day
        case instant
        case bool
    }

    mutating func argument(_ syntax: Syntax, _ parameter: Parameter) -> Node? {
        guard let node = node(syntax) else { return nil }
        switch parameter {
        case .text: return converted(node, to: .text, syntax.span)
        case .bool: return converted(node, to: .bool, syntax.span)
        case .instant: return converted(node, to: .instant, syntax.span)
        case .day:
            if node.type == .instant { return Node(.call(.day, [node]), .day) }
            return converted(node, to: .day, syntax.span)
        case .whole:
            if case .decimal(let scale) = node.type, scale > 0 { return refuse(.notWhole(syntax.span)) }
            return converted(node, to: .decimal(scale: 0), syntax.span)
        case .exact:
            if case .decimal = node.type { return node }
            if node.type == .real { return refuse(.approximate(syntax.span)) }
            return converted(node, to: .decimal(scale: 0), syntax.span)
        case .number:
            return node.type.isNumber ? node : converted(node, to: .decimal(scale: 0), syntax.span)
        }
    }
}
