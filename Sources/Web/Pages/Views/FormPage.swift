import Definitions

/// A form that makes or changes a record.
struct FormPage: Sendable {
    struct Section: Sendable {
        let title: String
        let fields: [FieldControl]
        var lines: LinesGrid?
        var isFolded = false
    }

    /// A field that somebody else changed meanwhile.
    struct Conflict: Sendable {
        let field: String
        let label: String
        var theirs: String
        var mine: String
        /// Who changed it and when.
        var who = ""
        /// What was done about it, where nothing is left to choose.
        var told = ""
    }

    let title: String
    /// What is edited, below the title.
    var note = ""
    let postURL: String
    let cancelURL: String
    /// Object id, for the dry run that fills computed fields.
    let object: String
    /// Nil for a new record.
    var id: String?
    var version: Int?
    let sections: [Section]
    /// Problems of the last attempt: text and id of the control.
    var problems: [ErrorSummary.Item] = []
    /// Likely the same record: title and address.
    var duplicates: [(title: String, url: String, note: String)] = []
    var conflicts: [Conflict] = []
    /// Passed through: what a new record is made from.
    var hidden: [(name: String, value: String)] = []
    /// Sent with the form so that a second press does not make a second record.
    var idempotencyKey = ""
}
