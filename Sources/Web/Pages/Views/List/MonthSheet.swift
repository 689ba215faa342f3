import Definitions
import Values

/// A month with the records of each day.
struct MonthSheet: Markup {
    struct Entry: Sendable {
        let day: Day
        let title: String
        let url: String
        let tone: Tone
    }

    let first: Day
    let end: Day
    let today: Day
    let title: String
    let entries: [Entry]
    let beforeURL: String
    let afterURL: String
    let todayURL: String
    /// Fields the records may be placed by.
    let choices: [(label: String, url: String, isCurrent: Bool)]
    let isCut: Bool
    let listURL: String

    /// Entries of one day that are shown; more are counted.
    static let shown = 4

    func write(to html: inout HTML) {
        html.add(
            CanvasHead(
                title: title, beforeURL: beforeURL, afterURL: afterURL, todayURL: todayURL, choices: choices))
        let byDay = Dictionary(grouping: entries, by: \.day)
        let start = first.adding(days: 1 - first.weekday)
        html("div", .class("cal-w")) { html in
            html("table", .class("cal raw")) { html in
                html("caption", .class("vh"), text: title)
                html("thead") { html in
                    html("tr") { html in
                        for label in Format.weekdays { html("th", .named("scope", "col"), say: label) }
                    }
                }
                html("tbody") { html in
                    var monday = start
                    while monday < end {
                        html("tr") { html in
                            for place in 0..<7 {
                                let day = monday.adding(days: place)
                                self.day(day, byDay[day] ?? [], &html)
                            }
                        }
                        monday = monday.adding(days: 7)
                    }
                }
            }
        }
        if isCut { CanvasHead.cut(listURL, &html) }
    }

    private func day(_ day: Day, _ entries: [Entry], _ html: inout HTML) {
        let isOther = day < first || !(day < end)
        html("td", .class((isOther ? "off" : "") + (day == today ? " now" : "") + (entries.isEmpty ? " none" : ""))) {
            html in
            html("span", .class("cal-d num"), text: html.page.format.day(day))
            for entry in entries.prefix(Self.shown) {
                html("a", .class("cal-e " + entry.tone.rawValue), .href(entry.url), .title(entry.title)) {
                    $0.user(entry.title)
                }
            }
            if entries.count > Self.shown {
                html("details", .class("cal-m")) { html in
                    html("summary", text: "+" + String(entries.count - Self.shown))
                    for entry in entries.dropFirst(Self.shown) {
                        html("a", .class("cal-e " + entry.tone.rawValue), .href(entry.url)) { $0.user(entry.title) }
                    }
                }
            }
        }
    }
}

/// Which days are shown, the way to others, and by which field records are placed.
struct CanvasHead: Markup {
    let title: String
    let beforeURL: String
    let afterURL: String
    let todayURL: String
    let choices: [(label: String, url: String, isCurrent: Bool)]

    func write(to html: inout HTML) {
        html("div", .class("cv-h row")) { html in
            html("a", .class("ib"), .href(beforeURL), .label(html.page[Label(zh: "往前", en: "Earlier")])) {
                $0.icon("chevron-left")
            }
            html("h2", .class("num"), text: title)
            html("a", .class("ib"), .href(afterURL), .label(html.page[Label(zh: "往后", en: "Later")])) {
                $0.icon("chevron-right")
            }
            html("a", .class("btn g s"), .href(todayURL), say: Label(zh: "今天", en: "Today"))
            html("span", .class("sp")) { _ in }
            html("div", .class("chips")) { html in
                for choice in choices {
                    html(
                        "a", .class("chip"), .href(choice.url), .when(choice.isCurrent, .aria("current", "true")),
                        text: choice.label)
                }
            }
        }
    }

    static func cut(_ url: String, _ html: inout HTML) {
        html("p", .class("kb-cut")) { html in
            html(
                "a", .class("ln"), .href(url),
                say: Label(zh: "只显示前面的记录，全部见列表", en: "Only the first are shown; the list has all"))
        }
    }
}

/// Records as bars over three months, one line each.
struct TimelineSheet: Markup {
    struct Bar: Sendable {
        let title: String
        let url: String
        let from: Day
        let to: Day
        let tone: Tone
        let note: String
    }

    let head: CanvasHead
    let first: Day
    let end: Day
    let today: Day
    let bars: [Bar]
    let isCut: Bool
    let listURL: String

    func write(to html: inout HTML) {
        html.add(head)
        let days = max(1, end.number - first.number)
        html("div", .class("tml"), .named("tabindex", "0"), .named("role", "region"), .label(head.title)) { html in
            html("ol") { html in
                head(days, &html)
                for bar in bars { line(bar, days, &html) }
            }
        }
        if isCut { CanvasHead.cut(listURL, &html) }
    }

    /// The months over the bars.
    private func head(_ days: Int, _ html: inout HTML) {
        html("li", .class("tml-h"), .aria("hidden", "true")) { html in
            html("span") { _ in }
            html("svg", .class("tml-s")) { html in
                for (place, start) in months().enumerated() {
                    html(
                        "text", .named("x", String(start * 100 / days) + "%"), .named("y", "18"),
                        text: String(first.adding(months: place).description.prefix(7)))
                }
            }
            html("span") { _ in }
        }
    }

    /// The bar is a drawing: its places are attributes, not styles.
    private func line(_ bar: Bar, _ days: Int, _ html: inout HTML) {
        let start = max(0, bar.from.number - first.number)
        let stop = min(days, max(start + 1, bar.to.number - first.number + 1))
        html("li") { html in
            html("a", .href(bar.url)) { $0.user(bar.title) }
            html(
                "svg", .class("tml-s"), .named("viewBox", "0 0 \(days) 10"), .named("preserveAspectRatio", "none"),
                .named("role", "img"), .label(bar.note)
            ) { html in
                for month in months() {
                    html.void(
                        "rect", .class("tml-m"), .named("x", String(month)), .named("y", "0"), .named("width", "0.3"),
                        .named("height", "10"))
                    html.append("</rect>")
                }
                html.void(
                    "rect", .class("tml-b " + bar.tone.rawValue), .named("x", String(start)), .named("y", "2"),
                    .named("width", String(stop - start)), .named("height", "6"))
                html.append("</rect>")
                if !(today < first), today < end {
                    html.void(
                        "rect", .class("tml-n"), .named("x", String(today.number - first.number)), .named("y", "0"),
                        .named("width", "0.5"), .named("height", "10"))
                    html.append("</rect>")
                }
            }
            html("span", .class("mut num"), text: bar.note)
        }
    }

    private func months() -> [Int] {
        var out: [Int] = []
        var month = first
        while month < end {
            out.append(month.number - first.number)
            month = month.adding(months: 1)
        }
        return out
    }
}
