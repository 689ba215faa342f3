package import Values

extension ApprovalCase {
    /// Begins an approval: the first stage is asked; without any stage it is granted at once.
    package static func begin(
        requester: RecordID, stages: [ApprovalStage], policy: ApprovalPolicy = ApprovalPolicy(), at: Instant,
        people: ApprovalPeople
    ) -> ApprovalCase {
        let empty = ApprovalCase(
            requester: requester, policy: policy, stages: stages, status: .pending, round: 1, course: ApprovalCourse(),
            previous: nil, acts: [], copies: [], resumesAt: nil)
        var move = ApprovalMove(empty, at: at, people: people)
        move.record("asked", by: requester)
        move.open(stage: 0)
        return move.approval
    }

    /// What becomes of the approval when somebody does something with it. Pure.
    ///
    /// - Returns: the approval after it, or why it can't be done.
    /// - Complexity: O(tasks), as many times as stages follow by themselves.
    package func decide(
        _ verb: ApprovalVerb, by actor: ApprovalActor, at: Instant, people: ApprovalPeople
    ) -> Result<ApprovalCase, ApprovalRefusal> {
        var step = ApprovalStep(move: ApprovalMove(self, at: at, people: people), actor: actor)
        do {
            try step.perform(verb)
            return .success(step.move.approval)
        } catch {
            return .failure(error)
        }
    }

    /// The same approval over other stages, for asking anew once what it is about was changed. The way straight back
    /// stays open only while the stages are the same.
    package func replanned(_ stages: [ApprovalStage]) -> ApprovalCase {
        var out = self
        if stages != self.stages { out.resumesAt = nil }
        out.stages = stages
        return out
    }

    /// The open task on which somebody may decide now; nil when it is not theirs to decide.
    package func task(for person: RecordID, people: ApprovalPeople, at: Instant) -> ApprovalTask? {
        let step = ApprovalStep(move: ApprovalMove(self, at: at, people: people), actor: .person(person))
        // Why it is not theirs does not matter here.
        return try? step.ownTask()
    }
}

/// One verb at work.
struct ApprovalStep {
    var move: ApprovalMove
    let actor: ApprovalActor

    /// Verbs after which what was done before can't be taken back, and those that can.
    private static let moves: Set<String> = [
        "asked", "approve", "reject", "return", "withdraw", "transfer", "delegate", "add_signers", "remove_signer",
        "terminate", "restart", "take_back", "escalate", "void",
    ]
    private static let revocable: Set<String> = ["approve", "transfer", "delegate"]

    private var approval: ApprovalCase { move.approval }

    mutating func perform(_ verb: ApprovalVerb) throws(ApprovalRefusal) {
        let before = approval.course
        if !Self.moves.contains(verb.id) {
            try accompany(verb)
            return
        }
        switch verb {
        case .takeBack: return try takeBack()
        case .approve, .reject, .sendBack, .transfer, .delegate, .addSigners: try decide(verb)
        default: try govern(verb)
        }
        move.approval.previous = Self.revocable.contains(verb.id) && approval.status == .pending ? before : nil
    }

    /// What the people who are asked do.
    private mutating func decide(_ verb: ApprovalVerb) throws(ApprovalRefusal) {
        switch verb {
        case .approve(let note): try approve(note)
        case .reject(let note): try reject(note)
        case .sendBack(let destination, let then, let note): try sendBack(destination, then, note)
        case .transfer(let person, let note): try transfer(person, note)
        case .delegate(let person, let note): try delegate(person, note)
        case .addSigners(let people, let position, let mode, let note):
            try addSigners(people, position, mode, note)
        default: throw .notOpen
        }
    }

    /// What the requester, an administrator and the house do.
    private mutating func govern(_ verb: ApprovalVerb) throws(ApprovalRefusal) {
        switch verb {
        case .withdraw(let note): try withdraw(note)
        case .removeSigner(let task): try removeSigner(task)
        case .terminate(let note): try terminate(note)
        case .restart: try restart()
        case .escalate(let seat): try escalate(seat)
        case .void(let note): try void(note)
        default: throw .notOpen
        }
    }

    /// What moves nothing.
    private mutating func accompany(_ verb: ApprovalVerb) throws(ApprovalRefusal) {
        switch verb {
        case .copy(let people): try copy(people)
        case .urge: try urge()
        case .comment(let text): try comment(text)
        case .letIn(let task, let person): try letIn(task, person)
        default: throw .notOpen
        }
    }

    // MARK: Take back

    /// Everything as before one's own last step; who had been asked then is asked anew, under new tasks.
    private mutating func takeBack() throws(ApprovalRefusal) {
        try requirePending()
        guard let me = actor.id, let last = approval.acts.last(where: { Self.moves.contains($0.verb) }),
            last.by == me, Self.revocable.contains(last.verb), let before = approval.previous
        else { throw .nothingToTakeBack }
        let present = approval.course.tasks
        var course = before
        var renewed: [Int: Int] = [:]
        course.tasks = present.map { task in
            var task = task
            if task.isLive { task.state = .cancelled }
            return task
        }
        for old in before.tasks where old.isLive {
            if present[old.number].state == old.state {
                course.tasks[old.number].state = old.state
                continue
            }
            if present[old.number].decidedBy == me || present[old.number].state == .transferred {
                course.tasks[old.number].state = .takenBack
            }
            renewed[old.number] = course.tasks.count
            course.tasks.append(
                ApprovalTask(
                    number: course.tasks.count, seat: old.seat, person: old.person, standsInFor: old.standsInFor,
                    advises: old.advises.map { renewed[$0] ?? $0 }, openedAt: move.at, standIn: old.standIn,
                    state: old.state, decidedBy: nil, decidedAt: nil, note: ""))
        }
        // Seats of what followed stay in the record, closed: tasks name them.
        course.seats += approval.course.seats.dropFirst(before.seats.count).map { seat in
            var seat = seat
            seat.state = .cancelled
            return seat
        }
        course.groups += approval.course.groups.dropFirst(before.groups.count).map { group in
            var group = group
            group.state = .cancelled
            return group
        }
        move.approval.course = course
        move.approval.previous = nil
        move.record("take_back", by: me, task: last.task)
    }

    func requirePending() throws(ApprovalRefusal) {
        guard approval.status == .pending else {
            let ending = approval.acts.last { Self.moves.contains($0.verb) }
            throw .ended(approval.status, by: ending?.by)
        }
    }
}
