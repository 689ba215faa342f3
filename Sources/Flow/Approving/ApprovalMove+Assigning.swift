import Values

/// Who is asked for a seat: decided at the moment of asking, from who is there then.
extension ApprovalMove {
    struct Asked: Equatable {
        let person: RecordID
        let standsInFor: RecordID?
    }

    mutating func open(seat number: Int) {
        let group = approval.course.seats[number].group
        let found = candidates(for: approval.course.seats[number], from: 0)
        recordLimited(seat: number, below: found?.rung)
        guard let (rung, asked) = found else { return openUnresolved(seat: number) }
        approval.course.seats[number].rung = rung
        if let earlier = twin(of: asked, in: group) {
            approval.course.seats[earlier].weight += approval.course.seats[number].weight
            approval.course.seats[earlier].hasVeto =
                approval.course.seats[earlier].hasVeto || approval.course.seats[number].hasVeto
            approval.course.seats[number].weight = 0
            return skip(seat: number, as: "merged", people: asked.map(\.person))
        }
        if let person = asked.first(where: { approvedBefore($0.person, group: group) })?.person {
            approval.course.seats[number].state = .approved
            return record("repeated", by: nil, people: [person])
        }
        ask(asked, seat: number)
    }

    mutating func ask(_ asked: [Asked], seat number: Int) {
        approval.course.seats[number].state = .open
        for one in asked { addTask(seat: number, one, advises: nil) }
        record("assigned", by: nil, people: asked.map(\.person))
    }

    @discardableResult
    mutating func addTask(seat: Int, _ asked: Asked, advises: Int?) -> Int {
        let number = approval.course.tasks.count
        approval.course.tasks.append(
            ApprovalTask(
                number: number, seat: seat, person: asked.person, standsInFor: asked.standsInFor, advises: advises,
                openedAt: at, standIn: nil, state: .open, decidedBy: nil, decidedAt: nil, note: ""))
        return number
    }

    /// The first rung from `start` on that has somebody who may decide.
    func candidates(for seat: ApprovalSeat, from start: Int) -> (rung: Int, asked: [Asked])? {
        for index in seat.ladder.indices where index >= start {
            let asked = fit(seat.ladder[index].people)
            if !asked.isEmpty { return (index, asked) }
        }
        return nil
    }

    /// Whom a delegation would have let decide, had it gone far enough: said once for the rungs that were passed by.
    private mutating func recordLimited(seat number: Int, below rung: Int?) {
        let ladder = approval.course.seats[number].ladder
        var limited: [RecordID] = []
        for step in ladder.prefix(rung ?? ladder.count) {
            for person in step.people where !barred.contains(person) {
                for one in people.limited(person) where !limited.contains(one) { limited.append(one) }
            }
        }
        if !limited.isEmpty { record("limited", by: nil, people: limited) }
    }

    /// Those who may decide, with who stands in for whoever is not there. The requester never is among them: what they
    /// would decide goes to the next level.
    func fit(_ people: [RecordID]) -> [Asked] {
        var out: [Asked] = []
        for person in people where !barred.contains(person) {
            guard let present = self.people.present(person), !barred.contains(present),
                !out.contains(where: { $0.person == present })
            else { continue }
            out.append(Asked(person: present, standsInFor: present == person ? nil : person))
        }
        return out
    }

    private mutating func openUnresolved(seat number: Int) {
        var found: [Asked] = []
        switch approval.policy.unresolved {
        case .skip: return skip(seat: number, as: "skipped", people: [])
        case .block:
            approval.course.seats[number].state = .open
            return record("blocked", by: nil)
        case .manager: found = fit(people.managerOf(approval.requester).map { [$0] } ?? [])
        case .admin: break
        }
        if found.isEmpty { found = fit(people.administrators) }
        let group = approval.course.seats[number].group
        if found.isEmpty {
            approval.course.seats[number].state = .open
            record("blocked", by: nil)
        } else if twin(of: found, in: group) != nil {
            skip(seat: number, as: "merged", people: found.map(\.person))
        } else {
            ask(found, seat: number)
        }
    }

    private mutating func skip(seat number: Int, as verb: String, people: [RecordID]) {
        approval.course.seats[number].state = .skipped
        record(verb, by: nil, people: people)
    }

    /// Another seat of the group that asks exactly the same people.
    private func twin(of asked: [Asked], in group: Int) -> Int? {
        let wanted = Set(asked.map(\.person))
        return seats(of: group).first { seat in
            seat.state == .open
                && Set(approval.course.tasks.filter { $0.seat == seat.number && $0.isLive }.map(\.person)) == wanted
        }?.number
    }

    /// Whether somebody's approval of before counts for a seat of this group.
    func approvedBefore(_ person: RecordID, group number: Int) -> Bool {
        let group = approval.course.groups[number]
        return approval.course.tasks.contains { task in
            guard task.state == .approved, task.decidedBy == person || task.person == person else { return false }
            let other = approval.course.groups[approval.course.seats[task.seat].group]
            if other.number == number { return true }
            guard other.walk == group.walk, case .stage(let earlier) = other.place, case .stage(let now) = group.place
            else { return false }
            switch approval.policy.repeated {
            case .any: return earlier < now
            case .adjacent: return earlier == now - 1
            case .ask: return false
            }
        }
    }

    /// Whether somebody has decided a task of the group.
    func hasDecided(_ person: RecordID, group: Int) -> Bool {
        approval.course.tasks.contains { task in
            approval.course.seats[task.seat].group == group && task.decidedBy == person
                && [.approved, .rejected].contains(task.state)
        }
    }

    /// Whether somebody is asked, or was heard, in the stage at hand.
    func isAsked(_ person: RecordID) -> Bool {
        approval.course.tasks.contains { task in
            task.isLive && (task.person == person || task.standIn == person)
                || task.decidedBy == person && [.approved, .rejected].contains(task.state)
                    && approval.course.groups[approval.course.seats[task.seat].group].state == .open
        }
    }
}
