/// SUM, COUNT, MIN, MAX and AVG over the children of a record.
///
/// The first path that goes through a lines field says which children; inside, paths through the same field read the
/// child, all others the row around the aggregate.
extension Checking {
    mutating func aggregate(_ name: String, _ arguments: [Syntax], _ span: Span) -> Node? {
        guard takes(1...2, name, arguments, span) else { return nil }
        guard lines == nil else { return refuse(.nestedLines(span)) }
        guard let scope = lineScope(arguments) else { return refuse(.noLines(name, span)) }
        let costBefore = cost
        lines = scope
        defer { lines = nil }
        paths.insert(scope.reference.path)
        let countsRows = name == "COUNT" && isLines(arguments[0], scope)
        let value = countsRows ? nil : node(arguments[0])
        let filter = arguments.count == 2 ? condition(arguments[1]) : nil
        guard countsRows || value != nil, arguments.count == 1 || filter != nil else { return nil }
        cost += (cost - costBefore) * 9 + 50
        return aggregate(name, scope, value, filter, arguments[0].span)
    }

    private mutating func aggregate(
        _ name: String, _ scope: LineScope, _ value: Node?, _ filter: Node?, _ span: Span
    ) -> Node? {
        var type = ValueType.decimal(scale: 0)
        let kind: Aggregate.Kind
        switch name {
        case "COUNT": kind = .count
        case "MIN", "MAX":
            kind = name == "MIN" ? .min : .max
            guard let found = value?.type, found.isOrdered else {
                return refuse(.notOrdered(value?.type ?? .null, span))
            }
            type = found
        default:
            kind = name == "SUM" ? .sum : .average
            guard let found = value?.type, found.scale != nil else {
                return refuse(value?.type == .real ? .approximate(span) : .notANumber(value?.type ?? .null, span))
            }
            type = kind == .sum ? found : .real
        }
        let aggregate = Aggregate(
            kind: kind, lines: scope.reference, child: scope.child, parentField: scope.parentField, value: value,
            filter: filter)
        return Node(.aggregate(aggregate), type)
    }

    /// Whether MIN or MAX is meant over lines.
    func crossesLines(_ arguments: [Syntax]) -> Bool {
        lines == nil && lineScope(arguments) != nil
    }

    private func lineScope(_ arguments: [Syntax]) -> LineScope? {
        // A copy looks the paths up, so that mistakes are reported once, by the pass that checks the types.
        var scout = self
        var rest = arguments[...]
        while let next = rest.popFirst() {
            if case .path(let steps) = next.form, let found = scout.resolve(steps, on: object),
                case .lines(let child) = found.field.type
            {
                let parent = found.field.parentField ?? "parent"
                return LineScope(reference: found.reference, child: child, parentField: parent)
            }
            rest = next.form.children + rest
        }
        return nil
    }

    private func isLines(_ syntax: Syntax, _ scope: LineScope) -> Bool {
        guard case .path(let steps) = syntax.form else { return false }
        return steps.map(\.name) == scope.reference.path.steps
    }
}
