package import Expressions
package import Values

/// What one role gives or does not give somebody on an object.
package struct RoleVerdict: Sendable {
    /// What it says about the field that was asked for.
    package enum Field: Sendable, Hashable {
        case open
        /// The role hides it, or leaves it out of what it may write.
        case closed
        /// It needs a clearance that no role of theirs has.
        case needsClearance(String)
    }

    package let role: String
    /// Whose rows the role opens; nil for all.
    package let rows: TypedExpression?
    /// Whether the record is among them; nil without a record.
    package let holdsRecord: Bool?
    package let givesAction: Bool
    /// Nil when no field was asked for.
    package let field: Field?

    /// Alone enough.
    package var allows: Bool { givesAction && holdsRecord != false && (field ?? .open) == .open }
}

/// Whether somebody may do something, and what each of their roles says.
package struct AccessVerdict: Sendable {
    package let allowed: Bool
    /// One for each part a role gives, in the order of the roles.
    package let roles: [RoleVerdict]
    /// Roles of theirs that say nothing about the object.
    package let silent: [String]
    /// Rights would allow it, but the record's state or the action's own condition does not now.
    package let isHeldByState: Bool
    /// States in which the action is offered; empty for any.
    package let states: [String]
    /// What the action asks of the record, when it isn't met.
    package let condition: TypedExpression?
    /// Roles of the model that would allow it to this person; empty when it is allowed.
    package let wouldAllow: [String]
}

/// What is asked about: an action on an object, one of its records, one of its fields.
package struct AccessCase: Sendable, Hashable {
    package var object: String
    package var record: RecordID?
    package var field: String?
    /// `read`, `create`, `update`, `delete`, `assign`, `import`, `export` or an action of the object.
    package var action: String

    package init(object: String, record: RecordID? = nil, field: String? = nil, action: String = "read") {
        self.object = object
        self.record = record
        self.field = field
        self.action = action
    }
}
