import Definitions

/// Bringing a file in, in five steps. Each step is a page of its own, so that one can leave and come back.
struct ImportPage: Sendable {
    struct Column: Sendable {
        /// Heading in the file.
        let heading: String
        let samples: [String]
        /// Field id chosen, empty for none.
        var field: String
        /// How the field was found, or what is wrong with it.
        var note: Tag?
    }

    struct Problem: Sendable {
        let line: Int
        let column: String
        let message: String
    }

    struct Tally: Sendable {
        var rows = 0
        var created = 0
        var updated = 0
        var unchanged = 0
        var flagged = 0
        var failed = 0
    }

    /// An import of the past days.
    struct Recent: Sendable {
        let name: String
        let url: String
        let at: String
        let state: Tag
        let rows: Int
        let flagged: Int
    }

    /// Rows that were held back, to be put right on the page.
    struct Mending: Sendable {
        struct Row: Sendable {
            let line: Int
            /// One for each heading, same order; further ones when the row is longer.
            let cells: [String]
            /// Places in `cells` that were found wrong.
            let faulty: Set<Int>
            let reasons: [String]
            /// Put right since the file was gone through.
            let isMended: Bool
        }

        let postURL: String
        let headings: [String]
        let rows: [Row]
        /// Page of them, from 1, and how many pages there are.
        let page: Int
        let pages: Int
        /// Rows held back on all pages.
        let total: Int
        /// The first of these rows among them, from 1.
        let first: Int
        /// What is put right is checked again, not brought in yet.
        let isCheck: Bool
    }

    /// A batch that the house works on.
    struct Running: Sendable {
        let title: Label
        let percent: Int
        let facts: [String]
        var stopURL: String?
        let isCheck: Bool
    }

    /// A batch on which nothing more happens by itself.
    struct Ending: Sendable {
        let title: Label
        let tally: Tally
        let listURL: String
        var isTrial = false
        var note: (tone: Tone, text: String)?
        var problems: [Problem] = []
        /// Says that not all problems are listed.
        var more: Label?
        /// Without its ending: `.csv` and `.xlsx` are there.
        var errorFileURL: String?
        var mending: Mending?
        var resumeURL: String?
        var undoURL: String?
        var againURL: String?
    }

    enum Step: Sendable {
        /// - Parameter sheets: sheets to fill in, by name.
        case file(error: String?, recent: [Recent], sheets: [(name: String, url: String)])
        case preview(
            sheets: [FieldControl.Choice], sheet: String, encodings: [FieldControl.Choice], encoding: String,
            headerRow: Int, rows: [[String]], note: Label?)
        case match(columns: [Column], fields: [FieldControl.Choice], problems: [ErrorSummary.Item])
        case check(Tally, problems: [Problem], more: Label?, errorFileURL: String?, mending: Mending?)
        case run(Running)
        case done(Ending)
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
