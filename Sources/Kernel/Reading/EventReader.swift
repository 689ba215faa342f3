import Access
import Definitions
import Expressions
import Flow
import Store
import Values

/// Turns stored events into what the actor may see: only of records in sight, only changes of readable fields.
struct EventReader {
    let context: ReadContext

    /// Same order; entries of unseen records are left out. One statement for each object, and those of names.
    func visible(_ entries: [EventEntry]) throws -> [TimelineEntry] {
        var masks: [RecordID: RowMask] = [:]
        var titles: [RecordID: String] = [:]
        var veils: [String: ChangeVeil] = [:]
        for (object, group) in Dictionary(grouping: entries, by: \.object) {
            try load(object, Set(group.map(\.record)), &masks, &titles)
            veils[object] = context.model.object(object).flatMap { ChangeVeil($0, context) }
        }
        let names = try linkedNames(entries, masks)
        return try entries.compactMap { entry in
            guard let mask = masks[entry.record] else { return nil }
            let isAccount =
                entry.kind.hasPrefix(AccountEvent.prefix) || entry.kind.hasPrefix(HouseEvent.prefix)
            if isAccount, !mayHearOfAccount(entry.record) { return nil }
            let isMerge = MergeEvent.kinds.contains(entry.kind)
            let changes =
                isAccount
                ? entry.changes
                : entry.changes.filter {
                    // Which record it was is for who may see that one.
                    isMerge && $0.field == MergeEvent.field
                        ? $0.after.record.map { names[$0] != nil } ?? false
                        : isReadable($0.field, of: entry.object, mask)
                }
            if entry.kind == "updated" || isMerge, changes.isEmpty { return nil }
            let veil = veils[entry.object]
            func shown(_ value: Value, _ field: String) -> Value { veil?.veiled(value, in: field) ?? value }
            return TimelineEntry(
                sequence: Int64(entry.sequence), at: entry.at, actorName: entry.actorName, actor: entry.actor,
                onBehalfOf: try entry.onBehalfOf.flatMap { try context.peopleBook().byID[$0]?.name },
                origin: entry.origin, object: entry.object, record: entry.record, title: titles[entry.record] ?? "",
                kind: entry.kind,
                changes: changes.map {
                    TimelineEntry.Change(
                        field: $0.field, before: shown($0.before, $0.field), after: shown($0.after, $0.field))
                },
                titles: names, reason: entry.reason)
        }
    }

    /// What happens to an account concerns its owner and who manages accounts or audits.
    private func mayHearOfAccount(_ user: RecordID) -> Bool {
        context.actor.isSystem || context.actor.userID == user || context.access.has("users")
            || context.access.has("audit")
    }

    private func load(
        _ object: String, _ ids: Set<RecordID>, _ masks: inout [RecordID: RowMask], _ titles: inout [RecordID: String]
    ) throws {
        guard let definition = context.model.object(object) else { return }
        let access = context.access.grant(object)
        guard access.canRead else { return }
        let reader = RecordReader(context: context)
        let title = definition.title.filter { access.readable.contains($0) }.map { FieldPath([$0]) }
        for part in ids.sorted().chunks(of: 400) {
            let query = RecordQuery(
                object: object, predicates: access.readPredicate.map { [$0] } ?? [], context: context.evaluation,
                fields: reader.loaded(title, of: definition), limit: part.count, deleted: .any, ids: part)
            let rows = try context.store.select(query)
            let names = try LinkedNames(context: context, rows: rows, lists: [:], definition: definition, paths: [])
            for row in rows {
                let mask = access.masks(for: RowSource(row: row), context.evaluation)
                masks[row.id] = mask
                titles[row.id] = names.title(of: row, definition, readable: mask.readable)
            }
        }
    }

    /// `lines[2].price` needs the lines field here and the price there.
    private func isReadable(_ path: String, of object: String, _ mask: RowMask) -> Bool {
        let bytes = path.utf8
        let end = bytes.firstIndex { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "[") } ?? bytes.endIndex
        let field = String(path[..<end])
        guard mask.readable.contains(field) else { return false }
        guard end != bytes.endIndex, bytes[end] == UInt8(ascii: "["),
            case .lines(let child)? = context.model.object(object)?.field(field)?.type,
            let dot = bytes[end...].firstIndex(of: UInt8(ascii: "."))
        else { return true }
        return context.access.grant(child).readable.contains(Decider.fieldID(String(path[bytes.index(after: dot)...])))
    }

    private func linkedNames(_ entries: [EventEntry], _ masks: [RecordID: RowMask]) throws -> [RecordID: String] {
        var wanted: [String: Set<RecordID>] = [:]
        for entry in entries {
            guard let mask = masks[entry.record], let definition = context.model.object(entry.object) else { continue }
            for change in entry.changes {
                if change.field == MergeEvent.field, let id = change.after.record {
                    wanted[entry.object, default: []].insert(id)
                }
                guard case .link(let target)? = definition.field(change.field)?.type,
                    isReadable(change.field, of: entry.object, mask)
                else { continue }
                for value in [change.before, change.after] {
                    if let id = value.record { wanted[target, default: []].insert(id) }
                }
            }
        }
        return try titles(wanted)
    }

    /// The names of records, as far as the asker sees them. One statement for each object.
    func titles(_ wanted: [String: Set<RecordID>]) throws -> [RecordID: String] {
        var names: [RecordID: String] = [:]
        for (object, ids) in wanted {
            guard let definition = context.model.object(object), context.access.grant(object).canRead else { continue }
            let access = context.access.grant(object)
            guard let first = definition.title.first, access.readable.contains(first) else { continue }
            let naming = Naming(of: definition, in: context.actor.language, readable: access.readable)
            let fields = naming.fields.map { FieldPath([$0]) }
            let query = RecordQuery(
                object: object, predicates: access.readPredicate.map { [$0] } ?? [], context: context.evaluation,
                fields: fields, limit: ids.count, deleted: .any, ids: ids.sorted())
            for row in try context.store.select(query) {
                names[row.id] = naming.name { TitleText.text(row[path: $0]) } ?? ""
            }
        }
        return names
    }
}
