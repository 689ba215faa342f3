import Definitions

/// Every limit of the company: how long, who owes it, who hears of it, what it measures and how many run now.
struct LimitsPage: Markup {
    struct Limit: Sendable {
        let id: String
        let name: String
        let step: String
        let limit: String
        let owner: String
        let warning: String
        let escalations: [String]
        let uses: [Tag]
        let running: Int
        let late: Int
        let paused: Int
        let isActive: Bool
    }

    struct Group: Sendable {
        let title: String
        let icon: String
        let limits: [Limit]
    }

    let groups: [Group]
    let mayEdit: Bool
    let showsFigures: Bool
    let onlyLate: Bool

    private static let late = Label(zh: "只看有超时的", en: "Only those with late ones")
    private static let columns = [
        Label(zh: "步骤", en: "Step"), Label(zh: "时限", en: "Limit"), Label(zh: "谁负责", en: "Who owes it"),
        Label(zh: "提醒与升级", en: "Warning and escalation"), Label(zh: "用在", en: "Measures"),
        Label(zh: "现在", en: "Now"),
    ]

    func write(to html: inout HTML) {
        var head = PageHead(
            title: html.page[Words.houseLimits],
            note: html.page[Label(zh: "改了时限，在走的时钟跟着改", en: "Running clocks follow a changed limit")])
        if mayEdit {
            head.actions = [
                Button(text: html.page[Words.workCalendars], target: .link(Paths.calendars), icon: "calendar")
            ]
        }
        html.add(head)
        html("div", .class("hw")) { html in
            if showsFigures {
                html("div", .class("chips")) { html in
                    html.add(Chip(text: html.page[Label(zh: "全部", en: "All")], url: Paths.limits, isPressed: !onlyLate))
                    html.add(Chip(text: html.page[Self.late], url: Paths.limits + "?late=1", isPressed: onlyLate))
                }
            }
            if groups.isEmpty {
                html.add(
                    EmptyState(
                        icon: "clock",
                        title: html.page[
                            onlyLate
                                ? Label(zh: "现在没有超时的", en: "Nothing is late now")
                                : Label(zh: "还没有时限", en: "There are no limits yet")],
                        hint: html.page[
                            onlyLate
                                ? Label(zh: "所有在走的时钟都在时限内。", en: "All clocks that run are within their limits.")
                                : Label(
                                    zh: "时限说一步最多多久、何时提醒、超时找谁。",
                                    en: "A limit says how long a step may take, when to warn and whom to tell.")],
                        actions: onlyLate
                            ? [Button(text: html.page[Label(zh: "看全部", en: "Show all")], target: .link(Paths.limits))]
                            : mayEdit
                                ? [
                                    Button(
                                        text: html.page[Label(zh: "新建时限", en: "New limit")],
                                        target: .link(Paths.new("sla_rule")))
                                ] : []))
            }
            for group in groups { card(group, &html) }
        }
    }

    private func card(_ group: Group, _ html: inout HTML) {
        html.card(group.title, count: group.limits.count, icon: group.icon) { html in
            html("div", .class("tw"), .named("tabindex", "0"), .named("role", "region"), .label(group.title)) { html in
                html("table", .class("dt lim")) { html in
                    html("thead") { html in
                        html("tr") { html in
                            for (place, label) in Self.columns.enumerated() where place < 5 || showsFigures {
                                html("th", .named("scope", "col"), say: label)
                            }
                            html("th", .class("act")) { $0("span", .class("vh"), say: Words.moreActions) }
                        }
                    }
                    html("tbody") { html in for limit in group.limits { row(limit, &html) } }
                }
            }
        }
    }

    private func row(_ limit: Limit, _ html: inout HTML) {
        html("tr", .class(limit.isActive ? (limit.late > 0 ? "r-bad" : "") : "off"), .id("limit-" + limit.step)) {
            html in
            html("th", .named("scope", "row"), .class("wr")) { html in
                html("a", .class("rt"), .href(Paths.record("sla_rule", limit.id))) { $0.user(limit.name) }
                html.append(" ")
                if !limit.isActive { html.add(Tag(html.page[Words.switchedOff])) }
            }
            html("td", .data("l", html.page[Self.columns[1]])) { $0("b", text: limit.limit) }
            html("td", .data("l", html.page[Self.columns[2]]), text: limit.owner)
            html("td", .class("wr")) { html in
                for line in [limit.warning] + limit.escalations where !line.isEmpty { html("p", text: line) }
            }
            html("td", .class("wr")) { html in
                html("div", .class("uses")) { html in
                    html.add(all: limit.uses)
                    if limit.uses.isEmpty {
                        html("span", .class("mut"), say: Label(zh: "还没有用到", en: "Nothing yet"))
                    }
                }
            }
            if showsFigures { figures(limit, &html) }
            html("td", .class("act")) { html in
                if mayEdit {
                    html.add(Button(text: html.page[Words.edit], target: .link(Paths.edit("sla_rule", limit.id))))
                }
            }
        }
    }

    private func figures(_ limit: Limit, _ html: inout HTML) {
        html("td", .class("num"), .data("l", html.page[Self.columns[5]])) { html in
            if limit.running + limit.paused == 0 {
                html("span", .class("mut"), text: "–")
                return
            }
            html.text("\(limit.running) " + html.page[Words.runningNow])
            if limit.late > 0 {
                html.append(" · ")
                html("span", .class("t-bad"), text: "\(limit.late) " + html.page[Words.lateNow])
            }
            if limit.paused > 0 {
                html.append(" · ")
                html("span", .class("mut"), text: "\(limit.paused) " + html.page[Words.standing])
            }
        }
    }
}
