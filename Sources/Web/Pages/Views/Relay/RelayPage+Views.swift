import Definitions
import Kernel
import Values

/// The other ways to draw the same rows: a column for each leg, bars over days, a plain table.
extension RelayPage {
    // MARK: Board

    func columns(_ html: inout HTML) {
        html(
            "div", .class("rb-x kb"), .named("tabindex", "0"), .named("role", "region"),
            .label(html.page[Words.relayBoard])
        ) {
            html in
            for (place, column) in sheet.columns.enumerated() {
                let held = rows.filter { row in
                    guard place < row.cells.count, case .now = row.cells[place].state else { return false }
                    return true
                }
                html("section", .class("kc" + (held.isEmpty ? " none" : ""))) { html in
                    html("h2") { html in
                        html("span", text: label(column))
                        html("i", .class("num"), text: String(held.count))
                        if column.isBottleneck { html.add(Tag(html.page[Words.bottleneck], tone: .bad)) }
                    }
                    for row in held { if let now = row.now { card(row, now, &html) } }
                }
            }
        }
    }

    private func card(_ row: RelaySheet.Row, _ now: RelaySheet.Now, _ html: inout HTML) {
        html(
            "article", .class("kd " + now.style), .data("url", address.opening(row.record)),
            .when(row.record == address.open, .aria("current", "true"))
        ) { html in
            html("p", .class("r1")) { html in
                html("a", .class("rt num"), .href(address.opening(row.record)), .data("soft")) { $0.user(row.title) }
                if let date = row.date { html("span", .class("num mut"), text: html.page.format.shortDay(date)) }
            }
            html("p", .class("mut")) {
                $0.user([row.subtitle, row.note].filter { !$0.isEmpty }.joined(separator: " · "))
            }
            html("p", .class("r1")) { html in
                html("span", .class("who-i")) { html in
                    html.add(Avatar(name: now.holder?.name ?? "?", size: .small))
                    if let holder = now.holder { html.user(holder.name) } else { html.say(Words.nobody) }
                }
                html.add(Tag(time.words(now), tone: now.tag, icon: now.tone.icon))
            }
        }
    }

    // MARK: List

    func list(_ html: inout HTML) {
        let card = sheet.process.cards[address.object]
        let named: [(id: String, label: String?)] = [
            ("record", object.map { eyes.say($0.label) } ?? ""),
            ("subtitle", card?.subtitle.map { eyes.label($0, of: address.object) }),
            ("leg", eyes.say(Words.leg)), ("holder", eyes.say(Words.holder)), ("time", eyes.say(Words.timeLeft)),
            ("due", eyes.say(Words.due)), ("date", card?.date.map { eyes.label($0, of: address.object) }),
        ]
        let columns = named.compactMap { column in
            column.label.map { DataTable.Column(id: column.id, label: $0) }
        }
        html.add(
            DataTable(label: eyes.say(Words.relayList), columns: columns, rows: rows.map { listRow($0, columns) }))
    }

    private func listRow(_ row: RelaySheet.Row, _ columns: [DataTable.Column]) -> DataTable.Row {
        let current = current(row)
        let cells = columns.map { column -> Shown in
            switch column.id {
            case "record": .text(row.title)
            case "subtitle": row.subtitle.isEmpty ? .nothing : .text(row.subtitle)
            case "leg": current.map { .text("\(number($0.column.leg)) · " + label($0.column)) } ?? .nothing
            case "holder": current?.now.holder.map { .person($0.name, url: nil) } ?? .text(eyes.say(Words.nobody))
            case "time":
                current.map { .tags([Tag(time.words($0.now), tone: $0.now.tag, icon: $0.now.tone.icon)]) } ?? .nothing
            case "due": current?.now.due.map { .text(eyes.page.format.instant($0)) } ?? .nothing
            default: row.date.map { .text(eyes.page.format.shortDay($0)) } ?? .nothing
            }
        }
        var out = DataTable.Row(id: row.record.description, url: address.opening(row.record), cells: cells)
        out.tone = current.map { $0.now.tone == .onTime ? .mute : $0.now.tag } ?? .mute
        return out
    }

    // MARK: Timeline

    func timeline(_ html: inout HTML) {
        let span = TimeSpan(rows: rows, format: eyes.page.format)
        html(
            "div", .class("rb-x"), .named("tabindex", "0"), .named("role", "region"), .label(html.page[Words.relayTime])
        ) {
            html in
            html("table", .class("gantt")) { html in
                html("thead") { html in
                    html("tr") { html in
                        html("th", .named("scope", "col"), .class("w"), text: object.map { eyes.say($0.label) } ?? "")
                        for week in span.weeks {
                            html(
                                "th", .named("scope", "col"),
                                .class("num" + (week.number...week.number + 6 ~= span.today.number ? " td" : "")),
                                text: html.page.format.shortDay(week))
                        }
                    }
                }
                html("tbody") { html in for row in rows { bar(row, span, &html) } }
            }
        }
        html("p", .class("mut rb-n"), say: Words.timeApproximate)
    }

    private func bar(_ row: RelaySheet.Row, _ span: TimeSpan, _ html: inout HTML) {
        let bars = span.bars(row)
        html(
            "tr", .class("o"), .data("url", address.opening(row.record)),
            .when(row.record == address.open, .aria("current", "true"))
        ) { html in
            html("th", .named("scope", "row"), .class("w")) { html in
                html("div", .class("r1")) { html in
                    html("a", .class("rt num"), .href(address.opening(row.record)), .data("soft")) {
                        $0.user(row.title)
                    }
                    if let date = row.date { html("span", .class("num dd"), text: html.page.format.shortDay(date)) }
                }
                html("p") { html in
                    html("span") { html in
                        if let current = current(row) {
                            html.user(label(current.column) + " · " + (current.now.holder?.name ?? ""))
                        }
                    }
                }
            }
            html("td", .named("colspan", String(span.weeks.count))) { html in
                html(
                    "svg", .class("gb"), .named("width", String(span.width)), .named("height", "34"),
                    .named("role", "img"), .label(words(row))
                ) { html in
                    html(
                        "line", .class("td"), x("x1", span.x(span.today)), .named("y1", "0"),
                        x("x2", span.x(span.today)), .named("y2", "34")
                    ) { _ in }
                    for bar in bars {
                        html(
                            "rect", .class(bar.kind), x("x", bar.from), .named("y", "11"),
                            x("width", max(3, bar.until - bar.from)), .named("height", "12"), .named("rx", "3")
                        ) { html in
                            html("title", text: place(bar.column))
                        }
                    }
                    if let date = row.date, span.holds(date) {
                        let at = String(span.x(date))
                        html("path", .class("pr"), .named("d", "M\(at) 5l5 5-5 5-5-5z")) { html in
                            html("title", text: html.page[Words.promised] + " " + html.page.format.shortDay(date))
                        }
                    }
                }
            }
        }
    }

    private func x(_ name: StaticString, _ value: Int) -> Attribute { .named(name, String(value)) }

    private func place(_ column: Int) -> String {
        sheet.columns.indices.contains(column) ? label(sheet.columns[column]) : ""
    }

    private func words(_ row: RelaySheet.Row) -> String {
        guard let current = current(row) else { return row.title }
        return row.title + ", " + label(current.column) + ", " + time.words(current.now)
    }
}

/// The days that a timeline shows, and where in it something lies: eight pixels a day.
struct TimeSpan {
    struct Bar {
        let column: Int
        /// The class of the styles.
        let kind: String
        let from: Int
        let until: Int
    }

    static let day = 8

    let today: Day
    private let first: Day
    private let last: Day

    init(rows: [RelaySheet.Row], format: Format) {
        today = format.today
        var latest = format.today.adding(days: 20)
        for row in rows {
            for cell in row.cells { if case .ahead(let day) = cell.state { latest = max(latest, day) } }
            if let date = row.date { latest = max(latest, date) }
        }
        let from = format.today.adding(days: -28)
        first = from.adding(days: 1 - from.weekday)
        last = min(latest, format.today.adding(days: 150)).adding(days: 6)
    }

    /// Mondays.
    var weeks: [Day] {
        stride(from: first.number, through: last.number, by: 7).map { Day(number: $0) }
    }

    var width: Int { weeks.count * 7 * Self.day }

    func holds(_ day: Day) -> Bool { day >= first && day <= last }

    func x(_ day: Day) -> Int { min(width, max(0, (day.number - first.number) * Self.day)) }

    /// Done legs backwards from the current one by their working time, the current one until it is due, the others by
    /// plan.
    func bars(_ row: RelaySheet.Row) -> [Bar] {
        var out: [Bar] = []
        var edge = x(today)
        var start = x(today)
        if let current = row.cells.firstIndex(where: { if case .now = $0.state { true } else { false } }),
            case .now(let now) = row.cells[current].state
        {
            let due = now.due.map { x($0.day) } ?? edge
            start = min(due, edge) - (due <= edge ? 0 : Self.day / 2)
            edge = max(edge, due)
            out.append(Bar(column: current, kind: "c " + now.style, from: start, until: edge))
        }
        var left = start
        for (column, cell) in row.cells.enumerated().reversed() {
            guard case .done(let days, let wasLate) = cell.state else { continue }
            let length = max(3, Int(days * 1.4 * Double(Self.day)))
            let from = max(0, left - length)
            if from < left { out.append(Bar(column: column, kind: wasLate ? "t" : "d", from: from, until: left - 1)) }
            left = from
        }
        for (column, cell) in row.cells.enumerated() {
            guard case .ahead(let day) = cell.state else { continue }
            let until = x(day)
            if until > edge { out.append(Bar(column: column, kind: "n", from: edge + 1, until: until)) }
            edge = max(edge, until)
        }
        return out
    }
}
