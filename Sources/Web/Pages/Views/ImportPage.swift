import Definitions

/// Bringing a file in, in five steps. Each step is a page of its own, so that one can leave and come back.
struct ImportPage: Sendable {
    struct Column: Sendable {
        /// Heading in the file.
        let heading: String
        let samples: [String]
        /// Field id chosen, empty for none.
        let field: String
        /// How the field was found, or what is wrong with it.
        var note: Tag?
    }

    struct Problem: Sendable {
        let line: Int
        let column: String
        let value: String
        let message: String
    }

    struct Tally: Sendable {
        var rows = 0
        var created = 0
        var updated = 0
        var flagged = 0
        var failed = 0
    }

    enum Step: Sendable {
        case file(error: String?)
        case preview(
            sheets: [FieldControl.Choice], sheet: String, encodings: [FieldControl.Choice], encoding: String,
            headerRow: Int, rows: [[String]])
        case match(columns: [Column], fields: [FieldControl.Choice], problems: [ErrorSummary.Item])
        case check(Tally, problems: [Problem], hasMore: Bool, errorFileURL: String?)
        case run(done: Int, total: Int, statusURL: String, cancelURL: String)
        case done(Tally, listURL: String, errorFileURL: String?, undoURL: String?)
    }

    let object: String
    let plural: Label
    var fileName = ""
    let step: Step
    /// Where this step's form posts.
    let postURL: String
    /// The step before; nil on the first.
    var backURL: String?
}
