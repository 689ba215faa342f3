import Definitions
import Expressions
import Values

/// A right such as "mine OR my departments'" taken apart into branches, each of which one index answers in order.
///
/// A list asks each branch for its newest rows and merges them: for a person who sees little of a large table that
/// reads a few hundred rows, where the OR in one condition reads the table until a page is full.
struct Branches {
    /// Beyond this many the reader sees so much that the plain condition fills a page at once.
    static let limit = 24

    /// Conditions of which at least one must hold.
    let conditions: [SQLFragment]
    /// The predicates that must hold besides.
    let others: [TypedExpression]

    /// Nil when the rights are no OR of equalities that indexes answer.
    init?(of query: RecordQuery, in table: ObjectTable, compiling: Compilation) throws {
        guard query.search == nil, query.ids == nil else { return nil }
        var others = query.predicates
        let parts: [Node]
        if !query.alternatives.isEmpty {
            parts = query.alternatives.map(\.root)
        } else if let position = others.firstIndex(where: { $0.root.isAlternative }),
            case .any(let several) = others[position].root.form
        {
            parts = several
            others.remove(at: position)
        } else {
            return nil
        }
        var conditions: [SQLFragment] = []
        for part in parts {
            guard let found = try Self.branches(of: part, query.context, table, compiling) else { return nil }
            conditions += found
        }
        guard (1...Self.limit).contains(conditions.count),
            conditions.allSatisfy({ $0.nesting < compiling.dialect.maximumNesting / 2 })
        else { return nil }
        self.conditions = conditions
        self.others = others
    }

    /// The branches of one part of the OR: an equality with an indexed column, alone or in an AND.
    private static func branches(
        of part: Node, _ context: EvaluationContext, _ table: ObjectTable, _ compiling: Compilation
    ) throws -> [SQLFragment]? {
        var parts = [part]
        if case .all(let several) = part.form { parts = several }
        guard let lead = parts.firstIndex(where: { isIndexed($0, table) }) else { return nil }
        var compilation = compiling
        var rest: [SQLFragment] = []
        for (position, other) in parts.enumerated() where position != lead {
            rest.append("(\(try compilation.settled(other)))")
        }
        return try equalities(parts[lead], context, table, compiling).map { equality in
            ([equality] + rest).joined(separator: " AND ")
        }
    }

    private static func equalities(
        _ node: Node, _ context: EvaluationContext, _ table: ObjectTable, _ compiling: Compilation
    ) throws -> [SQLFragment] {
        guard case .isIn(let field, let list) = node.form, case .context(let item) = list.form,
            case .field(let reference) = field.form, let column = table.column(reference.field)
        else {
            var compilation = compiling
            return [try compilation.settled(node)]
        }
        let ids = item == .departments ? context.departments : context.regions
        // A place of its own for each id: one range of the index, already in order.
        return ids.map { "\(identifier: QuerySource.base).\(identifier: column.name) = \($0)" }
    }

    private static func isIndexed(_ node: Node, _ table: ObjectTable) -> Bool {
        switch node.form {
        case .comparison(.equal, let a, let b):
            return isIndexedField(a, table) && isFixed(b) || isIndexedField(b, table) && isFixed(a)
        case .isIn(let field, let list):
            guard case .context(let item) = list.form else { return false }
            return isIndexedField(field, table) && (item == .departments || item == .regions)
        default:
            return false
        }
    }

    private static func isFixed(_ node: Node) -> Bool {
        switch node.form {
        case .context, .constant: true
        default: false
        }
    }

    private static func isIndexedField(_ node: Node, _ table: ObjectTable) -> Bool {
        guard case .field(let reference) = node.form, reference.links.isEmpty, !reference.isOuter else { return false }
        if ["owner", "department", "region"].contains(reference.field) {
            return !table.isLine && !table.definition.isSetting
        }
        guard case .link? = table.definition.field(reference.field)?.type else { return false }
        return true
    }
}

extension Node {
    /// Whether it is an OR.
    fileprivate var isAlternative: Bool { if case .any = form { true } else { false } }
}
