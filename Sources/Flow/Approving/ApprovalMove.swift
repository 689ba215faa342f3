import Values

/// One step of an approval while it is worked out: the case, the moment, the people.
struct ApprovalMove {
    var approval: ApprovalCase
    let at: Instant
    let people: ApprovalPeople
    /// Who may never decide: the requester and who acts for them.
    let barred: Set<RecordID>

    init(_ approval: ApprovalCase, at: Instant, people: ApprovalPeople) {
        self.approval = approval
        self.at = at
        self.people = people
        barred = people.delegatesOf(approval.requester).union([approval.requester])
    }

    // MARK: Stages

    /// Asks the people of a stage; past the last one the approval is granted.
    mutating func open(stage index: Int) {
        guard approval.stages.indices.contains(index) else { return end(.granted) }
        approval.course.stage = index
        let stage = approval.stages[index]
        let group = add(group: .stage(index), mode: stage.mode)
        for seat in stage.seats {
            addSeat(to: group, ladder: seat.ladder, weight: seat.weight, hasVeto: seat.hasVeto, addedBy: nil)
        }
        open(group: group)
    }

    /// What comes after the present stage is granted.
    private mutating func advance() {
        guard let stage = approval.course.stage else { return }
        if let back = approval.course.goesBackTo {
            approval.course.goesBackTo = nil
            open(stage: back)
        } else {
            open(stage: stage + 1)
        }
    }

    /// Ends or interrupts the approval: nobody is asked any more.
    mutating func end(_ status: ApprovalCase.Status) {
        approval.status = status
        approval.course.stage = nil
        approval.course.goesBackTo = nil
        cancelEverything()
    }

    mutating func cancelEverything() {
        for index in approval.course.groups.indices where approval.course.groups[index].state.isLive {
            approval.course.groups[index].state = .cancelled
        }
        for index in approval.course.seats.indices where approval.course.seats[index].state.isLive {
            approval.course.seats[index].state = .cancelled
        }
        for index in approval.course.tasks.indices where approval.course.tasks[index].isLive {
            approval.course.tasks[index].state = .cancelled
        }
    }

    // MARK: Groups

    mutating func add(group place: ApprovalGroup.Place, mode: ApprovalMode) -> Int {
        let number = approval.course.groups.count
        approval.course.groups.append(
            ApprovalGroup(number: number, place: place, mode: mode, walk: approval.course.walk, state: .waiting))
        return number
    }

    mutating func addSeat(
        to group: Int, ladder: [ApprovalRung], weight: Int = 1, hasVeto: Bool = false, addedBy: RecordID?
    ) {
        approval.course.seats.append(
            ApprovalSeat(
                number: approval.course.seats.count, group: group, ladder: ladder, weight: max(weight, 0),
                hasVeto: hasVeto, rung: 0, state: .waiting, addedBy: addedBy))
    }

    func seats(of group: Int) -> [ApprovalSeat] { approval.course.seats.filter { $0.group == group } }

    mutating func open(group: Int) {
        approval.course.groups[group].state = .open
        if approval.course.groups[group].mode != .sequential {
            for seat in seats(of: group) where approval.course.groups[group].state == .open {
                open(seat: seat.number)
            }
        }
        settle(group: group)
    }

    /// Sees whether the group's outcome is certain, and carries it on.
    mutating func settle(group number: Int) {
        let group = approval.course.groups[number]
        guard approval.status == .pending, group.state == .open else { return }
        let seats = seats(of: number).filter { $0.state != .cancelled }
        switch group.mode.outcome(of: seats) {
        case .open: return
        case .next(let seat):
            open(seat: seat)
            settle(group: number)
        case .refused: end(.rejected)
        case .granted:
            approval.course.groups[number].state = .granted
            for seat in seats where seat.state.isLive { cancel(seat: seat.number) }
            goOn(from: group.place)
        }
    }

    private mutating func goOn(from place: ApprovalGroup.Place) {
        switch place {
        case .stage: advance()
        case .before(let seat): release(seat)
        case .after(let seat), .parallel(let seat): complete(seat)
        }
    }

    /// A seat whose earlier signers are done goes on where it stood.
    private mutating func release(_ number: Int) {
        guard approval.course.seats[number].state == .held,
            !groups(beside: number).contains(where: { if case .before = $0.place { $0.state.isLive } else { false } })
        else { return }
        approval.course.seats[number].state = .open
        let tasks = approval.course.tasks
        for index in tasks.indices where tasks[index].seat == number && tasks[index].state == .held {
            let waitsForOpinion = tasks.contains { $0.advises == tasks[index].number && $0.isLive }
            if !waitsForOpinion { approval.course.tasks[index].state = .open }
        }
    }

    /// A seat whose person approved counts once those added to it have approved too.
    mutating func complete(_ number: Int) {
        guard approval.course.seats[number].state == .following else { return }
        for group in groups(beside: number) where group.state == .waiting { open(group: group.number) }
        guard approval.status == .pending, approval.course.seats[number].state == .following,
            !groups(beside: number).contains(where: \.state.isLive)
        else { return }
        approval.course.seats[number].state = .approved
        settle(group: approval.course.seats[number].group)
    }

    func groups(beside seat: Int) -> [ApprovalGroup] {
        approval.course.groups.filter { group in
            switch group.place {
            case .stage: false
            case .before(let other), .after(let other), .parallel(let other): other == seat
            }
        }
    }

    mutating func cancel(seat number: Int) {
        approval.course.seats[number].state = .cancelled
        for index in approval.course.tasks.indices
        where approval.course.tasks[index].seat == number && approval.course.tasks[index].isLive {
            approval.course.tasks[index].state = .cancelled
        }
        for group in groups(beside: number) where group.state.isLive { cancel(group: group.number) }
    }

    mutating func cancel(group number: Int) {
        approval.course.groups[number].state = .cancelled
        for seat in seats(of: number) where seat.state.isLive { cancel(seat: seat.number) }
    }

    // MARK: History

    mutating func record(
        _ verb: String, by: RecordID?, task: Int? = nil, people: [RecordID] = [], note: String = ""
    ) {
        approval.acts.append(
            ApprovalAct(
                verb: verb, by: by, at: at, task: task, people: people, note: note, round: approval.round))
    }
}

extension ApprovalGroup.State {
    var isLive: Bool { self == .waiting || self == .open }
}

extension ApprovalSeat.State {
    var isLive: Bool {
        switch self {
        case .waiting, .open, .held, .following: true
        case .approved, .rejected, .cancelled, .skipped: false
        }
    }
}

extension ApprovalMode {
    enum Outcome: Equatable { case open, next(Int), granted, refused }

    /// - Parameter seats: those that have not been cancelled, in order.
    func outcome(of seats: [ApprovalSeat]) -> Outcome {
        let undecided = seats.contains { $0.state.isLive }
        switch self {
        case .all: return undecided ? .open : .granted
        case .any:
            if seats.contains(where: { $0.state == .approved }) { return .granted }
            return undecided ? .open : .granted
        case .sequential:
            if seats.contains(where: { $0.state.isLive && $0.state != .waiting }) { return .open }
            return seats.first { $0.state == .waiting }.map { .next($0.number) } ?? .granted
        case .ratio(let share):
            let total = seats.reduce(0) { $0 + $1.weight }
            let yes = seats.reduce(0) { $0 + ($1.state == .approved || $1.state == .skipped ? $1.weight : 0) }
            let open = seats.reduce(0) { $0 + ($1.state.isLive ? $1.weight : 0) }
            if yes * 10_000 >= share * total { return .granted }
            return (yes + open) * 10_000 < share * total ? .refused : .open
        }
    }
}
