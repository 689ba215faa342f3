import Definitions
import Documents
import Store
package import Values

/// The rows of a batch that were not brought in, as they stand in the file, with what is wrong with them.
package struct FlaggedRows: Question {
    package struct Table: Sendable {
        package let object: String
        package let fileName: String
        /// Empty when the file is no longer there.
        package let headings: [String]
        package let rows: [Row]
    }

    package struct Row: Sendable {
        package let line: Int
        package let cells: [String]
        package let problems: [RowProblem]
    }

    /// Rows in one answer.
    package static let limit = 100_000

    package let batch: RecordID
    /// Rows from the first on; the file is read no further than the last of them.
    package let most: Int

    package init(batch: RecordID, most: Int = Self.limit) {
        self.batch = batch
        self.most = most
    }

    /// Nil for a batch that is not there or not the asker's own. Reads the file once more.
    package func answer(in context: ReadContext) throws -> Table? {
        guard let batch = try ImportBatches(context.connection).batch(batch),
            context.actor.isSystem || batch.by == context.actor.userID
        else { return nil }
        let found = try ImportProblems(context.connection).list(of: batch.id, limit: Self.limit)
            .filter { $0.item < RowProblem.firstOfUndo }
        let lines = Set(Set(found.map(\.line)).sorted().prefix(most))
        let problems = Dictionary(grouping: found.map { RowProblem($0) }.filter { lines.contains($0.line) }, by: \.line)
        let request = ImportOrder(orEmpty: batch.mapping).request
        var cells: [Int: [String]] = [:]
        var headings: [String] = []
        if !request.path.isEmpty, ImportFile.exists(request.path) {
            var file = try ImportFile(request)
            headings = file.header.names
            while cells.count < problems.count, let (row, _) = try file.next() {
                if problems[row.line] != nil { cells[row.line] = row.cells.map(\.display) }
            }
        }
        let rows = problems.keys.sorted().map { line in
            Row(line: line, cells: cells[line] ?? [], problems: problems[line] ?? [])
        }
        return Table(object: batch.object, fileName: batch.fileName, headings: headings, rows: rows)
    }
}
