import Definitions
import Kernel
import Values

/// Everybody with how their account stands.
struct PeoplePage: Sendable {
    let people: [AccountsOf.Person]
    /// Only these; nil for all.
    let state: AccountStanding.State?
    let wanted: String
    let eyes: Presentation
    let mayCreate: Bool
    /// Whose account is off and who holds records all the same.
    let left: [LeftBehind.Entry]
    let now: Instant
}

/// How an account stands, in a word.
enum AccountWords {
    static func label(_ state: AccountStanding.State) -> Label {
        switch state {
        case .active: Label(zh: "在用", en: "Active")
        case .invited: Label(zh: "等首次登录", en: "Invited")
        case .lapsed: Label(zh: "一次性密码过期", en: "Invitation over")
        case .neverSignedIn: Label(zh: "从未登录", en: "Never signed in")
        case .locked: Label(zh: "暂时锁定", en: "Locked")
        case .none: Label(zh: "没有账号", en: "No account")
        case .disabled: Label(zh: "已停用", en: "Off")
        }
    }

    static func tag(_ state: AccountStanding.State, _ language: Language) -> Tag {
        let (tone, icon): (Tone, String) =
            switch state {
            case .active: (.ok, "check")
            case .invited, .neverSignedIn: (.info, "clock")
            case .lapsed: (.warn, "clock")
            case .locked: (.bad, "lock")
            case .none: (.mute, "minus")
            case .disabled: (.mute, "ban")
            }
        return Tag(label(state)[language], tone: tone, icon: icon)
    }
}

extension PeoplePage: Markup {
    private static let columns = [
        Words.person, Label(zh: "角色", en: "Roles"), Label(zh: "部门", en: "Department"), Words.state, Words.lastSeen,
        Label(zh: "登录中", en: "Signed in"),
    ]

    private var shown: [AccountsOf.Person] { people.filter { state == nil || $0.account.state == state } }

    func write(to html: inout HTML) {
        var head = PageHead(
            title: html.page[Words.people],
            note: html.page[
                Label(zh: "\(people.count) 人", en: people.count == 1 ? "1 person" : "\(people.count) people")])
        if mayCreate {
            head.actions = [
                Button(
                    text: html.page[Words.newPerson], target: .link(Paths.newPerson), kind: .primary, icon: "plus")
            ]
        }
        html.add(head)
        html("div", .class("hw")) { html in
            if !left.isEmpty { forgotten(&html) }
            filters(&html)
            if shown.isEmpty { empty(&html) } else { table(&html) }
            if people.count == AccountsOf.most {
                html.add(
                    Note(
                        tone: .info,
                        text: html.page[
                            Label(
                                zh: "只列前 \(AccountsOf.most) 人，搜索可找到其他人。",
                                en: "The first \(AccountsOf.most) are listed; search for others.")]))
            }
        }
    }

    private func forgotten(_ html: inout HTML) {
        html.card(html.page[Words.leftBehind], count: left.count, icon: "alert-triangle") { html in
            html("ul") { html in
                for entry in left.prefix(10) {
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

    private func filters(_ html: inout HTML) {
        html("div", .class("ppl-f")) { html in
            html("form", .class("q"), .named("role", "search"), .action(Paths.people)) { html in
                html.icon("search")
                let label = html.page[Label(zh: "按姓名、账号、邮箱找", en: "Name, account or e-mail")]
                html.void(
                    "input", .type("search"), .name("q"), .value(wanted), .label(label), .named("placeholder", label),
                    .named("autocomplete", "off"))
                if let state { html.hidden("state", state.rawValue) }
            }
            html("div", .class("chips")) { html in
                html.add(
                    Chip(
                        text: html.page[Label(zh: "全部", en: "All")], url: url(nil), isPressed: state == nil,
                        count: people.count))
                for each in AccountStanding.State.allCases {
                    let count = people.count { $0.account.state == each }
                    if count > 0 || state == each {
                        html.add(
                            Chip(
                                text: html.page[AccountWords.label(each)], url: url(each), isPressed: state == each,
                                count: count))
                    }
                }
            }
        }
    }

    private func url(_ state: AccountStanding.State?) -> String {
        var parts: [String] = []
        if let state { parts.append("state=" + state.rawValue) }
        if !wanted.isEmpty { parts.append("q=" + Paths.encoded(wanted)) }
        return Paths.people + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
    }

    private func empty(_ html: inout HTML) {
        html.add(
            EmptyState(
                icon: "users", title: html.page[Label(zh: "没有符合条件的人", en: "Nobody matches")],
                hint: html.page[Label(zh: "换个词，或看全部。", en: "Try another word, or look at everybody.")],
                actions: [Button(text: html.page[Label(zh: "看全部", en: "Show all")], target: .link(Paths.people))]))
    }

    private func table(_ html: inout HTML) {
        html("section", .class("card")) { html in
            html(
                "div", .class("tw"), .named("tabindex", "0"), .named("role", "region"), .label(html.page[Words.people])
            ) {
                html in
                html("table", .class("dt")) { html in
                    html("thead") { html in
                        html("tr") { html in
                            for column in Self.columns { html("th", .named("scope", "col"), say: column) }
                        }
                    }
                    html("tbody") { html in for person in shown { row(person, &html) } }
                }
            }
        }
    }

    private func row(_ person: AccountsOf.Person, _ html: inout HTML) {
        let record = person.record
        html("tr", .class(person.account.state == .disabled ? "off" : "")) { html in
            html("th", .named("scope", "row")) { html in
                html("a", .class("rt"), .href(Paths.person(record.id.description))) { $0.user(record.title) }
                html("small", .class("mut ppl-n")) { $0.user(record["login"].text ?? "") }
            }
            html("td", .class("wr"), .data("l", html.page[Self.columns[1]])) { html in
                html.add(eyes.shown("roles", of: record))
            }
            html("td", .data("l", html.page[Self.columns[2]])) { $0.add(eyes.shown("department", of: record)) }
            html("td", .data("l", html.page[Self.columns[3]])) { html in
                html.add(AccountWords.tag(person.account.state, html.page.language))
                if person.account.hasTimeCodes {
                    html.add(Tag(html.page[Words.secondFactor], tone: .outline, icon: "shield"))
                }
            }
            html("td", .class("num"), .data("l", html.page[Self.columns[4]])) { html in
                if let seen = person.account.seenAt {
                    html.text(html.page.format.instant(seen))
                } else {
                    html("span", .class("mut"), say: Words.never)
                }
            }
            html("td", .class("num"), .data("l", html.page[Self.columns[5]])) { html in
                html.text(person.account.sessions == 0 ? "–" : String(person.account.sessions))
            }
        }
    }
}
