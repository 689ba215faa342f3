package import Values

/// Steps of an import. A file is previewed, mapped, tried and run; a run is one batch that can be undone.
package enum ImportCommand: Sendable {
    case run(ImportRequest)
    /// Takes back what a batch created and changed, as far as nobody has changed it since.
    case undo(batch: RecordID)
}

package struct ImportRequest: Sendable {
    package var object: String
    /// A file of this machine that the server or the command line put there.
    package var path: String
    /// Its name, for people.
    package var name: String
    /// Heading → field path (`name_en`, `company.code`, `contact.email`, `lines.qty`), or empty to leave the column out;
    /// headings that are not named are matched by the synonyms. `=roles` → `customer` gives a field that no column has.
    package var mapping: [String: String]
    package var dryRun: Bool
    /// What to do with a row that is already there.
    package var onDuplicate: DuplicatePolicy
    /// Order of day and month in dates that could be read both ways; nil: such rows are flagged.
    package var dayFirst: Bool?
    /// Whether a comma stands before the decimals of numbers that could be read both ways; nil: such rows are flagged.
    package var decimalComma: Bool?
    /// A batch that broke off: its finished lines are not touched again.
    package var resume: RecordID?
    /// Id for the batch, so that its progress can be watched (`ImportProgress`); otherwise a fresh one.
    package var batch: RecordID?

    package enum DuplicatePolicy: String, Sendable { case flag, update, create }

    package init(
        object: String, path: String, name: String, mapping: [String: String] = [:], dryRun: Bool = false,
        onDuplicate: DuplicatePolicy = .flag, dayFirst: Bool? = nil, decimalComma: Bool? = nil,
        resume: RecordID? = nil, batch: RecordID? = nil
    ) {
        self.object = object
        self.path = path
        self.name = name
        self.mapping = mapping
        self.dryRun = dryRun
        self.onDuplicate = onDuplicate
        self.dayFirst = dayFirst
        self.decimalComma = decimalComma
        self.resume = resume
        self.batch = batch
    }
}

/// What an import did: `rows = created + updated + unchanged + flagged`.
package struct ImportReport: Sendable {
    package var batch: RecordID?
    package var rows = 0
    package var created = 0
    package var updated = 0
    package var unchanged = 0
    package var flagged = 0
    /// Records made or changed, those beside the rows included; rows that are lines make fewer records than rows.
    package var records = 0
    /// The first 1,000.
    package var errors: [RowProblem] = []
    /// What is missing in records that were made all the same: the first 200.
    package var warnings: [RowProblem] = []
    package var columns: [ColumnMatch] = []
    /// The first rows as read, for the preview.
    package var sample: [[String]] = []
    /// How the file was read: `UTF-8, comma`; for the preview.
    package var format = ""
    /// The encoding is an estimate: look at the preview.
    package var formatIsGuess = false

    package init() {}
}

package struct RowProblem: Sendable, Hashable {
    /// Line in the file, from 1.
    package let line: Int
    /// Column in the file, from 1; nil for the whole row.
    package let column: Int?
    package let problem: Problem

    package init(line: Int, column: Int?, problem: Problem) {
        self.line = line
        self.column = column
        self.problem = problem
    }
}

package struct ColumnMatch: Sendable, Hashable {
    package let heading: String
    /// Field path; nil when left out.
    package let field: String?
    package let isGuess: Bool

    package init(heading: String, field: String?, isGuess: Bool) {
        self.heading = heading
        self.field = field
        self.isGuess = isGuess
    }
}
