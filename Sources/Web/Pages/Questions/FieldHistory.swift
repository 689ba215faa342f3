import Definitions
import Kernel
import Values

/// What one field of a record was and became, newest first, where it comes from and what comes of it, with its record's
/// sight.
struct FieldHistory: Question {
    let object: String
    let id: RecordID
    let field: String

    struct Answer: Sendable {
        let sight: ModelSight
        let entries: [TimelineEntry]
        let lineage: FieldLineage
        /// The record with the fields of its own that stand in the lineage.
        let record: RecordView
    }

    /// Looks through the last 500 events of the record; only changes and fields that the asker may read.
    func answer(in context: ReadContext) throws -> Answer {
        let sight = try context.ask(VisibleModel())
        let entries = try context.ask(TimelineOf(object: object, id: id, limit: 500, merged: false))
        let lineage = try context.ask(FieldLineageOf(object: object, field: field))
        let own = (lineage.from + lineage.into).map(\.place).filter { $0.object == object }.map(\.field)
        let shown = Set(own + [field]).intersection(sight.readable(object))
        let record = try context.ask(ShowRecord(object: object, id: id, fields: shown.sorted(), withLines: false))
        return Answer(
            sight: sight, entries: entries.filter { entry in entry.changes.contains { Self.isOf($0.field, field) } },
            lineage: lineage, record: record)
    }

    /// An amount changes with its currency.
    static func isOf(_ path: String, _ field: String) -> Bool { path == field || path == field + ".currency" }
}
