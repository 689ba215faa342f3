import Access
import Definitions
import Expressions
import Flow
import Store
import Values

/// Asks for approvals and decides them, inside the transaction of the command.
struct ApprovalDesk {
    let writer: RecordWriter
    let house: ReadContext

    init(_ writer: RecordWriter) {
        self.writer = writer
        house = ReadContext(
            connection: writer.context.connection, snapshot: writer.context.snapshot, actor: .system("approval"),
            now: writer.context.now)
    }

    var context: ReadContext { writer.context }
    var keeper: ApprovalKeeper { ApprovalKeeper(house: house, writer: writer) }
    var at: Instant { writer.at }

    /// - Parameter amount: what is decided about; without it delegations have no limit, which is enough to tell whose
    ///   turn it is.
    func people(_ amount: ApprovalAmount = .unmeasured) throws -> ApprovalPeople {
        let roles = Set(house.model.roles.filter { $0.privileges.contains("define") }.map(\.id))
        return try house.peopleBook().approvers(at: at, administrators: roles, amount: amount)
    }

    /// Whether somebody may end and restart what is not theirs.
    func isAdministrator(_ context: ReadContext) -> Bool { context.access.has("users") }

    // MARK: Ask

    /// What a record needs, and who would be asked: nothing is written.
    func plan(
        _ approval: ApprovalDefinition, _ definition: ObjectDefinition, _ state: RecordState, requester: RecordID,
        tables: LevelTables.Choice = .current
    ) throws -> ApprovalPlan {
        try house.connection.beyondSight {
            let houseWriter = RecordWriter(
                context: house, ids: writer.ids, command: writer.command, commandID: writer.commandID)
            return try ApprovalPlanner(
                house: house, writer: houseWriter, definition: definition, approval: approval
            ).plan(state, near: state["owner"].record ?? requester, tables: tables)
        }
    }

    /// Opens an approval of a record as it stands; one that was returned is begun anew.
    func open(
        _ approval: ApprovalDefinition, _ definition: ObjectDefinition, _ state: RecordState, requester: RecordID,
        plan: ApprovalPlan, id: RecordID
    ) throws -> ApprovalRecord {
        let snapshot = ApprovalSnapshot(state, definition, approval, plan, house.model)
        let asked = ApprovalKeeper.Asked(
            id: id, target: RecordReference(object: definition.id, id: state.id), definition: approval, plan: plan,
            snapshot: snapshot)
        let people = try people(plan.amount)
        if let returned = try keeper.find(id) {
            let result = returned.approval.replanned(plan.stages).decide(
                .restart, by: .person(returned.approval.requester), at: at, people: people)
            let next = try accepted(result)
            try keeper.save(returned, next, verb: "restart", asked: asked)
            try tell(returned.approval, next, asked.target, id)
        } else {
            let next = ApprovalCase.begin(
                requester: requester, stages: plan.stages,
                policy: ApprovalPolicy(unresolved: ApprovalPolicy.Unresolved(rawValue: approval.unresolved) ?? .admin),
                at: at, people: people)
            _ = try keeper.add(asked, next)
            try tell(nil, next, asked.target, id)
        }
        if case .link(ApprovalRecord.object)? = definition.field("approval")?.type {
            try house.store.setDerived(definition.id, state.id, values: ["approval": .record(id)])
        }
        guard let record = try keeper.find(id) else {
            throw Fault(code: "approval", detail: "an approval that was just written can't be read")
        }
        return record
    }

    /// Where the next approval of a record is kept: in the one that was returned, else in a new one.
    func place(of record: RecordID, _ approval: ApprovalDefinition) throws -> RecordID {
        try keeper.of(record, [.returned], definition: approval.id).first?.id ?? writer.ids.next(at)
    }

    func accepted(_ result: Result<ApprovalCase, ApprovalRefusal>) throws -> ApprovalCase {
        switch result {
        case .success(let approval): return approval
        case .failure(let refusal):
            let name = try refusal.who.flatMap { try house.peopleBook().byID[$0]?.name } ?? "—"
            let isOther = ["not_approver", "not_requester", "not_administrator", "not_involved", "house_only"].contains(
                refusal.code)
            throw Rejection(
                isOther
                    ? .forbidden
                    : ["note_required", "nobody_named", "bad_ratio"].contains(refusal.code)
                        ? .invalid : .conflict, code: refusal.code, message: refusal.message(naming: name))
        }
    }

    // MARK: Decide

    struct Decided {
        var sequence: Int64
        let summary: ApprovalSummary
        var warnings: [Problem] = []
        var created: [RecordReference] = []
    }

    /// One verb by the actor of the command, with what follows for the record.
    func decide(_ record: ApprovalRecord, _ verb: ApprovalVerb, note: String) throws -> Decided {
        guard let me = context.actor.userID else { throw Rejection.notAllowed }
        let actor: ApprovalActor = isAdministrator(context) ? .administrator(me) : .person(me)
        try refuseOwnWork(record, verb)
        let people = try people(record.amount)
        var next = try accepted(record.approval.decide(verb, by: actor, at: at, people: people))
        if verb == .restart { return try restart(record) }
        var decided: Decided?
        if record.approval.status == .pending, next.status == .granted, let reason = try staleness(of: record) {
            next = try accepted(record.approval.decide(.void(note: reason.zh), by: .house, at: at, people: people))
            decided = try carryOut(next, record, note: reason.zh)
            decided?.warnings = [Problem(field: nil, code: "approval_void", message: reason)]
        } else if record.approval.status == .pending {
            decided = try carryOut(next, record, note: note)
        }
        let sequence = try keeper.save(record, next, verb: verb.id)
        try tell(record.approval, next, record.target, record.id)
        return Decided(
            sequence: max(sequence, decided?.sequence ?? 0), summary: try summary(next, record),
            warnings: decided?.warnings ?? [], created: decided?.created ?? [])
    }

    /// Nobody approves what they wrote themself, whoever asked for it.
    private func refuseOwnWork(_ record: ApprovalRecord, _ verb: ApprovalVerb) throws {
        guard case .approve = verb, let definition = context.model.object(record.target.object),
            let approval = definition.approvals.first(where: { $0.id == record.definition }),
            let action = definition.actions.first(where: { $0.id == approval.granted }), action.notByOwner
        else { return }
        let row = try house.store.find(
            definition.id, record.target.id,
            fields: [FieldPath(["owner"])] + (definition.states.map { [FieldPath([$0.field])] } ?? []),
            context: house.evaluation)
        let isOwn = try Involvement(context: context).isOwn(
            definition, record.target.id, owner: row?[path: "owner"].record,
            state: definition.states.flatMap { row?[path: $0.field].text })
        guard isOwn else { return }
        throw Rejection(
            .conflict, code: "own_record",
            message: Label(
                zh: "单据由你经手，不能自己审批；可转交他人", en: "The record is your own work; transfer the approval to somebody else"))
    }

    /// The requester or an administrator begins anew: the record asks as it stands now.
    private func restart(_ record: ApprovalRecord) throws -> Decided {
        guard let definition = context.model.object(record.target.object),
            let approval = definition.approvals.first(where: { $0.id == record.definition })
        else { throw Rejection.noSuchRecord }
        guard try keeper.of(record.target.id, [.pending], definition: approval.id).isEmpty else {
            throw Rejection(
                .conflict, code: "still_running",
                message: Label(zh: "另一项审批还在进行", en: "Another approval is still running"))
        }
        let state = try load(definition, record.target.id).state
        if let waiting = definition.actions.first(where: { $0.id == approval.asks })?.to,
            let field = definition.states?.field, state[field] != .text(waiting)
        {
            throw Rejection(
                .conflict, code: "ask_again",
                message: Label(zh: "请在单据上重新提交", en: "Ask for it again on the record itself"))
        }
        let plan = try plan(approval, definition, state, requester: record.approval.requester)
        let opened = try open(
            approval, definition, state, requester: record.approval.requester, plan: plan, id: record.id)
        return Decided(sequence: 0, summary: try summary(opened.approval, opened))
    }

    func load(_ definition: ObjectDefinition, _ id: RecordID) throws -> StoredRecord {
        try house.connection.beyondSight {
            try RecordWriter(
                context: house, ids: writer.ids, command: writer.command, commandID: writer.commandID
            ).load(definition, id).0
        }
    }

    // MARK: Summary

    func summary(_ approval: ApprovalCase, _ record: ApprovalRecord) throws -> ApprovalSummary {
        try summary(
            approval, id: record.id, level: record.level,
            why: Label(zh: record.state["why_zh"].text ?? "", en: record.state["why_en"].text ?? ""),
            isSplit: record.state["is_split"] == .bool(true))
    }

    func summary(
        _ approval: ApprovalCase, id: RecordID?, level: Int, why: Label, isSplit: Bool
    ) throws -> ApprovalSummary {
        let book = try house.peopleBook()
        let words = ApprovalWords(model: house.model)
        return ApprovalSummary(
            id: id, status: approval.status.rawValue, level: level, why: why,
            approvers: approval.openTasks.map { task in
                let seat = approval.course.seats[task.seat]
                return ApprovalSummary.Approver(
                    person: task.person, name: book.byID[task.person]?.name ?? "—", level: seat.level,
                    role: words.role(seat.role))
            }, isSplit: isSplit)
    }
}
