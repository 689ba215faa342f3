package import Values

/// Steps of an import. A file is previewed, mapped, tried and run; a run is one batch that can be undone.
///
/// What is started waits for the house (`Kernel.workOnImports`) and is answered at once with its batch; `ImportProgress`
/// tells how far it is.
package enum ImportCommand: Sendable {
    /// Within the call: the command line and small tables.
    case run(ImportRequest)
    /// Looks at the file, refuses what can't be read, and lets the batch wait for the house.
    case start(ImportRequest)
    /// Brings in what was only checked.
    case begin(batch: RecordID, onDuplicate: ImportRequest.DuplicatePolicy)
    /// Stops after the rows that are being written; they stay.
    case cancel(batch: RecordID)
    /// Goes on with a batch that was stopped or that broke off.
    case resume(batch: RecordID)
    /// Rows of a batch as they were put right, line → its cells from the first column on, and those kept before. A checked
    /// batch is checked anew with them; of one that was brought in, they alone are brought in by a batch of their own, which
    /// the report names. Refused as `too_many_rows` beyond `ImportRequest.mendedAtMost`.
    case mend(batch: RecordID, rows: [Int: [String]])
    /// Rows put right so far, kept with the batch until `mend` takes them all.
    case keepMended(batch: RecordID, rows: [Int: [String]])
    /// Takes back what a batch created and changed, as far as nobody has changed it since; within the call.
    case undo(batch: RecordID)
    /// The same, by the house.
    case takeBack(batch: RecordID)
}

package struct ImportRequest: Sendable {
    package var object: String
    /// A file of this machine that the server or the command line put there.
    package var path: String
    /// Its name, for people.
    package var name: String
    /// Heading → field path (`name_en`, `company.code`, `contact.email`, `lines.qty`), or empty to leave the column out;
    /// `#3` names the third column. Columns that are not named are matched by what they meant last time, then by the
    /// synonyms. `=roles` → `customer` gives a field that no column has.
    package var mapping: [String: String]
    package var dryRun: Bool
    /// What to do with a row that is already there.
    package var onDuplicate: DuplicatePolicy
    /// Order of day and month in dates that could be read both ways; nil: such rows are flagged.
    package var dayFirst: Bool?
    /// Whether a comma stands before the decimals of numbers that could be read both ways; nil: such rows are flagged.
    package var decimalComma: Bool?
    /// Sheet of a workbook; nil: the first visible one.
    package var sheet: String?
    /// Encoding of a text file, such as `GB18030`; nil: as its bytes say.
    package var encoding: String?
    /// A batch that broke off: its finished lines are not touched again.
    package var resume: RecordID?
    /// Id for the batch, so that its progress can be watched (`ImportProgress`); otherwise a fresh one.
    package var batch: RecordID?

    /// Rows that a person put right, line → its cells; they stand in the place of those of the file.
    package var mended: [Int: [String]] = [:]
    /// Lines to bring in; nil: all.
    package var only: Set<Int>?

    /// Rows that one file may have put right on the page.
    package static let mendedAtMost = 2_000

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
    package let origin: Origin

    /// Who says so.
    package enum Origin: Sendable, Hashable {
        /// The request.
        case given
        /// The company, the last time these headings came.
        case remembered
        case synonym
    }

    package init(heading: String, field: String?, origin: Origin) {
        self.heading = heading
        self.field = field
        self.origin = origin
    }
}
