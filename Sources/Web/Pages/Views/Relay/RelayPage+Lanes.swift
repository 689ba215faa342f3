import Definitions
import Kernel
import Values

/// The lanes: a row for each record, a column for each leg. On the phone each row becomes a card.
extension RelayPage {
    func lanes(_ html: inout HTML) {
        html("div", .class("rb-x"), .named("tabindex", "0"), .named("role", "region"), .label(html.page[Words.lanes])) {
            html in
            html("table", .class("lane n\(min(sheet.columns.count, 24))")) { html in
                html("thead") { html in html("tr") { laneHeads(&$0) } }
                html("tbody") { windowed(&$0, lane) }
            }
            wholeLink(&html)
        }
    }

    private func laneHeads(_ html: inout HTML) {
        let date = sheet.process.cards[address.object]?.date.map { eyes.label($0, of: address.object) }
        let name = object.map { eyes.say($0.label) } ?? ""
        html("th", .named("scope", "col"), .class("w")) { html in
            html("b", text: date.map { name + " · " + $0 } ?? name)
            html("p", say: Words.columnLegend)
        }
        for column in sheet.columns {
            html(
                "th", .named("scope", "col"), .class(column.isBottleneck ? "slow" : ""), .title(label(column))
            ) { laneHead(column, &$0) }
        }
        html("th", .class("only-m")) { _ in }
    }

    private func laneHead(_ column: RelaySheet.Column, _ html: inout HTML) {
        html("b") { html in
            html("span", text: label(column))
            html("i", .class("num"), text: String(column.count))
            if column.isBottleneck { html.add(Tag(html.page[Words.bottleneck], tone: .bad)) }
        }
        let actual = column.actualDays.map(LegTime.days) ?? "–"
        let standard = column.standardDays.map(LegTime.days)
        html("p", .class("num"), say: Words.days(standard.map { actual + " / " + $0 } ?? actual))
        let share = column.actualDays.flatMap { actual in
            column.standardDays.map { $0 > 0 ? Int((actual / $0 * 100).rounded()) : 100 }
        }
        let tone: Tone = share.map { $0 > 110 ? .bad : $0 > 95 ? .warn : .ok } ?? .mute
        html.add(Meter(label: label(column), percent: share ?? 0, tone: tone))
    }

    private func lane(_ row: RelaySheet.Row, _ html: inout HTML) {
        let isOpen = row.record == address.open
        let current = current(row)
        html(
            "tr", .class("o" + (current.map { " " + $0.now.style } ?? "")), .data("url", address.opening(row.record)),
            .data("id", row.record.description), .when(isOpen, .aria("current", "true"))
        ) { html in
            html("th", .named("scope", "row"), .class("w")) { laneTitle(row, current, &$0) }
            for (place, cell) in row.cells.enumerated() where place < sheet.columns.count {
                laneCell(cell, sheet.columns[place], &html)
            }
            html("td", .class("only-m m")) { html in
                if let risk = row.risk {
                    html("p", .class("rk-p")) { html in
                        html.icon("alert-triangle", size: .small)
                        html("span", text: RiskWords(eyes: eyes).sentence(risk))
                    }
                }
                if let current { cardFoot(row, current.column, current.now, &html) }
            }
        }
    }

    private func laneTitle(
        _ row: RelaySheet.Row, _ current: (column: RelaySheet.Column, now: RelaySheet.Now)?, _ html: inout HTML
    ) {
        html("div", .class("r1")) { html in
            html("a", .class("rt num"), .href(address.opening(row.record)), .data("soft")) { $0.user(row.title) }
            if let date = row.date { day(date, row, &html) }
            if let now = current?.now {
                html("span", .class("only-m")) { $0.add(Countdown(time: time, now: now, isTag: true)) }
            }
        }
        html("p") { html in
            html("span") { $0.user(row.subtitle) }
            html("span", .class("nt")) { $0.user(row.note) }
        }
    }

    /// The promised day, marked when it may be missed.
    func day(_ date: Day, _ row: RelaySheet.Row, _ html: inout HTML) {
        guard let risk = row.risk else {
            html("span", .class("num dd"), text: html.page.format.shortDay(date))
            return
        }
        html("span", .class("num dd rk"), .title(RiskWords(eyes: eyes).sentence(risk))) { html in
            html.icon("alert-triangle", label: html.page[Words.endangered], size: .small)
            html.text(html.page.format.shortDay(date))
        }
    }

    private func laneCell(_ cell: RelaySheet.Cell, _ column: RelaySheet.Column, _ html: inout HTML) {
        switch cell.state {
        case .done(let days, let wasLate):
            html("td", .class(wasLate ? "leg t" : "leg d")) { html in
                html("span") { html in
                    html.say((wasLate ? Words.lateDays : Words.days)(LegTime.days(days)))
                }
            }
        case .now(let now):
            html("td", .class("leg now")) { html in
                html("div", .class("cur " + now.style)) { html in
                    html("span", .class("a")) { html in
                        if let holder = now.holder {
                            html.add(Avatar(name: holder.name, size: .small))
                            html("span", .class("nm")) { $0.user(holder.name) }
                        } else {
                            html("span", .class("nm"), say: Words.nobody)
                        }
                    }
                    html("span", .class("t num")) { timeLeft(now, &$0) }
                }
            }
        case .ahead(let day):
            html("td", .class("leg n")) { html in html("span", .class("num"), text: html.page.format.shortDay(day)) }
        case .skipped:
            html("td", .class("leg s")) { html in html("span", .label(label(column)), text: "–") }
        }
    }

    private func timeLeft(_ now: RelaySheet.Now, _ html: inout HTML) {
        if let icon = now.tone.icon { html.icon(icon, size: .small) }
        if now.isOffered, now.tone != .late {
            html.say(Words.offered)
        } else {
            html.add(Countdown(time: time, now: now))
        }
    }

    // MARK: The foot of a card

    /// Who holds it, and for those who may act the one next thing, large enough for a thumb.
    func cardFoot(
        _ row: RelaySheet.Row, _ column: RelaySheet.Column, _ now: RelaySheet.Now, _ html: inout HTML
    ) {
        html("div", .class("r3")) { html in
            html.add(Avatar(name: now.holder?.name ?? "?"))
            html("span") { html in
                html("b", text: html.page[Words.legNumber(number(column.leg))] + " · " + label(column))
                html.append(" ")
                html("span", .class("mut")) { html in
                    if let holder = now.holder { html.user(holder.name) } else { html.say(Words.nobody) }
                }
            }
        }
        guard now.isMine else { return }
        let here = address.opening(row.record)
        html("div", .class("r4")) { html in
            if now.isOffered {
                html.add(Button(text: html.page[Words.giveBack], target: .link(here + "#do-return")))
                html.add(
                    Button(
                        text: html.page[Words.accept],
                        target: .post(
                            Paths.baton(address.object, row.record.description, "accept"),
                            [("leg", now.run.description), ("back", address.with { $0.open = nil }.url)]),
                        kind: .primary, icon: "hand"))
            } else {
                html.add(
                    Button(text: html.page[Words.handOver], target: .link(here), kind: .primary, icon: "relay"))
            }
        }
    }
}
