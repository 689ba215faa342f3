package import Values

/// What an expression knows besides its row: the time, the actor, and how much it may compute.
package struct EvaluationContext: Sendable {
    package let now: Instant
    /// The date in the company's zone of meaning at `now`.
    package let today: Day
    package let me: RecordID?
    /// The actor's departments with everything below them.
    package let departments: [RecordID]
    /// The actor's regions with everything below them.
    package let regions: [RecordID]
    package let roles: [String]
    /// Steps of the evaluator: one for each node visited, for each row it is visited on.
    package let fuel: Int

    package init(
        now: Instant, today: Day, me: RecordID? = nil, departments: [RecordID] = [], regions: [RecordID] = [],
        roles: [String] = [], fuel: Int = 100_000
    ) {
        self.now = now
        self.today = today
        self.me = me
        self.departments = departments
        self.regions = regions
        self.roles = roles
        self.fuel = fuel
    }
}

/// Why a checked expression has no value for a row.
package enum EvaluationError: Error, Sendable, Hashable {
    /// A number left the 38 digits that are computed with, or a date the years 1...9999.
    case overflow
    /// The steps of the context are used up.
    case fuel
    /// The row gave a value of another type than the schema promised.
    case wrongValue(FieldPath)
    /// An external function failed; the text is the function's name.
    case external(String)
}
