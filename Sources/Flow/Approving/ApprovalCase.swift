package import Values

/// An approval on its way: who was asked, who decided what, what is open. A value; every verb gives the next one.
package struct ApprovalCase: Sendable, Hashable {
    package enum Status: String, Sendable, Hashable, CaseIterable {
        case pending, granted = "approved", rejected, returned, withdrawn, terminated, voided

        package var isOpen: Bool { self == .pending }
    }

    package let requester: RecordID
    package let policy: ApprovalPolicy
    package internal(set) var stages: [ApprovalStage]
    package internal(set) var status: Status
    /// How often it was begun, from 1.
    package internal(set) var round: Int
    package internal(set) var course: ApprovalCourse
    /// The course before the last move, as long as that move may be taken back.
    var previous: ApprovalCourse?
    /// Everything that was done, in order.
    package internal(set) var acts: [ApprovalAct]
    package internal(set) var copies: [RecordID]
    /// Stage to go straight back to when it is begun anew after a return to the requester.
    package internal(set) var resumesAt: Int?

    /// The task with this number.
    package func task(_ number: Int) -> ApprovalTask? { course.tasks.first { $0.number == number } }
    /// What people are asked now.
    package var openTasks: [ApprovalTask] { course.tasks.filter { $0.state == .open } }
    /// For whom something was done: whom the task's person stands in for, or who was asked when somebody was let in.
    package func principal(of act: ApprovalAct) -> RecordID? {
        guard let by = act.by, let task = act.task.flatMap({ task($0) }) else { return nil }
        if task.person == by { return task.standsInFor }
        return task.standIn == by ? task.person : nil
    }
    /// Whether it was granted once, whatever became of it since.
    package var wasGranted: Bool {
        let isComplete =
            stages.isEmpty
            || course.groups.contains { $0.place == .stage(stages.count - 1) && $0.state == .granted }
        return status == .granted || status == .voided && isComplete
    }
    /// Whether nobody may decide and an administrator has to help.
    package var isBlocked: Bool { status == .pending && openTasks.isEmpty }
}

/// The moving part of an approval.
package struct ApprovalCourse: Sendable, Hashable {
    /// Place in `stages`; nil before the beginning and after the end.
    package var stage: Int?
    /// Stage to go on with once the present one is granted: the way straight back after a return.
    package var goesBackTo: Int?
    /// Raised by every return: what was approved before it does not count for those asked again.
    package var walk = 0
    package var groups: [ApprovalGroup] = []
    package var seats: [ApprovalSeat] = []
    package var tasks: [ApprovalTask] = []
}

/// Seats that decide together: those of a stage, or those added beside one seat.
package struct ApprovalGroup: Sendable, Hashable {
    package enum Place: Sendable, Hashable {
        case stage(Int)
        case before(seat: Int)
        case after(seat: Int)
        case parallel(seat: Int)
    }
    package enum State: String, Sendable, Hashable { case waiting, open, granted, cancelled }

    package let number: Int
    package let place: Place
    package let mode: ApprovalMode
    package let walk: Int
    package var state: State
}

/// One voice.
package struct ApprovalSeat: Sendable, Hashable {
    package enum State: String, Sendable, Hashable {
        /// Its turn has not come.
        case waiting
        /// Somebody is asked.
        case open
        /// Added signers decide first.
        case held
        /// Its person approved; added signers decide after.
        case following
        case approved, rejected, cancelled
        /// Nobody to ask, or the same person as another seat.
        case skipped
    }

    package let number: Int
    package let group: Int
    package var ladder: [ApprovalRung]
    package var weight: Int
    package var hasVeto: Bool
    /// Place in the ladder of who is asked.
    package var rung: Int
    package var state: State
    /// Who added it, for added signers.
    package let addedBy: RecordID?

    package var role: String { ladder.indices.contains(rung) ? ladder[rung].role : "" }
    package var level: Int { ladder.indices.contains(rung) ? ladder[rung].level : 0 }
    /// Working hours that who is asked has.
    package var hours: Int { ladder.indices.contains(rung) ? ladder[rung].hours : 8 }
}

/// One person asked for one seat. It is decided once.
package struct ApprovalTask: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, CaseIterable {
        case open
        /// Waits for added signers, or for a delegate's opinion.
        case held
        case approved, rejected, returned
        case transferred
        /// Decided by the delegate as an opinion; the delegator decides.
        case advised
        /// Nobody asks any more: somebody else decided, or the approval ended.
        case cancelled
        /// Taken off by who added it.
        case removed
        /// Silent too long; the next level was asked.
        case passedOver = "passed_over"
        /// A decision that its author took back.
        case takenBack = "taken_back"
    }

    package let number: Int
    package let seat: Int
    package let person: RecordID
    /// Whom the person stands in for.
    package let standsInFor: RecordID?
    /// The task that waits for this one's opinion.
    package let advises: Int?
    package let openedAt: Instant
    /// Who may decide too since half of the time was gone.
    package var standIn: RecordID?
    package var state: State
    package var decidedBy: RecordID?
    package var decidedAt: Instant?
    package var note: String

    package var isLive: Bool { state == .open || state == .held }
}

/// Something that was done with an approval.
package struct ApprovalAct: Sendable, Hashable {
    /// The verb's id, or `assigned`, `skipped`, `repeated` for what the rules did.
    package let verb: String
    /// Nil for the house.
    package let by: RecordID?
    package let at: Instant
    package let task: Int?
    /// Others concerned: who it was given to, added, copied.
    package let people: [RecordID]
    package let note: String
    package let round: Int
}
