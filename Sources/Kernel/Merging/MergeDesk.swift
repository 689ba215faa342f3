import Access
import Definitions
import Flow
import Store
import Values

/// Makes one record of several, in the transaction of its command.
struct MergeDesk {
    /// For how long a merge can be taken back.
    static let undoDays = 30

    private let writing: MergeWriting

    private var transaction: Transaction { writing.transaction }
    private var writer: RecordWriter { writing.writer }
    private var context: ReadContext { transaction.context }
    private var connection: any Connection { context.connection }

    init(_ transaction: Transaction) { writing = MergeWriting(transaction) }

    func merge(_ wish: MergeWish) throws -> Outcome {
        let plan = try MergePlanner(writer: writer).plan(wish)
        try expect(plan, wish)
        guard plan.problems.isEmpty else { throw Rejection.mergeRefused(plan.problems) }
        let id = transaction.ids.next(context.now)
        var memory = MergeMemory()
        for side in plan.merged {
            memory.titles[side.id] = side.title
            _ = try writer.setDeleted(
                plan.definition, side.stored, deleted: true, kind: "merged_into", keepsWork: true)
        }
        let warnings = try fill(plan, &memory)
        try point(plan, &memory)
        try MergeRunning(context: context).move(plan, &memory, by: writer)
        try moveFiles(plan, &memory)
        let names = memory.titles.keys.sorted()
        try Merges(connection).add(
            MergeEntry(
                id: id, object: plan.definition.id, survivor: plan.survivor.id, at: context.now, by: writer.by,
                document: memory.text), records: names)
        for record in names { try context.store.keepSearchable(plan.definition.id, record) }
        let sequence = try writing.tell(plan.definition, plan.survivor.id, names, kind: "merged")
        try MergeTelling(context: context, ids: transaction.ids).tell(plan)
        try writing.settle()
        return Outcome(
            record: try writing.shown(plan.definition.id, plan.survivor.id), warnings: warnings, sequence: sequence,
            merge: id)
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
                try writing.repoint(link.object, link.field, rows, from: link.target, to: target, plan.definition)
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
        try writing.set(link.object, link.field, row, from: before, to: after)
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
        case .undo(let id): try MergeUndoing(self).undo(id)
        case .setApart(let object, let one, let others):
            try MergePairs(context: context, object: object).setApart(one, from: others, by: writer)
        case .putTogether(let object, let one, let other):
            try MergePairs(context: context, object: object).putTogether(one, other, by: writer)
        }
    }
}
