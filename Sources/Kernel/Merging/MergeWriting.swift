import Definitions
import Flow
import Store
import Values

/// Writes links and events of records that become one, or come apart, in the transaction of the command.
struct MergeWriting {
    let transaction: Transaction
    /// Its roll-ups are computed at the end, each once.
    let writer: RecordWriter
    private let later: RollupsLater

    private var context: ReadContext { transaction.context }
    private var connection: any Connection { context.connection }

    init(_ transaction: Transaction) {
        self.transaction = transaction
        later = transaction.writer.rollupsLater ?? RollupsLater()
        var writer = transaction.writer
        writer.rollupsLater = later
        self.writer = writer
    }

    @discardableResult
    func repoint(
        _ object: ObjectDefinition, _ field: FieldDefinition, _ rows: [RecordStore.Referrer], from: RecordID?,
        to other: RecordID?, _ definition: ObjectDefinition
    ) throws -> Int {
        guard !rows.isEmpty else { return 0 }
        let changed = try context.store.repoint(
            object.id, field, of: rows.map(\.id), from: from, to: other, targetObject: definition.id, at: writer.at,
            by: writer.by)
        guard changed > 0 else { return 0 }
        let value = { (id: RecordID?) -> Value in id.map { .record($0) } ?? .null }
        let change = FieldChange(field: field.id, before: value(from), after: value(other))
        try log(object, rows, change)
        // Derived figures of both sides follow.
        let target = RecordState(object: object.id, id: rows[0].id, values: [field.id: value(other)])
        let source = RecordState(object: object.id, id: rows[0].id, values: [field.id: value(from)])
        try writer.refreshRollups(object, before: source, after: target)
        return changed
    }

    func set(
        _ object: ObjectDefinition, _ field: FieldDefinition, _ row: RecordStore.Referrer, from before: [RecordID],
        to after: [RecordID]
    ) throws {
        try context.store.setLinks(object.id, field.id, of: row.id, to: after)
        try context.store.touch(object.id, [row.id], at: writer.at, by: writer.by)
        let list = { (ids: [RecordID]) -> Value in .list(ids.map { .record($0) }) }
        try log(object, [row], FieldChange(field: field.id, before: list(before), after: list(after)))
    }

    /// One event for each record; that of a line stands on its record, which gets a new version with it.
    func log(
        _ object: ObjectDefinition, _ rows: [RecordStore.Referrer], _ change: FieldChange
    ) throws {
        var entries: [EventEntry] = []
        var parents: Set<RecordID> = []
        let holder = object.parent.flatMap { context.model.object($0) }
        let lines = holder?.fields.first { $0.lineObject == object.id }
        for row in rows {
            if let parent = row.parent, let holder, let lines {
                parents.insert(parent)
                let place = "\(lines.id)[\(row.position)].\(change.field)"
                entries.append(
                    event(
                        holder, parent, "updated", FieldChange(field: place, before: change.before, after: change.after)
                    ))
            } else {
                entries.append(event(object, row.id, "updated", change))
            }
        }
        if let holder, !parents.isEmpty {
            try context.store.touch(holder.id, parents.sorted(), at: writer.at, by: writer.by)
            context.memory.forget(holder.id)
        }
        context.memory.forget(object.id)
        _ = try EventLog(connection).append(entries)
    }

    /// What happened to the survivor: which records went into it, or came out again.
    func tell(
        _ definition: ObjectDefinition, _ survivor: RecordID, _ records: [RecordID], kind: String
    ) throws -> Int64 {
        let entries = records.map { record in
            event(
                definition, survivor, kind,
                FieldChange(field: MergeEvent.field, before: .null, after: .record(record)))
        }
        return Int64(try EventLog(connection).append(entries))
    }

    func event(
        _ definition: ObjectDefinition, _ record: RecordID, _ kind: String, _ change: FieldChange
    ) -> EventEntry {
        EventEntry(
            at: writer.at, actor: writer.by, actorName: context.actor.name, onBehalfOf: writer.onBehalfOf,
            origin: context.actor.origin.rawValue, command: transaction.commandID, object: definition.id,
            record: record, kind: kind, changes: [change],
            reason: transaction.command.reason ?? context.actor.statedReason,
            modelVersion: context.model.version)
    }

    func settle() throws {
        if transaction.writer.rollupsLater == nil { try writer.refresh(later) }
    }

    func shown(_ object: String, _ id: RecordID) throws -> RecordView? {
        do {
            return try context.ask(ShowRecord(object: object, id: id))
        } catch let rejection as Rejection where rejection.kind == .missing {
            return nil
        }
    }
}
