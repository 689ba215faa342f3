import Access
import Definitions
import Expressions
import Flow
import Store
package import Values

extension MergePreview {
    package func answer(in context: ReadContext) throws -> Answer {
        // Nothing is written: the writer only lends its reading.
        let writer = RecordWriter(
            context: context, ids: IDSource { RecordID(at: $0, random: (0, 0)) },
            command: Command(.merging(.merge(wish)), dryRun: true), commandID: RecordID(at: context.now, random: (0, 0))
        )
        let plan = try MergePlanner(writer: writer).plan(wish)
        var files = 0
        for side in plan.merged {
            files += try context.ask(FilesOf(object: plan.definition.id, id: side.id)).count
        }
        return Answer(
            sides: plan.sides.map(\.view), fields: plan.fields, links: try links(plan, context), files: files,
            problems: plan.problems)
    }

    /// Lines are counted with the record they belong to.
    private func links(_ plan: MergePlan, _ context: ReadContext) throws -> [Link] {
        var out: [Link] = []
        let groups = Dictionary(grouping: plan.links) { $0.object.id + "." + $0.field.id }
        for (_, links) in groups.sorted(by: { $0.key < $1.key }) {
            let (object, field) = (links[0].object, links[0].field)
            let rows = links.flatMap(\.rows).filter { !$0.isDeleted }
            guard !object.retired, !field.retired, context.access.grant(object.id).readable.contains(field.id) else {
                continue
            }
            let holder = object.parent ?? object.id
            let ids = Set(rows.map { $0.parent ?? $0.id })
            let count = try seen(holder, ids.sorted(), context)
            if count > 0 { out.append(Link(object: holder, field: field, count: count)) }
        }
        return out.sorted { ($0.count, $1.object) > ($1.count, $0.object) }
    }

    private func seen(_ object: String, _ ids: [RecordID], _ context: ReadContext) throws -> Int {
        let access = context.access.grant(object)
        guard access.canRead else { return 0 }
        var count = 0
        for part in ids.chunks(of: 400) {
            let query = RecordQuery(
                object: object, predicates: access.readPredicate.map { [$0] } ?? [], context: context.evaluation,
                fields: [FieldPath(["id"])], limit: part.count, ids: part)
            count += try context.store.select(query).count
        }
        return count
    }
}

extension MergedInto {
    package func answer(in context: ReadContext) throws -> RecordView? {
        guard let target = try Merges(context.connection).destinations(of: [id])[id] else { return nil }
        do {
            _ = try context.ask(ShowRecord(object: object, id: id, fields: ["id"], withLines: false, deleted: true))
            return try context.ask(ShowRecord(object: object, id: target, fields: ["id"], withLines: false))
        } catch let rejection as Rejection where rejection.kind == .missing {
            return nil
        }
    }
}

extension MergesOf {
    package func answer(in context: ReadContext) throws -> [Entry] {
        let definition = try context.object(object)
        _ = try context.ask(ShowRecord(object: object, id: id, fields: ["id"], withLines: false))
        let found = try Merges(context.connection).into(id)
        guard definition.isMergeable || !found.isEmpty else { return [] }
        var out: [Entry] = []
        for entry in found {
            let memory = try MergeMemory(entry.document)
            let seen = try EventReader(context: context).titles([object: Set(memory.titles.keys)])
            let records = memory.titles.keys.sorted().filter { seen[$0] != nil }
            guard !records.isEmpty else { continue }
            let person = entry.by
            let names = try person.map { try EventReader(context: context).titles(["user": [$0]]) } ?? [:]
            let end = entry.at.adding(seconds: MergeDesk.undoDays * 86_400)
            out.append(
                Entry(
                    id: entry.id, at: entry.at, by: person.flatMap { names[$0] } ?? "",
                    records: records.map { ($0, memory.titles[$0] ?? "") }, moved: memory.moved,
                    undoUntil: entry.undoneAt == nil && context.now < end ? end : nil,
                    isUndone: entry.undoneAt != nil))
        }
        return out
    }
}

extension LikelyDuplicates {
    package func answer(in context: ReadContext) throws -> [Group] {
        let definition = try context.object(object)
        guard definition.isMergeable else { return [] }
        let access = context.access.grant(object)
        // A rule over a hidden field would tell that two records hold the same there.
        let rules = definition.duplicates.filter { rule in
            rule.keys.allSatisfy { access.filterable.contains($0.comparedField) }
        }
        let found = try context.connection.beyondSight {
            let groups = try context.store.likelySame(object, rules: rules, limit: 2000)
            let pairs = MergePairs(context: context, object: object)
            let apart = try pairs.apart(among: groups.flatMap { $0 })
            return groups.flatMap { pairs.groups(of: $0, without: apart) }
        }
        var known: Set<RecordID> = []
        var out: [Group] = []
        for ids in found where out.count < limit {
            let fresh = ids.filter { !known.contains($0) }
            guard fresh.count > 1 || ids.count > 1 && !ids.contains(where: known.contains) else { continue }
            let records = try seen(fresh, definition, context)
            guard records.count > 1 else { continue }
            known.formUnion(records.map(\.id))
            out.append(Group(records: records))
        }
        return out
    }

    private func seen(
        _ ids: [RecordID], _ definition: ObjectDefinition, _ context: ReadContext
    ) throws -> [RecordView] {
        let access = context.access.grant(object)
        let reader = RecordReader(context: context)
        let columns = (definition.views.first?.columns ?? []).prefix(6).map { FieldPath(text: $0) }
        let rules = definition.duplicates.flatMap { $0.keys.map { FieldPath([$0.comparedField]) } }
        let wanted = definition.title.map { FieldPath([$0]) } + [FieldPath(["created_at"])] + columns + rules
        let paths = wanted.uniqued().filter {
            context.access.checkPath($0, on: object) || context.isOwnReadable($0, on: object)
        }
        let query = RecordQuery(
            object: object, predicates: access.readPredicate.map { [$0] } ?? [], context: context.evaluation,
            fields: reader.loaded(paths, of: definition), sort: [SortKey(path: "created_at", descending: false)],
            limit: ids.count, ids: ids)
        return try reader.views(try context.store.select(query), of: definition, paths: paths, withLines: false)
    }
}

extension SameRecords {
    package func answer(in context: ReadContext) throws -> [(id: RecordID, title: String)] {
        let definition = try context.object(object)
        let access = context.access.grant(object)
        let compared = Set(definition.duplicates.flatMap { $0.keys.map(\.comparedField) })
        guard definition.isMergeable, access.actions.contains("update"), compared.isSubset(of: access.filterable) else {
            return []
        }
        let paths = compared.sorted().map { FieldPath([$0]) }
        guard
            let row = try context.store.find(
                object, id, fields: paths, predicates: access.readPredicate.map { [$0] } ?? [],
                context: context.evaluation)
        else { return [] }
        let found = try context.connection.beyondSight {
            try context.store.duplicates(object, values: row.values, excluding: id, context: context.evaluation)
        }.map(\.id)
        guard !found.isEmpty else { return [] }
        let apart = try context.connection.beyondSight {
            try MergePairs(context: context, object: object).apart(among: [id])
        }
        let others = found.filter { !apart.contains(MergePairs.Pair(id, $0)) }
        guard !others.isEmpty else { return [] }
        let query = RecordQuery(
            object: object, predicates: access.readPredicate.map { [$0] } ?? [], context: context.evaluation,
            fields: [FieldPath(["id"])], limit: 5, ids: others)
        let seen = try context.store.select(query).map(\.id)
        let titles = try EventReader(context: context).titles([object: Set(seen)])
        return seen.map { ($0, titles[$0] ?? "") }
    }
}

extension RecordsApart {
    package func answer(in context: ReadContext) throws -> [Entry] {
        let definition = try context.object(object)
        guard definition.isMergeable, context.access.grant(object).actions.contains("update") else { return [] }
        let pairs = try context.connection.beyondSight {
            try MergePairs(context: context, object: object).kept(limit: 200)
        }
        let ids = Array(Set(pairs.flatMap { [$0.first, $0.second] }))
        var seen: Set<RecordID> = []
        for part in ids.chunks(of: 400) {
            let query = RecordQuery(
                object: object, predicates: context.access.grant(object).readPredicate.map { [$0] } ?? [],
                context: context.evaluation, fields: [FieldPath(["id"])], limit: part.count, ids: part)
            seen.formUnion(try context.store.select(query).map(\.id))
        }
        let titles = try EventReader(context: context).titles([object: seen])
        let book = try context.connection.beyondSight { try context.peopleBook() }
        return pairs.filter { seen.contains($0.first) && seen.contains($0.second) }.map { pair in
            Entry(
                one: (pair.first, titles[pair.first] ?? ""), other: (pair.second, titles[pair.second] ?? ""),
                at: pair.at, by: pair.by.flatMap { book.byID[$0]?.name } ?? "")
        }
    }
}
