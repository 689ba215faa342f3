import Access
import Definitions
import Store
import Values

extension TimelineOf {
    package func answer(in context: ReadContext) throws -> [TimelineEntry] {
        let definition = try context.object(object)
        _ = try context.ask(ShowRecord(object: object, id: id, fields: ["id"], withLines: false, deleted: true))
        var related: [EventLog.Related] = []
        if merged {
            for list in definition.related {
                // Who may not see the link does not learn of it by what happened.
                let grant = context.access.grant(list.object)
                guard grant.canRead, grant.readable.contains(list.via) else { continue }
                related.append(.init(object: list.object, field: list.via))
            }
        }
        let entries = try EventLog(context.connection).timeline(
            object, id, before: before.map { Int($0) }, limit: Limits.rows(limit), related: related,
            merged: try Merges(context.connection).records(into: id))
        return try EventReader(context: context).visible(entries)
    }
}

extension EventsAfter {
    package func answer(in context: ReadContext) throws -> EventPage {
        let entries = try EventLog(context.connection).events(
            after: Int(sequence), limit: Limits.events(limit), objects: object.map { [$0] } ?? [])
        let visible = try EventReader(context: context).visible(entries)
        return EventPage(entries: visible, last: entries.last.map { Int64($0.sequence) } ?? sequence)
    }
}
