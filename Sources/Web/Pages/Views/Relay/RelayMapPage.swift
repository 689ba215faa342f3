import Definitions
import Kernel
import Values

/// The way of one record through the whole relay: every leg with who, how long, how often, and what comes after.
struct RelayMapPage: Sendable {
    let panel: LegPanel
    let boardURL: String

    var eyes: Presentation { panel.eyes }
    var standing: RelayStanding { panel.standing }

    /// Legs of the process in order with their runs; those of objects that this record never came through are left out.
    var stops: [(leg: LegDefinition, runs: [RelayStanding.Run], ahead: Day?)] {
        let ahead = Dictionary(standing.ahead.map { ($0.leg.id, $0.day) }, uniquingKeysWith: { first, _ in first })
        let passed = Set(standing.runs.map(\.object)).union([standing.record.object])
        return standing.process.legs.filter { passed.contains($0.object) }.map { leg in
            (leg, standing.runs.filter { $0.leg == leg.id && $0.object == leg.object }, ahead[leg.id])
        }
    }
}

extension RelayMapPage: Markup {
    func write(to html: inout HTML) {
        html("div", .class("rb has-pn map-p"), .id("relay"), .data("record", panel.id)) { html in
            html("section", .class("hd")) { html in
                html("div", .class("hd-r")) { html in
                    html("h1") { $0.user(standing.record.title) }
                    html(
                        "span", .class("mut"),
                        text: html.page[Words.wholeMap] + " · " + eyes.say(standing.process.label))
                    html("span", .class("sp")) { _ in }
                    html("div", .class("hd-a")) { html in
                        html.add(Button(text: html.page[Words.relay], target: .link(boardURL), icon: "relay"))
                        html.add(
                            Button(
                                text: html.page[Words.openRecord], target: .link(Paths.record(panel.object, panel.id)),
                                icon: "external-link"))
                    }
                }
                figures(&html)
            }
            html("div", .class("rb-w")) { html in
                html("section", .class("rb-b"), .named("tabindex", "0"), .label(html.page[Words.wholeMap])) { html in
                    html("p", .class("way-k mut")) { html in
                        html("span", say: Words.leg)
                        html("span", say: Words.holder)
                        html("span", say: Words.when)
                        html("span", say: Words.actual)
                    }
                    html("ol", .class("way")) { html in
                        var object = ""
                        for stop in stops {
                            if stop.leg.object != object {
                                object = stop.leg.object
                                html("li", .class("way-h")) { html in
                                    html("h2", text: eyes.model.object(object).map { eyes.say($0.label) } ?? object)
                                }
                            }
                            write(stop, &html)
                        }
                    }
                }
                html.add(panel)
            }
        }
    }

    private func figures(_ html: inout HTML) {
        let format = html.page.format
        let done = standing.runs.filter { $0.status == "done" }
        let returns = standing.runs.count { $0.status == "returned" }
        var figures: [FigureStrip.Figure] = []
        if let leg = standing.leg {
            figures.append(
                FigureStrip.Figure(
                    label: eyes.say(Words.leg), value: eyes.say(leg.label), note: standing.now?.holder?.name ?? "",
                    meaning: eyes.say(Label(zh: "现在轮到的一棒，和持棒人", en: "The leg at work, and who holds the baton"))))
        }
        figures.append(
            FigureStrip.Figure(
                label: eyes.say(Label(zh: "已用", en: "Used")),
                value: eyes.say(Words.days(LegTime.days(standing.runs.map(\.workDays).reduce(0, +)))),
                note: eyes.say(Label(zh: "工作时间", en: "working time")),
                meaning: eyes.say(
                    Label(zh: "各棒按工作日历用掉的时间合计，停表不算", en: "Working time of all legs by the calendar, pauses left out"))))
        figures.append(
            FigureStrip.Figure(
                label: eyes.say(Label(zh: "已交棒", en: "Handed on")), value: String(done.count),
                note: eyes.say(
                    Label(zh: "\(done.count(where: \.wasLate)) 次超时", en: "\(done.count(where: \.wasLate)) late")),
                meaning: eyes.say(
                    Label(zh: "交出去并被接下的棒数，和其中过了时限的", en: "Legs handed on, and how many of them past their limit"))))
        figures.append(
            FigureStrip.Figure(
                label: eyes.say(Words.giveBack), value: String(returns), tone: returns > 0 ? .warn : .mute,
                meaning: eyes.say(Label(zh: "被下一棒退回的次数", en: "How often the next one gave the baton back"))))
        if let forecast = standing.forecast {
            let isLate = standing.promised.map { forecast > $0 } ?? false
            figures.append(
                FigureStrip.Figure(
                    label: eyes.say(Words.forecast), value: format.day(forecast),
                    note: standing.promised.map { eyes.say(Words.promised) + " " + format.day($0) } ?? "",
                    tone: isLate ? .bad : .ok,
                    meaning: eyes.say(
                        Label(zh: "按最近 90 天各棒的步子推算的完成日", en: "The day it ends by the pace of the last 90 days"))))
        }
        html.add(FigureStrip(figures: figures))
    }

    private func write(
        _ stop: (leg: LegDefinition, runs: [RelayStanding.Run], ahead: Day?), _ html: inout HTML
    ) {
        let isCurrent = standing.leg?.id == stop.leg.id && standing.now != nil
        let ended = stop.runs.contains { $0.endedAt != nil }
        html("li", .class("way-l" + (isCurrent ? " c" : ended ? " d" : ""))) { html in
            html("span", .class("pt")) { html in
                if ended, !isCurrent { html.icon("check", label: html.page[Words.done], size: .small) }
            }
            html("b", .class("way-n"), text: eyes.say(stop.leg.label))
            if stop.runs.isEmpty {
                html("span", .class("way-p mut num")) { html in
                    if let day = stop.ahead {
                        html.text(eyes.say(Label(zh: "预计 ", en: "forecast ")) + html.page.format.day(day))
                    } else {
                        html.text("–")
                    }
                }
            } else {
                html("ol", .class("way-r")) { html in for run in stop.runs { write(run, stop.leg, &html) } }
            }
        }
    }

    private func write(_ run: RelayStanding.Run, _ leg: LegDefinition, _ html: inout HTML) {
        let format = html.page.format
        html("li") { html in
            html("span", .class("way-w")) { html in
                html.add(Avatar(name: run.holder?.name ?? "?", size: .small))
                html("span") { html in
                    if let holder = run.holder { html.user(holder.name) } else { html.say(Words.nobody) }
                }
            }
            html(
                "span", .class("num way-t"),
                text: format.instant(run.offeredAt) + " – " + (run.endedAt.map(format.instant) ?? ""))
            html("span", .class("way-x")) { html in
                if run.endedAt == nil, let now = standing.now, run.record == standing.record.id {
                    html.add(Countdown(time: panel.time, now: now, isTag: true))
                    if now.isOffered { html.add(Tag(html.page[Words.offered], tone: .baton)) }
                } else {
                    html.add(PaceBar(days: run.workDays, standard: standing.standards[leg.object + "." + leg.id]))
                    html.add(all: RunLine.tags(of: run, eyes))
                }
            }
            if let reason = run.reason, !reason.isEmpty { html("p", .class("t2")) { $0.user("“\(reason)”") } }
        }
    }
}

/// How long a leg took against its limit: the stroke in the middle is the limit, the bar ends at twice of it.
struct PaceBar: Markup {
    let days: Double
    /// Working days; nil for a leg without a limit.
    let standard: Double?

    private static let width = 88

    func write(to html: inout HTML) {
        let text = LegTime.days(days) + (standard.map { " / " + LegTime.days($0) } ?? "")
        if let standard, standard > 0 {
            let share = min(2, days / standard)
            html(
                "svg", .class(share > 1 ? "pb over" : "pb"), .named("width", String(Self.width)),
                .named("height", "12"), .aria("hidden", "true")
            ) { html in
                html(
                    "rect", .class("bg"), .named("y", "4"), .named("width", "88"), .named("height", "5"),
                    .named("rx", "2.5")
                ) { _ in }
                html(
                    "rect", .named("y", "4"), .named("width", String(max(3, Int(share / 2 * Double(Self.width))))),
                    .named("height", "5"), .named("rx", "2.5")
                ) { _ in }
                html("line", .named("x1", "44"), .named("x2", "44"), .named("y1", "1"), .named("y2", "12")) { _ in }
            }
        }
        html("span", .class("num"), say: Words.days(text))
    }
}
