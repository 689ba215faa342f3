package import Definitions
package import Values

/// How a hand-over stands.
package enum HandOverState: String, Sendable, Hashable {
    case draft, scheduled, waiting, running, stopped, failed, done, undoing, undone, cancelled
    /// Done, and what comes to the person later goes the same way.
    case following

    /// The house works on it, or is about to.
    package var isUnderWay: Bool { [.waiting, .running, .undoing].contains(self) }
    /// It can still be changed.
    package var isPlan: Bool { self == .draft || self == .scheduled }
}

/// One hand-over, for who may order it, for the person, and for those who get something by it: they see their part.
package struct HandOverOf: Question {
    package struct Person: Sendable, Hashable {
        package let id: RecordID
        package let name: String
    }

    /// What goes, or went, of one kind to one person.
    package struct Group: Sendable {
        /// `record`, `leg`, `approval`, `task`, `delegation`, `view`, `account`.
        package let kind: String
        package let object: String
        /// The field by which the person is responsible; empty for what is no record's field.
        package let field: String
        package let receiver: Person?
        /// State of a row (`waiting`, `done`, `refused`, `back`, `stays`) → how many.
        package var counts: [String: Int]
        package var count: Int { counts.values.reduce(0, +) }
    }

    package struct Receipt: Sendable {
        package let receiver: Person
        package let count: Int
        package let acceptedAt: Instant?
    }

    package struct Answer: Sendable {
        package let id: RecordID
        package let person: Person
        package let state: HandOverState
        /// Nil for who only gets something by it.
        package let wish: HandOverWish?
        package let by: String
        package let at: Instant
        package let fireAt: Instant?
        package let begunAt: Instant?
        package let endedAt: Instant?
        package let undoneAt: Instant?
        package let failure: Label?
        package let groups: [Group]
        /// What receivers would not see or do; of a plan.
        package let limits: [HandOverLimit]
        package let receipts: [Receipt]
        package let mayManage: Bool
        /// Until when it can be taken back; nil when it can't.
        package let undoUntil: Instant?
        /// How much of it is the asker's now, and since when they have accepted it.
        package let ownCount: Int
        package let ownAcceptedAt: Instant?

        package func count(_ state: String) -> Int { groups.reduce(0) { $0 + ($1.counts[state] ?? 0) } }
        package var total: Int { groups.reduce(0) { $0 + $1.count } }
    }

    package let id: RecordID

    package init(_ id: RecordID) { self.id = id }
}

/// What belongs to a hand-over, one by one: of a plan as it would go now.
package struct HandOverItems: Question {
    package struct Item: Sendable {
        package let number: Int
        package let kind: String
        package let object: String
        package let field: String
        /// The record itself, or the one whose baton or approval it is.
        package let subject: RecordID?
        /// Empty when the asker does not see it.
        package let title: String
        package let receiver: HandOverOf.Person?
        package let state: String
        package let problem: Label?
        /// By which `HandOverWish.exceptions` names it.
        package let key: String
        package let isException: Bool
    }

    package struct Answer: Sendable {
        package let items: [Item]
        /// Where the next page begins; nil at the end.
        package let next: Int?
    }

    package let id: RecordID
    /// Only what went wrong.
    package let problemsOnly: Bool
    /// Only what goes to one of them.
    package let receiver: RecordID?
    package let from: Int
    package let limit: Int

    package init(
        _ id: RecordID, problemsOnly: Bool = false, receiver: RecordID? = nil, from: Int = 0, limit: Int = 50
    ) {
        self.id = id
        self.problemsOnly = problemsOnly
        self.receiver = receiver
        self.from = max(0, from)
        self.limit = min(max(1, limit), 1000)
    }
}

/// The newest hand-overs that the asker may look at: all for who manages accounts, else those that they ordered, that
/// are about them, or about those below them.
package struct RecentHandOvers: Question {
    package struct Entry: Sendable {
        package let id: RecordID
        package let person: HandOverOf.Person
        package let state: HandOverState
        package let at: Instant
        package let fireAt: Instant?
        package let by: String
    }

    package init() {}
}
