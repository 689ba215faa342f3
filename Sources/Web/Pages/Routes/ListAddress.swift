import Kernel
import Values

/// What the address of a list says: which view, which conditions, in which order, from where.
struct ListAddress: Sendable {
    let object: String
    var view: String?
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
        cursor = exchange[query: "cursor"]
        from = max(1, exchange[query: "from"].flatMap { Int($0) } ?? 1)
        counts = exchange[query: "count"] == "1"
    }

    /// What stays the same from page to page, without the search.
    var items: [(name: String, value: String)] {
        var out: [(name: String, value: String)] = []
        if let view { out.append(("view", view)) }
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
