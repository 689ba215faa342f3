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
            let held = sheet.columns.indices.map(held)
            let busy = held.count { !$0.isEmpty }
            for (column, held) in zip(sheet.columns, held) {
                let drawn = drawnCards(of: held.count, columns: busy)
                html(
                    "section", .class("kc" + (held.isEmpty ? " none" : "")), .data("leg", column.leg),
                    .data("name", label(column)), .label(label(column))
                ) { html in
                    html("h2") { html in
                        html("span", text: label(column))
                        html("i", .class("num"), text: String(held.count))
                        if column.isBottleneck { html.add(Tag(html.page[Words.bottleneck], tone: .bad)) }
                        html("span", .class("sp")) { _ in }
                        html("small", .class("num mut"), text: pace(column))
                    }
                    for row in held.prefix(drawn) { if let now = row.now { card(row, now, &html) } }
                    restLink(held.count - drawn, &html)
                }
            }
        }
    }

    /// Rows whose current leg is that of the column.
    private func held(_ place: Int) -> [RelaySheet.Row] {
        rows.filter { row in
            guard place < row.cells.count, case .now = row.cells[place].state else { return false }
            return true
        }
    }

    private func card(_ row: RelaySheet.Row, _ now: RelaySheet.Now, _ html: inout HTML) {
        html(
            "article", .class("kd " + now.style), .data("url", address.opening(row.record)),
            .data("id", row.record.description), .data("title", row.title),
            .when(now.isMine, .named("draggable", "true")),
            .when(row.record == address.open, .aria("current", "true"))
        ) { html in
            html("p", .class("r1")) { html in
                html("a", .class("rt num"), .href(address.opening(row.record)), .data("soft")) { $0.user(row.title) }
                if let date = row.date { day(date, row, &html) }
            }
            html("p", .class("mut")) {
                $0.user([row.subtitle, row.note].filter { !$0.isEmpty }.joined(separator: " · "))
            }
            html("p", .class("r1")) { html in
                html("span", .class("who-i")) { html in
                    html.add(Avatar(name: now.holder?.name ?? "?", size: .small))
                    if let holder = now.holder { html.user(holder.name) } else { html.say(Words.nobody) }
                }
                html("span", .class("sp")) { _ in }
                html.add(Countdown(time: time, now: now, isTag: true))
                if now.isMine {
                    html(
                        "a", .class("ib kd-h"), .href(address.opening(row.record) + "#hand"), .data("hand"),
                        .label(html.page[Words.handOver] + " " + row.title), .title(html.page[Words.handOverKey])
                    ) { $0.icon("relay", size: .small) }
                }
            }
        }
    }

    /// 1.4 / 1 天.
    private func pace(_ column: RelaySheet.Column) -> String {
        guard let actual = column.actualDays.map(LegTime.days) else { return "" }
        return eyes.say(Words.days(column.standardDays.map { actual + " / " + LegTime.days($0) } ?? actual))
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
            column.label.map { DataTable.Column(id: column.id, label: $0, isSecondary: column.id == "due") }
        }
        html("div", .class("rb-x rb-l")) { html in
            html.add(
                DataTable(
                    label: eyes.say(Words.relayList), columns: columns, rows: rows.map { listRow($0, columns) },
                    isTight: true, drawn: drawnRows))
            wholeLink(&html)
        }
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
}
