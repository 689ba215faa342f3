package import Expressions

/// 升级阶梯: who is called after how long while nobody takes a record up. The times are records of the company.
package struct LadderDefinition: Sendable {
    /// Object with one record for each value of `by`; its fields `l1`, `l2`, `l3` say `2h department_manager`.
    package let rules: String
    /// Choice field of the same id here and there.
    package let by: String
    /// Nobody is called any more once this holds. Own fields only.
    package let stops: TypedExpression
    /// What those called are told.
    package let message: Label

    /// Columns of its board, in order; empty for none.
    package let lanes: [Lane]

    package struct Lane: Sendable {
        package let label: Label
        package let states: [String]
        /// Only what was touched within so many days; nil for all.
        package let days: Int?
    }

    package static let steps = ["l1", "l2", "l3"]
}

/// The same cause, several times within some days: somebody gets a task to better things, once.
package struct RepeatDefinition: Sendable {
    package let id: String
    package let label: Label
    /// What must be the same: a link or a choice.
    package let field: String
    /// Instant or day that says when it happened.
    package let at: String
    /// How often within `days` days.
    package let times: Int
    package let days: Int
    /// Which records count. Own fields only; nil for all.
    package let condition: TypedExpression?
    /// Position near the owner that gets the task.
    package let to: String
    /// Working days that the task has.
    package let due: Int
}

/// Which past records help with a new one.
package struct SimilarDefinition: Sendable {
    /// Fields of which one must be the same, the most telling first.
    package let by: [String]
    /// Records that are over and have something to tell; nil for all. Own fields only.
    package let condition: TypedExpression?
    /// What solved them: fields to show.
    package let shows: [String]
}
