import Values

/// What the requester, administrators, the house and everybody involved do.
extension ApprovalStep {
    private var approval: ApprovalCase { move.approval }
    private var isAdministrator: Bool { if case .administrator = actor { true } else { false } }
    private var isRequester: Bool { actor.id == approval.requester }

    private static let decisions: Set<String> = ["approve", "reject", "return"]
    /// Seconds between two reminders of the requester.
    private static let urgePause: Int64 = 3600

    mutating func withdraw(_ note: String) throws(ApprovalRefusal) {
        guard isRequester else { throw .notRequester }
        try requirePending()
        let decided = approval.acts.last {
            $0.round == approval.round && Self.decisions.contains($0.verb) && $0.by != approval.requester
        }
        if let who = decided?.by { throw .acted(who) }
        move.record("withdraw", by: actor.id, note: note)
        move.end(.withdrawn)
    }

    mutating func removeSigner(_ number: Int) throws(ApprovalRefusal) {
        try requirePending()
        guard let task = approval.task(number), task.isLive, task.advises == nil else { throw .notAdded }
        let seat = approval.course.seats[task.seat]
        guard let adder = seat.addedBy, adder == actor.id || isAdministrator else { throw .notAdded }
        move.record("remove_signer", by: actor.id, task: number, people: [task.person])
        move.approval.course.tasks[number].state = .removed
        let others = approval.course.tasks.contains { $0.seat == seat.number && $0.isLive && $0.advises == nil }
        guard !others else { return }
        move.cancel(seat: seat.number)
        move.settle(group: seat.group)
    }

    mutating func terminate(_ note: String) throws(ApprovalRefusal) {
        guard isAdministrator else { throw .notAdministrator }
        guard approval.status == .pending || approval.status == .returned else { return try requirePending() }
        guard !note.isEmpty else { throw .noteRequired }
        move.record("terminate", by: actor.id, note: note)
        move.end(.terminated)
    }

    mutating func restart() throws(ApprovalRefusal) {
        switch approval.status {
        case .pending: throw .running
        case .granted: return try requirePending()
        case .terminated: guard isAdministrator else { throw .notAdministrator }
        case .returned, .rejected, .withdrawn, .voided:
            guard isRequester || isAdministrator else { throw .notRequester }
        }
        let stage = approval.resumesAt ?? 0
        move.approval.resumesAt = nil
        move.approval.round += 1
        move.approval.course.walk += 1
        move.approval.status = .pending
        move.record("restart", by: actor.id)
        move.open(stage: stage)
    }

    mutating func escalate(_ number: Int) throws(ApprovalRefusal) {
        guard actor == .house else { throw .houseOnly }
        try requirePending()
        guard approval.course.seats.indices.contains(number), approval.course.seats[number].state == .open else {
            throw .notOpen
        }
        let seat = approval.course.seats[number]
        guard let (rung, asked) = move.candidates(for: seat, from: seat.rung + 1) else { throw .noHigher }
        let silent = approval.course.tasks.filter { $0.seat == number && $0.isLive }
        let fresh = asked.filter { one in
            !silent.contains { $0.person == one.person } && !move.hasDecided(one.person, group: seat.group)
        }
        guard !fresh.isEmpty else { throw .noHigher }
        move.record("escalate", by: nil, people: fresh.map(\.person))
        for task in silent { move.approval.course.tasks[task.number].state = .passedOver }
        move.approval.course.seats[number].rung = rung
        for one in fresh { move.addTask(seat: number, one, advises: nil) }
    }

    mutating func void(_ note: String) throws(ApprovalRefusal) {
        guard actor == .house else { throw .houseOnly }
        guard [.pending, .granted, .returned].contains(approval.status) else { return try requirePending() }
        move.record("void", by: nil, note: note)
        move.end(.voided)
    }

    // MARK: What moves nothing

    private var isInvolved: Bool {
        guard let me = actor.id else { return false }
        return isRequester || isAdministrator || approval.copies.contains(me)
            || approval.course.tasks.contains { $0.person == me || $0.standIn == me || $0.decidedBy == me }
    }

    mutating func copy(_ people: [RecordID]) throws(ApprovalRefusal) {
        guard isInvolved else { throw .notInvolved }
        guard !people.isEmpty, people.count <= 50 else { throw .nobodyNamed }
        let fresh = people.filter { !approval.copies.contains($0) }
        guard !fresh.isEmpty else { throw .alreadyAsked }
        for person in fresh where !approval.copies.contains(person) { move.approval.copies.append(person) }
        move.record("copy", by: actor.id, people: fresh)
    }

    mutating func urge() throws(ApprovalRefusal) {
        guard isRequester || isAdministrator else { throw .notRequester }
        try requirePending()
        let last = approval.acts.last { $0.verb == "urge" && $0.round == approval.round }
        if let last, move.at.milliseconds - last.at.milliseconds < Self.urgePause * 1000 { throw .tooSoon }
        move.record("urge", by: actor.id, people: approval.openTasks.map(\.person))
    }

    mutating func comment(_ text: String) throws(ApprovalRefusal) {
        guard isInvolved else { throw .notInvolved }
        guard !text.isEmpty else { throw .noteRequired }
        move.record("comment", by: actor.id, note: text)
    }

    mutating func letIn(_ number: Int, _ person: RecordID) throws(ApprovalRefusal) {
        guard actor == .house else { throw .houseOnly }
        try requirePending()
        guard let task = approval.task(number), task.state == .open, task.standIn == nil else { throw .notOpen }
        guard !move.barred.contains(person) else { throw .ownRequest }
        guard !move.isAsked(person) else { throw .alreadyAsked }
        move.approval.course.tasks[number].standIn = person
        move.record("let_in", by: nil, task: number, people: [person])
    }
}
