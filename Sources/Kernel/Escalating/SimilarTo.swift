import Access
import Definitions
import Expressions
package import Values

/// Past records that help with one: the same cause or the same kind, over, with what solved them; newest first, the most
/// telling sameness before the others.
package struct SimilarTo: Question {
    package struct Case: Sendable {
        package let record: RecordView
        /// The field that both have in common.
        package let by: String
    }

    package let object: String
    package let id: RecordID
    package let limit: Int

    package init(object: String, id: RecordID, limit: Int = 5) {
        self.object = object
        self.id = id
        self.limit = limit
    }

    /// None for objects that don't say what is similar. Only records in the asker's sight; one statement for each field.
    package func answer(in context: ReadContext) throws -> [Case] {
        let definition = try context.object(object)
        guard let similar = definition.similar else { return [] }
        let readable = context.access.grant(object).readable
        let by = similar.by.filter {
            readable.contains($0) && context.access.checkPath(FieldPath(text: $0), on: object)
        }
        let record = try context.ask(ShowRecord(object: object, id: id, fields: by, withLines: false))
        var found: [Case] = []
        var seen: Set<RecordID> = [id]
        for field in by where found.count < limit {
            let same: String
            switch record[field] {
            case .text(let text) where !text.isEmpty: same = "\"" + text.replacing("\"", with: "\"\"") + "\""
            case .record(let id): same = "\"\(id)\""
            default: continue
            }
            let page = try context.ask(
                ListRecords(
                    object: object,
                    columns: (definition.title + similar.shows + ["updated_at"]).filter { field in
                        guard readable.contains(field) else { return false }
                        if case .lines? = definition.field(field)?.type { return false }
                        return true
                    }, filters: ["\(field) = \(same)"] + (similar.condition.map { [$0.source] } ?? []),
                    sort: [SortKey(path: "updated_at", descending: true)], limit: limit + 1))
            for row in page.rows where found.count < limit && seen.insert(row.id).inserted {
                found.append(Case(record: row, by: field))
            }
        }
        return found
    }
}
