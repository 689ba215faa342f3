package import Expressions

/// When something happens to a record, and if it is as it should be, then something is done.
package struct RuleDefinition: Sendable {
    package let id: String
    package let label: Label
    package let triggers: [RuleTrigger]
    /// Looked at over the record after what happened; nil always holds.
    package let condition: TypedExpression?
    /// Done in order, all or nothing.
    package let effects: [EffectDefinition]
}

/// What makes a rule look at a record.
package enum RuleTrigger: Sendable, Hashable {
    case created
    /// One of these fields has another value; empty means any.
    case changed([String])
    case action(String)
    /// A rung of a clock of the object: `warn`, `late`, `escalate:1`.
    case clock(String, rung: String)
    /// The time that a field says has come.
    case time(String)
    /// Somebody asks for it.
    case manual
    /// A program outside asks for it.
    case webhook

    /// As it is written: `changed(grade)`.
    package var text: String {
        switch self {
        case .created: "created"
        case .changed(let fields): fields.isEmpty ? "changed" : "changed(\(fields.joined(separator: ", ")))"
        case .action(let id): "action(\(id))"
        case .clock(let id, let rung): "clock(\(id), \(rung))"
        case .time(let field): "time(\(field))"
        case .manual: "manual"
        case .webhook: "webhook"
        }
    }
}

/// Something that a rule or a clock does to or with its record.
package enum EffectDefinition: Sendable {
    /// Fields of the record itself.
    case set([FieldAssignment])
    /// A record made from it.
    case create(RecordTemplate)
    /// Another owner.
    case assign(AssignmentDefinition)
    case notify(NoticeDefinition)
    /// Told outside, through the outbox. The channel is `mail` or `webhook`, each value an expression over the record.
    case send(channel: String, [FieldAssignment])
    /// A run of the workflow of this key begins on the record.
    case start(workflow: String)

    /// What its expressions read.
    package var fieldPaths: [FieldPath] {
        switch self {
        case .set(let sets), .send(_, let sets): sets.flatMap(\.value.fieldPaths)
        case .create(let template) where template.each == nil: template.fieldPaths
        case .create, .assign, .notify, .start: []
        }
    }

    /// What it makes of each line of the record, if it is that; its expressions are over the line.
    package var templateOfLines: RecordTemplate? {
        if case .create(let template) = self, template.each != nil { template } else { nil }
    }

    /// The word under which it is written.
    package var word: String {
        switch self {
        case .set: "set"
        case .create: "create"
        case .assign: "assign"
        case .notify: "notify"
        case .send(let channel, _): channel
        case .start: "start_workflow"
        }
    }
}

/// Who gets a record, among active people who are there.
package struct AssignmentDefinition: Sendable, Hashable {
    package enum Way: String, Sendable, Hashable, CaseIterable {
        /// One after the other.
        case roundRobin = "round_robin"
        /// Whoever has the fewest records of the object that are not in a final state.
        case leastLoad = "least_load"
        /// Whoever's region has the record's country, else one after the other.
        case territory
    }

    package let way: Way
    /// A role, or a position such as `sales_manager`.
    package let role: String
}

/// Who is told what.
package struct NoticeDefinition: Sendable {
    package enum Priority: String, Sendable, Hashable, CaseIterable {
        /// At once, whatever the hour.
        case urgent
        /// When the person is awake.
        case normal
        /// With the next summary.
        case digest
    }

    /// A field that links to a user or to several, or a role or position near the owner.
    package let to: String
    package let isField: Bool
    package let message: Label
    package let priority: Priority
}
