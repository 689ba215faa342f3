import Definitions
import Kernel
import Values

/// What belongs to a hand-over, counted and one by one.
extension HandOverPlanPage {
    func groups(_ html: inout HTML) {
        if answer.groups.isEmpty {
            html.add(
                EmptyState(
                    icon: "check", title: html.page[Label(zh: "没有要交的", en: "Nothing to hand over")],
                    hint: html.page[Label(zh: "改安排，或取消。", en: "Change the plan, or cancel it.")]))
            return
        }
        let columns = [
            Label(zh: "什么", en: "What"), Words.successor, Label(zh: "条数", en: "Items"), Words.state,
        ]
        html.card(html.page[Label(zh: "谁得到什么", en: "Who gets what")], count: answer.total, icon: "users") { html in
            html(
                "div", .class("tw"), .named("tabindex", "0"), .named("role", "region"),
                .label(html.page[Label(zh: "谁得到什么", en: "Who gets what")])
            ) { html in
                html("table", .class("dt")) { html in
                    html("thead") { html in
                        html("tr") { html in
                            for (index, column) in columns.enumerated() {
                                html("th", .named("scope", "col"), .class(index == 2 ? "n" : ""), say: column)
                            }
                        }
                    }
                    html("tbody") { html in for group in answer.groups { row(group, &html) } }
                }
            }
        }
    }

    private func row(_ group: HandOverOf.Group, _ html: inout HTML) {
        html("tr") { html in
            html("th", .named("scope", "row"), text: words.kind(group.kind, group.object, group.field))
            html("td") { html in
                if let receiver = group.receiver { html.user(receiver.name) } else { html.text("–") }
            }
            html("td", .class("n num"), text: html.page.format.count(group.count))
            html("td") { html in
                for (state, count) in group.counts.sorted(by: { $0.key < $1.key }) where state != "waiting" {
                    let (label, tone) = HandOverWords.row(state)
                    html.add(Tag(html.page[label] + " " + html.page.format.count(count), tone: tone))
                }
            }
        }
    }

    // MARK: One by one

    func list(_ html: inout HTML) {
        let title = Label(zh: "逐条", en: "One by one")
        html.card(html.page[title], icon: "list") { html in
            if answer.state.isPlan, answer.mayManage {
                html.form(Paths.handOver(answer.id, "except")) { html in
                    html.hidden("from", String(from))
                    table(&html)
                    html("div", .class("row ho-b")) { html in
                        html(
                            "button", .class("btn"), .type("submit"),
                            say: Label(zh: "记下这页的例外", en: "Keep the exceptions of this page"))
                        pages(&html)
                    }
                }
            } else {
                table(&html)
                html("div", .class("row ho-b")) { html in
                    if answer.count("refused") + answer.count("stays") > 0 { problems(&html) }
                    pages(&html)
                }
            }
        }
    }

    private func problems(_ html: inout HTML) {
        let url = Paths.handOver(answer.id) + (problemsOnly ? "" : "?show=problems")
        html(
            "a", .class("btn"), .href(url),
            say: problemsOnly ? Label(zh: "看全部", en: "Show all") : Label(zh: "只看有问题的", en: "Only what went wrong"))
    }

    private func pages(_ html: inout HTML) {
        if from > 0 {
            html("a", .class("btn"), .href(Paths.handOver(answer.id)), say: Label(zh: "从头看", en: "From the top"))
        }
        if let next = items.next, !problemsOnly {
            html(
                "a", .class("btn"), .href(Paths.handOver(answer.id) + "?from=\(next)"),
                say: Label(zh: "往后看", en: "More"))
        }
    }

    private func table(_ html: inout HTML) {
        html(
            "div", .class("tw"), .named("tabindex", "0"), .named("role", "region"),
            .label(html.page[Label(zh: "逐条", en: "One by one")])
        ) { html in
            html("table", .class("dt")) { html in
                html("thead") { html in
                    html("tr") { html in
                        for column in [
                            Label(zh: "什么", en: "What"), Label(zh: "名称", en: "Name"), Words.successor, Words.state,
                        ] { html("th", .named("scope", "col"), say: column) }
                    }
                }
                html("tbody") { html in for item in items.items { row(item, &html) } }
            }
        }
    }

    private func row(_ item: HandOverItems.Item, _ html: inout HTML) {
        html("tr") { html in
            html("td", text: words.kind(item.kind, item.object, item.field))
            html("th", .named("scope", "row")) { html in
                if let subject = item.subject, !item.title.isEmpty {
                    html("a", .class("ln"), .href(Paths.record(item.object, subject.description))) {
                        $0.user(item.title)
                    }
                } else if item.title.isEmpty {
                    html("span", .class("mut"), say: Label(zh: "不在你的视野里", en: "Not in your sight"))
                } else {
                    html.user(item.title)
                }
            }
            html("td") { html in receiver(item, &html) }
            html("td", .class("wr")) { html in
                if item.isException { html.add(Tag(html.page[Label(zh: "例外", en: "Exception")], tone: .info)) }
                if item.state != "waiting" {
                    let (label, tone) = HandOverWords.row(item.state)
                    html.add(Tag(html.page[label], tone: tone))
                }
                if let problem = item.problem {
                    html.append(" ")
                    html("span", .class("mut"), say: problem)
                }
            }
        }
    }

    private func receiver(_ item: HandOverItems.Item, _ html: inout HTML) {
        guard answer.state.isPlan, answer.mayManage, item.receiver != nil else {
            if let receiver = item.receiver { html.user(receiver.name) } else { html.text("–") }
            return
        }
        let name = item.title.isEmpty ? words.kind(item.kind, item.object, item.field) : item.title
        html(
            "select", .class("in"), .name("except." + item.key), .label(html.page[Words.successor] + " · " + name)
        ) { html in
            html("option", .value(""), text: usual(item, html.page))
            html("option", .value("-"), say: Words.staysHere)
            for person in people where person.id != answer.person.id {
                html(
                    "option", .value(person.id.description),
                    .flag("selected", item.isException && person.id == item.receiver?.id)
                ) { $0.user(person.name) }
            }
        }
    }

    private func usual(_ item: HandOverItems.Item, _ page: PageContext) -> String {
        if item.isException { return page[Label(zh: "按安排", en: "As planned")] }
        return item.receiver?.name ?? ""
    }
}
