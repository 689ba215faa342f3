import Access
import Definitions
import Documents
import Store
package import Values

/// What an import would make of a file: its columns with the fields they mean, its first rows, how it was read.
/// Nothing is written or remembered.
package struct PreviewImport: Question {
    package let request: ImportRequest

    package init(request: ImportRequest) { self.request = request }

    package func answer(in context: ReadContext) throws -> ImportReport {
        let definition = try context.object(request.object)
        try ImportRun.admit(context.actor, to: definition, context.access)
        let file = try ImportFile(path: request.path)
        let plan = try ImportPlanner(context: context, request: request, definition: definition).plan(file.header)
        var report = ImportReport()
        report.columns = plan.matches
        report.sample = file.head.prefix(20).map { row in row.cells.prefix(60).map { String($0.display.prefix(200)) } }
        report.format = file.format
        report.formatIsGuess = file.facts.encodingIsGuessed
        return report
    }
}

/// How far an import is; the page that waits for it asks again and again.
package struct ImportProgress: Question {
    package struct State: Sendable {
        /// `running`, `done`, `failed`, `undone`.
        package let state: String
        /// Rows settled so far.
        package let rows: Int
        /// Rows of the file, as far as known.
        package let total: Int
        package let report: ImportReport
    }

    package let batch: RecordID

    package init(batch: RecordID) { self.batch = batch }

    /// Nil before the first rows are written.
    package func answer(in context: ReadContext) throws -> State? {
        guard let batch = try ImportBatches(context.connection).batch(batch),
            context.actor.isSystem || batch.by == context.actor.userID || context.access.has("audit")
        else { return nil }
        let report = ImportState.report(of: batch)
        return State(state: batch.state, rows: report.rows, total: batch.total, report: report)
    }
}
