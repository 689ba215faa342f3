import Access
import Definitions
import Flow
import Store
import Values

/// Takes a merge back, in the transaction of its command.
struct MergeUndoing {
    private let writing: MergeWriting

    private var transaction: Transaction { writing.transaction }
    private var writer: RecordWriter { writing.writer }
    private var context: ReadContext { transaction.context }
    private var connection: any Connection { context.connection }

    init(_ transaction: Transaction) { writing = MergeWriting(transaction) }

    func undo(_ id: RecordID) throws -> Outcome {
        let merges = Merges(connection)
        guard let entry = try merges.find(id) else { throw Rejection.noSuchRecord }
        let definition = try context.object(entry.object)
        let survivor = try survivor(of: entry, definition)
        guard entry.undoneAt == nil else { throw Rejection.mergeUndone }
        guard context.now < entry.at.adding(seconds: MergeDesk.undoDays * 86_400) else { throw Rejection.mergeTooOld }
        let memory = try MergeMemory(entry.document)
        let records = try merges.records(of: id)
        var gone: [StoredRecord] = []
        for record in records {
            let (stored, mask) = try writer.load(definition, record, deleted: .deleted)
            guard mask.actions.contains("delete") else { throw Rejection.notAllowed }
            gone.append(stored)
        }
        let running = MergeRunning(context: context)
        var left = try pointBack(memory.moves.filter(running.carries), [], entry, definition)
        try running.moveBack(memory)
        left += try empty(survivor, definition, memory)
        guard try merges.undo(id, at: context.now, by: writer.by) else { throw Rejection.mergeUndone }
        for stored in gone {
            _ = try writer.setDeleted(definition, stored, deleted: false, kind: "unmerged", keepsWork: true)
        }
        left += try pointBack(memory.moves.filter { !running.carries($0) }, memory.lists, entry, definition)
        for part in memory.files {
            let back = try Attachments(connection).move(part.files, from: entry.survivor, to: part.from)
            if back.count < part.files.count { left.append(.leftAsIs(memory.titles[part.from] ?? "", nil)) }
        }
        let sequence = try writing.tell(definition, entry.survivor, records, kind: "unmerged")
        try writing.settle()
        return Outcome(
            record: try writing.shown(definition.id, entry.survivor), warnings: left, sequence: sequence, merge: id)
    }

    private func survivor(of entry: MergeEntry, _ definition: ObjectDefinition) throws -> StoredRecord {
        do {
            let (stored, mask) = try writer.load(definition, entry.survivor)
            guard mask.actions.contains("update") else { throw Rejection.notAllowed }
            return stored
        } catch let rejection as Rejection where rejection.kind == .missing {
            // Only who may see where it lies learns of it.
            _ = try writer.load(definition, entry.survivor, deleted: .deleted)
            throw Rejection.mergedFurther
        }
    }

    /// Takes from the survivor what it got, as far as nobody changed it since.
    ///
    /// - Returns: what stays as it is.
    private func empty(
        _ survivor: StoredRecord, _ definition: ObjectDefinition, _ memory: MergeMemory
    ) throws -> [Problem] {
        var change = RecordChange()
        var left: [Problem] = []
        for field in definition.liveFields {
            if let added = memory.lines[field.id] {
                let lines = survivor.state.lines[field.id] ?? []
                let gone = Set(added)
                if added.allSatisfy({ id in lines.contains { $0.id == id } }) {
                    change.lines[field.id] = lines.filter { !gone.contains($0.id) }
                } else {
                    left.append(.leftAsIs(definition.label.zh, field.label))
                }
            }
            let paths = field.paths.filter { memory.after[$0] != nil }
            guard !paths.isEmpty else { continue }
            if paths.allSatisfy({ survivor.state[$0] == memory.after[$0] }) {
                for path in paths { change.values[path] = memory.before[path] ?? .null }
            } else {
                left.append(.leftAsIs("", field.label))
            }
        }
        guard !change.values.isEmpty || !change.lines.isEmpty else { return left }
        do {
            try connection.savepoint {
                _ = try writer.update(definition, survivor, .update(change), kind: "updated", problems: [])
            }
        } catch let rejection as Rejection where rejection.kind == .invalid {
            left += rejection.problems
        }
        return left
    }

    private func pointBack(
        _ moves: [MergeMemory.Move], _ lists: [MergeMemory.List], _ entry: MergeEntry, _ definition: ObjectDefinition
    ) throws -> [Problem] {
        var left: [Problem] = []
        for move in moves {
            guard let object = context.model.object(move.object), let field = object.field(move.field) else { continue }
            let target: RecordID? = move.isOwn ? nil : entry.survivor
            var still: [RecordStore.Referrer] = []
            if let target {
                let wanted = Set(move.rows)
                still = try context.store.referrers(
                    object.id, field, to: target, of: definition.id, limit: MergeLinks.most * 2
                ).filter { wanted.contains($0.id) }
            } else {
                still = move.rows.map { .init(id: $0) }
            }
            let changed = try writing.repoint(object, field, still, from: target, to: move.from, definition)
            let rest = Set(move.rows).subtracting(still.map(\.id))
            if changed < still.count, move.isOwn { left.append(.leftAsIs("", field.label)) }
            left += try named(Array(rest).sorted(), of: object, field)
        }
        for list in lists.reversed() {
            guard let object = context.model.object(list.object), let field = object.field(list.field) else { continue }
            let now = try context.store.links(object.id, field.id, of: [list.row])[list.row] ?? []
            guard now == list.after else {
                left += try named([list.row], of: object, field)
                continue
            }
            let row = RecordStore.Referrer(id: list.row)
            try writing.set(object, field, row, from: now, to: list.before)
        }
        return left
    }

    /// Names the rows that were changed since, as far as their titles are in sight.
    private func named(
        _ rows: [RecordID], of object: ObjectDefinition, _ field: FieldDefinition
    ) throws -> [Problem] {
        guard !rows.isEmpty else { return [] }
        let titles = try EventReader(context: context).titles([object.id: Set(rows.prefix(20))])
        return rows.prefix(20).map { row in
            .leftAsIs(titles[row].map { "“\($0)”" } ?? object.label[context.actor.language], field.label)
        }
    }
}
