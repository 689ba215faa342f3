import Values

/// What the people who are asked do.
extension ApprovalStep {
    private var approval: ApprovalCase { move.approval }

    /// The task that the actor may decide: their own, one that they were let in to, or one below them.
    func ownTask() throws(ApprovalRefusal) -> ApprovalTask {
        try requirePending()
        guard let me = actor.id else { throw .notAsked }
        guard !move.barred.contains(me) else { throw .ownRequest }
        let open = approval.openTasks
        if let task = open.first(where: { $0.person == me }) { return task }
        if let task = open.first(where: { $0.standIn == me && !hasDecided(me, task: $0) }) { return task }
        let above = open.first { task in
            let seat = approval.course.seats[task.seat]
            return task.advises == nil && !hasDecided(me, task: task)
                && seat.ladder.dropFirst(seat.rung + 1).contains { $0.people.contains(me) }
        }
        if let above { return above }
        throw whyNot(me)
    }

    private func hasDecided(_ person: RecordID, task: ApprovalTask) -> Bool {
        move.hasDecided(person, group: approval.course.seats[task.seat].group)
    }

    private func whyNot(_ me: RecordID) -> ApprovalRefusal {
        let mine = approval.course.tasks.filter { $0.person == me || $0.standIn == me }
        if mine.contains(where: { $0.state == .held }) { return .notOpen }
        guard let last = mine.last else { return .notAsked }
        let decided = approval.course.tasks.last { $0.seat == last.seat && $0.state == .approved }
        if let who = decided?.decidedBy { return .decided(by: who) }
        return .notAsked
    }

    /// The task to go on with for verbs that only a full approver has.
    private func fullTask() throws(ApprovalRefusal) -> ApprovalTask {
        let task = try ownTask()
        guard task.advises == nil else { throw .nested }
        return task
    }

    private mutating func close(_ task: ApprovalTask, as state: ApprovalTask.State, _ note: String) {
        move.approval.course.tasks[task.number].state = state
        move.approval.course.tasks[task.number].decidedBy = actor.id
        move.approval.course.tasks[task.number].decidedAt = move.at
        move.approval.course.tasks[task.number].note = note
    }

    /// A delegate's decision is an opinion: it comes back to who asked for it.
    private mutating func advise(_ task: ApprovalTask, _ verb: String, _ note: String) -> Bool {
        guard let asker = task.advises else { return false }
        close(task, as: .advised, note)
        move.record(verb, by: actor.id, task: task.number, note: note)
        move.approval.course.tasks[asker].state = .open
        return true
    }

    mutating func approve(_ note: String) throws(ApprovalRefusal) {
        let task = try ownTask()
        if advise(task, "approve", note) { return }
        close(task, as: .approved, note)
        move.record("approve", by: actor.id, task: task.number, note: note)
        cancelRest(of: task.seat)
        move.approval.course.seats[task.seat].state = .following
        move.complete(task.seat)
        spare(actor.id, in: approval.course.seats[task.seat].group, as: .approved)
    }

    private mutating func cancelRest(of seat: Int) {
        for index in move.approval.course.tasks.indices
        where move.approval.course.tasks[index].seat == seat && move.approval.course.tasks[index].isLive {
            move.approval.course.tasks[index].state = .cancelled
        }
    }

    /// Who has decided one seat of a group is not asked for another: their decision counts there too, unless others are
    /// asked for it.
    private mutating func spare(_ person: RecordID?, in group: Int, as state: ApprovalSeat.State) {
        let others = approval.course.tasks.filter { task in
            task.isLive && task.person == person && task.advises == nil
                && approval.course.seats[task.seat].group == group
        }
        for task in others {
            guard approval.status == .pending, approval.course.groups[group].state == .open else { return }
            for index in move.approval.course.tasks.indices
            where index == task.number || move.approval.course.tasks[index].advises == task.number {
                if move.approval.course.tasks[index].isLive { move.approval.course.tasks[index].state = .cancelled }
            }
            if approval.course.tasks.contains(where: { $0.seat == task.seat && $0.isLive }) { continue }
            for beside in move.groups(beside: task.seat) where beside.state.isLive {
                move.cancel(group: beside.number)
            }
            move.record("repeated", by: nil, people: person.map { [$0] } ?? [])
            move.approval.course.seats[task.seat].state = state
            move.settle(group: group)
        }
    }

    mutating func reject(_ note: String) throws(ApprovalRefusal) {
        let task = try ownTask()
        guard !note.isEmpty else { throw .noteRequired }
        if advise(task, "reject", note) { return }
        close(task, as: .rejected, note)
        move.record("reject", by: actor.id, task: task.number, note: note)
        let seat = approval.course.seats[task.seat]
        guard case .ratio = approval.course.groups[seat.group].mode, !seat.hasVeto else { return move.end(.rejected) }
        cancelRest(of: task.seat)
        for group in move.groups(beside: task.seat) where group.state.isLive { move.cancel(group: group.number) }
        move.approval.course.seats[task.seat].state = .rejected
        spare(actor.id, in: seat.group, as: .rejected)
        if approval.status == .pending { move.settle(group: seat.group) }
    }

    mutating func sendBack(
        _ destination: ApprovalVerb.Destination, _ then: ApprovalVerb.Afterwards, _ note: String
    ) throws(ApprovalRefusal) {
        let task = try fullTask()
        guard !note.isEmpty else { throw .noteRequired }
        guard let now = approval.course.stage else { throw .notOpen }
        let target: Int?
        switch destination {
        case .requester: target = nil
        case .previous:
            guard now > 0 else { throw .sameStage }
            target = now - 1
        case .stage(let index):
            let isVisited = approval.course.groups.contains { $0.place == .stage(index) }
            guard index >= 0, index < now, isVisited else { throw .noSuchStage }
            target = index
        }
        close(task, as: .returned, note)
        move.record("return", by: actor.id, task: task.number, note: note)
        guard let target else {
            move.end(.returned)
            move.approval.resumesAt = then == .straightBack ? now : nil
            return
        }
        move.cancelEverything()
        move.approval.course.walk += 1
        move.approval.course.goesBackTo = then == .straightBack ? now : nil
        move.open(stage: target)
    }

    // MARK: Others

    /// Who is asked instead of or beside the actor: there, allowed and not asked yet.
    private func newcomer(_ person: RecordID) throws(ApprovalRefusal) -> ApprovalMove.Asked {
        guard person != actor.id else { throw .toOneself }
        guard !move.barred.contains(person) else { throw .ownRequest }
        guard let found = move.fit([person]).first else {
            throw move.people.limited(person).isEmpty ? .absent : .beyondDelegation
        }
        guard found.person != actor.id else { throw .toOneself }
        guard !move.isAsked(found.person) else { throw .alreadyAsked }
        return found
    }

    mutating func transfer(_ person: RecordID, _ note: String) throws(ApprovalRefusal) {
        let task = try fullTask()
        let found = try newcomer(person)
        close(task, as: .transferred, note)
        move.record("transfer", by: actor.id, task: task.number, people: [found.person], note: note)
        move.addTask(seat: task.seat, found, advises: nil)
    }

    mutating func delegate(_ person: RecordID, _ note: String) throws(ApprovalRefusal) {
        let task = try fullTask()
        let found = try newcomer(person)
        move.approval.course.tasks[task.number].state = .held
        move.record("delegate", by: actor.id, task: task.number, people: [found.person], note: note)
        move.addTask(seat: task.seat, found, advises: task.number)
    }

    mutating func addSigners(
        _ people: [RecordID], _ position: ApprovalVerb.Position, _ mode: ApprovalMode, _ note: String
    ) throws(ApprovalRefusal) {
        let task = try fullTask()
        let seat = approval.course.seats[task.seat]
        guard seat.addedBy == nil || approval.policy.nestsSigners else { throw .nested }
        if case .ratio(let share) = mode, !(1...10_000).contains(share) { throw .badRatio }
        guard !people.isEmpty, people.count <= 20 else { throw .nobodyNamed }
        var found: [ApprovalMove.Asked] = []
        for person in people {
            let one = try newcomer(person)
            guard !found.contains(one) else { throw .alreadyAsked }
            found.append(one)
        }
        move.record("add_signers", by: actor.id, task: task.number, people: found.map(\.person), note: note)
        let group: Int
        switch position {
        case .before:
            group = move.add(group: .before(seat: task.seat), mode: mode)
            move.approval.course.seats[task.seat].state = .held
            for index in move.approval.course.tasks.indices
            where move.approval.course.tasks[index].seat == task.seat
                && move.approval.course.tasks[index].state == .open && !hasAdviser(index)
            {
                move.approval.course.tasks[index].state = .held
            }
        case .after: group = move.add(group: .after(seat: task.seat), mode: mode)
        case .parallel: group = move.add(group: .parallel(seat: task.seat), mode: mode)
        }
        for one in found {
            let rung = ApprovalRung(level: seat.level, role: "added", people: [one.standsInFor ?? one.person])
            move.addSeat(to: group, ladder: [rung], addedBy: actor.id)
        }
        if position != .after { move.open(group: group) }
    }

    private func hasAdviser(_ task: Int) -> Bool {
        approval.course.tasks.contains { $0.advises == task && $0.isLive }
    }
}
