import Definitions

/// The list of an object: views, filters, the table, and what can be done with the rows chosen.
struct ListPage: Sendable {
    /// A condition in force, in words, with the address of the list without it.
    struct Filter: Sendable {
        let text: String
        let removeURL: String
    }

    /// A field the builder of conditions offers.
    struct Filterable: Sendable {
        enum Kind: String, Sendable { case text, number, day, choice, bool, link, person }

        let id: String
        let label: String
        let kind: Kind
        /// For choices: code and word.
        var choices: [FieldControl.Choice] = []
    }

    let object: String
    let label: Label
    let plural: Label
    let icon: String
    let views: [Tabs.Tab]
    var filters: [Filter] = []
    var filterable: [Filterable] = []
    /// A condition that was written and can't be used.
    var refused: FilterBuilder.Refused?
    /// All columns there are to choose from; shown ones in order first.
    var columnChoices: [(id: String, label: String, isShown: Bool)] = []
    var search = ""
    /// What the address holds besides search and filter; sent along by the forms of this page.
    var query: [(name: String, value: String)] = []
    let table: DataTable
    let pager: Pager
    /// Ways to show the same records: list, board, calendar, …
    var looks: [(look: ListLook, url: String, isCurrent: Bool)] = []
    /// Fields by whose values the list can be grouped, with the address of the list grouped so; nil url for the current.
    var groupings: [(label: String, url: String, isCurrent: Bool)] = []
    /// Stands when the list differs from its view.
    var bar: ViewBar?
    /// The own saved view shown now, to be renamed or removed.
    var ownView: ViewForm?
    /// The key under which columns and widths of this view are kept.
    var viewKey = ""
    /// The saved view shown now is the reader's own.
    var ownsView = false
    /// Where the list stands now.
    var here = ""
    /// The same with the columns seen, for others.
    var link = ""
    /// What opens this view first from now on; nil when it already does.
    var firstContent: String?
    /// What stands in place of the table: a board, a calendar, …
    var canvas: (any Markup)?
    /// Fields that may be changed on many rows at once.
    var editable: [(id: String, label: String)] = []
    /// Buttons for the rows chosen; each posts `bulk` with the ids.
    var bulk: [Button] = []
    var canCreate = true
    /// Where a new one is made, with what the open view says of its records.
    var newURL = ""
    var canImport = true
    var canExport = true
    /// Templates by which the list may leave.
    var sheets: [(id: String, name: String)] = []
    var canSeeBin = true
    /// Whether its records are compared for duplicates, and the reader may merge some.
    var canMerge = false
    /// Set when conditions or search leave nothing, so that the empty state can offer to clear them.
    var clearURL: String?
}
