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
    /// Heading → field path (`name_en`, `company.code`, `contact.email`), or empty to leave the column out; headings
    /// that are not named are matched by the synonyms.
    package var mapping: [String: String]
    package var dryRun: Bool
    /// What to do with a row that is already there.
    package var onDuplicate: DuplicatePolicy
    /// Order of day and month in dates that could be read both ways; nil: such rows are flagged.
    package var dayFirst: Bool?
    package var resume: RecordID?

    package enum DuplicatePolicy: String, Sendable { case flag, update, create }

    package init(
        object: String, path: String, name: String, mapping: [String: String] = [:], dryRun: Bool = false,
        onDuplicate: DuplicatePolicy = .flag, dayFirst: Bool? = nil, resume: RecordID? = nil
    ) {
        self.object = object
        self.path = path
        self.name = name
        self.mapping = mapping
        self.dryRun = dryRun
        self.onDuplicate = onDuplicate
        self.dayFirst = dayFirst
        self.resume = resume
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
    /// The first 1,000.
    package var errors: [RowProblem] = []
    package var columns: [ColumnMatch] = []
    /// The first rows as read, for the preview.
    package var sample: [[String]] = []

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
