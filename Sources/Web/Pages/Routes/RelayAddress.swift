import Kernel
import Values

/// What the address of a relay board says: whose legs, how they are drawn, which record is open beside them.
struct RelayAddress: Sendable {
    enum View: String, Sendable, CaseIterable { case lanes, board, time, list, chase }

    /// One figure of the summary as a filter.
    enum Focus: String, Sendable, CaseIterable { case today, late, paused, endangered }

    let object: String
    var view = View.lanes
    var slice = RelayBoard.Slice.all
    var focus: Focus?
    /// Conditions in the expression language.
    var filters: [String] = []
    var search = ""
    var open: RecordID?
    /// Every row at once, for who has no scripts that bring the later ones in.
    var isWhole = false

    init(object: String) { self.object = object }

    init(object: String, query: [(name: String, value: String)]) {
        self.object = object
        for (name, value) in query where !value.isEmpty {
            switch name {
            case "view": view = View(rawValue: value) ?? .lanes
            case "slice": slice = RelayBoard.Slice(rawValue: value) ?? .all
            case "only": focus = Focus(rawValue: value)
            case "filter" where filters.count < 20: filters.append(value)
            case "q": search = value
            case "open": open = RecordID(value)
            case "all": isWhole = value == "1"
            default: continue
            }
        }
    }

    /// What the forms of the page send along, besides search and the open record.
    var items: [(name: String, value: String)] {
        var out: [(name: String, value: String)] = []
        if view != .lanes { out.append(("view", view.rawValue)) }
        if slice != .all { out.append(("slice", slice.rawValue)) }
        if let focus { out.append(("only", focus.rawValue)) }
        return out + filters.map { ("filter", $0) }
    }

    var url: String {
        var all = items
        if !search.isEmpty { all.append(("q", search)) }
        if let open { all.append(("open", open.description)) }
        if isWhole { all.append(("all", "1")) }
        return Paths.relay(object) + ListAddress.text(all)
    }

    func with(_ change: (inout RelayAddress) -> Void) -> RelayAddress {
        var copy = self
        change(&copy)
        return copy
    }

    /// With another record beside the board.
    func opening(_ record: RecordID?) -> String { with { $0.open = record }.url }
}
