package import Definitions
package import Values

/// The relay of one object's records, as the actor may see them: a row for each record that runs a leg, a cell for each
/// leg that it has run, runs, or has before it.
///
/// Up to thirteen statements, whatever the number of rows.
package struct RelayBoard: Question {
    package enum Slice: String, Sendable, CaseIterable {
        case all
        /// Held by me, offered to me, or mine to stand in for.
        case mine
        /// Records that I own or answer for, with somebody else's baton.
        case followed
        /// Late, or due within the day, or after their promised day.
        case risk
    }

    package var process: String
    package var object: String
    package var slice: Slice
    /// Conditions in the expression language; all must hold.
    package var filters: [String]
    package var search: String?
    /// 1...500.
    package var limit: Int

    package init(
        process: String, object: String, slice: Slice = .all, filters: [String] = [], search: String? = nil,
        limit: Int = 200
    ) {
        self.process = process
        self.object = object
        self.slice = slice
        self.filters = filters
        self.search = search
        self.limit = limit
    }
}

/// How a leg stands in time.
package enum LegTone: String, Sendable {
    case onTime = "ok"
    /// Warned, or due within eight hours.
    case due = "warn"
    case late = "bad"
    /// The clock stands.
    case paused = "block"
}

package struct RelaySheet: Sendable {
    package struct Column: Sendable {
        package let leg: String
        package let label: Label
        /// Records in it now.
        package let count: Int
        /// Median of the runs that ended in the last 90 days, of records in the actor's sight that meet the filters, in
        /// working days; nil without any.
        package let actualDays: Double?
        /// What the limit gives; nil without a clock.
        package let standardDays: Double?
        /// The one leg whose actual time is furthest over its standard, with work in it.
        package let isBottleneck: Bool
    }

    package struct Person: Sendable, Hashable {
        package let id: RecordID
        package let name: String
    }

    /// One leg of one record.
    package struct Cell: Sendable {
        package enum State: Sendable {
            /// Ended: for how many working days it was held, and whether it was late.
            case done(days: Double, wasLate: Bool)
            case now(Now)
            /// Still to come, with the day it should end.
            case ahead(Day)
            /// Not on this record's way.
            case skipped
        }
        package let leg: String
        package let state: State
    }

    package struct Now: Sendable {
        package let run: RecordID
        package let holder: Person?
        package let inStead: Person?
        package let tone: LegTone
        package let isOffered: Bool
        package let due: Instant?
        /// Milliseconds until it is due on its own clock, negative when late; nil without a clock or while it stands.
        package let left: Int64?
        /// Milliseconds that a day of its clock has: the holder's working hours, or 24 hours.
        package let dayLength: Int64
        /// Working days after today up to the day when it is due, counted as the limit counts them; nil for a clock that
        /// counts hours, on the day itself and when late.
        package let daysLeft: Int?
        /// Whether its clock runs now, and when that turns; nil for a clock that never stands.
        package let isTicking: Bool
        package let turnsAt: Instant?
        package let pauseReason: String?
        /// Whether the actor may act in it.
        package let isMine: Bool
        /// Whether the actor may ask the holder to get on with it.
        package let mayUrge: Bool
    }

    /// Why a record may miss its promised day.
    package struct Risk: Sendable {
        /// When the leg that the promise names should end, each leg at its pace.
        package let forecast: Day
        package let promised: Day
        /// Working days that are still needed, and those that are left.
        package let needed: Double
        package let left: Double
        /// What takes most of it, in working days.
        package let longest: Label
        package let longestDays: Double
        /// The current leg has passed its limit.
        package let isLate: Bool
    }

    /// When a leg was run, for a drawing by days.
    package struct Span: Sendable {
        /// Place among the columns.
        package let column: Int
        package let holder: Person?
        package let from: Instant
        /// Nil for the one that runs.
        package let until: Instant?
        package let due: Instant?
        /// Working days that it took, and that its limit gives.
        package let days: Double
        package let standard: Double?
        package let wasLate: Bool
    }

    package struct Row: Sendable {
        package let record: RecordID
        package let title: String
        package let subtitle: String
        package let date: Day?
        package let note: String
        package let amount: Value
        /// In the order of the columns.
        package let cells: [Cell]
        /// Every run of a leg, in the order of their beginnings.
        package let spans: [Span]
        /// Nil when it should keep its day.
        package let risk: Risk?

        package var now: Now? {
            for cell in cells { if case .now(let now) = cell.state { return now } }
            return nil
        }
    }

    package static let mostCounted = 10_000

    package let process: ProcessDefinition
    package let columns: [Column]
    package let rows: [Row]
    /// There are more records than rows; every figure but `total` is then of the rows alone.
    package let isCut: Bool
    /// Records that run and meet the filters, counted no further than `mostCounted`.
    package let total: Int
    package let dueToday: Int
    package let late: Int
    package let paused: Int
    /// Rows whose forecast ends after their promised day.
    package let endangered: Int
    package let mine: Int
    package let followed: Int
    /// Share of the legs handed on in time over the last 30 days, and over the 30 before; nil without any.
    package let onTime: Double?
    package let onTimeBefore: Double?
}

/// Where one record stands in its relay: the side panel and the process map.
///
/// Up to fifteen statements.
package struct RelayOf: Question {
    package var object: String
    package var record: RecordID

    package init(object: String, record: RecordID) {
        self.object = object
        self.record = record
    }
}

package struct RelayStanding: Sendable {
    /// One run of a leg, now or earlier, of this record or of those it follows from.
    package struct Run: Sendable {
        package let id: RecordID
        package let object: String
        package let record: RecordID
        package let recordTitle: String
        package let leg: String
        package let label: Label
        /// `offered`, `held`, `done`, `returned`, `cancelled`.
        package let status: String
        package let visit: Int
        package let holder: RelaySheet.Person?
        package let giver: RelaySheet.Person?
        package let offeredAt: Instant
        package let acceptedAt: Instant?
        package let endedAt: Instant?
        package let dueAt: Instant?
        /// Working time from offer to end, or until now, in working days.
        package let workDays: Double
        package let wasLate: Bool
        package let reason: String?
    }

    package struct Deliverable: Sendable {
        package let id: String
        package let label: Label
        package let isDone: Bool
        package let isRequired: Bool
        /// Ticked by hand; otherwise it follows from the record.
        package let isManual: Bool
        package let field: String?
    }

    package struct Item: Sendable {
        package let id: RecordID
        package let text: String
        package let owedBy: RelaySheet.Person?
        package let due: Instant
        package let settledAt: Instant?
    }

    /// A way on: an action that leaves the leg.
    package struct Exit: Sendable {
        package let action: String
        package let label: Label
        package let isPrimary: Bool
        /// Nil where the relay ends.
        package let next: String?
        package let nextLeg: Label?
        package let nextHolder: RelaySheet.Person?
        /// Why it can't be done now; nil when it can.
        package let obstacle: Label?
        /// The approval that it waits for; nil when none runs that asks others.
        package let wait: ApprovalWait?
        /// Field ids that the action asks for.
        package let input: [String]
    }

    package struct Responsibility: Sendable {
        /// R, A, C or I.
        package let letter: String
        /// Names of the roles, or of the person where one holds it.
        package let names: [Label]
    }

    package let process: ProcessDefinition
    package let record: RecordView
    package let leg: LegDefinition?
    package let now: RelaySheet.Now?
    package let giver: RelaySheet.Person?
    /// Share of the time that is used, 0...; nil without a clock.
    package let used: Double?
    /// The limit in words, such as 2 working days.
    package let limit: Label?
    package let deliverables: [Deliverable]
    package let items: [Item]
    package let exits: [Exit]
    package let raci: [Responsibility]
    package let capacity: Set<String>
    /// In the order of their beginnings, those of the records before first.
    package let runs: [Run]
    /// Legs still to come, with the day each should end, and whether the last of them passes the promised day.
    package let ahead: [(leg: LegDefinition, day: Day)]
    package let promised: Day?
    package let forecast: Day?
    /// Nil when it should keep its day.
    package let risk: RelaySheet.Risk?
    /// Working days that the limit of each leg of the process gives, by object and leg: `order.qc`.
    package let standards: [String: Double]
}

/// What I hold, am offered, or stand in for, in all relays; most urgent first.
package struct MyLegs: Question {
    /// Only what is offered, late or soon due: all that the count in the menu needs.
    package let pressingOnly: Bool

    package init(pressingOnly: Bool = false) { self.pressingOnly = pressingOnly }
}

package struct MyLeg: Sendable {
    package let object: String
    package let record: RecordID
    package let title: String
    /// What the card of the object says below its title: the customer. Empty without one, or out of sight.
    package let subject: String
    package let leg: Label
    package let giver: RelaySheet.Person?
    package let now: RelaySheet.Now
}
