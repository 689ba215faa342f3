import Definitions

/// People to choose on one side, times on the other: each with everybody's own time and why.
struct MeetingPage: Markup {
    struct Person: Sendable {
        let id: String
        let name: String
        let zone: String
        let isChosen: Bool
    }

    struct Slot: Sendable {
        let starts: String
        let title: String
        let why: String
        let score: Int
        let seats: [Tag]
    }

    let title: String
    let people: [Person]
    let minutes: Int
    let name: String
    let error: String?
    var slots: [Slot] = []

    func write(to html: inout HTML) {
        html.add(PageHead(title: title))
        html("div", .class("narrow")) { html in
            if let error { html.add(Note(tone: .bad, text: error)) }
            html.card(html.page[Label(zh: "谁参加", en: "Who comes")], icon: "users") { html in choose(&html) }
            if !slots.isEmpty {
                html.card(html.page[Label(zh: "推荐时间", en: "Proposed times")], count: slots.count, icon: "calendar") {
                    html in
                    for (index, slot) in slots.enumerated() { self.slot(slot, index, &html) }
                }
            }
        }
    }

    private func choose(_ html: inout HTML) {
        html("form", .class("mf-f"), .named("method", "get"), .action(Paths.findMeeting)) { html in
            html("div", .class("mf-p"), .named("role", "group"), .label(html.page[Label(zh: "参会人", en: "Attendees")])) {
                html in
                for person in people {
                    html("label") { html in
                        html.void(
                            "input", .type("checkbox"), .name("who"), .value(person.id),
                            .flag("checked", person.isChosen))
                        html.user(person.name)
                        html(
                            "span", .class("mut"),
                            text: person.zone.split(separator: "/").last.map { String($0).replacing("_", with: " ") }
                                ?? "")
                    }
                }
            }
            html("div", .class("mf-r")) { html in
                html("label") { html in
                    html("span", .class("mut"), say: Label(zh: "时长（分钟）", en: "Minutes"))
                    html.append(" ")
                    html("select", .name("minutes"), .class("in")) { html in
                        for choice in [15, 30, 45, 60, 90, 120] {
                            html(
                                "option", .value(String(choice)), .flag("selected", choice == minutes),
                                text: String(choice))
                        }
                    }
                }
                html("button", .class("btn p"), .type("submit")) { html in
                    html.icon("search")
                    html("span", say: Label(zh: "找时间", en: "Find times"))
                }
            }
        }
    }

    private func slot(_ slot: Slot, _ index: Int, _ html: inout HTML) {
        html("div", .class("mf-s")) { html in
            html("div", .class("row")) { html in
                html("h3", .class("num"), text: slot.title)
                html("span", .class("sp")) { _ in }
                if index == 0 { html.add(Tag(html.page[Label(zh: "最合适", en: "Best")], tone: .ok)) }
            }
            html("p", .class("t2")) { $0.user(slot.why) }
            html("ul", .class("mf-w")) { html in
                for seat in slot.seats { html("li") { $0.add(seat) } }
            }
            html.form(Paths.findMeeting, .class("mf-r")) { html in
                for person in people where person.isChosen { html.hidden("who", person.id) }
                html.hidden("minutes", String(minutes))
                html.hidden("starts", slot.starts)
                html.void(
                    "input", .name("title"), .value(name), .class("in"), .flag("required"), .named("maxlength", "200"),
                    .label(html.page[Label(zh: "会议主题", en: "Title")]),
                    .named("placeholder", html.page[Label(zh: "会议主题", en: "Title")]))
                html("button", .class("btn"), .type("submit")) { html in
                    html.icon("check")
                    html("span", say: Label(zh: "就定这个时间", en: "Take this time"))
                }
            }
        }
    }
}
