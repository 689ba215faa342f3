import Access
import Definitions
import Expressions
import Flow
import Store
import Values

/// What an approval's end does with the record.
extension ApprovalDesk {
    /// Why what was decided on no longer holds; nil when it does. Looked at again at the moment of effect.
    func staleness(of record: ApprovalRecord) throws -> Label? {
        guard let definition = house.model.object(record.target.object), !definition.retired,
            let approval = definition.approvals.first(where: { $0.id == record.definition })
        else { return Label(zh: "审批定义已取消", en: "The approval is no longer defined") }
        let stored: StoredRecord
        do {
            stored = try load(definition, record.target.id)
        } catch let refusal as Rejection where refusal.kind == .missing {
            return Label(zh: "单据已删除", en: "The record was deleted")
        }
        let plan = try plan(
            approval, definition, stored.state, requester: record.approval.requester, tables: .pinned(record.table))
        let now = ApprovalSnapshot(stored.state, definition, approval, plan, house.model)
        if now.digest != record.state["digest"].text {
            return Label(zh: "审批期间单据有变化，请重新提交", en: "The record changed meanwhile; ask for it again")
        }
        if plan.level > record.level {
            return Label(
                zh: "现在需要 \(plan.level) 级审批，高于原来的 \(record.level) 级，请重新提交",
                en: "It now needs level \(plan.level), above level \(record.level); ask for it again")
        }
        return nil
    }

    /// Does the record's action that belongs to how the approval ended; nothing while it goes on.
    func carryOut(_ approval: ApprovalCase, _ record: ApprovalRecord, note: String) throws -> Decided? {
        guard let definition = house.model.object(record.target.object),
            let defined = definition.approvals.first(where: { $0.id == record.definition })
        else { return nil }
        let action: String?
        switch approval.status {
        case .granted: action = defined.granted
        case .rejected: action = defined.rejected
        case .returned, .voided, .terminated: action = defined.returned
        case .withdrawn: action = defined.withdrawn ?? defined.returned
        case .pending: action = nil
        }
        guard let action else { return nil }
        let isGrant = approval.status == .granted
        return try effect(
            action, of: definition, record.target.id, note: (defined.note, note),
            by: writer.by ?? approval.requester, isRequired: isGrant, summary: try summary(approval, record),
            for: approval.acts.last { $0.by != nil && $0.by == writer.by }.flatMap { approval.principal(of: $0) })
    }

    /// Whether a record has come where what it asked for can't be done any more.
    private func isBeyond(_ state: Value, _ record: ApprovalRecord, _ definition: ObjectDefinition) -> Bool {
        let granted = definition.approvals.first { $0.id == record.definition }?.granted
        guard let action = definition.actions.first(where: { $0.id == granted }) else { return true }
        return !action.from.isEmpty && !action.from.contains(state.text ?? definition.states?.initial ?? "")
    }

    /// Done by the house for `person`: with every role that decides, since the approval has decided, and with all other
    /// conditions as always.
    ///
    /// - Parameter isRequired: a condition that is not met refuses the whole verb; otherwise the record stays as it is.
    func effect(
        _ id: String, of definition: ObjectDefinition, _ record: RecordID, note: (field: String?, text: String),
        by person: RecordID, isRequired: Bool, summary: ApprovalSummary,
        for principal: RecordID? = nil
    ) throws -> Decided? {
        guard let action = definition.actions.first(where: { $0.id == id }) else { return nil }
        let stored = try load(definition, record)
        if !isRequired, let states = definition.states, !action.from.isEmpty,
            !action.from.contains(stored.state[states.field].text ?? states.initial)
        {
            return nil
        }
        guard let known = try ActorReader(context: house).actor(person, origin: context.actor.origin, session: nil)
        else { throw Rejection.notAllowed }
        let acting = ReadContext(
            connection: house.connection, snapshot: house.snapshot,
            actor: known.acting(with: house.model.roles.map(\.id)), now: house.now)
        var command = writer.command
        command.reason = "审批：" + summary.why.zh + " / Approval: " + summary.why.en
        var effect = RecordWriter(
            context: acting, ids: writer.ids, command: command, commandID: writer.commandID,
            rollupsLater: writer.rollupsLater)
        effect.decidesApproval = true
        effect.onBehalfOf = principal
        var change = RecordChange()
        if let field = note.field, action.input.contains(field), !note.text.isEmpty {
            change.values[field] = .text(String(note.text.prefix(200)))
        }
        let written = try house.connection.beyondSight {
            try effect.update(definition, stored, .act(action, change), kind: "action:" + id, problems: [])
        }
        return Decided(
            sequence: written.sequence, summary: summary, warnings: written.warnings, created: written.created)
    }

    // MARK: Void

    /// A record was written: running approvals whose basis or state changed end, granted ones whose basis changed lose
    /// their force. No statement when nothing of that changed.
    func follow(
        _ definition: ObjectDefinition, _ id: RecordID, changes: [FieldChange], isDeleted: Bool
    ) throws {
        let bound = definition.approvals.filter { approval in
            changes.contains { approval.isBound($0.field, definition, house.model) }
        }
        let moved = changes.last { $0.field == definition.states?.field }?.after
        guard !bound.isEmpty || isDeleted || moved != nil else { return }
        let wanted: Set<ApprovalCase.Status> = bound.isEmpty ? [.pending] : [.pending, .granted]
        for record in try keeper.of(id, wanted) {
            let isPending = record.approval.status == .pending
            let isBound = bound.contains { $0.id == record.definition && (isPending || !$0.isOnce) }
            let isMoved = isDeleted || moved.map { isBeyond($0, record, definition) } ?? false
            guard isBound || isPending && isMoved else { continue }
            let why = isBound ? "审批依据有变化 / What was decided on changed" : "单据状态已变 / The record moved on"
            let next = try accepted(record.approval.decide(.void(note: why), by: .house, at: at, people: try people()))
            if !isDeleted, moved == nil, isPending {
                _ = try carryOut(next, record, note: why)
            }
            try keeper.save(record, next, verb: "void")
            try tell(record.approval, next, record.target, record.id)
        }
    }
}

extension Actor {
    /// The same person with the conditions of all roles met, for one action that an approval has decided.
    fileprivate func acting(with roles: [String]) -> Actor {
        Actor(
            identity: identity, login: login, name: name, roles: roles, department: department,
            departments: departments, region: region, regions: regions, language: language, timeZone: timeZone,
            origin: origin, session: nil)
    }
}

extension RecordWriter {
    /// Whether approvals have to be looked at after a write of the object.
    func followApprovals(
        _ definition: ObjectDefinition, _ id: RecordID, _ changes: [FieldChange], isDeleted: Bool = false
    )
        throws
    {
        guard !definition.approvals.isEmpty, !decidesApproval, command.stamp == nil else { return }
        try ApprovalDesk(self).follow(definition, id, changes: changes, isDeleted: isDeleted)
    }
}
