import Definitions
import Kernel
import Values

/// All versions of a document that carries a number and a version, newest first; empty for others.
struct VersionsOfDocument: Question {
    let record: RecordView

    func answer(in context: ReadContext) throws -> [RecordView] {
        let sight = try context.ask(VisibleModel())
        let filterable = sight.filterable(record.object)
        guard let number = record["no"].text, filterable.contains("no"), filterable.contains("version_no") else {
            return []
        }
        let wanted = [
            "no", "version_no", "total", "currency", "discount_pct", "margin_pct", "lead_time_wd", "payment_term",
            "incoterm", "date", "status",
        ]
        let columns = wanted.filter { sight.readable(record.object).contains($0) }
        return try context.ask(
            ListRecords(
                object: record.object, columns: columns,
                filters: ["no = \"" + number.replacing("\"", with: "\"\"") + "\""],
                sort: [SortKey(path: "version_no", descending: true)], limit: 20)
        ).rows
    }
}
