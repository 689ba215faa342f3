import Access
import Definitions
import Flow
import Store
import Values

/// Where a record's actions and approvals meet.
extension Transaction {
    private var desk: ApprovalDesk { ApprovalDesk(writer) }

    /// A verb of an approval, for who has a part in it or may read it.
    func approve(_ step: ApprovalCommand) throws -> Outcome {
        guard let me = context.actor.userID else { throw Rejection.notAllowed }
        let desk = desk
        guard let record = try desk.keeper.find(step.id), try desk.isInSight(record, of: me, context) else {
            throw Rejection.noSuchRecord
        }
        if let expecting = step.expecting, expecting != record.version {
            throw StoreError.stale(current: record.version)
        }
        let verb = try ApprovalVerb(step)
        return Outcome(try desk.decide(record, verb, note: step.note))
    }

    /// An action of a record that asks for an approval, or that decides one; nil for every other action.
    func throughApproval(
        _ definition: ObjectDefinition, _ stored: StoredRecord, _ action: ActionDefinition, _ change: RecordChange,
        _ problems: [Problem]
    ) throws -> Outcome? {
        guard command.stamp == nil, problems.isEmpty else { return nil }
        if definition.id == ApprovalRecord.object { return try onApprovalItself(stored, action, change) }
        if let approval = definition.approvals.first(where: { $0.own == action.id }) {
            try refuseBeyondOwn(approval, definition, stored, action)
            return nil
        }
        guard
            let approval = definition.approvals.first(where: {
                $0.asks == action.id || $0.deciding.contains(action.id)
            })
        else { return nil }
        let desk = desk
        if let pending = try desk.keeper.of(stored.id, [.pending], definition: approval.id).first {
            return try decide(pending, approval, definition, stored, action, change)
        }
        guard action.id == approval.asks || action.id == approval.granted else { return nil }
        let known = context.actor.userID ?? stored.owner
        let requester = action.id == approval.asks ? known : stored.owner ?? known
        guard let requester else { throw Rejection.notAllowed }
        return action.id == approval.asks
            ? try ask(approval, definition, stored, action, change, requester)
            : try grantDirectly(approval, definition, stored, action, change, requester)
    }

    /// Who decides alone is measured by the same limits as who asks.
    ///
    /// - Throws: `beyond_own` with what asks for more; small ones that together pass a limit count as beyond it.
    private func refuseBeyondOwn(
        _ approval: ApprovalDefinition, _ definition: ObjectDefinition, _ stored: StoredRecord,
        _ action: ActionDefinition
    ) throws {
        guard let me = context.actor.userID else { return }
        try refuseObstacles(definition, stored, action, RecordChange())
        let plan = try desk.plan(approval, definition, stored.state, requester: me)
        guard plan.measured > 0 || plan.isSplit else { return }
        throw Rejection(
            .conflict, code: "beyond_own",
            message: Label(
                zh: "超出本人权限，请提交审批。\(plan.why.zh)",
                en: "Beyond your own authority: submit it for approval. \(plan.why.en)"))
    }

    // MARK: Asking

    private func ask(
        _ approval: ApprovalDefinition, _ definition: ObjectDefinition, _ stored: StoredRecord,
        _ action: ActionDefinition, _ change: RecordChange, _ requester: RecordID
    ) throws -> Outcome {
        let desk = desk
        let id = try desk.place(of: stored.id, approval)
        var written = WrittenRecord(object: definition.id, id: stored.id)
        if approval.asks == approval.granted {
            try refuseObstacles(definition, stored, action, change)
        } else {
            written = try writer.update(
                definition, stored, .act(action, change), kind: "action:" + action.id,
                problems: [])
        }
        let state = try desk.load(definition, stored.id).state
        let plan = try desk.plan(approval, definition, state, requester: requester)
        let record = try desk.open(approval, definition, state, requester: requester, plan: plan, id: id)
        var summary = try desk.summary(record.approval, record)
        if record.approval.status == .granted {
            let granted = try desk.carryOut(record.approval, record, note: plan.why.zh)
            written.sequence = max(written.sequence, granted?.sequence ?? 0)
            written.created += granted?.created ?? []
            written.warnings += granted?.warnings ?? []
        }
        if command.dryRun { summary = summary.rehearsed }
        return try outcome(of: written, summary)
    }

    /// Somebody grants what nobody asked for: it is asked for the owner and decided at once, within their level.
    private func grantDirectly(
        _ approval: ApprovalDefinition, _ definition: ObjectDefinition, _ stored: StoredRecord,
        _ action: ActionDefinition, _ change: RecordChange, _ requester: RecordID
    ) throws -> Outcome {
        try refuseObstacles(definition, stored, action, change)
        let desk = desk
        let state = try desk.load(definition, stored.id).state
        let plan = try desk.plan(approval, definition, state, requester: requester)
        guard plan.level > 0 else {
            return try outcome(
                of: writer.update(definition, stored, .act(action, change), kind: "action:" + action.id, problems: []),
                nil)
        }
        let record = try desk.open(
            approval, definition, state, requester: requester, plan: plan, id: writer.ids.next(writer.at))
        let note = approval.note.flatMap { change.values[$0]?.text } ?? ""
        let decided = try desk.decide(record, .approve(note: note), note: note)
        return try outcome(of: WrittenRecord(object: definition.id, id: stored.id), decided)
    }

    private func refuseObstacles(
        _ definition: ObjectDefinition, _ stored: StoredRecord, _ action: ActionDefinition, _ change: RecordChange
    ) throws {
        var before = stored.state
        try writer.link(&before, change: change, definition)
        let decision = try writer.decide(definition, .act(action, change), before: before, owner: stored.owner)
        guard !decision.problems.isEmpty else { return }
        let problems = decision.problems.map(Problem.init)
        let isFlow = ["wrong_state", "condition_not_met", "own_record"].contains(problems[0].code)
        throw isFlow
            ? Rejection(.conflict, code: problems[0].code, message: problems[0].message, problems: problems)
            : Rejection.invalid(problems)
    }

    // MARK: Deciding by the record's own action

    private func decide(
        _ pending: ApprovalRecord, _ approval: ApprovalDefinition, _ definition: ObjectDefinition,
        _ stored: StoredRecord, _ action: ActionDefinition, _ change: RecordChange
    ) throws -> Outcome {
        let note = approval.note.flatMap { change.values[$0]?.text } ?? ""
        if action.id == approval.asks, action.id == approval.granted,
            pending.approval.requester == context.actor.userID
        {
            // Who asked and asks again hears whom it waits for.
            let people = try desk.summary(pending.approval, pending).approvers.map(\.name)
            throw Rejection(
                .conflict, code: "approval_running", message: ApprovalWait.message(approval.label, people))
        }
        if action.id == approval.asks, action.id != approval.granted {
            _ = try desk.accepted(
                pending.approval.decide(
                    .restart, by: .person(pending.approval.requester), at: writer.at, people: try desk.people()))
        }
        try refuseObstacles(definition, stored, action, change)
        let verb: ApprovalVerb
        switch action.id {
        case approval.granted: verb = .approve(note: note)
        case approval.withdrawn: verb = .withdraw(note: note)
        case approval.returned: verb = .sendBack(to: .requester, then: .walkAgain, note: note.isEmpty ? "—" : note)
        default: verb = .reject(note: note.isEmpty ? "—" : note)
        }
        let decided = try desk.decide(pending, verb, note: note)
        return try outcome(of: WrittenRecord(object: definition.id, id: stored.id), decided)
    }

    /// The actions of an approval's own record decide it; nil for one that was written down by hand.
    private func onApprovalItself(
        _ stored: StoredRecord, _ action: ActionDefinition, _ change: RecordChange
    ) throws -> Outcome? {
        guard let record = try ApprovalRecord(stored) else { return nil }
        let note = change.values["note"]?.text ?? ""
        let verbs = ["grant": "approve", "refuse": "reject"]
        let decided = try desk.decide(
            record, try ApprovalVerb(ApprovalCommand(id: record.id, verb: verbs[action.id] ?? action.id, note: note)),
            note: note)
        return Outcome(decided)
    }

    private func outcome(of written: WrittenRecord, _ decided: ApprovalDesk.Decided) throws -> Outcome {
        var written = written
        written.sequence = max(written.sequence, decided.sequence)
        written.warnings += decided.warnings
        written.created += decided.created
        return try outcome(of: written, decided.summary)
    }
}

extension ApprovalSummary {
    /// As a dry run tells it.
    fileprivate var rehearsed: ApprovalSummary {
        ApprovalSummary(id: nil, status: status, level: level, why: why, approvers: approvers, isSplit: isSplit)
    }
}

extension Outcome {
    fileprivate init(_ decided: ApprovalDesk.Decided) {
        self.init(
            created: decided.created, warnings: decided.warnings, sequence: decided.sequence,
            approval: decided.summary)
    }
}

extension ApprovalDesk {
    /// Whether somebody has a part in an approval, or may read it by their roles.
    func isInSight(_ record: ApprovalRecord, of person: RecordID, _ context: ReadContext) throws -> Bool {
        if record.involves(person) { return true }
        if record.approval.task(for: person, people: try people(), at: at) != nil { return true }
        let access = context.access.grant(ApprovalRecord.object)
        guard access.canRead else { return false }
        return try context.store.find(
            ApprovalRecord.object, record.id, fields: [], predicates: access.readPredicate.map { [$0] } ?? [],
            context: context.evaluation) != nil
    }
}

extension ApprovalRecord {
    func involves(_ person: RecordID) -> Bool {
        approval.requester == person || approval.copies.contains(person)
            || approval.course.tasks.contains {
                $0.person == person || $0.standIn == person || $0.decidedBy == person
            }
    }
}

extension ApprovalVerb {
    /// - Throws: what of the step can't be understood.
    init(_ step: ApprovalCommand) throws(Rejection) {
        let note = String(step.note.prefix(2000))
        switch step.verb {
        case "approve": self = .approve(note: note)
        case "reject": self = .reject(note: note)
        case "return":
            guard let then = Afterwards(rawValue: step.afterwards) else { throw .badParameter("afterwards", []) }
            self = .sendBack(to: try Self.destination(step.destination), then: then, note: note)
        case "withdraw": self = .withdraw(note: note)
        case "take_back": self = .takeBack
        case "transfer": self = .transfer(to: try Self.one(step.people), note: note)
        case "delegate": self = .delegate(to: try Self.one(step.people), note: note)
        case "add_signers":
            guard let position = Position(rawValue: step.position) else { throw .badParameter("position", []) }
            self = .addSigners(step.people, position, try Self.mode(step.mode), note: note)
        case "remove_signer":
            guard let task = step.task else { throw .badParameter("task", []) }
            self = .removeSigner(task: task)
        case "copy": self = .copy(to: step.people)
        case "urge": self = .urge
        case "comment": self = .comment(note)
        case "terminate": self = .terminate(note: note)
        case "restart": self = .restart
        default:
            throw Rejection(
                .missing, code: "unknown_verb",
                message: Label(zh: "没有这个审批操作", en: "There is no such step of an approval"))
        }
    }

    private static func destination(_ word: String) throws(Rejection) -> Destination {
        if word == "requester" { return .requester }
        if word == "previous" { return .previous }
        guard let stage = Int(word) else { throw .badParameter("destination", []) }
        return .stage(stage)
    }

    private static func one(_ people: [RecordID]) throws(Rejection) -> RecordID {
        guard people.count == 1, let person = people.first else { throw .badParameter("people", []) }
        return person
    }

    private static func mode(_ word: String) throws(Rejection) -> ApprovalMode {
        switch word {
        case "all": return .all
        case "any": return .any
        case "sequential": return .sequential
        default:
            guard word.hasSuffix("%"), let share = Int(word.dropLast()) else { throw .badParameter("mode", []) }
            return .ratio(share * 100)
        }
    }
}
