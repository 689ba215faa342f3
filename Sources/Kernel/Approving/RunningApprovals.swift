package import Definitions
import Flow
import Store
package import Values

/// What runs about a record, and what its asker may do there: an action that decides an approval is offered to whom the
/// approval asks, whatever their role allows.
struct RunningApprovals {
    private let context: ReadContext
    private let me: RecordID
    private let desk: ApprovalDesk

    /// Nil for who is nobody's account.
    init?(_ context: ReadContext) {
        guard let me = context.actor.userID else { return nil }
        self.context = context
        self.me = me
        // Nothing is written: the writer only lends its reading.
        desk = ApprovalDesk(
            RecordWriter(
                context: context, ids: IDSource { RecordID(at: $0, random: (0, 0)) },
                command: Command(.notices(.read([]))), commandID: RecordID(at: context.now, random: (0, 0))))
    }

    /// One statement and those of each that runs.
    func pending(of record: RecordID) throws -> [ApprovalRecord] {
        try context.connection.beyondSight { try desk.keeper.of(record, [.pending]) }
    }

    /// Those of the actions that the running approvals let the asker do; all that they don't decide.
    func allowed(
        _ actions: [ActionDefinition], _ definition: ObjectDefinition, _ running: [ApprovalRecord]
    ) throws -> [ActionDefinition] {
        guard !running.isEmpty else { return actions }
        let people = try desk.people()
        return actions.filter { allows($0.id, definition, running, people) }
    }

    private func allows(
        _ action: String, _ definition: ObjectDefinition, _ running: [ApprovalRecord], _ people: ApprovalPeople
    ) -> Bool {
        let actor: ApprovalActor = desk.isAdministrator(context) ? .administrator(me) : .person(me)
        for record in running {
            guard let approval = definition.approvals.first(where: { $0.id == record.definition }) else { continue }
            let verb: ApprovalVerb
            switch action {
            case approval.granted: verb = .approve(note: "-")
            case approval.withdrawn: verb = .withdraw(note: "-")
            case approval.returned: verb = .sendBack(to: .requester, then: .walkAgain, note: "-")
            case approval.rejected: verb = .reject(note: "-")
            case approval.asks: return false
            default: continue
            }
            guard case .success = record.approval.decide(verb, by: actor, at: context.now, people: people) else {
                return false
            }
        }
        return true
    }

    /// What an action waits for; nil when it may be done now.
    func waiting(_ action: String, _ definition: ObjectDefinition, _ running: [ApprovalRecord]) throws
        -> ApprovalWait?
    {
        guard !running.isEmpty else { return nil }
        let people = try desk.people()
        for record in running {
            guard let approval = definition.approvals.first(where: { $0.id == record.definition }),
                approval.asks == action || approval.granted == action, !allows(action, definition, [record], people)
            else { continue }
            return ApprovalWait(
                id: try desk.isInSight(record, of: me, context) ? record.id : nil, label: approval.label,
                people: try desk.summary(record.approval, record).approvers.map(\.name))
        }
        return nil
    }

    /// Whether the record waits for others alone: an approval runs where it stands now, and does not ask the asker, who
    /// may be able to decide it all the same.
    func isOthersTurn(_ record: RecordView, _ definition: ObjectDefinition) throws -> Bool {
        guard let states = definition.states, let code = record[states.field].text else { return false }
        let awaited = definition.approvals.filter { approval in
            definition.actions.first { $0.id == approval.granted }?.from.contains(code) ?? false
        }
        guard !awaited.isEmpty else { return false }
        let running = try pending(of: record.id).filter { one in awaited.contains { $0.id == one.definition } }
        guard !running.isEmpty else { return false }
        return try running.allSatisfy { record in
            try !desk.summary(record.approval, record).approvers.contains { $0.person == me }
        }
    }
}

/// An approval that runs, with who is asked now.
package struct ApprovalWait: Sendable, Hashable {
    /// Nil for who may not open it.
    package let id: RecordID?
    package let label: Label
    /// Names.
    package let people: [String]

    /// Why an action can't be done meanwhile.
    package var message: Label {
        Self.message(label, people)
    }

    static func message(_ label: Label, _ people: [String]) -> Label {
        let (zh, en) = (people.joined(separator: "、"), people.joined(separator: ", "))
        return Label(
            zh: "“\(label.zh)”进行中" + (zh.isEmpty ? "" : "，等 " + zh),
            en: "“\(label.en)” is running" + (en.isEmpty ? "" : ", waits for " + en))
    }
}
