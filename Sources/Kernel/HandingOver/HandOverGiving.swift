import Access
import Definitions
import Flow
import Store
import Values

/// Gives one thing to its receiver, and back again, inside the transaction of its portion.
struct HandOverGiving {
    let entry: HandOverEntry
    /// By the rights of who ordered it.
    let writer: RecordWriter
    /// For what is nobody's record: batons, approvals, tasks.
    let house: RecordWriter

    private var person: RecordID { entry.person }
    private var connection: any Connection { writer.context.connection }

    // MARK: Giving

    /// - Returns: the row as it is now, with what stood there before.
    /// - Throws: why it can't go.
    func give(_ row: HandOverRow) throws -> HandOverRow {
        var row = row
        switch row.kind {
        case "record": row.was = try give(record: row)
        case "leg":
            guard let to = row.receiver else { throw Rejection.nothingToGive }
            let leg = LegGiving(writer: house, id: row.record)
            if try leg.isGone(person) { break }
            try leg.pass(from: person, to: to, note: writer.command.reason ?? "")
        case "approval": try transfer(row.record, from: person, to: row.receiver)
        case "task": try pass(task: row.record, from: person, to: row.receiver)
        case "delegation": row.was = try give(delegation: row)
        case "view":
            guard let to = row.receiver, try SavedViews(connection).give(row.record, from: person, to: to) else {
                throw Rejection.notTheirsAnyMore
            }
        case "account": try endAccount()
        default: throw Rejection.nothingToGive
        }
        row.state = "done"
        return row
    }

    private func give(record row: HandOverRow) throws -> [String: Value] {
        guard let definition = writer.context.model.object(row.object), let receiver = row.receiver else {
            throw Rejection.nothingToGive
        }
        let (stored, mask) = try writer.load(definition, row.record)
        guard stored.state[row.field] == .record(person) else { throw Rejection.notTheirsAnyMore }
        guard row.field == "owner" else {
            try mayWrite(row.field, mask)
            try write(definition, stored, row.field, .record(receiver))
            return [row.field: .record(person)]
        }
        guard mask.actions.contains("assign") else { throw Rejection.notAllowed }
        _ = try writer.assign(definition, stored, owner: receiver)
        return stored.state.values.filter { RecordWriter.ownership.contains($0.key) }
    }

    private func mayWrite(_ field: String, _ mask: RowMask) throws(Rejection) {
        guard writer.context.actor.isSystem || mask.actions.contains("update") && mask.writable.contains(field) else {
            throw .notAllowed
        }
    }

    private func write(
        _ definition: ObjectDefinition, _ stored: StoredRecord, _ field: String, _ value: Value,
        by writer: RecordWriter? = nil
    ) throws {
        _ = try (writer ?? self.writer).update(
            definition, stored, .update(RecordChange(values: [field: value])), kind: "updated", problems: [])
    }

    /// Whoever stood in for somebody is followed by the receiver; who would stand in for themself ends it.
    private func give(delegation row: HandOverRow) throws -> [String: Value] {
        let (definition, stored) = try load(delegation: row.record)
        guard stored.state[row.field] == .record(person) else { throw Rejection.notTheirsAnyMore }
        let was = stored.state.values.filter { ["from", "to", "end"].contains($0.key) }
        if let to = row.receiver, stored.state["from"] != .record(to) {
            try write(definition, stored, "to", .record(to), by: house)
        } else if let start = stored.state["start"].instant, start < writer.at {
            try write(definition, stored, "end", .instant(writer.at), by: house)
        } else {
            _ = try house.setDeleted(definition, stored, deleted: true)
        }
        return was
    }

    private func load(
        delegation id: RecordID, deleted: RecordQuery.Life = .live
    ) throws -> (ObjectDefinition, StoredRecord) {
        guard let definition = writer.context.model.object("delegation") else { throw Rejection.nothingToGive }
        return try connection.beyondSight { (definition, try house.load(definition, id, deleted: deleted).0) }
    }

    private func transfer(_ id: RecordID, from giver: RecordID, to receiver: RecordID?) throws {
        let desk = ApprovalDesk(house)
        guard let receiver, let record = try desk.keeper.find(id), record.approval.status == .pending,
            record.approval.openTasks.contains(where: { $0.person == giver })
        else { throw Rejection.notTheirsAnyMore }
        let next = try desk.accepted(
            record.approval.decide(
                .transfer(to: receiver, note: writer.command.reason ?? ""), by: .person(giver), at: writer.at,
                people: try desk.people(record.amount)))
        _ = try desk.keeper.save(record, next, verb: "transfer")
    }

    private func pass(task id: RecordID, from giver: RecordID, to receiver: RecordID?) throws {
        let tasks = WorkflowTasks(connection)
        guard let receiver, var task = try tasks.find(id), task.endedAt == nil, task.holder == giver else {
            throw Rejection.notTheirsAnyMore
        }
        task.holder = receiver
        task.inStead = nil
        task.takenAt = writer.at
        guard try tasks.change(task) else { throw Rejection.workflowMoved }
    }

    // MARK: The account

    private func endAccount() throws {
        try setActive(false)
        let log = AccountLog(
            connection: connection, actor: writer.context.actor, now: writer.at, command: writer.commandID,
            modelVersion: writer.context.model.version)
        _ = try log.endSessions(of: person, except: nil, withTokens: true)
    }

    private func setActive(_ isActive: Bool) throws {
        guard writer.context.access.has("users") || writer.context.actor.isSystem else { throw Rejection.notAllowed }
        guard let definition = writer.context.model.object("user") else { throw Rejection.nothingToGive }
        let (stored, mask) = try writer.load(definition, person)
        guard stored.state["active"] != .bool(isActive) else { return }
        try mayWrite("active", mask)
        try write(definition, stored, "active", .bool(isActive))
    }

    // MARK: Taking it back

    /// - Throws: why it stays where it is.
    func takeBack(_ row: HandOverRow) throws -> HandOverRow {
        var row = row
        switch row.kind {
        case "record": try takeBack(record: row)
        case "leg":
            guard let to = row.receiver else { throw Rejection.changedSinceHandOver }
            try LegGiving(writer: house, id: row.record).giveBack(from: to, to: row.was)
        case "approval":
            guard let to = row.receiver else { throw Rejection.changedSinceHandOver }
            try transfer(row.record, from: to, to: person)
        case "task":
            guard let to = row.receiver else { throw Rejection.changedSinceHandOver }
            try pass(task: row.record, from: to, to: person)
        case "delegation": try takeBack(delegation: row)
        case "view":
            guard let to = row.receiver, try SavedViews(connection).give(row.record, from: to, to: person) else {
                throw Rejection.changedSinceHandOver
            }
        case "account": try setActive(true)
        default: throw Rejection.changedSinceHandOver
        }
        row.state = "back"
        row.problem = nil
        return row
    }

    private func takeBack(record row: HandOverRow) throws {
        guard let definition = writer.context.model.object(row.object), let receiver = row.receiver else {
            throw Rejection.changedSinceHandOver
        }
        let (stored, mask) = try writer.load(definition, row.record)
        if stored.state[row.field] == row.was[row.field] { return }
        guard stored.state[row.field] == .record(receiver) else { throw Rejection.changedSinceHandOver }
        guard row.field == "owner" else {
            try mayWrite(row.field, mask)
            return try write(definition, stored, row.field, row.was[row.field] ?? .null)
        }
        guard mask.actions.contains("assign") else { throw Rejection.notAllowed }
        _ = try writer.assign(definition, stored, back: row.was)
    }

    private func takeBack(delegation row: HandOverRow) throws {
        do {
            let (definition, stored) = try load(delegation: row.record)
            guard
                row.receiver == nil || stored.state["to"].record == row.receiver || stored.state["to"] == row.was["to"]
            else { throw Rejection.changedSinceHandOver }
            let change = row.was.filter { stored.state[$0.key] != $0.value }
            guard !change.isEmpty else { return }
            _ = try house.update(
                definition, stored, .update(RecordChange(values: change)), kind: "updated", problems: [])
        } catch let rejection as Rejection where rejection.kind == .missing {
            let (definition, stored) = try load(delegation: row.record, deleted: .deleted)
            _ = try house.setDeleted(definition, stored, deleted: false)
        }
    }
}

extension Rejection {
    static let nothingToGive = Rejection(
        .conflict, code: "hand_over_gone",
        message: Label(zh: "已经不在了，或不再由他负责", en: "It is gone, or nobody's to give"))

    static let notTheirsAnyMore = Rejection(
        .conflict, code: "hand_over_gone",
        message: Label(zh: "已经不在他手上", en: "It is no longer in their hands"))

    static let changedSinceHandOver = Rejection(
        .conflict, code: "changed_since",
        message: Label(zh: "交接后又换了人，保持不动", en: "It went to somebody else since and stays there"))
}
