import Definitions
import Kernel
import Values

/// How the records of a list are shown.
enum ListLook: String, Sendable, CaseIterable {
    case list
    case board
    case calendar
    case timeline
    case gallery

    var label: Label {
        switch self {
        case .list: Label(zh: "列表", en: "List")
        case .board: Label(zh: "看板", en: "Board")
        case .calendar: Label(zh: "日历", en: "Calendar")
        case .timeline: Label(zh: "时间轴", en: "Timeline")
        case .gallery: Label(zh: "卡片", en: "Gallery")
        }
    }

    var icon: String {
        switch self {
        case .list: "list"
        case .board: "columns"
        case .calendar: "calendar"
        case .timeline: "sliders"
        case .gallery: "grid"
        }
    }
}

/// What the address of a list says: which view, which conditions, in which order, from where.
struct ListAddress: Sendable {
    let object: String
    /// A view of the definitions, or the id of a saved one.
    var view: String?
    /// For saved views: the view of the definitions they stand on.
    var base: String?
    /// What a saved view says stands in the address, possibly changed since.
    var isSpelledOut = false
    /// Field whose values make groups.
    var group: String?
    /// How the records are shown.
    var look = ListLook.list
    /// Field by which a board, a calendar or a timeline places the records; and that of the end.
    var by: String?
    var until: String?
    /// The month a calendar or a timeline begins with: `2026-11`.
    var at: String?
    /// Conditions in the expression language.
    var filters: [String] = []
    var search = ""
    /// A path, with `-` before it for descending.
    var sort: String?
    var columns: [String] = []
    var cursor: String?
    /// Place of the first row, from 1.
    var from = 1
    var counts = false

    init(object: String) { self.object = object }

    init(_ exchange: Exchange, object: String) {
        self.object = object
        view = exchange[query: "view"].flatMap { $0.isEmpty ? nil : $0 }
        filters = Array(exchange.all("filter").filter { !$0.isEmpty }.prefix(20))
        search = exchange[query: "q"] ?? ""
        sort = exchange[query: "sort"].flatMap { $0.isEmpty ? nil : $0 }
        columns = exchange.all("columns").flatMap { $0.split(separator: ",").map(String.init) }
        isSpelledOut = exchange[query: "d"] == "1"
        take(exchange.query)
        at = exchange[query: "at"]
        cursor = exchange[query: "cursor"]
        from = max(1, exchange[query: "from"].flatMap { Int($0) } ?? 1)
        counts = exchange[query: "count"] == "1"
    }

    /// The address with this query, `?view=all&filter=…`.
    init(object: String, query: String) {
        let items = PercentCode.form(String(query.drop { $0 == "?" })) ?? []
        self.init(object: object, view: items.last { $0.name == "view" }?.value ?? "", content: query)
        if view?.isEmpty == true { view = nil }
        isSpelledOut = items.contains { $0.name == "d" && $0.value == "1" }
    }

    /// The address of a saved view, all of its content spelled out.
    init(object: String, view: String, content: String) {
        self.object = object
        self.view = view
        isSpelledOut = true
        // What can't be read is a view without conditions.
        let query = PercentCode.form(content) ?? []
        filters = query.filter { $0.name == "filter" }.map(\.value)
        search = query.last { $0.name == "q" }?.value ?? ""
        sort = query.last { $0.name == "sort" }?.value
        columns = query.filter { $0.name == "columns" }.flatMap { $0.value.split(separator: ",").map(String.init) }
        take(query)
    }

    /// The address of a saved view.
    init(_ saved: ViewsOf.View, of object: String) {
        self.init(object: object, view: saved.id.description, content: saved.content)
    }

    private mutating func take(_ query: [(name: String, value: String)]) {
        let one = { (name: String) in query.last { $0.name == name && !$0.value.isEmpty }?.value }
        base = one("base")
        group = one("group")
        look = one("as").flatMap(ListLook.init(rawValue:)) ?? .list
        by = one("by")
        until = one("until")
    }

    /// What of the address makes a view: everything but which view it is and where in it one stands.
    var content: String {
        var all = items.filter { $0.name != "view" && $0.name != "d" }
        if !search.isEmpty { all.append(("q", search)) }
        return String(Self.text(all).dropFirst())
    }

    /// What stays the same from page to page, without the search.
    var items: [(name: String, value: String)] {
        var out: [(name: String, value: String)] = []
        if let view { out.append(("view", view)) }
        if isSpelledOut { out.append(("d", "1")) }
        if let base { out.append(("base", base)) }
        if look != .list { out.append(("as", look.rawValue)) }
        if let by { out.append(("by", by)) }
        if let until { out.append(("until", until)) }
        if let group { out.append(("group", group)) }
        out += filters.map { ("filter", $0) }
        if let sort { out.append(("sort", sort)) }
        if !columns.isEmpty { out.append(("columns", columns.joined(separator: ","))) }
        return out
    }

    private var query: String {
        var all = items
        if !search.isEmpty { all.append(("q", search)) }
        return Self.text(all)
    }

    /// The address of the first page.
    var url: String { Paths.list(object) + query }

    /// The same conditions under another address, such as that of the count.
    func url(at path: String) -> String { path + query }

    func url(cursor: String, from: Int) -> String {
        url + (query.isEmpty ? "?" : "&") + "cursor=" + Paths.encoded(cursor) + "&from=" + String(from)
    }

    func with(_ change: (inout ListAddress) -> Void) -> ListAddress {
        var copy = self
        copy.cursor = nil
        copy.from = 1
        change(&copy)
        return copy
    }

    var sortKey: SortPath? {
        sort.map {
            $0.hasPrefix("-")
                ? SortPath(path: String($0.dropFirst()), descending: true) : SortPath(path: $0, descending: false)
        }
    }

    struct SortPath: Sendable, Hashable {
        let path: String
        let descending: Bool
    }

    static func text(_ items: [(name: String, value: String)]) -> String {
        items.isEmpty
            ? "" : "?" + items.map { Paths.encoded($0.name) + "=" + Paths.encoded($0.value) }.joined(separator: "&")
    }
}
