import Access
import Definitions
import Flow
import Store
import Values

/// Makes one record of several and takes it back, in the transaction of its command.
struct MergeDesk {
    /// For how long a merge can be taken back.
    static let undoDays = 30

    let transaction: Transaction
    /// Its roll-ups are computed at the end, each once.
    private let writer: RecordWriter
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

    // MARK: Merging

    func merge(_ wish: MergeWish) throws -> Outcome {
        let plan = try MergePlanner(writer: writer).plan(wish)
        try expect(plan, wish)
        guard plan.problems.isEmpty else { throw Rejection.mergeRefused(plan.problems) }
        let id = transaction.ids.next(context.now)
        var memory = MergeMemory()
        for side in plan.merged {
            memory.titles[side.id] = side.title
            _ = try writer.setDeleted(plan.definition, side.stored, deleted: true, kind: "merged_into")
        }
        let warnings = try fill(plan, &memory)
        try point(plan, &memory)
        try moveFiles(plan, &memory)
        let names = memory.titles.keys.sorted()
        try Merges(connection).add(
            MergeEntry(
                id: id, object: plan.definition.id, survivor: plan.survivor.id, at: context.now, by: writer.by,
                document: memory.text), records: names)
        for record in names { try context.store.keepSearchable(plan.definition.id, record) }
        let sequence = try tell(plan.definition, plan.survivor.id, names, kind: "merged")
        try settle()
        return Outcome(
            record: try shown(plan.definition.id, plan.survivor.id), warnings: warnings, sequence: sequence, merge: id)
    }

    private func expect(_ plan: MergePlan, _ wish: MergeWish) throws {
        for side in plan.sides {
            guard let seen = wish.versions[side.id] else {
                if transaction.command.dryRun || context.actor.isSystem { continue }
                throw Rejection.versionRequired
            }
            if seen != side.stored.version { throw StoreError.stale(current: side.stored.version) }
        }
    }

    /// Gives the survivor what stays of the others.
    private func fill(_ plan: MergePlan, _ memory: inout MergeMemory) throws -> [Problem] {
        var change = RecordChange(values: plan.change)
        for part in plan.fields where part.choice == .all {
            guard let child = part.field.lineObject, context.model.object(child) != nil else { continue }
            let own = plan.survivor.stored.state.lines[part.field.id] ?? []
            let added = plan.merged.flatMap { $0.stored.state.lines[part.field.id] ?? [] }.map { line in
                LineState(id: transaction.ids.next(context.now), isNew: true, values: line.values)
            }
            guard !added.isEmpty else { continue }
            change.lines[part.field.id] = own + added
            memory.lines[part.field.id] = added.map(\.id)
        }
        guard !change.values.isEmpty || !change.lines.isEmpty else { return [] }
        let written = try writer.update(
            plan.definition, plan.survivor.stored, .update(change), kind: "updated", problems: [])
        for (path, value) in plan.change {
            memory.before[path] = plan.survivor.stored.state[path]
            memory.after[path] = value
        }
        return written.warnings
    }

    /// Points to the survivor whatever pointed to those that go.
    private func point(_ plan: MergePlan, _ memory: inout MergeMemory) throws {
        let survivor = plan.survivor.id
        for link in plan.links {
            if case .links = link.field.type {
                for row in link.rows { try replace(link, row, by: survivor, plan, &memory) }
                continue
            }
            let own = link.rows.filter { $0.id == survivor }
            let others = link.rows.filter { $0.id != survivor }
            for (rows, target, isOwn) in [(others, survivor as RecordID?, false), (own, nil, true)] where !rows.isEmpty
            {
                try repoint(link.object, link.field, rows, from: link.target, to: target, plan.definition)
                memory.moves.append(
                    MergeMemory.Move(
                        object: link.object.id, field: link.field.id, from: link.target, rows: rows.map(\.id),
                        isOwn: isOwn))
            }
        }
    }

    private func replace(
        _ link: MergedLink, _ row: RecordStore.Referrer, by survivor: RecordID, _ plan: MergePlan,
        _ memory: inout MergeMemory
    ) throws {
        let before = try context.store.links(link.object.id, link.field.id, of: [row.id])[row.id] ?? []
        let after = before.map { $0 == link.target ? survivor : $0 }.uniqued().filter { $0 != row.id }
        try set(link.object, link.field, row, from: before, to: after)
        memory.lists.append(
            MergeMemory.List(
                object: link.object.id, field: link.field.id, row: row.id, before: before, after: after))
    }

    private func moveFiles(_ plan: MergePlan, _ memory: inout MergeMemory) throws {
        let shelf = Attachments(connection)
        for side in plan.merged {
            let files = try shelf.list(of: side.id).map(\.id)
            guard !files.isEmpty else { continue }
            memory.files.append(
                MergeMemory.Files(from: side.id, files: try shelf.move(files, from: side.id, to: plan.survivor.id)))
        }
    }

    // MARK: Taking it back

    func undo(_ id: RecordID) throws -> Outcome {
        let merges = Merges(connection)
        guard let entry = try merges.find(id) else { throw Rejection.noSuchRecord }
        let definition = try context.object(entry.object)
        let survivor = try survivor(of: entry, definition)
        guard entry.undoneAt == nil else { throw Rejection.mergeUndone }
        guard context.now < entry.at.adding(seconds: Self.undoDays * 86_400) else { throw Rejection.mergeTooOld }
        let memory = try MergeMemory(entry.document)
        let records = try merges.records(of: id)
        var gone: [StoredRecord] = []
        for record in records {
            let (stored, mask) = try writer.load(definition, record, deleted: .deleted)
            guard mask.actions.contains("delete") else { throw Rejection.notAllowed }
            gone.append(stored)
        }
        var left = try empty(survivor, definition, memory)
        guard try merges.undo(id, at: context.now, by: writer.by) else { throw Rejection.mergeUndone }
        for stored in gone { _ = try writer.setDeleted(definition, stored, deleted: false, kind: "unmerged") }
        left += try pointBack(memory, entry, definition)
        for part in memory.files {
            let back = try Attachments(connection).move(part.files, from: entry.survivor, to: part.from)
            if back.count < part.files.count { left.append(.leftAsIs(memory.titles[part.from] ?? "", nil)) }
        }
        let sequence = try tell(definition, entry.survivor, records, kind: "unmerged")
        try settle()
        return Outcome(
            record: try shown(definition.id, entry.survivor), warnings: left, sequence: sequence, merge: id)
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
        _ memory: MergeMemory, _ entry: MergeEntry, _ definition: ObjectDefinition
    ) throws -> [Problem] {
        var left: [Problem] = []
        for move in memory.moves {
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
            let changed = try repoint(object, field, still, from: target, to: move.from, definition)
            let rest = Set(move.rows).subtracting(still.map(\.id))
            if changed < still.count, move.isOwn { left.append(.leftAsIs("", field.label)) }
            left += try named(Array(rest).sorted(), of: object, field)
        }
        for list in memory.lists.reversed() {
            guard let object = context.model.object(list.object), let field = object.field(list.field) else { continue }
            let now = try context.store.links(object.id, field.id, of: [list.row])[list.row] ?? []
            guard now == list.after else {
                left += try named([list.row], of: object, field)
                continue
            }
            let row = RecordStore.Referrer(id: list.row)
            try set(object, field, row, from: now, to: list.before)
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

    // MARK: Writing links

    @discardableResult
    private func repoint(
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

    private func set(
        _ object: ObjectDefinition, _ field: FieldDefinition, _ row: RecordStore.Referrer, from before: [RecordID],
        to after: [RecordID]
    ) throws {
        try context.store.setLinks(object.id, field.id, of: row.id, to: after)
        try context.store.touch(object.id, [row.id], at: writer.at, by: writer.by)
        let list = { (ids: [RecordID]) -> Value in .list(ids.map { .record($0) }) }
        try log(object, [row], FieldChange(field: field.id, before: list(before), after: list(after)))
    }

    /// One event for each record; that of a line stands on its record, which gets a new version with it.
    private func log(
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
    private func tell(
        _ definition: ObjectDefinition, _ survivor: RecordID, _ records: [RecordID], kind: String
    ) throws -> Int64 {
        let entries = records.map { record in
            event(
                definition, survivor, kind,
                FieldChange(field: MergeEvent.field, before: .null, after: .record(record)))
        }
        return Int64(try EventLog(connection).append(entries))
    }

    private func event(
        _ definition: ObjectDefinition, _ record: RecordID, _ kind: String, _ change: FieldChange
    ) -> EventEntry {
        EventEntry(
            at: writer.at, actor: writer.by, actorName: context.actor.name, onBehalfOf: writer.onBehalfOf,
            origin: context.actor.origin.rawValue, command: transaction.commandID, object: definition.id,
            record: record, kind: kind, changes: [change],
            reason: transaction.command.reason ?? context.actor.statedReason,
            modelVersion: context.model.version)
    }

    private func settle() throws {
        if transaction.writer.rollupsLater == nil { try writer.refresh(later) }
    }

    private func shown(_ object: String, _ id: RecordID) throws -> RecordView? {
        do {
            return try context.ask(ShowRecord(object: object, id: id))
        } catch let rejection as Rejection where rejection.kind == .missing {
            return nil
        }
    }
}

/// The events of records that became one.
package enum MergeEvent {
    /// The name under which such an event holds the record that went.
    package static let field = "merged"
    static let kinds: Set<String> = ["merged", "unmerged"]
}

extension Transaction {
    func merge(_ step: MergeCommand) throws -> Outcome {
        switch step {
        case .merge(let wish): try MergeDesk(self).merge(wish)
        case .undo(let id): try MergeDesk(self).undo(id)
        }
    }
}
