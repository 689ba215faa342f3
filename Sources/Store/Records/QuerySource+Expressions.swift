import Definitions
import Expressions
import Values

extension QuerySource {
    /// A checked expression as a condition on the base table. Its own links are its own subqueries or joins.
    func condition(
        _ expression: TypedExpression, model: Model, dialect: any Dialect, _ context: EvaluationContext
    ) throws -> SQLFragment {
        throw StoreError.broken("expression compiler")
    }

    /// A checked expression as a value of the base table's row.
    func value(
        _ expression: TypedExpression, model: Model, dialect: any Dialect, _ context: EvaluationContext
    ) throws -> SQLFragment {
        throw StoreError.broken("expression compiler")
    }
}
