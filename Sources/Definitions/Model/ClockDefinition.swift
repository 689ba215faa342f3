package import Expressions

/// A clock of a record: how long something may take is a record of the company (`sla_rule`), when it starts and ends
/// stands here.
package struct ClockDefinition: Sendable {
    package let id: String
    package let label: Label
    /// The step whose rule of the company gives the limit, the warning and the escalations.
    package let rule: String
    /// A field of the record from which it counts: an instant, or a day, which means nine in the morning where the
    /// person lives. Nil counts from when the record came into one of `states`, else from when it was made.
    package let start: String?
    /// It runs only in these states; empty means in any.
    package let states: [String]
    /// It has ended once this holds. Own fields only.
    package let until: TypedExpression?
    /// It stands still while this holds. Own fields only.
    package let pause: TypedExpression?
    /// A field that links to the user who owes it. Nil means who holds the rule's position near the owner.
    package let to: String?
    /// What people are told; nil for the label.
    package let message: Label?
    /// What is done when the limit is used up.
    package let effects: [EffectDefinition]
    /// Records that end it when they are made.
    package let answered: [ClockAnswer]
    /// Records that start it anew when they are made.
    package let restarted: [ClockAnswer]
}

/// A record of another object that tells a clock of the one it points to.
package struct ClockAnswer: Sendable, Hashable {
    package let object: String
    /// Its field that links to the record of the clock.
    package let via: String
}
