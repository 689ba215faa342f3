import Definitions
import Store
package import Values

/// The rows of a batch that were not brought in, as they stand in the file, with what is wrong with them.
package struct FlaggedRows: Question {
    package struct Table: Sendable {
        package let object: String
        package let fileName: String
        package let headings: [String]
        package let rows: [Row]
    }

    package struct Row: Sendable {
        package let line: Int
        /// As the file has them, or as they were put right since.
        package let cells: [String]
        package let problems: [RowProblem]
        /// Put right on the page, not gone through since.
        package let isMended: Bool
    }

    /// Rows in one answer.
    package static let limit = 100_000

    package let batch: RecordID
    /// Rows that stand before the first one asked for.
    package let skip: Int
    package let most: Int

    package init(batch: RecordID, skip: Int = 0, most: Int = Self.limit) {
        self.batch = batch
        self.skip = max(0, skip)
        self.most = min(max(most, 1), Self.limit)
    }

    /// Nil for a batch that is not there or not the asker's own. Two statements; the file is not read.
    package func answer(in context: ReadContext) throws -> Table? {
        guard let batch = try ImportBatches(context.connection).batch(batch),
            context.actor.isSystem || batch.by == context.actor.userID
        else { return nil }
        let found = try ImportProblems(context.connection).rows(
            of: batch.id, below: RowProblem.firstOfUndo, skip: skip, limit: most)
        let mended = ImportOrder(orEmpty: batch.mapping).request.mended
        let rows = Dictionary(grouping: found, by: \.line).map { line, problems in
            let cells = problems.lazy.compactMap(\.cells).first.map(RowProblem.cells) ?? []
            let since = mended[line]
            return Row(
                line: line, cells: since ?? cells, problems: problems.map { RowProblem($0) },
                isMended: since != nil && since != cells)
        }
        return Table(
            object: batch.object, fileName: batch.fileName, headings: ImportState(batch).headings,
            rows: rows.sorted { $0.line < $1.line })
    }
}
