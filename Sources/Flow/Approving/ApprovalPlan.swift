package import Values

/// What an approval asks for before it begins: stages in order, each with its seats.
package struct ApprovalStage: Sendable, Hashable {
    /// Level of authority that the stage stands for.
    package var level: Int
    package var mode: ApprovalMode
    package var seats: [ApprovalSeatPlan]

    package init(level: Int, mode: ApprovalMode, seats: [ApprovalSeatPlan]) {
        self.level = level
        self.mode = mode
        self.seats = seats
    }
}

/// How the seats of a stage decide together.
package enum ApprovalMode: Sendable, Hashable {
    /// 会签: everybody approves.
    case all
    /// 或签: the first decision counts for all.
    case any
    /// 依次: one after the other, in the order of the seats.
    case sequential
    /// 票签: granted when the weight of those who approve reaches this share of all, in hundredths of a per cent.
    case ratio(Int)
}

/// One voice of a stage. Several people may be asked for it; the first of them who decides has used it.
package struct ApprovalSeatPlan: Sendable, Hashable {
    /// Who is asked, and then who stands above them: the next rung is asked when nobody of this one may decide or when
    /// they stay silent.
    package var ladder: [ApprovalRung]
    /// Votes in a ratio.
    package var weight: Int
    /// Its rejection ends a vote whatever the others say.
    package var hasVeto: Bool

    package init(ladder: [ApprovalRung], weight: Int = 1, hasVeto: Bool = false) {
        self.ladder = ladder
        self.weight = weight
        self.hasVeto = hasVeto
    }
}

/// People of one position.
package struct ApprovalRung: Sendable, Hashable {
    package var level: Int
    /// The position, such as `sales_manager`.
    package var role: String
    package var people: [RecordID]
    /// Working hours that they have.
    package var hours: Int

    package init(level: Int, role: String, people: [RecordID], hours: Int = 8) {
        self.level = level
        self.role = role
        self.people = people
        self.hours = hours
    }
}

/// What holds for the whole approval.
package struct ApprovalPolicy: Sendable, Hashable {
    /// When nobody of a seat's ladder may decide.
    package enum Unresolved: String, Sendable, Hashable {
        /// The seat counts as approved, and says so.
        case skip
        /// Whom the requester answers to; without one the administrators.
        case manager
        case admin
        /// Stays open until somebody is added or the approval is ended.
        case block
    }

    /// When somebody is asked who approved an earlier stage already.
    package enum Repeated: String, Sendable, Hashable {
        /// Counts as approved when it was the stage just before.
        case adjacent
        /// Counts as approved whichever stage it was.
        case any
        case ask
    }

    package var unresolved: Unresolved
    package var repeated: Repeated
    /// Whether somebody who was added may add others.
    package var nestsSigners: Bool

    package init(unresolved: Unresolved = .admin, repeated: Repeated = .any, nestsSigners: Bool = false) {
        self.unresolved = unresolved
        self.repeated = repeated
        self.nestsSigners = nestsSigners
    }
}

/// What deciding needs to know of people; asked at the moment of assignment.
package struct ApprovalPeople: Sendable {
    /// Who decides for somebody now: the person when they are there, who stands in when not; nil for nobody.
    package var present: @Sendable (RecordID) -> RecordID?
    /// Who acts for the requester by delegation, and so may not decide either.
    /// Who would stand in for somebody away, were what is decided not above the limit of their delegation.
    package var limited: @Sendable (RecordID) -> [RecordID]
    package var delegatesOf: @Sendable (RecordID) -> Set<RecordID>
    package var managerOf: @Sendable (RecordID) -> RecordID?
    package var administrators: [RecordID]

    package init(
        present: @escaping @Sendable (RecordID) -> RecordID?,
        delegatesOf: @escaping @Sendable (RecordID) -> Set<RecordID>,
        managerOf: @escaping @Sendable (RecordID) -> RecordID?, administrators: [RecordID],
        limited: @escaping @Sendable (RecordID) -> [RecordID] = { _ in [] }
    ) {
        self.present = present
        self.delegatesOf = delegatesOf
        self.managerOf = managerOf
        self.administrators = administrators
        self.limited = limited
    }
}
