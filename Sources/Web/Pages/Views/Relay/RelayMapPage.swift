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
                    label: eyes.say(Words.leg), value: eyes.say(leg.label), note: standing.now?.holder?.name ?? ""))
        }
        figures.append(
            FigureStrip.Figure(
                label: eyes.say(Label(zh: "已用", en: "Used")),
                value: eyes.say(Words.days(LegTime.days(standing.runs.map(\.workDays).reduce(0, +)))),
                note: eyes.say(Label(zh: "工作时间", en: "working time"))))
        figures.append(
            FigureStrip.Figure(
                label: eyes.say(Label(zh: "已交棒", en: "Handed on")), value: String(done.count),
                note: eyes.say(
                    Label(zh: "\(done.count(where: \.wasLate)) 次超时", en: "\(done.count(where: \.wasLate)) late"))))
        figures.append(
            FigureStrip.Figure(
                label: eyes.say(Words.giveBack), value: String(returns), tone: returns > 0 ? .warn : .mute))
        if let forecast = standing.forecast {
            let isLate = standing.promised.map { forecast > $0 } ?? false
            figures.append(
                FigureStrip.Figure(
                    label: eyes.say(Words.forecast), value: format.day(forecast),
                    note: standing.promised.map { eyes.say(Words.promised) + " " + format.day($0) } ?? "",
                    tone: isLate ? .bad : .ok))
        }
        html.add(FigureStrip(figures: figures))
    }

    private func write(
        _ stop: (leg: LegDefinition, runs: [RelayStanding.Run], ahead: Day?), _ html: inout HTML
    ) {
        let isCurrent = standing.leg?.id == stop.leg.id && standing.now != nil
        let ended = stop.runs.contains { $0.endedAt != nil }
        html("li", .class("way-l" + (isCurrent ? " c" : ended ? " d" : ""))) { html in
            html("span", .class("pt")) { html in if ended, !isCurrent { html.icon("check", size: .small) } }
            html("div", .class("way-n")) { html in
                html("b", text: eyes.say(stop.leg.label))
                if let day = stop.ahead, stop.runs.isEmpty {
                    html(
                        "span", .class("mut num"),
                        text: eyes.say(Label(zh: "计划 ", en: "plan ")) + html.page.format.day(day))
                }
            }
            if !stop.runs.isEmpty {
                html("ol", .class("hs")) { html in
                    for run in stop.runs {
                        html.add(RunLine(eyes: eyes, run: run))
                    }
                }
            }
        }
    }
}
