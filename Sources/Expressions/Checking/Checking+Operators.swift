import Values

/// Arithmetic, joins, comparisons and IN.
extension Checking {
    mutating func binary(_ symbol: Symbol, _ left: Syntax, _ right: Syntax, _ span: Span) -> Node? {
        switch symbol {
        case .plus, .minus, .times:
            guard let operation = Arithmetic(rawValue: symbol.rawValue), let (a, b) = pair(left, right) else {
                return nil
            }
            return arithmetic(operation, a, b, (left.span, right.span), span)
        case .divide:
            guard let a = argument(left, .number), let b = argument(right, .number) else { return nil }
            return quotient(a, b)
        case .join: return concat([left, right])
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
            guard let comparison = Comparison(rawValue: symbol.rawValue), let (a, b) = pair(left, right) else {
                return nil
            }
            return compare(comparison, a, b, (left.span, right.span))
        case .open, .close, .comma, .dot: return nil
        }
    }

    private mutating func pair(_ left: Syntax, _ right: Syntax) -> (Node, Node)? {
        let a = node(left)
        let b = node(right)
        guard let a, let b else { return nil }
        return (a, b)
    }

    // MARK: Arithmetic

    private mutating func arithmetic(
        _ operation: Arithmetic, _ a: Node, _ b: Node, _ spans: (Span, Span), _ span: Span
    ) -> Node? {
        if operation == .plus, a.type == .text || b.type == .text { return refuse(.textSum(span)) }
        if a.type == .day || b.type == .day { return dayArithmetic(operation, a, b, spans, span) }
        let zero = ValueType.decimal(scale: 0)
        guard let x = a.type.isNumber ? a : converted(a, to: zero, spans.0),
            let y = b.type.isNumber ? b : converted(b, to: zero, spans.1)
        else { return nil }
        guard let p = x.type.scale, let q = y.type.scale else {
            guard let x = converted(x, to: .real, spans.0), let y = converted(y, to: .real, spans.1) else { return nil }
            return Node(.approximate(operation, x, y), .real)
        }
        if operation == .times {
            guard p + q <= ExpressionChecker.maximumScale else { return refuse(.scaleTooLarge(p + q, span)) }
            return Node(.exact(.times, x, y), .decimal(scale: p + q))
        }
        let scale = max(p, q)
        return Node(.exact(operation, rescaled(x, to: scale), rescaled(y, to: scale)), .decimal(scale: scale))
    }

    /// A day plus or minus days, and the days between two days.
    private mutating func dayArithmetic(
        _ operation: Arithmetic, _ a: Node, _ b: Node, _ spans: (Span, Span), _ span: Span
    ) -> Node? {
        if operation == .minus, a.type == .day, b.type == .day || b.type == .text {
            guard let b = converted(b, to: .day, spans.1) else { return nil }
            return Node(.call(.days, [a, b]), .decimal(scale: 0))
        }
        let (day, number, numberSpan) = a.type == .day ? (a, b, spans.1) : (b, a, spans.0)
        guard operation == .plus || (operation == .minus && a.type == .day),
            let scale = number.type.scale ?? nullScale(number)
        else { return refuse(.dayArithmetic(span)) }
        guard scale == 0, let count = converted(number, to: .decimal(scale: 0), numberSpan) else {
            return refuse(.notWhole(numberSpan))
        }
        return Node(.call(.addDays, [day, operation == .minus ? negated(count) : count]), .day)
    }

    private func nullScale(_ node: Node) -> Int? { node.isNullLiteral ? 0 : nil }

    /// Two exact numbers are divided at one scale, so that 0.3 / 0.1 is 3.
    mutating func quotient(_ a: Node, _ b: Node) -> Node {
        guard let p = a.type.scale, let q = b.type.scale else {
            let operands = [a, b].map { $0.type == .real ? $0 : Node(.real($0), .real) }
            return Node(.quotient(operands[0], operands[1]), .real)
        }
        return Node(.quotient(rescaled(a, to: max(p, q)), rescaled(b, to: max(p, q))), .real)
    }

    mutating func negative(_ syntax: Syntax) -> Node? {
        guard let operand = argument(syntax, .number) else { return nil }
        return negated(operand)
    }

    private func negated(_ operand: Node) -> Node {
        if case .decimal(let number)? = operand.constant { return .number(-number) }
        guard let scale = operand.type.scale else {
            return Node(.approximate(.minus, Node(.constant(.real(0)), .real), operand), .real)
        }
        let zero = Node(.constant(.decimal(ExactDecimal(units: 0, scale: scale))), operand.type)
        return Node(.exact(.minus, zero, operand), operand.type)
    }

    // MARK: Comparisons

    private mutating func compare(
        _ comparison: Comparison, _ a: Node, _ b: Node, _ spans: (Span, Span)
    ) -> Node? {
        if a.isNullLiteral || b.isNullLiteral { return refuse(.nullComparison(a.isNullLiteral ? spans.0 : spans.1)) }
        guard let nodes = unified([a, b], [spans.0, spans.1]) else { return nil }
        let type = nodes[0].type
        let isEquality = comparison == .equal || comparison == .notEqual
        if isEquality {
            if type == .real { return refuse(.realEquality(spans.0.through(spans.1))) }
            if case .list = type { return refuse(.listComparison(spans.0.through(spans.1))) }
        } else if !type.isOrdered {
            return refuse(.notOrdered(type, spans.0.through(spans.1)))
        }
        guard knowsCodes([a], [b], [spans.1]), knowsCodes([b], [a], [spans.0]) else { return nil }
        return Node(.comparison(comparison, nodes[0], nodes[1]), .bool)
    }

    /// Whether text literals compared with a choice field are among its codes.
    mutating func knowsCodes(_ fields: [Node], _ literals: [Node], _ spans: [Span]) -> Bool {
        for field in fields {
            guard case .field(let reference) = field.form,
                let codes = schema.field(reference.field, of: reference.holder)?.codes
            else { continue }
            for (literal, span) in zip(literals, spans) {
                guard case .text(let text)? = literal.constant, !codes.contains(text) else { continue }
                report(.unknownCode(text, field: reference.field, known: codes, span))
                return false
            }
        }
        return true
    }

    mutating func membership(_ operand: Syntax, _ items: [Syntax], negated: Bool) -> Node? {
        let tested = node(operand)
        var nodes: [Node] = []
        for item in items {
            if let node = node(item) { nodes.append(node) }
        }
        guard let tested, nodes.count == items.count else { return nil }
        guard let first = nodes.first else { return refuse(.emptyList(operand.span)) }
        let inner: Node?
        if nodes.count == 1, case .list = first.type {
            inner = isIn(tested, first, operand.span)
        } else {
            inner = isOneOf(tested, nodes, operand.span, items.map(\.span))
        }
        guard let inner else { return nil }
        return negated ? Node(.not(inner), .bool) : inner
    }

    private mutating func isOneOf(_ tested: Node, _ items: [Node], _ span: Span, _ spans: [Span]) -> Node? {
        for (item, span) in zip(items, spans) where item.isNullLiteral { return refuse(.nullComparison(span)) }
        guard let nodes = unified([tested] + items, [span] + spans) else { return nil }
        if nodes[0].type == .real { return refuse(.realEquality(span)) }
        if case .list = nodes[0].type { return refuse(.listComparison(span)) }
        guard knowsCodes([tested], items, spans) else { return nil }
        return Node(.isOneOf(nodes[0], Array(nodes[1...])), .bool)
    }

    /// Whether a list holds the value; also HAS.
    mutating func isIn(_ tested: Node, _ list: Node, _ span: Span) -> Node? {
        guard case .list(let element) = list.type else { return refuse(.notAList(list.type, span)) }
        guard let tested = converted(tested, to: element, span), knowsCodes([list], [tested], [span]) else {
            return nil
        }
        return Node(.isIn(tested, list), .bool)
    }
}
