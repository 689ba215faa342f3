import Definitions
import Flow
import Store
import Values

/// What an approval's timer does: at half of the time a stand-in may decide too, at its end the next level is asked.
struct ApprovalKeeping {
    static let timerKind = "approval"

    let context: ReadContext
    let ids: IDSource

    /// - Returns: the sequence number of its event; nil when the task is open no more or nobody is left to ask.
    func ring(_ timer: TimerEntry) throws -> Int64? {
        let parts = timer.rung.split(separator: ":")
        guard parts.count == 2, let number = Int(parts[1]) else { return nil }
        let writer = RecordWriter(
            context: context, ids: ids,
            command: Command(
                .act(object: ApprovalRecord.object, id: timer.record, action: "expire", Draft(), expecting: nil)),
            commandID: ids.next(context.now))
        let desk = ApprovalDesk(writer)
        guard let record = try desk.keeper.find(timer.record), let task = record.approval.task(number),
            task.state == .open
        else { return nil }
        let verb: ApprovalVerb
        if parts[0] == "half" {
            guard let standIn = try desk.house.peopleBook().byID[task.person]?.backup else { return nil }
            verb = .letIn(task: number, standIn)
        } else {
            verb = .escalate(seat: task.seat)
        }
        switch record.approval.decide(verb, by: .house, at: context.now, people: try desk.people(record.amount)) {
        case .success(let next):
            let sequence = try desk.keeper.save(record, next, verb: verb.id)
            try desk.tell(record.approval, next, record.target, record.id)
            return sequence
        case .failure(let refusal) where refusal.code == "no_higher_level":
            return try desk.tellStuck(record)
        case .failure: return nil
        }
    }
}

extension ApprovalDesk {
    /// Nobody stands above the silent person: the administrators and the requester are told.
    fileprivate func tellStuck(_ record: ApprovalRecord) throws -> Int64? {
        let administrators = try people().administrators
        for person in Set(administrators + [record.approval.requester]) {
            try Notifications(house.connection).add(
                NotificationEntry(
                    id: writer.ids.next(at), user: person, at: at, kind: "approval", object: ApprovalRecord.object,
                    record: record.id, zh: "审批超时，上面没有可问的人", en: "An approval is late and nobody stands above",
                    priority: "urgent"))
        }
        return try writer.log(try keeper.object, record.state, kind: "approval:late", changes: [])
    }
}
