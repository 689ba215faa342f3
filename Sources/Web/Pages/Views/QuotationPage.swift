import Definitions

/// The quotation sheet: terms above, lines in the middle, sums and margin always in sight.
struct QuotationPage: Sendable {
    struct Sums: Sendable {
        /// Label and amount: goods, freight, insurance, …; the last is the price quoted.
        var rows: [(id: String, label: String, value: String)]
        /// FOB, CFR, CIF side by side: term, amount, whether it is the one quoted.
        var terms: [(term: String, value: String, isQuoted: Bool)]
    }

    struct Margin: Sendable {
        let text: String
        /// 0...100 on the bar.
        let percent: Int
        /// Floor on the same scale.
        let floorPercent: Int
        let floorText: String
        let tone: Tone
        /// Why it needs an approval, if it does.
        var warning: String?
    }

    struct Fill: Sendable {
        /// 40HQ.
        let container: String
        let percent: Int
        /// 52.3 / 68 m³ · 18.2 / 26.5 t.
        let note: String
        let tone: Tone
    }

    struct Version: Sendable {
        let name: String
        let url: String
        let note: String
        var tag: Tag?
        var isCurrent = false
        /// Against the version before: price, MOQ, lead time, margin.
        var changes: [Timeline.Event.Change] = []
    }

    let object: String
    let title: String
    var tags: [Tag] = []
    let postURL: String
    let cancelURL: String
    var id: String?
    var version: Int?
    let terms: [FieldControl]
    let lines: LinesGrid
    /// More sheets below the first, such as charges.
    var furtherLines: [LinesGrid] = []
    /// Passed through with the form.
    var hidden: [(name: String, value: String)] = []
    /// Fields that somebody else changed meanwhile.
    var conflicts: [FormPage.Conflict] = []
    /// Remarks and clauses below the lines.
    var remarks: [FieldControl] = []
    var problems: [ErrorSummary.Item] = []
    var notes: [Note] = []
    let sums: Sums
    /// Nil when the reader may not see cost.
    var margin: Margin?
    var fills: [Fill] = []
    var versions: [Version] = []
    var pdfURL: String?
    /// Submit for approval, send…, beside saving.
    var actions: [Button] = []
    var isReadOnly = false
}
