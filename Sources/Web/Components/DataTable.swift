import Definitions

/// Rows of records: head and first column stay in sight; on the phone each row is a card.
struct DataTable: Markup {
    struct Column: Sendable {
        enum Order: Sendable { case ascending, descending }
        /// How `grid.js` edits the cells and adds them up.
        enum Kind: String, Sendable { case text, long, number, money, bool, day, instant, choice, many, link }

        let id: String
        let label: String
        var isNumber = false
        /// Address of the same list in this column's order; nil when it can't be sorted.
        var sortURL: String?
        var order: Order?
        /// Left out on the phone's cards.
        var isSecondary = false
        var kind: Kind?
        /// The reader may change it on some rows.
        var isEditable = false
        /// Pixels, when somebody has set them.
        var width: Int?
    }

    /// The head of a group of rows.
    struct Group: Sendable {
        /// Place of its first row.
        let before: Int
        let label: String
        let count: Int
        let sums: String
        /// The list of this group alone.
        let url: String
        let hasMore: Bool
    }

    struct Row: Sendable {
        let id: String
        let url: String
        /// As many as there are columns, same order.
        let cells: [Shown]
        /// Of the record, for edits in place; 0 where there are none.
        var version = 0
        /// A mark at the row's edge: late, blocked.
        var tone: Tone = .mute
        /// The one next thing to do, at the end of the row.
        var action: Button?
    }

    let label: String
    var columns: [Column]
    var rows: [Row]
    var isSelectable = false
    /// On the phone two lines for a row, without the columns' names.
    var isTight = false
    /// In order; empty for a list without groups.
    var groups: [Group] = []
    /// Rows that stand on the page from the start; the others wait in a template. Nil: all, as in a list with groups.
    var drawn: Int?
    /// Rows that a browser lays out before the page is first seen; the others follow at once, and the first column
    /// begins to hold still. Nil: all.
    var early: Int?

    func write(to html: inout HTML) {
        let frame = early == nil ? "tw" : "tw fits"
        html("div", .class(frame), .named("tabindex", "0"), .named("role", "region"), .label(label)) { html in
            html("table", .class("dt" + (isSelectable ? " sel" : "") + (isTight ? " tight" : ""))) { html in
                if columns.contains(where: { $0.width != nil }) { widths(&html) }
                html("thead") { $0("tr") { head(&$0) } }
                html("tbody", .id("rows")) { body(&$0) }
            }
        }
    }

    /// The rows alone: what "load more" fetches.
    func body(_ html: inout HTML) {
        let starts = columns.map { start($0, html.page) }
        if groups.isEmpty {
            let first = min(drawn ?? rows.count, rows.count)
            for place in 0..<first { write(rows[place], starts, isLate: isLate(place), &html) }
            guard first < rows.count else { return }
            html("template", .data("later")) { html in
                for row in rows.dropFirst(first) { write(row, starts, &html) }
            }
            return
        }
        for (place, group) in groups.enumerated() {
            head(of: group, &html)
            let end = place + 1 < groups.count ? groups[place + 1].before : rows.count
            for place in group.before..<end { write(rows[place], starts, isLate: isLate(place), &html) }
        }
    }

    private func isLate(_ place: Int) -> Bool { early.map { place >= $0 } ?? false }

    private func head(of group: Group, _ html: inout HTML) {
        html("tr", .class(isLate(group.before) ? "grp late" : "grp")) { html in
            html("th", .named("colspan", String(columns.count + (isSelectable ? 1 : 0))), .named("scope", "rowgroup")) {
                html in
                html("a", .href(group.url)) { html in
                    html("b") { $0.user(group.label) }
                    html("span", .class("num mut"), text: html.page.format.count(group.count))
                    if !group.sums.isEmpty {
                        html("span", .class("num t2"), .title(html.page[Words.groupSums]), text: group.sums)
                    }
                    if group.hasMore { html("span", .class("ln"), say: Label(zh: "看全部", en: "Show all")) }
                }
            }
        }
    }

    /// Widths as attributes of the columns; where none is set the content decides.
    private func widths(_ html: inout HTML) {
        html("colgroup") { html in
            if isSelectable { html.void("col", .class("ck")) }
            for column in columns { html.void("col", .optional("width", column.width.map(String.init))) }
        }
    }

    /// The start tag of a column's cells, made once for all rows.
    private func start(_ column: Column, _ page: PageContext) -> [UInt8] {
        var html = HTML(page, capacity: 64)
        let classes = (column.isNumber ? "n" : "") + (column.isSecondary ? " sec" : "")
        html.open("td", [.class(classes), .data("l", column.label)])
        return html.bytes
    }

    private func head(_ html: inout HTML) {
        if isSelectable {
            html("th", .class("ck")) { html in
                html.void("input", .type("checkbox"), .data("all"), .label(html.page[Words.selectAll]))
            }
        }
        for (position, column) in columns.enumerated() {
            let order: Attribute =
                switch column.order {
                case .ascending: .aria("sort", "ascending")
                case .descending: .aria("sort", "descending")
                case nil: .none
                }
            html(
                "th", .named("scope", "col"), .class(column.isNumber && position > 0 ? "n" : ""), order,
                .data("c", column.id),
                .optional("data-k", column.kind?.rawValue), .when(column.isEditable, .data("e"))
            ) { html in
                guard let url = column.sortURL else { return html.text(column.label) }
                html("a", .href(url), .title(html.page[Words.sortBy(column.label)])) { html in
                    html.text(column.label)
                    if let order = column.order {
                        html.icon(order == .ascending ? "arrow-up" : "arrow-down", size: .small)
                    }
                }
            }
        }
        if hasActions { html("th", .class("act")) { $0("span", .class("vh"), say: Words.nextSteps) } }
    }

    private var hasActions: Bool { rows.contains { $0.action != nil } }

    private func write(_ row: Row, _ starts: [[UInt8]], isLate: Bool = false, _ html: inout HTML) {
        let hasActions = hasActions
        let tone = row.tone == .mute ? "" : "r-" + row.tone.rawValue
        html(
            "tr", .class(isLate ? tone + " late" : tone), .data("id", row.id), .data("url", row.url),
            .when(row.version > 0, .data("v", String(row.version)))
        ) { html in
            if isSelectable {
                html("td", .class("ck")) { html in
                    html.void(
                        "input", .type("checkbox"), .name("id"), .value(row.id), .named("form", "bulk"),
                        .label(html.page[Words.selectRow]))
                }
            }
            for (position, cell) in row.cells.enumerated() where position < columns.count {
                if position == 0 {
                    write(title: cell, row, &html)
                } else {
                    write(cell, columns[position], starts[position], &html)
                }
            }
            if hasActions {
                html("td", .class("act")) { html in if let action = row.action { html.add(action) } }
            }
        }
    }

    private func write(title cell: Shown, _ row: Row, _ html: inout HTML) {
        html("th", .named("scope", "row")) { html in
            html("a", .class("rt"), .href(row.url)) { html in
                if cell.isNothing { html.text("–") } else { html.user(cell.plain) }
            }
        }
    }

    private func write(_ cell: Shown, _ column: Column, _ start: [UInt8], _ html: inout HTML) {
        if cell.isNothing || cell.isNumber != column.isNumber {
            let classes =
                (column.isNumber || cell.isNumber ? "n" : "") + (column.isSecondary ? " sec" : "")
                + (cell.isNothing ? " none" : "")
            html.open("td", [.class(classes), .data("l", column.label)])
        } else {
            html.append(made: start)
        }
        // The cell's own class greys it: an element less in most rows of most lists.
        if cell.isNothing { html.text("–") } else { html.add(cell) }
        html.close("td")
    }
}

/// Where one stands in a list and the way on. Counting is asked for, because it costs more than the page.
struct Pager: Markup {
    /// Rows on this page, from 1.
    let from: Int
    let to: Int
    /// Address of the next rows, nil at the end.
    let nextURL: String?
    /// Address of the first page when this is not it.
    var firstURL: String?
    var count: Int?
    var isCapped = false
    /// Where to ask for the count.
    var countURL: String?

    func write(to html: inout HTML) {
        html("div", .class("pager")) { html in
            html("span", .class("num"), .id("range"), text: html.page[Words.rowsShown(from, to)])
            if let count {
                html(
                    "span", .class("mut num"),
                    text: html.page[Words.total(html.page.format.count(count), capped: isCapped)])
                if isCapped, let countURL { countLink(countURL, &html) }
            } else if let countURL {
                countLink(countURL, &html)
            }
            html("span", .class("sp")) { _ in }
            if let firstURL { html("a", .class("btn g"), .href(firstURL), say: Words.firstPage) }
            if let nextURL {
                html("a", .class("btn"), .href(nextURL), .data("more")) { html in
                    html.icon("chevron-down")
                    html.say(Words.loadMore)
                }
            }
        }
    }

    private func countLink(_ url: String, _ html: inout HTML) {
        html("a", .class("ln"), .href(url), .data("count"), say: Words.countNow)
    }
}
