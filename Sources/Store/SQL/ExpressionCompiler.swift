package import Expressions
import Values

/// Makes SQL of checked expressions, for rows of one table at a time.
///
/// For every row the SQL gives what `TypedExpression.filterValue` gives. Links become scalar subqueries by primary key,
/// aggregates over lines correlated subqueries; time, actor and literals are bound, never read by the database.
package struct ExpressionCompiler: Sendable {
    private let layout: any TableLayout
    private let dialect: any Dialect
    private let context: EvaluationContext

    package init(layout: any TableLayout, dialect: any Dialect, context: EvaluationContext) {
        self.layout = layout
        self.dialect = dialect
        self.context = context
    }

    /// A condition that is true exactly for the rows that `matches` accepts; it may be null for others.
    ///
    /// - Parameter alias: name by which the surrounding statement knows the table of the expression's object.
    package func predicate(_ expression: TypedExpression, row alias: String) throws(CompilationError) -> SQLFragment {
        try scalar(expression, row: alias)
    }

    /// A condition for the definition of a table's rule, where the person is the one of the block that reads.
    ///
    /// - Throws: `CompilationError.memoryOnly` also where the engine has no row-level security.
    package func rule(_ expression: TypedExpression, row alias: String) throws(CompilationError) -> SQLFragment {
        if expression.memoryOnly || dialect.sight(.me) == nil { throw .memoryOnly }
        var compilation = Compilation(layout: layout, dialect: dialect, context: context, row: alias)
        compilation.isRule = true
        return try compilation.settled(expression.root)
    }

    /// The value of the expression, for a column list, ORDER BY or GROUP BY.
    package func scalar(_ expression: TypedExpression, row alias: String) throws(CompilationError) -> SQLFragment {
        if expression.memoryOnly { throw .memoryOnly }
        var compilation = Compilation(layout: layout, dialect: dialect, context: context, row: alias)
        let fragment = try compilation.settled(expression.root)
        guard fragment.nesting <= dialect.maximumNesting else { throw .tooDeep }
        return fragment
    }
}

/// One run of the compiler.
struct Compilation {
    let layout: any TableLayout
    let dialect: any Dialect
    let context: EvaluationContext
    /// Alias of the row that fields are read from, and of the one around an aggregate.
    var row: String
    var outer: String
    /// Time and person are asked of the block that reads instead of being bound.
    var isRule = false
    private var aliases = 0

    /// SQL of a node with what its user must know of it.
    struct Piece {
        let fragment: SQLFragment
        /// An exact number that an overflow may have left in the engine's own form; `settled` makes it null.
        var isDeferred = false
        /// For reals: decimal exponents between which every non-zero value lies.
        var reach = 0...0
    }

    init(layout: any TableLayout, dialect: any Dialect, context: EvaluationContext, row: String) {
        self.layout = layout
        self.dialect = dialect
        self.context = context
        self.row = row
        outer = row
    }

    mutating func alias(_ prefix: String) -> String {
        aliases += 1
        return prefix + String(aliases)
    }

    /// The node's value, with overflow as null.
    mutating func settled(_ node: Node) throws(CompilationError) -> SQLFragment {
        settle(try piece(node))
    }

    mutating func settle(_ piece: Piece) -> SQLFragment {
        guard piece.isDeferred else { return piece.fragment }
        let dialect = dialect
        return binding([piece.fragment]) { dialect.exact($0[0]) }
    }

    /// `body` over values that it may use more than once: a short fragment is repeated, a long one computed once in
    /// a subquery of its own.
    mutating func binding(_ values: [SQLFragment], _ body: ([SQLFragment]) -> SQLFragment) -> SQLFragment {
        if values.reduce(0, { $0 + $1.weight }) <= 160 { return body(values) }
        let name = alias("l")
        var columns: [SQLFragment] = []
        var names: [SQLFragment] = []
        for (index, value) in values.enumerated() {
            columns.append("\(value) AS v\(raw: String(index))")
            names.append(.raw("\(name).v\(index)"))
        }
        let inner: SQLFragment = "SELECT \(columns.joined(separator: ", "))\(dialect.computedOnce)"
        return "(SELECT \(body(names)) FROM (\(inner)) AS \(raw: name))"
    }

    mutating func piece(_ node: Node) throws(CompilationError) -> Piece {
        if !isRule || !node.readsContext, contextList(node) == nil, let value = node.valueWithoutRow(context) {
            return constant(value, node.type)
        }
        switch node.form {
        case .constant(let value): return constant(value, node.type)
        case .context(let item): return Piece(fragment: try contextValue(item))
        case .field(let reference): return Piece(fragment: try column(reference))
        case .not(let inner): return Piece(fragment: "(NOT \(try settled(inner)))")
        case .all(let parts): return Piece(fragment: try chain(parts, "AND"))
        case .any(let parts):
            if let asked = roles(parts) { return Piece(fragment: asked) }
            return Piece(fragment: try chain(parts, "OR"))
        case .comparison(let comparison, let a, let b): return Piece(fragment: try compare(comparison, a, b))
        case .isOneOf(let tested, let items): return Piece(fragment: try isOneOf(tested, items))
        case .isIn(let tested, let list): return Piece(fragment: try isIn(tested, list))
        case .exact(let operation, let a, let b): return try exact(operation, a, b)
        case .rescaled(let inner): return try rescaled(inner, to: node.type.scale ?? 0)
        case .approximate(let operation, let a, let b): return try approximate(operation, a, b)
        case .quotient(let a, let b): return try quotient(a, b)
        case .real(let inner): return try real(inner)
        case .choose(let condition, let then, let otherwise): return try choose(condition, then, otherwise)
        case .firstKnown(let parts): return try firstKnown(parts)
        case .call(let function, let arguments): return try call(function, arguments, node.type)
        case .aggregate(let aggregate): return try self.aggregate(aggregate)
        case .external: throw .memoryOnly
        }
    }

    // MARK: Logic

    /// AND or OR of many as a balanced tree, since engines limit the depth of expressions.
    private mutating func chain(_ parts: [Node], _ word: String) throws(CompilationError) -> SQLFragment {
        var level: [SQLFragment] = []
        for part in parts { level.append(try settled(part)) }
        while level.count > 1 {
            var next: [SQLFragment] = []
            var index = 0
            while index + 1 < level.count {
                next.append("(\(level[index]) \(raw: word) \(level[index + 1]))")
                index += 2
            }
            if index < level.count { next.append(level[index]) }
            level = next
        }
        return level[0]
    }

    /// In a rule, whether the person has one of several roles is one question.
    private func roles(_ parts: [Node]) -> SQLFragment? {
        guard isRule else { return nil }
        let roles = parts.compactMap { if case .context(.hasRole(let role)) = $0.form { role } else { nil } }
        return roles.count == parts.count ? dialect.sight(.anyRole(roles)) : nil
    }

    private mutating func choose(
        _ condition: Node, _ then: Node, _ otherwise: Node
    ) throws(CompilationError) -> Piece {
        let test = try settled(condition)
        let a = try piece(then)
        let b = try piece(otherwise)
        return Piece(
            fragment: "CASE WHEN \(test) THEN \(a.fragment) ELSE \(b.fragment) END",
            isDeferred: a.isDeferred || b.isDeferred,
            reach: min(a.reach.lowerBound, b.reach.lowerBound)...max(a.reach.upperBound, b.reach.upperBound))
    }

    private mutating func firstKnown(_ parts: [Node]) throws(CompilationError) -> Piece {
        var items: [SQLFragment] = []
        var reach = 0...0
        for part in parts {
            let piece = try piece(part)
            reach = min(reach.lowerBound, piece.reach.lowerBound)...max(reach.upperBound, piece.reach.upperBound)
            items.append(settle(piece))
        }
        return Piece(fragment: "COALESCE(\(items.joined(separator: ", ")))", reach: reach)
    }
}
