package import Expressions

/// An object of the business, such as `company` or `quotation`: one real table. A constant shared by reference.
package final class ObjectDefinition: Sendable {
    package let id: String
    package let label: Label
    /// For lists and menus: 报价, Quotations.
    package let plural: Label
    package let icon: String
    package let layer: Layer
    /// For line objects: the object they belong to. Their access, owner and life are the parent's.
    package let parent: String?
    /// In reading order, system fields last, retired ones included (see `liveFields`).
    package let fields: [FieldDefinition]
    /// Field ids whose values name a record, best first.
    package let title: [String]
    package let states: StateMachine?
    package let actions: [ActionDefinition]
    package let checks: [CheckDefinition]
    package let reminders: [ReminderDefinition]
    package let clocks: [ClockDefinition]
    package let rules: [RuleDefinition]
    package let approvals: [ApprovalDefinition]
    /// For requests to change a record of another object; nil for everything else.
    package let change: ChangeDefinition?
    /// Who is called when nobody takes a record up; nil for none.
    package let ladder: LadderDefinition?
    package let repeats: [RepeatDefinition]
    package let similar: SimilarDefinition?
    package let views: [ViewDefinition]
    package let sections: [FormSection]
    package let highlights: [Highlight]
    /// Objects shown as tabs on the record page, in order: those that link here.
    package let related: [RelatedList]
    /// Field ids found by search.
    package let search: [String]
    package let duplicates: [DuplicateRule]
    /// Changed only by an administrator: code tables, rules.
    package let isSetting: Bool
    package let retired: Bool
    /// How a record is printed; nil for objects without a document.
    package let print: PrintDefinition?

    package var table: String { "o_" + id }

    /// In the order of `fields`.
    package let liveFields: [FieldDefinition]

    /// Live fields that have a value of their own when none is given.
    package let defaulted: [FieldDefinition]
    /// Live amounts that people give.
    package let givenAmounts: [FieldDefinition]
    /// Live fields that are checked when a record is written: neither the kernel's own nor numbers of a series.
    package let validated: [FieldDefinition]
    package let blockingChecks: [CheckDefinition]
    package let warningChecks: [CheckDefinition]

    private let index: [String: FieldDefinition]

    package init(
        id: String, label: Label, plural: Label, icon: String, layer: Layer, parent: String?,
        fields: [FieldDefinition], title: [String], states: StateMachine?, actions: [ActionDefinition],
        checks: [CheckDefinition], reminders: [ReminderDefinition] = [], clocks: [ClockDefinition] = [],
        rules: [RuleDefinition] = [], approvals: [ApprovalDefinition] = [],
        change: ChangeDefinition? = nil, ladder: LadderDefinition? = nil,
        repeats: [RepeatDefinition] = [], similar: SimilarDefinition? = nil, views: [ViewDefinition],
        sections: [FormSection], highlights: [Highlight],
        related: [RelatedList], search: [String], duplicates: [DuplicateRule], isSetting: Bool, retired: Bool,
        print: PrintDefinition? = nil
    ) {
        self.id = id
        self.label = label
        self.plural = plural
        self.icon = icon
        self.layer = layer
        self.parent = parent
        self.fields = fields
        self.title = title
        self.states = states
        self.actions = actions
        self.checks = checks
        self.reminders = reminders
        self.clocks = clocks
        self.rules = rules
        self.approvals = approvals
        self.change = change
        self.ladder = ladder
        self.repeats = repeats
        self.similar = similar
        self.views = views
        self.sections = sections
        self.highlights = highlights
        self.related = related
        self.search = search
        self.duplicates = duplicates
        self.isSetting = isSetting
        self.retired = retired
        self.print = print
        liveFields = fields.filter { !$0.retired }
        defaulted = liveFields.filter { $0.defaultValue != nil }
        givenAmounts = liveFields.filter { field in
            if case .money = field.type { field.formula == nil } else { false }
        }
        validated = liveFields.filter { !$0.isSystem && $0.series == nil }
        blockingChecks = checks.filter(\.blocking)
        warningChecks = checks.filter { !$0.blocking }
        index = Dictionary(uniqueKeysWithValues: fields.map { ($0.id, $0) })
    }

    /// The field with this id, live or retired.
    package func field(_ id: String) -> FieldDefinition? { index[id] }
}

/// The life of a record, on one choice field that only actions move.
package struct StateMachine: Sendable {
    package let field: String
    package let initial: String
    /// State code → what is special about it.
    package let states: [State]

    package struct State: Sendable {
        package let code: String
        /// No field but those named in `open` may change any more.
        package let locked: Bool
        package let open: [String]
        package let final: Bool
    }

    package func state(_ code: String) -> State? { states.first { $0.code == code } }
}

/// Something people do with a record beyond editing it: a button, an API action, a transition.
package struct ActionDefinition: Sendable {
    package let id: String
    package let label: Label
    package let icon: String
    /// States in which it is offered; empty means any.
    package let from: [String]
    /// State after it; nil leaves the state.
    package let to: String?
    /// Offered and accepted only when true.
    package let condition: TypedExpression?
    /// What to say when the condition is not met.
    package let refusal: Label?
    /// Field ids asked for when it is done.
    package let input: [String]
    /// The subset of `input` that must be filled.
    package let requiredInput: [String]
    /// Field id → value, computed over the record before the change.
    package let sets: [FieldAssignment]
    package let creates: [RecordTemplate]
    /// Draws the eye as the usual next step.
    package let primary: Bool
    /// Whether the author of the record may not do it (approving one's own).
    package let notByOwner: Bool
}

extension ActionDefinition {
    /// A step of the house that only moves the state, such as giving the baton back.
    package static func move(id: String, label: Label, to state: String) -> ActionDefinition {
        ActionDefinition(
            id: id, label: label, icon: "repeat", from: [], to: state, condition: nil, refusal: nil, input: [],
            requiredInput: [], sets: [], creates: [], primary: false, notByOwner: false)
    }
}

package struct FieldAssignment: Sendable {
    package let field: String
    package let value: TypedExpression
}

/// A record made by an action from the record acted on: a new version, a PI from a quotation.
package struct RecordTemplate: Sendable {
    package let object: String
    /// Field ids copied when both objects have them with the same type.
    package let copies: [String]
    package let sets: [FieldAssignment]
    /// Lines field here → lines field there; fields of the same id are copied.
    package let lines: [(from: String, to: String)]
    /// Made only when it holds, over the record or the line; nil for always.
    package let condition: TypedExpression?
    /// One record for each line instead of one for the record.
    package let each: Each?
    /// Action done at once on the source once the new record stands, if any.
    package let opensIt: Bool

    /// What its expressions read, over the record or the line.
    package var fieldPaths: [FieldPath] {
        sets.flatMap(\.value.fieldPaths) + Array(condition?.fieldPaths ?? [])
    }

    /// Each line that has none yet gets its record; `copies` and `sets` are over the line.
    package struct Each: Sendable {
        /// Lines field.
        package let lines: String
        /// Link of the line that keeps what was made, so that it is made once.
        package let into: String
    }
}

/// A rule that every write must meet.
package struct CheckDefinition: Sendable {
    package let id: String
    /// The write is refused when this is false; null passes.
    package let expression: TypedExpression
    package let message: Label
    /// Field at which the message is shown.
    package let field: String?
    /// Only a warning when false.
    package let blocking: Bool
}

/// Somebody is told when the time that a field says has come.
package struct ReminderDefinition: Sendable {
    package let id: String
    /// A field of the record: an instant, or a day, which means nine in the morning where who is told lives.
    package let at: String
    /// A field of the record that links to a user.
    package let to: String
    /// Nobody is told unless it holds, when the record is written and when the time has come. Own fields only.
    package let condition: TypedExpression?
    package let message: Label
}

package struct ViewDefinition: Sendable {
    package let id: String
    package let label: Label
    /// Field paths such as `no` or `company.name_en`.
    package let columns: [String]
    package let filter: TypedExpression?
    package let sort: [SortKey]
    /// Field whose values make board columns.
    package let group: String?
}

package struct SortKey: Sendable, Hashable {
    package let path: String
    package let descending: Bool

    package init(path: String, descending: Bool) {
        self.path = path
        self.descending = descending
    }
}

package struct FormSection: Sendable {
    package let id: String
    package let label: Label
    package let fields: [String]
    /// Shown folded at first.
    package let folded: Bool
}

/// A figure in the strip at the head of the record page.
package struct Highlight: Sendable {
    package let label: Label
    /// Field id shown large.
    package let field: String
    /// Field id shown small below it.
    package let note: String?
    /// On which records it stands; nil: on all.
    package let condition: TypedExpression?
}

extension Highlight {
    /// Tells it from the others of its object.
    package var id: String { "highlight." + field + "." + (note ?? "") }
}

extension RelatedList {
    /// Tells it from the others of its object.
    package var id: String { "related." + object + "." + via }
}

extension ObjectDefinition {
    /// The figures and lists of the page that stand only on some records.
    package var conditionalParts: [(id: String, condition: TypedExpression)] {
        highlights.compactMap { part in part.condition.map { (part.id, $0) } }
            + related.compactMap { part in part.condition.map { (part.id, $0) } }
    }
}

package struct RelatedList: Sendable {
    package let object: String
    /// Link field there that points here.
    package let via: String
    package let columns: [String]
    /// On which records it stands; nil: on all.
    package let condition: TypedExpression?
}

/// Two records are suspected to be one when these keys agree.
package struct DuplicateRule: Sendable {
    /// `company_name` strips case, punctuation and legal suffixes; `domain` takes the host; `exact` folds case and blanks.
    package enum Key: Sendable, Hashable {
        case exact(field: String)
        case companyName(field: String)
        case domain(field: String)
    }
    /// All must agree and none be empty.
    package let keys: [Key]
}
