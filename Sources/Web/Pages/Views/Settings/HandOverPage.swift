import Definitions
import Kernel
import Values

/// What somebody holds, counted, and who takes it.
struct HandOverPage: Sendable {
    struct Group: Sendable {
        /// `company.owner`
        let id: String
        let object: String
        let icon: String
        let field: String
        let count: Int
        /// Those that the reader sees, and may hand over.
        let inSight: Int
        let mostReached: Bool
        let url: String?
    }

    struct Held: Sendable {
        let person: String
        let name: String
        let isActive: Bool
        let groups: [Group]
        let others: [(label: String, count: Int, icon: String)]
        let isEmpty: Bool
    }

    let people: [Colleague]
    let left: [LeftBehind.Entry]
    let held: Held?
    let problems: [String]
    let typed: [(name: String, value: String)]

    private func value(_ name: String) -> String { typed.last { $0.name == name }?.value ?? "" }
}

extension HandOverPage: Markup {
    func write(to html: inout HTML) {
        html.add(PageHead(title: html.page[Words.handOverWork], note: held?.name ?? ""))
        html("div", .class("hw")) { html in
            if !problems.isEmpty { html.add(ErrorNote(text: problems[0], more: Array(problems.dropFirst()))) }
            choice(&html)
            if let held { self.held(held, &html) } else if !left.isEmpty { forgotten(&html) }
        }
    }

    private func choice(_ html: inout HTML) {
        html.card(html.page[Label(zh: "谁要交接", en: "Who hands over")], icon: "user", classes: "form-c") { html in
            html("form", .class("ho-q"), .named("method", "get"), .action(Paths.handOver)) { html in
                html.add(
                    PersonPicker(
                        name: "person", id: "ho-person", label: html.page[Words.colleague], people: people,
                        isRequired: true, empty: html.page[Words.choosePerson], chosen: held?.person))
                html(
                    "button", .class("btn"), .type("submit"),
                    say: Label(zh: "看手上有什么", en: "See what they hold"))
            }
            html("p", .class("mut ho-h")) { html in
                html.say(Words.handOverHint)
                html.append(" ")
                html.say(
                    Label(
                        zh: "只是请假，用“我的代理”设代理人，回来自动结束。",
                        en: "For leave alone a stand-in is enough: it ends by itself."))
            }
        }
    }

    private func held(_ held: Held, _ html: inout HTML) {
        if held.isEmpty {
            html.add(
                EmptyState(
                    icon: "check",
                    title: html.page[
                        Label(zh: "\(held.name) 手上没有要交的", en: "\(held.name) holds nothing")],
                    hint: held.isActive
                        ? html.page[Label(zh: "可以停用账号了。", en: "The account can be switched off.")] : ""))
            return
        }
        if !held.isActive {
            html.add(
                Note(
                    tone: .bad,
                    text: html.page[
                        Label(
                            zh: "账号已停用，下面的还在 \(held.name) 名下",
                            en: "The account is off, and \(held.name) still holds these")]))
        }
        html.form(Paths.handOver, .class("hw-s")) { html in
            html.hidden("person", held.person)
            if !held.groups.isEmpty { records(held, &html) }
            if !held.others.isEmpty { others(held, &html) }
        }
    }

    private func records(_ held: Held, _ html: inout HTML) {
        html.card(
            html.page[Label(zh: "记录", en: "Records")], count: held.groups.reduce(0) { $0 + $1.count }, icon: "list"
        ) { html in
            html("div", .class("ho-t")) { html in
                html.add(
                    PersonPicker(
                        name: "to", id: "ho-to", label: html.page[Label(zh: "都交给", en: "Everything goes to")],
                        people: people, empty: html.page[Words.choosePerson], chosen: value("to"),
                        without: RecordID(held.person)))
                html("div", .class("fd")) { html in
                    html("label", .class("fd-l"), .named("for", "ho-note"), say: Words.reason)
                    html.void(
                        "input", .class("in"), .id("ho-note"), .name("note"), .type("text"), .value(value("note")),
                        .named("maxlength", "200"))
                }
            }
            html(
                "div", .class("tw"), .named("tabindex", "0"), .named("role", "region"),
                .label(html.page[Words.handOverWork])
            ) { html in
                html("table", .class("dt")) { html in
                    html("thead") { html in
                        html("tr") { html in
                            html("th", .named("scope", "col"), say: Label(zh: "对象", en: "Object"))
                            html("th", .named("scope", "col"), say: Label(zh: "作为", en: "As"))
                            html("th", .named("scope", "col"), .class("n"), say: Label(zh: "条数", en: "Records"))
                            html("th", .named("scope", "col"), say: Words.successor)
                        }
                    }
                    html("tbody") { html in for group in held.groups { row(group, held, &html) } }
                }
            }
            html("div", .class("row ho-b")) { html in
                html("button", .class("btn p"), .type("submit"), say: Label(zh: "交接", en: "Hand over"))
                html(
                    "span", .class("mut"),
                    say: Label(
                        zh: "按你的权限逐条转交，记进每条记录的时间线；没有转成的会说明原因。",
                        en: "Each goes over by your rights and says so on its timeline; what can't go says why."))
            }
        }
    }

    private func row(_ group: Group, _ held: Held, _ html: inout HTML) {
        html("tr") { html in
            html("th", .named("scope", "row")) { html in
                html.icon(group.icon, size: .small)
                html.append(" ")
                if let url = group.url {
                    html("a", .class("ln"), .href(url), text: group.object)
                } else {
                    html.text(group.object)
                }
            }
            html("td", text: group.field)
            html("td", .class("n num")) { html in
                html.text(html.page.format.count(group.count) + (group.mostReached ? "+" : ""))
                if group.inSight < group.count {
                    html(
                        "small", .class("mut"),
                        say: Label(zh: " 你能转 \(group.inSight)", en: " \(group.inSight) by you"))
                }
            }
            html("td") { html in
                html(
                    "select", .class("in"), .name("to." + group.id),
                    .label(html.page[Words.successor] + " · " + group.object + " · " + group.field),
                    .flag("disabled", group.inSight == 0)
                ) { html in
                    let chosen = value("to." + group.id)
                    html("option", .value(""), say: Label(zh: "同上", en: "As above"))
                    html("option", .value("-"), .flag("selected", chosen == "-"), say: Words.staysHere)
                    for person in people where person.id.description != held.person {
                        html(
                            "option", .value(person.id.description),
                            .flag("selected", chosen == person.id.description)
                        ) { $0.user(person.name) }
                    }
                }
            }
        }
    }

    private func others(_ held: Held, _ html: inout HTML) {
        html.card(html.page[Label(zh: "还在手上的其他事", en: "What else is in their hands")], icon: "clipboard-check") {
            html in
            html("ul") { html in
                for other in held.others {
                    html("li", .class("ho-o")) { html in
                        html.icon(other.icon, size: .small)
                        html("span", text: other.label)
                        html("b", .class("num"), text: html.page.format.count(other.count))
                    }
                }
            }
            html(
                "p", .class("mut ho-h"),
                say: Label(
                    zh: "棒随记录的负责人走；待审批由管理员转交；令牌和会话在停用账号时结束。",
                    en:
                        "Batons follow the owner of their record; approvals are transferred by an administrator; tokens and sessions end with the account."
                ))
        }
    }

    private func forgotten(_ html: inout HTML) {
        html.card(html.page[Words.leftBehind], count: left.count, icon: "alert-triangle") { html in
            html("ul") { html in
                for entry in left {
                    html("li", .class("ho-o")) { html in
                        html("a", .class("ln b"), .href(Paths.handOver(entry.person.description))) {
                            $0.user(entry.name)
                        }
                        html("b", .class("num"), text: html.page.format.count(entry.count))
                    }
                }
            }
        }
    }
}
