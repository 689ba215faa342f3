import Definitions
import Kernel
import Values

/// The timeline: every run of a leg where it lay, how long it took against its limit, and the forecast after it.
extension RelayPage {
    func timeline(_ html: inout HTML) {
        let span = TimeSpan(rows: rows, format: eyes.page.format)
        html(
            "div", .class("rb-x"), .named("tabindex", "0"), .named("role", "region"), .label(html.page[Words.relayTime])
        ) { html in
            html("table", .class("gantt"), .data("today", String(span.x(span.today)))) { html in
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
                html("tbody") { html in windowed(&html) { row, html in bar(row, span, &html) } }
            }
            wholeLink(&html)
        }
        legend(&html)
    }

    private func legend(_ html: inout HTML) {
        html("p", .class("mut rb-n")) { html in
            for (kind, label) in [
                ("d", Words.barDone), ("t", Words.barLate), ("c", Words.barNow), ("n", Words.barAhead),
            ] {
                html("span", .class("lg")) { html in
                    html("i", .class("gk " + kind)) { _ in }
                    html.say(label)
                }
            }
            html("span", say: Words.barHint)
        }
    }

    private func bar(_ row: RelaySheet.Row, _ span: TimeSpan, _ html: inout HTML) {
        html(
            "tr", .class("o"), .data("url", address.opening(row.record)),
            .when(row.record == address.open, .aria("current", "true"))
        ) { html in
            html("th", .named("scope", "row"), .class("w")) { html in
                html("div", .class("r1")) { html in
                    html("a", .class("rt num"), .href(address.opening(row.record)), .data("soft")) {
                        $0.user(row.title)
                    }
                    if let date = row.date { day(date, row, &html) }
                }
                html("p") { html in
                    html("span") { html in
                        if let current = current(row) {
                            html.user(label(current.column) + " · " + (current.now.holder?.name ?? ""))
                        }
                    }
                }
            }
            html("td", .named("colspan", String(span.weeks.count))) { drawing(row, span, &$0) }
        }
    }

    private func drawing(_ row: RelaySheet.Row, _ span: TimeSpan, _ html: inout HTML) {
        html(
            "svg", .class("gb"), .named("width", String(span.width)), .named("height", "38"), .named("role", "img"),
            .label(words(row))
        ) { html in
            html(
                "line", .class("td"), x("x1", span.x(span.today)), .named("y1", "0"), x("x2", span.x(span.today)),
                .named("y2", "38")
            ) { _ in }
            for bar in span.bars(row) { draw(bar, &html) }
            if let date = row.date, span.holds(date) {
                let at = String(span.x(date))
                html("path", .class("pr"), .named("d", "M\(at) 2l5 5-5 5-5-5z")) { html in
                    html("title", text: html.page[Words.promised] + " " + html.page.format.shortDay(date))
                }
            }
        }
    }

    private func draw(_ bar: TimeSpan.Bar, _ html: inout HTML) {
        let width = max(3, bar.until - bar.from)
        html(
            "rect", .class(bar.kind), x("x", bar.from), .named("y", "13"), x("width", width), .named("height", "13"),
            .named("rx", "3")
        ) { html in
            html("title", text: title(bar))
        }
        if let due = bar.due, due > bar.from, due < bar.until {
            // Where its limit was.
            html(
                "line", .class("lm"), x("x1", due), .named("y1", "11"), x("x2", due), .named("y2", "28")
            ) { _ in }
        }
        let name = place(bar.column)
        // About twelve units a sign; a name that does not fit is told when one points at it.
        if width >= name.count * (eyes.language == .zh ? 12 : 7) + 6 {
            html(
                "text", .class("gt " + (bar.run == nil ? "n" : "")), x("x", bar.from + 4), .named("y", "23"), text: name
            )
        }
    }

    /// 生产 · 钱卫东 · 10-22 – 11-20 · 20.7 / 25 天.
    private func title(_ bar: TimeSpan.Bar) -> String {
        let format = eyes.page.format
        guard let run = bar.run else { return place(bar.column) }
        let from = format.shortDay(format.localDay(run.from))
        let until = run.until.map { format.shortDay(format.localDay($0)) } ?? eyes.say(Words.today)
        let days = LegTime.days(run.days) + (run.standard.map { " / " + LegTime.days($0) } ?? "")
        return [place(bar.column), run.holder?.name ?? "", from + " – " + until, eyes.say(Words.days(days))].filter {
            !$0.isEmpty
        }.joined(separator: " · ")
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
