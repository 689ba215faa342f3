import Values

/// Turns what a user typed into a checked expression, or says everything that is wrong with it.
package struct ExpressionChecker: Sendable {
    private let schema: any ExpressionSchema
    private let functions: [String: ExternalFunction]

    /// Deepest nesting of brackets, calls and operators.
    package static let maximumDepth = 64
    /// Longest source in UTF-8 bytes.
    package static let maximumLength = 10_000
    /// Largest cost: 1 for a node, 4 for a link followed; what stands inside an aggregate counts ten times, for the
    /// aggregate itself 50 more.
    package static let maximumCost = 5_000
    /// Most digits after the point of a computed exact number; beyond it the checker asks for a ROUND.
    package static let maximumScale = 12

    package init(schema: any ExpressionSchema, functions: [ExternalFunction] = []) {
        self.schema = schema
        self.functions = Dictionary(functions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Parses and checks `source` over rows of `object`.
    ///
    /// - Parameter expecting: the type wanted. An exact number is brought to the wanted scale, rounding half away
    ///   from zero when digits are lost; every other type must be met.
    /// - Returns: the checked expression, or all diagnostics in the order of the source (a wrong shape gives one).
    package func check(
        _ source: String, on object: String, expecting: ValueType? = nil
    ) -> Result<TypedExpression, Diagnostics> {
        let syntax: Syntax
        do {
            syntax = try Parser.parse(source)
        } catch {
            return .failure(Diagnostics([error]))
        }
        var checking = Checking(schema: schema, functions: functions, object: object)
        var root = checking.node(syntax)
        if let expecting, let found = root { root = checking.result(found, as: expecting, syntax.span) }
        if checking.cost > Self.maximumCost { checking.report(.tooCostly(checking.cost, syntax.span)) }
        guard let root, checking.diagnostics.isEmpty else {
            return .failure(Diagnostics(checking.diagnostics.sorted { $0.offset < $1.offset }))
        }
        return .success(
            TypedExpression(
                source: source, object: object, type: root.type, root: root, fieldPaths: checking.paths,
                cost: checking.cost, usesTime: checking.usesTime, memoryOnly: checking.memoryOnly))
    }
}
