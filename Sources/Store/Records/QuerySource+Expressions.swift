import Definitions
import Expressions

extension QuerySource {
    /// A checked expression as a condition on the base table.
    ///
    /// - Throws: `CompilationError` for an expression that only memory can compute or that is nested too deeply.
    func condition(
        _ expression: TypedExpression, model: Model, dialect: any Dialect, _ context: EvaluationContext
    ) throws -> SQLFragment {
        let compiler = ExpressionCompiler(layout: ModelLayout(model: model), dialect: dialect, context: context)
        return "(\(try compiler.predicate(expression, row: Self.base)))"
    }

    /// A checked expression as a value of the base table's row.
    func value(
        _ expression: TypedExpression, model: Model, dialect: any Dialect, _ context: EvaluationContext
    ) throws -> SQLFragment {
        try ExpressionCompiler(layout: ModelLayout(model: model), dialect: dialect, context: context)
            .scalar(expression, row: Self.base)
    }
}
