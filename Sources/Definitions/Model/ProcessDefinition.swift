package import Expressions

/// A relay: the legs that records of several objects run through, who holds the baton in each, what is handed over,
/// and in which time.
///
/// A leg is bound to states of an object, so that the record's own actions carry the baton: whatever moves the state
/// out of a leg ends it and begins the next one. Records are threaded by their links: the order follows its PI.
package struct ProcessDefinition: Sendable {
    package let id: String
    package let label: Label
    package let icon: String
    /// Object → its link field that leads to the record whose run goes before.
    package let thread: [String: String]
    /// Where it is kept who is responsible, accountable, consulted and informed; nil without such a table.
    package let raci: RaciTable?
    /// In the order in which they are usually run.
    package let legs: [LegDefinition]
    /// The definition as written, merged: what a running record stays bound to.
    package let document: String

    /// Objects with legs, in the order of their first one.
    package let objects: [String]
    /// Object → how its records are drawn on the board.
    package let cards: [String: BoardCard]
    private let byState: [String: [String: [Int]]]

    package init(
        id: String, label: Label, icon: String, thread: [String: String], raci: RaciTable?, legs: [LegDefinition],
        cards: [String: BoardCard] = [:], document: String
    ) {
        self.id = id
        self.label = label
        self.icon = icon
        self.thread = thread
        self.raci = raci
        self.legs = legs
        self.document = document
        self.cards = cards
        var objects: [String] = []
        var byState: [String: [String: [Int]]] = [:]
        for (place, leg) in legs.enumerated() {
            if !objects.contains(leg.object) { objects.append(leg.object) }
            for state in leg.states { byState[leg.object, default: [:]][state, default: []].append(place) }
        }
        self.objects = objects
        self.byState = byState
    }

    /// The leg that a record of the object runs while it is in a state: the first whose condition holds; nil when it
    /// is in none.
    package func leg(
        of object: String, in state: String, record: some FieldSource, _ context: EvaluationContext
    ) -> LegDefinition? {
        byState[object]?[state]?.lazy.map { legs[$0] }.first { $0.condition?.matches(record, context) ?? true }
    }

    package func legs(of object: String) -> [LegDefinition] { legs.filter { $0.object == object } }

    package func leg(_ id: String) -> LegDefinition? { legs.first { $0.id == id } }
}

/// An object with one row for each stage and one field for each role, each holding R, A, C or I.
package struct RaciTable: Sendable {
    package let object: String
    /// The field that names the stage.
    package let key: String
}

/// Fields of a record that stand on its row of the board, each a path; nil where the process names none.
package struct BoardCard: Sendable {
    package let subtitle: String?
    /// The day that everything works towards.
    package let date: String?
    /// The leg that must have ended by then.
    package let by: String?
    package let note: String?
    package let amount: String?
}

package struct LegDefinition: Sendable {
    package let id: String
    package let label: Label
    package let object: String
    /// States of the object in which it is run.
    package let states: [String]
    /// Narrows the states, where two legs share one. Own fields only.
    package let condition: TypedExpression?
    /// Its row in the table of responsibilities; the leg's own id when nothing is said.
    package let stage: String
    /// Who takes it: a field of the record that links to a user, or a position such as `qc` or `sales_manager`; the
    /// first that leads to somebody.
    package let holders: [String]
    /// Who helps out when the holder is away and has delegated to nobody; fields or positions as above.
    package let backups: [String]
    package let deliverables: [DeliverableDefinition]
    package let clock: LegClock?
    /// Whether the next holder accepts it before it is theirs.
    package let handshake: Bool

    package init(
        id: String, label: Label, object: String, states: [String], condition: TypedExpression? = nil,
        stage: String, holders: [String], backups: [String] = [], deliverables: [DeliverableDefinition] = [],
        clock: LegClock? = nil, handshake: Bool = true
    ) {
        self.id = id
        self.label = label
        self.object = object
        self.states = states
        self.condition = condition
        self.stage = stage
        self.holders = holders
        self.backups = backups
        self.deliverables = deliverables
        self.clock = clock
        self.handshake = handshake
    }
}

/// What must be there before a leg is handed over.
package struct DeliverableDefinition: Sendable {
    package let id: String
    package let label: Label
    /// True when it is there; nil when the holder ticks it by hand.
    package let done: TypedExpression?
    /// The field to fill, for the way there.
    package let field: String?
    /// Without it the leg is handed over only with an open item and its date.
    package let required: Bool

    package init(id: String, label: Label, done: TypedExpression?, field: String? = nil, required: Bool = true) {
        self.id = id
        self.label = label
        self.done = done
        self.field = field
        self.required = required
    }
}

package struct LegClock: Sendable {
    /// `step` of the company's table of limits.
    package let rule: String
    /// When it begins, an instant or a day; nil when it begins with the leg.
    package let start: TypedExpression?
}
