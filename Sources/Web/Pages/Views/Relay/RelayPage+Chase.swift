import Definitions
import Kernel
import Values

/// 盯办: what is late or due today, by whoever holds it, each with one press that asks them to get on. Narrow enough for
/// a thumb.
extension RelayPage {
    private struct Held {
        let row: RelaySheet.Row
        let column: RelaySheet.Column
        let now: RelaySheet.Now
    }

    private struct Group {
        let name: String?
        var held: [Held]

        var late: Int { held.count { $0.now.tone == .late } }
    }

    /// In the order of the rows: whoever holds the most urgent one comes first.
    private var groups: [Group] {
        var order: [RecordID?] = []
        var found: [RecordID?: Group] = [:]
        for row in rows {
            guard let (column, now) = current(row), now.tone == .late || now.tone == .due else { continue }
            let holder = now.holder?.id
            if found[holder] == nil { order.append(holder) }
            found[holder, default: Group(name: now.holder?.name, held: [])].held.append(
                Held(row: row, column: column, now: now))
        }
        return order.compactMap { found[$0] }
    }

    func chase(_ html: inout HTML) {
        let groups = groups
        html(
            "div", .class("rb-x ch"), .named("tabindex", "0"), .named("role", "region"), .label(html.page[Words.chase])
        ) { html in
            if groups.isEmpty {
                html.add(
                    EmptyState(
                        icon: "check", title: html.page[Label(zh: "没有超时或快到期的", en: "Nothing is late or nearly due")],
                        hint: html.page[Label(zh: "别的仍在接力板上走", en: "The rest goes on as planned")]))
            }
            for group in groups { self.group(group, &html) }
        }
    }

    private func group(_ group: Group, _ html: inout HTML) {
        html("section", .class("ch-g")) { html in
            html("h2") { html in
                html.add(Avatar(name: group.name ?? "?", size: .small))
                if let name = group.name { html.user(name) } else { html.say(Words.nobody) }
                html("span", .class("sp")) { _ in }
                if group.late > 0 {
                    html.add(
                        Tag(
                            html.page[Label(zh: "\(group.late) 件超时", en: "\(group.late) late")], tone: .bad,
                            icon: "alert-triangle"))
                }
                if group.held.count > group.late {
                    let due = group.held.count - group.late
                    html.add(
                        Tag(html.page[Label(zh: "\(due) 件快到期", en: "\(due) due soon")], tone: .warn, icon: "clock"))
                }
            }
            html("ul") { html in for item in group.held { self.item(item, &html) } }
        }
    }

    private func item(_ item: Held, _ html: inout HTML) {
        let (row, now) = (item.row, item.now)
        html("li", .class(now.style), .data("id", row.record.description)) { html in
            html("a", .class("ch-t"), .href(address.opening(row.record)), .data("soft")) { html in
                html("b", .class("num")) { $0.user(row.title) }
                html("span") { $0.text(label(item.column)) }
                html("small", .class("mut")) { $0.user(row.subtitle) }
            }
            html.add(Countdown(time: time, now: now, isTag: true))
            if now.mayUrge {
                html.form(Paths.baton(address.object, row.record.description, "urge"), .class("inline")) { html in
                    html.hidden("leg", now.run.description)
                    html.hidden("back", address.with { $0.open = nil }.url)
                    html(
                        "button", .class("btn"), .type("submit"),
                        .label(html.page[Words.urge] + " " + (now.holder?.name ?? "") + " · " + row.title)
                    ) { html in
                        html.icon("bell", size: .small)
                        html("span", say: Words.urge)
                    }
                }
            } else if now.isMine {
                html(
                    "a", .class("btn p"), .href(address.opening(row.record)), .data("soft"),
                    .label(html.page[Words.handOver] + " " + row.title)
                ) { html in
                    html.icon("relay", size: .small)
                    html("span", say: Words.handOver)
                }
            }
        }
    }
}
