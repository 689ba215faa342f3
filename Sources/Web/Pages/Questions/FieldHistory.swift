import Definitions
import Kernel
import Values

/// What one field of a record was and became, newest first, with its record's sight.
struct FieldHistory: Question {
    let object: String
    let id: RecordID
    let field: String

    /// Looks through the last 500 events of the record; only changes that the asker may read.
    func answer(in context: ReadContext) throws -> (sight: ModelSight, entries: [TimelineEntry]) {
        let sight = try context.ask(VisibleModel())
        let entries = try context.ask(TimelineOf(object: object, id: id, limit: 500, merged: false))
        return (sight, entries.filter { entry in entry.changes.contains { Self.isOf($0.field, field) } })
    }

    /// An amount changes with its currency.
    static func isOf(_ path: String, _ field: String) -> Bool { path == field || path == field + ".currency" }
}
