import Access
import Definitions
import Store
import Values

extension TimelineOf {
    package func answer(in context: ReadContext) throws -> [TimelineEntry] {
        let definition = try context.object(object)
        _ = try context.ask(ShowRecord(object: object, id: id, fields: ["id"], withLines: false, deleted: true))
        let related = merged ? Self.related(to: definition, context) : []
        let entries = try EventLog(context.connection).timeline(
            object, id, before: before.map { Int($0) }, limit: Limits.rows(limit), related: related,
            merged: try Merges(context.connection).records(into: id))
        return try EventReader(context: context).visible(entries)
    }

    /// The objects whose events stand in the timeline of this one.
    static func related(to definition: ObjectDefinition, _ context: ReadContext) -> [EventLog.Related] {
        definition.related.compactMap { list in
            // Who may not see the link does not learn of it by what happened.
            let grant = context.access.grant(list.object)
            guard grant.canRead, grant.readable.contains(list.via) else { return nil }
            return EventLog.Related(object: list.object, field: list.via)
        }
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
