package import Values

/// A checked expression over one object.
///
/// Exact numbers are computed at the scale of their type. `evaluate` holds them in 128 bits and reports what goes
/// beyond; SQL holds them in 64 bits and gives null there, and `matches` does the same.
package struct TypedExpression: Sendable, Hashable {
    package let source: String
    /// Id of the object whose rows it reads.
    package let object: String
    package let type: ValueType
    package let root: Node
    /// What it reads, from its row, over links and lines.
    package let fieldPaths: Set<FieldPath>
    /// Rough steps for one row, at most `ExpressionChecker.maximumCost`.
    package let cost: Int
    /// Its value may change with no write.
    package let usesTime: Bool
    /// It calls a function that SQL can't do.
    package let memoryOnly: Bool

    init(
        source: String, object: String, type: ValueType, root: Node, fieldPaths: Set<FieldPath>, cost: Int,
        usesTime: Bool, memoryOnly: Bool
    ) {
        self.source = source
        self.object = object
        self.type = type
        self.root = root
        self.fieldPaths = fieldPaths
        self.cost = cost
        self.usesTime = usesTime
        self.memoryOnly = memoryOnly
    }

    /// The value for a row.
    ///
    /// - Throws: `EvaluationError`; an overflow is an error here, never a wrapped or approximate number.
    package func evaluate(_ row: some FieldSource, _ context: EvaluationContext) throws(EvaluationError) -> Value {
        var evaluator = Evaluator(context: context, isFilter: false)
        return try evaluator.value(of: root, row: row, outer: row)
    }

    /// Whether a row passes this expression as a filter: exactly when its SQL form selects the row.
    ///
    /// Null, an overflow of 64 bits (which is null in a filter) and any error give false.
    package func matches(_ row: some FieldSource, _ context: EvaluationContext) -> Bool {
        filterValue(row, context) == .bool(true)
    }

    /// The value that SQL computes for the row: like `evaluate`, but an overflow of 64 bits is null.
    package func filterValue(_ row: some FieldSource, _ context: EvaluationContext) -> Value {
        var evaluator = Evaluator(context: context, isFilter: true)
        // An error other than an overflow (fuel, a broken row, an external function) must not let a row through.
        return (try? evaluator.value(of: root, row: row, outer: row)) ?? .null
    }

    package static func == (left: TypedExpression, right: TypedExpression) -> Bool {
        left.source == right.source && left.object == right.object
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(source)
        hasher.combine(object)
    }
}
