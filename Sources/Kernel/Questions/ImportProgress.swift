import Access
import Definitions
import Store
package import Values

/// How far an import is; the page that waits for it asks again and again.
package struct ImportProgress: Question {
    package struct State: Sendable {
        package let batch: RecordID
        package let object: String
        package let fileName: String
        package let phase: ImportPhase
        /// Every row is only tried.
        package let isTrial: Bool
        /// Rows settled so far.
        package let rows: Int
        /// Rows of the file, 0 as long as they are not known.
        package let total: Int
        /// With the first 1,000 problems.
        package let report: ImportReport
        /// Rows a second, once there is something to tell.
        package let rate: Int?
        package let secondsLeft: Int?
        /// Other imports that go first.
        package let ahead: Int
        package let at: Instant
        package let by: RecordID?
        /// Why it failed, or why undoing did not come to its end.
        package let failure: Problem?
        /// What undoing came to: records taken back, and the rows whose records were left as they are.
        package let undone: (taken: Int, left: Int)
        package let left: [RowProblem]
        /// Code → rows that were held back for it.
        package let reasons: [String: Int]
        /// What was asked for; nil for others than who asked.
        package let request: ImportRequest?
        /// The asker started it and its file is still there.
        package let canContinue: Bool
    }

    package let batch: RecordID
    /// How many problems to read.
    package let problems: Int

    package init(batch: RecordID, problems: Int = 1000) {
        self.batch = batch
        self.problems = problems
    }

    /// Nil for a batch that is not there or not the asker's. Up to four statements.
    package func answer(in context: ReadContext) throws -> State? {
        let batches = ImportBatches(context.connection)
        guard let batch = try batches.batch(batch), Self.mayWatch(batch, context) else { return nil }
        let order = ImportOrder(orEmpty: batch.mapping)
        var state = ImportState(batch)
        let found = problems == 0 ? [] : try ImportProblems(context.connection).list(of: batch.id, limit: problems)
        state.report.errors = found.filter { $0.item < RowProblem.firstOfUndo }.map { RowProblem($0) }
        let rate = state.worked >= 200 ? state.report.rows * 1000 / state.worked : nil
        let isRunning = batch.phase == .running
        let ahead =
            batch.phase == .waiting
            ? try batches.list(in: ["waiting", "running", "undoing"], limit: 500).count {
                $0.id != batch.id && ($0.phase == .running || $0.at < batch.at)
            } : 0
        return State(
            batch: batch.id, object: batch.object, fileName: batch.fileName, phase: batch.phase,
            isTrial: order.request.dryRun, rows: state.report.rows, total: batch.total, report: state.report,
            rate: rate,
            secondsLeft: isRunning
                ? rate.flatMap { $0 > 0 ? (max(0, batch.total - state.report.rows) + $0 - 1) / $0 : nil } : nil,
            ahead: ahead, at: batch.at, by: batch.by, failure: state.failure, undone: state.undone,
            left: found.filter { $0.item >= RowProblem.firstOfUndo }.map { RowProblem($0) },
            reasons: problems == 0 ? [:] : try ImportProblems(context.connection).counts(of: batch.id),
            request: batch.by == context.actor.userID && !order.request.path.isEmpty ? order.request : nil,
            canContinue: batch.by == context.actor.userID && !order.request.path.isEmpty
                && ImportFile.exists(order.request.path))
    }

    static func mayWatch(_ batch: ImportBatch, _ context: ReadContext) -> Bool {
        context.actor.isSystem || batch.by == context.actor.userID || context.access.has("audit")
    }
}

/// The newest imports: one's own, or everybody's for who may look at the log. Without their problems.
package struct ListImports: Question {
    package let object: String?
    package let limit: Int

    package init(object: String? = nil, limit: Int = 20) {
        self.object = object
        self.limit = min(max(limit, 1), 100)
    }

    /// Up to three statements for each.
    package func answer(in context: ReadContext) throws -> [ImportProgress.State] {
        try ImportBatches(context.connection).list(of: object, limit: 500)
            .filter { ImportProgress.mayWatch($0, context) }.prefix(limit)
            .compactMap { try context.ask(ImportProgress(batch: $0.id, problems: 0)) }
    }
}
