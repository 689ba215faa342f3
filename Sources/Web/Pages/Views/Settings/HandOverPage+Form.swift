import Definitions
import Kernel
import Values

/// When, what, to whom.
extension HandOverPage {
    private static let occasions: [(id: String, label: Label)] = [
        ("moves", Label(zh: "换岗，工作移交", en: "Changes position")),
        ("leaves", Label(zh: "离职", en: "Leaves the company")),
        ("absent", Label(zh: "休假，只设代理", en: "On leave: a stand-in only")),
    ]

    func occasion(_ held: Held, _ html: inout HTML) {
        html.card(html.page[Label(zh: "为什么、什么时候", en: "Why and when")], icon: "calendar") { html in
            html("div", .class("ho-w")) { html in
                html("div", .class("fd")) { html in
                    html("label", .class("fd-l"), .named("for", "ho-why"), say: Label(zh: "情况", en: "Occasion"))
                    html("select", .class("in"), .id("ho-why"), .name("occasion")) { html in
                        for one in Self.occasions {
                            html(
                                "option", .value(one.id), .flag("selected", value("occasion") == one.id),
                                say: one.label)
                        }
                    }
                }
                date("start", Label(zh: "从哪天起（空为马上）", en: "From (empty: at once)"), &html)
                date("end", Label(zh: "休假最后一天", en: "Last day of leave"), &html)
                html("div", .class("fd")) { html in
                    html("label", .class("fd-l"), .named("for", "ho-note"), say: Words.reason)
                    html.void(
                        "input", .class("in"), .id("ho-note"), .name("note"), .type("text"), .value(value("note")),
                        .named("maxlength", "200"))
                }
            }
            if mayEnd {
                html("label", .class("ck ho-e")) { html in
                    html.void(
                        "input", .type("checkbox"), .name("ends"), .value("1"),
                        .flag("checked", value("ends") == "1" || typed.isEmpty))
                    html(
                        "span",
                        say: Label(
                            zh: "离职时停用账号，结束会话和令牌",
                            en: "On leaving: switch the account off, end its sessions and tokens"))
                }
            }
            html(
                "p", .class("mut ho-h"),
                say: Label(
                    zh: "到当天零点自动交接；离职而账号还开着的，之后到他名下的也转给接手人；休假只设代理人，什么都不移交，到期自动结束。",
                    en:
                        "It happens at midnight of that day. While the account of who leaves is still on, what comes to "
                        + "them later follows. Leave moves nothing: somebody stands in until it is over.")
            )
        }
    }

    private func date(_ name: String, _ label: Label, _ html: inout HTML) {
        html("div", .class("fd")) { html in
            html("label", .class("fd-l"), .named("for", "ho-" + name), say: label)
            html.void(
                "input", .class("in num"), .type("date"), .id("ho-" + name), .name(name), .value(value(name)),
                .named("min", today.description))
        }
    }

    func what(_ held: Held, _ html: inout HTML) {
        let count = held.groups.reduce(0) { $0 + $1.count } + held.works.reduce(0) { $0 + $1.count }
        html.card(html.page[Label(zh: "交什么、给谁", en: "What goes to whom")], count: count, icon: "list") { html in
            html("div", .class("ho-t")) { html in
                html.add(
                    PersonPicker(
                        name: "to", id: "ho-to", label: html.page[Label(zh: "都交给", en: "Everything goes to")],
                        people: people, empty: html.page[Words.choosePerson], chosen: value("to"),
                        without: RecordID(held.person)))
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
                    html("tbody") { html in
                        for group in held.groups { row(group, held, &html) }
                        for work in held.works { row(work, held, &html) }
                    }
                }
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
                        say: Label(zh: " 你看到 \(group.inSight)", en: " \(group.inSight) in your sight"))
                }
            }
            html("td") { successor("to." + group.id, group.object + " · " + group.field, held, &$0) }
        }
    }

    private func row(_ work: Work, _ held: Held, _ html: inout HTML) {
        html("tr") { html in
            html("th", .named("scope", "row")) { html in
                html.icon(work.icon, size: .small)
                html.append(" ")
                html.text(work.label)
            }
            html("td", .class("mut"), text: "–")
            html("td", .class("n num"), text: html.page.format.count(work.count))
            html("td") { successor("to." + work.id, work.label, held, &$0) }
        }
    }

    private func successor(_ name: String, _ label: String, _ held: Held, _ html: inout HTML) {
        html("select", .class("in"), .name(name), .label(html.page[Words.successor] + " · " + label)) { html in
            html("option", .value(""), say: Label(zh: "同上", en: "As above"))
            html("option", .value("-"), .flag("selected", value(name) == "-"), say: Words.staysHere)
            options(held, chosen: value(name), &html)
        }
    }

    private func options(_ held: Held, chosen: String, _ html: inout HTML) {
        for person in people where person.id.description != held.person {
            html("option", .value(person.id.description), .flag("selected", chosen == person.id.description)) {
                $0.user(person.name)
            }
        }
    }

    // MARK: Rules

    func rules(_ held: Held, _ html: inout HTML) {
        if objects.isEmpty { return }
        let kept = (0..<HandOverWish.mostRules).last { !value("rule.\($0).to").isEmpty }.map { $0 + 1 } ?? 0
        html("details", .class("card ho-r"), .flag("open", kept > 0)) { html in
            html("summary") { html in
                html.icon("zap")
                html("h2", say: Label(zh: "按条件分配", en: "By condition"))
                html("span", .class("mut num"), text: kept > 0 ? String(kept) : "")
            }
            html(
                "p", .class("mut ho-h"),
                say: Label(
                    zh: "如 country = \"DE\" 或 grade = \"A\"；从上往下第一条符合的算，都不符合的按上面的表。单条例外在下一步里改。",
                    en:
                        "Such as country = \"DE\" or grade = \"A\". The first that fits counts, else the table above. Single exceptions are made in the next step."
                ))
            for index in 0..<min(kept + 3, HandOverWish.mostRules) { rule(index, held, &html) }
        }
    }

    private func rule(_ index: Int, _ held: Held, _ html: inout HTML) {
        let name = "rule.\(index)."
        let number = Label(zh: "规则 \(index + 1)", en: "Rule \(index + 1)")
        html("div", .class("ho-rl"), .named("role", "group"), .label(html.page[number])) { html in
            html(
                "select", .class("in"), .name(name + "object"), .label(html.page[Label(zh: "对象", en: "Object")])
            ) { html in
                for object in objects {
                    html(
                        "option", .value(object.id), .flag("selected", value(name + "object") == object.id),
                        text: object.name)
                }
            }
            html.void(
                "input", .class("in"), .type("text"), .name(name + "condition"), .value(value(name + "condition")),
                .label(html.page[Label(zh: "条件", en: "Condition")]), .named("autocomplete", "off"),
                .named("spellcheck", "false"), .named("placeholder", index == 0 ? "country = \"DE\"" : ""))
            html("select", .class("in"), .name(name + "to"), .label(html.page[Words.successor])) { html in
                html("option", .value(""), say: Words.choosePerson)
                options(held, chosen: value(name + "to"), &html)
            }
        }
    }

    func keys(_ held: Held, _ html: inout HTML) {
        html.card(html.page[Label(zh: "随账号结束的", en: "What ends with the account")], icon: "key") { html in
            html("ul") { html in
                for other in held.keys {
                    html("li", .class("ho-o")) { html in
                        html.icon(other.icon, size: .small)
                        html("span", text: other.label)
                        html("b", .class("num"), text: html.page.format.count(other.count))
                    }
                }
            }
        }
    }
}
