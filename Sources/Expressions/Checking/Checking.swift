import Values

/// One run of the checker: walks the syntax, finds fields and types, puts in conversions, collects diagnostics.
///
/// Every method that gives an optional node has reported why when it gives nil.
struct Checking {
    let schema: any ExpressionSchema
    let functions: [String: ExternalFunction]
    /// Object of the row.
    let object: String
    /// Set while inside an aggregate.
    var lines: LineScope?

    private(set) var diagnostics: [Diagnostic] = []
    var paths: Set<FieldPath> = []
    var usesTime = false
    var memoryOnly = false
    var cost = 0

    /// The children an aggregate runs over.
    struct LineScope {
        let reference: FieldReference
        let child: String
        let parentField: String
    }

    init(schema: any ExpressionSchema, functions: [String: ExternalFunction], object: String) {
        self.schema = schema
        self.functions = functions
        self.object = object
    }

    mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

    /// Reports and gives nil, for a guard's last line.
    mutating func refuse(_ diagnostic: Diagnostic) -> Node? {
        report(diagnostic)
        return nil
    }

    mutating func node(_ syntax: Syntax) -> Node? {
        cost += 1
        switch syntax.form {
        case .number(let number): return .number(number)
        case .text(let text): return Node(.constant(.text(text)), .text)
        case .bool(let flag): return Node(.constant(.bool(flag)), .bool)
        case .null: return Node(.constant(.null), .null)
        case .path(let steps): return field(steps, syntax.span)
        case .call(let name, let span, let arguments): return call(name, span, arguments, syntax.span)
        case .negative(let operand): return negative(operand)
        case .not(let operand):
            guard let inner = condition(operand) else { return nil }
            return Node(.not(inner), .bool)
        case .chain(let isAnd, let parts): return chain(parts, isAnd: isAnd)
        case .binary(let symbol, let left, let right): return binary(symbol, left, right, syntax.span)
        case .isIn(let operand, let items, let negated): return membership(operand, items, negated: negated)
        }
    }

    /// A node that must be true or false.
    mutating func condition(_ syntax: Syntax) -> Node? {
        guard let inner = node(syntax) else { return nil }
        return converted(inner, to: .bool, syntax.span)
    }

    mutating func chain(_ parts: [Syntax], isAnd: Bool) -> Node? {
        var nodes: [Node] = []
        for part in parts {
            if let node = condition(part) { nodes.append(node) }
        }
        guard nodes.count == parts.count else { return nil }
        return Node(isAnd ? .all(nodes) : .any(nodes), .bool)
    }

    /// The whole expression as the type its place wants.
    mutating func result(_ root: Node, as wanted: ValueType, _ span: Span) -> Node? {
        if case .decimal(let scale) = wanted, case .decimal(let found) = root.type {
            return found > scale ? Node(.call(.round, [root]), wanted) : rescaled(root, to: scale)
        }
        return converted(root, to: wanted, span)
    }
}

// MARK: Fields

extension Checking {
    /// A path read from the row or, inside an aggregate, from the line when it goes through the same lines field.
    private mutating func field(_ steps: [Syntax.Step], _ span: Span) -> Node? {
        if let lines, let rest = Self.strip(lines.reference.path.steps, from: steps) {
            guard !rest.isEmpty else { return refuse(.linesAsValue(span)) }
            guard let found = resolve(rest, on: lines.child) else { return nil }
            paths.insert(lines.reference.path.appending(found.reference.path))
            return value(found, span)
        }
        guard let found = resolve(steps, on: object, isOuter: lines != nil) else { return nil }
        guard found.rest.isEmpty else {
            return refuse(lines == nil ? .linesOutsideAggregate(steps, span) : .otherLines(span))
        }
        paths.insert(found.reference.path)
        return value(found, span)
    }

    private mutating func value(_ found: Resolved, _ span: Span) -> Node? {
        cost += 4 * found.reference.links.count
        guard found.rest.isEmpty else { return refuse(.nestedLines(span)) }
        if case .lines = found.field.type { return refuse(.linesAsValue(span)) }
        return Node(.field(found.reference), found.field.type)
    }

    struct Resolved {
        let reference: FieldReference
        let field: ExpressionField
        /// Steps after a lines field.
        let rest: [Syntax.Step]
    }

    /// Follows the steps over links up to a field or the first lines field.
    mutating func resolve(_ steps: [Syntax.Step], on start: String, isOuter: Bool = false) -> Resolved? {
        var holder = start
        var hops: [FieldReference.Hop] = []
        for (index, step) in steps.enumerated() {
            guard let found = schema.field(step.name, of: holder) else {
                report(.unknownField(step, of: holder, known: schema.fieldIDs(of: holder)))
                return nil
            }
            let rest = Array(steps[(index + 1)...])
            let path = FieldPath(steps[...index].map(\.name))
            switch found.type {
            case .lines:
                return resolved(found, step.name, start, hops, path, isOuter, rest)
            case .record(let target) where !rest.isEmpty && target != "*":
                hops.append(FieldReference.Hop(field: step.name, object: target))
                holder = target
            default:
                if rest.isEmpty { return resolved(found, step.name, start, hops, path, isOuter, []) }
                return part(of: found, step, rest, holder, start, hops, steps, isOuter)
            }
        }
        return nil
    }

    /// The step after a field that is no link: a part of a money field, or a mistake.
    private mutating func part(
        of found: ExpressionField, _ step: Syntax.Step, _ rest: [Syntax.Step], _ holder: String, _ start: String,
        _ hops: [FieldReference.Hop], _ steps: [Syntax.Step], _ isOuter: Bool
    ) -> Resolved? {
        let id = step.name + "." + rest[0].name
        guard rest.count == 1, let inner = schema.field(id, of: holder) else {
            report(.notALink(step, found.type))
            return nil
        }
        return resolved(inner, id, start, hops, FieldPath(steps.map(\.name)), isOuter, [])
    }

    private func resolved(
        _ field: ExpressionField, _ id: String, _ start: String, _ hops: [FieldReference.Hop], _ path: FieldPath,
        _ isOuter: Bool, _ rest: [Syntax.Step]
    ) -> Resolved {
        let reference = FieldReference(object: start, links: hops, field: id, isOuter: isOuter, path: path)
        return Resolved(reference: reference, field: field, rest: rest)
    }

    static func strip(_ prefix: [String], from steps: [Syntax.Step]) -> [Syntax.Step]? {
        guard steps.count >= prefix.count, zip(steps, prefix).allSatisfy({ $0.name == $1 }) else { return nil }
        return Array(steps[prefix.count...])
    }
}

extension Node {
    /// A literal number with its own scale.
    static func number(_ number: ExactDecimal) -> Node {
        Node(.constant(.decimal(number)), .decimal(scale: number.scale))
    }

    var constant: Value? { if case .constant(let value) = form { value } else { nil } }
    var isNullLiteral: Bool { type == .null }
}
