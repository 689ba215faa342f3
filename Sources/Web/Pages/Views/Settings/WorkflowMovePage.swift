import Definitions

/// Where each place of the runs of a version goes in the version in force.
struct WorkflowMovePage: Markup {
    struct Place: Sendable {
        /// `node`, `flow` or `timer`.
        let kind: String
        let id: String
        let name: String
        let runs: Int
        let chosen: String
        /// The version in force has none of this id.
        let isGone: Bool
        let choices: [FieldControl.Choice]
        let error: String?
    }

    let key: String
    let from: String
    let title: String
    let number: Int
    let target: Int
    let runs: Int
    let places: [Place]
    /// What was tried, with what has no place of its own.
    let outcome: (tone: Tone, lead: String, lines: [String])?

    func write(to html: inout HTML) {
        html.add(PageHead(title: title, note: "V\(number) → V\(target)"))
        html("div", .class("hw")) { html in
            html.form(Paths.workflow(key, "migrate"), .class("hw-s")) { html in
                html.hidden("from", from)
                if let outcome { said(outcome, &html) }
                card("node", Label(zh: "进行中的任务", en: "Tasks under way"), "clipboard-check", &html)
                card("flow", Label(zh: "在汇合处等的分支", en: "Branches that wait at a join"), "branch", &html)
                card("timer", Label(zh: "在走的时限", en: "Time limits that run"), "clock", &html)
                foot(&html)
            }
        }
    }

    private func said(_ outcome: (tone: Tone, lead: String, lines: [String]), _ html: inout HTML) {
        html("div", .class("note " + outcome.tone.rawValue), .id("report"), .named("role", "status")) { html in
            html.icon(outcome.tone == .bad ? "alert-triangle" : "check", size: .small)
            html("div") { html in
                html("b", text: outcome.lead)
                html("ul") { html in for line in outcome.lines { html("li") { $0.user(line) } } }
            }
        }
    }

    private func card(_ kind: String, _ label: Label, _ icon: String, _ html: inout HTML) {
        let own = places.filter { $0.kind == kind }
        if own.isEmpty { return }
        html.card(html.page[label], count: own.count, icon: icon) { html in
            html("div", .class("pr-m")) { html in for place in own { self.place(place, &html) } }
        }
    }

    private func place(_ place: Place, _ html: inout HTML) {
        let control = place.kind + "-" + place.id
        html("div", .class(place.error == nil ? "fd pr-t" : "fd pr-t err")) { html in
            html("label", .class("fd-l"), .named("for", control)) { html in
                html("b") { $0.user(place.name) }
                html(
                    "span", .class("num"),
                    say: Label(zh: "\(place.runs) 个实例", en: place.runs == 1 ? "1 run" : "\(place.runs) runs"))
                if place.isGone { html.add(Tag(html.page[Label(zh: "新版没有", en: "gone")], tone: .warn)) }
                html("span", .class("mut"), say: Label(zh: "改到", en: "goes to"))
            }
            html(
                "select", .class("in"), .id(control), .name(place.kind + "." + place.id),
                .when(place.error != nil, .aria("invalid", "true")),
                .when(place.error != nil, .aria("describedby", control + "-e"))
            ) { html in
                if place.kind == "timer" {
                    html("option", .value(""), say: Label(zh: "重新开始计时", en: "begins anew"))
                } else if place.chosen.isEmpty {
                    html("option", .value(""), say: Words.choose)
                }
                for choice in place.choices {
                    html("option", .value(choice.value), .flag("selected", choice.value == place.chosen)) {
                        $0.user(choice.label)
                    }
                }
            }
            if let error = place.error {
                html("p", .class("fd-e"), .id(control + "-e")) { html in
                    html.icon("alert-triangle", size: .small)
                    html.user(error)
                }
            }
        }
    }

    private func foot(_ html: inout HTML) {
        html(
            "p", .class("mut hw-b"),
            say: runs == 0
                ? Label(zh: "没有在走的实例。", en: "Nothing runs by this version.")
                : Label(
                    zh: "\(runs) 个实例全部迁移，或一个都不动。谁在做、做过什么不变；有去处的时限保留剩下的时间。",
                    en:
                        "All \(runs) runs go, or none does. Who does what and what was done stays; limits that go somewhere keep the time that is left."
                ))
        html("div", .class("row hw-b")) { html in
            html(
                "button", .class(outcome?.tone == .ok ? "btn" : "btn p"), .type("submit"), .name("dry"), .value("1"),
                say: Label(zh: "先试算", en: "Dry run"))
            html(
                "button", .class(outcome?.tone == .ok ? "btn p" : "btn"), .type("submit"), .name("dry"), .value("0"),
                say: Label(zh: "全部迁移", en: "Migrate all"))
            html("a", .class("btn g"), .href(Paths.workflow(key)), say: Words.cancel)
        }
    }
}
