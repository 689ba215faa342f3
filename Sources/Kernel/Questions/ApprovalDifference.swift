import Access
import Definitions
import Flow
import Store
import Values

/// What became different between two bases of approvals, value by value, as far as the asker may read it.
struct ApprovalDifference {
    let context: ReadContext
    let definition: ObjectDefinition
    let approval: ApprovalDefinition
    /// Fields of the record that the asker may read.
    let readable: Set<String>

    func changes(from before: JSONValue, to after: JSONValue) -> [TimelineEntry.Change] {
        approval.boundFields.flatMap { id -> [TimelineEntry.Change] in
            guard readable.contains(id), let field = definition.field(id), before[id] != after[id] else { return [] }
            if case .lines(let child) = field.type {
                return lines(id, child, before[id]?.items ?? [], after[id]?.items ?? [])
            }
            if case .money(.own) = field.type {
                let parts = [id, id + ".currency"].enumerated().map { place, path in
                    TimelineEntry.Change(
                        field: path, before: value(before[id]?.items?.element(place), field.type),
                        after: value(after[id]?.items?.element(place), field.type))
                }
                return parts.filter { $0.before != $0.after }
            }
            return [
                TimelineEntry.Change(
                    field: id, before: value(before[id], field.type), after: value(after[id], field.type))
            ]
        }
    }

    /// Lines belong together when they link to the same record, each once, else by their place.
    private func lines(
        _ id: String, _ child: String, _ before: [JSONValue], _ after: [JSONValue]
    ) -> [TimelineEntry.Change] {
        guard let object = context.model.object(child) else { return [] }
        let shown = object.liveFields.filter { context.access.grant(child).readable.contains($0.id) }
        let key = object.liveFields.first { if case .link = $0.type { true } else { false } }?.id
        var left = Array(before.enumerated())
        var out: [TimelineEntry.Change] = []
        func tell(_ place: Int, _ old: JSONValue?, _ new: JSONValue?) {
            for field in shown where old?[field.id] != new?[field.id] {
                out.append(
                    TimelineEntry.Change(
                        field: "\(id)[\(place)].\(field.id)", before: value(old?[field.id], field.type),
                        after: value(new?[field.id], field.type)))
            }
        }
        for (place, line) in after.enumerated() {
            let twin = left.firstIndex { old in
                guard let key else { return old.offset == place }
                return old.element[key] == line[key]
            }
            tell(place, twin.map { left.remove(at: $0).element }, line)
        }
        for (place, line) in left { tell(-place, line, nil) }
        return out
    }

    private func value(_ json: JSONValue?, _ type: FieldType) -> Value {
        switch json {
        case nil, .null?, .object?: return .null
        case .bool(let flag)?: return .bool(flag)
        case .number(let digits)?: return ExactDecimal(digits).map { .decimal($0) } ?? .null
        case .array(let items)?: return .list(items.map { value($0, type) })
        case .text(let text)?:
            switch type {
            case .day: return Day(text).map { .day($0) } ?? .text(text)
            case .instant: return Instant(text).map { .instant($0) } ?? .text(text)
            case .link, .links, .anyLink: return RecordID(text).map { .record($0) } ?? .text(text)
            default: return .text(text)
            }
        }
    }

    /// Names of the records that the changes link to, as far as the asker sees them.
    func titles(of changes: [TimelineEntry.Change]) throws -> [RecordID: String] {
        var wanted: [String: Set<RecordID>] = [:]
        for change in changes {
            let head = String(change.field.prefix { $0 != "." && $0 != "[" })
            var field = definition.field(head)
            if case .lines(let child)? = field?.type, let dot = change.field.lastIndex(of: ".") {
                field = context.model.object(child)?.field(String(change.field[change.field.index(after: dot)...]))
            }
            guard let target = field?.type.linkTarget else { continue }
            for id in [change.before, change.after].compactMap(\.record) { wanted[target, default: []].insert(id) }
        }
        return try EventReader(context: context).titles(wanted)
    }
}

extension Array {
    fileprivate func element(_ index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

extension ApprovalReader {
    /// What is different from what was last approved of the same record, or of the record that it follows.
    func difference(_ record: ApprovalRecord) throws -> ApprovalDetail.Difference? {
        guard let definition = context.model.object(record.target.object),
            let approval = definition.approvals.first(where: { $0.id == record.definition }),
            let now = record.snapshot?["fields"], let (stored, mask) = try inSight(definition, record.target.id)
        else { return nil }
        let previous = try lastApproved(before: record, stored, definition)
        guard let previous, let then = previous.snapshot?["fields"] else { return nil }
        let difference = ApprovalDifference(
            context: context, definition: definition, approval: approval, readable: mask.readable)
        let changes = difference.changes(from: then, to: now)
        return ApprovalDetail.Difference(
            since: previous.state["ended_at"].instant, changes: changes, titles: try difference.titles(of: changes))
    }

    private func inSight(
        _ definition: ObjectDefinition, _ id: RecordID
    ) throws -> (StoredRecord, RowMask)? {
        do {
            return try desk.writer.load(definition, id)
        } catch let refusal as Rejection where refusal.kind == .missing {
            return nil
        }
    }

    private func lastApproved(
        before record: ApprovalRecord, _ stored: StoredRecord, _ definition: ObjectDefinition
    ) throws -> ApprovalRecord? {
        let earlier = definition.liveFields.first { $0.type.linkTarget == definition.id && $0.readOnly }
        let places = [stored.id, earlier.flatMap { stored.state[$0.id].record }].compactMap(\.self)
        for place in places {
            let found = try keeper.of(place, [.granted, .voided], definition: record.definition)
            if let last = found.first(where: { $0.id != record.id && $0.approval.wasGranted && $0.id < record.id }) {
                return last
            }
        }
        return nil
    }
}
