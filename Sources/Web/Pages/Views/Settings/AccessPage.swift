import Definitions
import Kernel
import Values

/// Why somebody can or can't do something, and who can.
struct AccessPage: Sendable {
    struct Reason: Sendable {
        let role: String
        let text: String
        let holds: Bool
    }

    struct Verdict: Sendable {
        let sentence: String
        let isAllowed: Bool
        let reasons: [Reason]
        /// Roles that would allow it.
        let wouldAllow: [String]
    }

    struct Who: Sendable {
        let id: String
        let name: String
        let roles: String
    }

    var people: [FieldControl.Choice] = []
    var objects: [FieldControl.Choice] = []
    var actions: [FieldControl.Choice] = []
    var fields: [FieldControl.Choice] = []
    var person = ""
    var about = AccessCase(object: "")
    var linked: FieldControl.Linked?
    var verdict: Verdict?
    /// Who may, and who may not; nil before a case is chosen.
    var allowed: [Who]?
    var refused: [Who] = []
    /// What is asked about, in words.
    var subject = ""
    var problem: String?
}

extension AccessPage: Markup {
    func write(to html: inout HTML) {
        html.add(
            PageHead(
                title: html.page[Words.whyAccess],
                actions: [
                    Button(text: html.page[Words.rolesMatrix], target: .link(Paths.roles), icon: "grid")
                ]))
        html("div", .class("hw acs")) { html in
            form(&html)
            if let problem { html.add(Note(tone: .warn, text: problem)) }
            if let verdict { write(verdict, &html) }
            if let allowed { who(allowed, &html) }
        }
    }

    private func select(
        _ name: String, _ label: Label, _ choices: [FieldControl.Choice], _ value: String, empty: Label?,
        _ html: inout HTML
    ) {
        html("div", .class("fd")) { html in
            html("label", .class("fd-l"), .named("for", "acs-" + name), say: label)
            html("select", .class("in"), .id("acs-" + name), .name(name), .data("sends")) { html in
                if let empty { html("option", .value(""), say: empty) }
                for choice in choices {
                    html("option", .value(choice.value), .flag("selected", choice.value == value), text: choice.label)
                }
            }
        }
    }

    private func form(_ html: inout HTML) {
        html("section", .class("card")) { html in
            html("form", .class("acs-f"), .action(Paths.access)) { html in
                html("div", .class("grid")) { html in
                    select("person", Words.person, people, person, empty: Label(zh: "（先不选）", en: "(nobody yet)"), &html)
                    select("object", Label(zh: "什么", en: "What"), objects, about.object, empty: Words.choose, &html)
                    if !about.object.isEmpty {
                        html.add(
                            FieldControl(
                                name: "record", label: html.page[Label(zh: "哪一条（可不选）", en: "Which one (optional)")],
                                kind: .link(object: about.object, linked, createURL: nil),
                                value: about.record?.description ?? "", scope: "acs"))
                        select("action", Label(zh: "能不能", en: "May they"), actions, about.action, empty: nil, &html)
                        select(
                            "field", Label(zh: "哪个字段（可不选）", en: "Which field (optional)"), fields,
                            about.field ?? "", empty: Label(zh: "整条记录", en: "The record"), &html)
                    }
                }
                html("div", .class("row")) { html in
                    html("button", .class("btn p"), .type("submit"), say: Label(zh: "看为什么", en: "Show why"))
                }
            }
        }
    }

    private func write(_ verdict: Verdict, _ html: inout HTML) {
        html("section", .class("card why")) { html in
            html("div", .class("why-v " + (verdict.isAllowed ? "ok" : "bad"))) { html in
                html.icon(verdict.isAllowed ? "check" : "lock", size: .large)
                html("b") { $0.user(verdict.sentence) }
            }
            html("ol", .class("acs-r")) { html in
                for reason in verdict.reasons {
                    html("li", .class(reason.holds ? "ok" : "")) { html in
                        html.icon(reason.holds ? "check" : "x", size: .small)
                        html("span") { html in
                            html("b") { $0.user(reason.role) }
                            html.append(" ")
                            html.user(reason.text)
                        }
                    }
                }
            }
            if !verdict.wouldAllow.isEmpty {
                html("p", .class("acs-w")) { html in
                    html.say(Label(zh: "这些角色会允许：", en: "These roles would allow it: "))
                    for role in verdict.wouldAllow {
                        html.add(Tag(role, tone: .outline))
                        html.append(" ")
                    }
                }
            }
        }
    }

    private func who(_ allowed: [Who], _ html: inout HTML) {
        html("div", .class("acs-2")) { html in
            html.card(
                html.page[Label(zh: "谁可以：\(subject)", en: "Who may: \(subject)")], count: allowed.count, icon: "check"
            ) { list(allowed, Label(zh: "现在没有人可以。", en: "Nobody may now."), &$0) }
            html.card(html.page[Label(zh: "谁不可以", en: "Who may not")], count: refused.count, icon: "lock") {
                list(refused, Label(zh: "人人都可以。", en: "Everybody may."), &$0)
            }
        }
    }

    private func list(_ people: [Who], _ empty: Label, _ html: inout HTML) {
        if people.isEmpty { html("p", .class("mut none-p"), say: empty) }
        html("ul", .class("acs-l")) { html in
            for who in people {
                html("li") { html in
                    html.add(Avatar(name: who.name, size: .small))
                    html("a", .class("ln"), .href(url(who.id))) { $0.user(who.name) }
                    html("span", .class("mut")) { $0.user(who.roles) }
                }
            }
        }
    }

    private func url(_ person: String) -> String {
        var parts = ["person=" + person, "object=" + about.object, "action=" + about.action]
        if let record = about.record { parts.append("record=" + record.description) }
        if let field = about.field { parts.append("field=" + field) }
        return Paths.access + "?" + parts.joined(separator: "&")
    }
}
