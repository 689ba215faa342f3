import Definitions
import Kernel
import Values

/// One person's account: state, what it may be done with it, devices, tokens.
struct PersonPage: Sendable {
    let account: AccountOf.Answer
    let eyes: Presentation
    let isMyself: Bool
    let now: Instant

    private var person: AccountsOf.Person { account.person }
    private var record: RecordView { person.record }
    private var id: String { record.id.description }
    private var mayManage: Bool { person.isManageable }
}

extension PersonPage: Markup {
    func write(to html: inout HTML) {
        html.add(PageHead(title: record.title, actions: actions(html.page)))
        html("div", .class("hw hw-p")) { html in
            if !mayManage { beyond(&html) }
            html.card(html.page[Label(zh: "账号", en: "Account")], icon: "user", classes: "form-c") { html in
                html.add(FactList(facts: facts(html.page)))
                steps(&html)
            }
            html.card(
                html.page[Words.sessions], count: account.sessions.count, icon: "monitor", action: endAll(html.page)
            ) {
                $0.add(
                    SessionList(
                        sessions: account.sessions, endURL: mayManage ? Paths.person(id) + "/sessions/end" : nil))
            }
            html.card(html.page[Words.tokens], count: living, icon: "link") { html in
                if account.tokens.isEmpty {
                    html("p", .class("mut none-p"), say: Label(zh: "没有令牌。", en: "No tokens."))
                } else {
                    html.add(
                        TokenList(
                            tokens: account.tokens, revokeURL: mayManage ? Paths.person(id) + "/tokens/revoke" : nil,
                            now: now, label: html.page[Words.tokens]))
                }
            }
        }
    }

    private var living: Int { account.tokens.count { $0.isLiving(at: now) } }

    private func actions(_ page: PageContext) -> [Button] {
        var out: [Button] = []
        if record.actions.contains("update") {
            out.append(Button(text: page[Words.edit], target: .link(Paths.edit("user", id)), icon: "pen"))
        }
        out.append(
            Button(
                text: page[Label(zh: "资料与动态", en: "Record and history")], target: .link(Paths.record("user", id)),
                icon: "history"))
        return out
    }

    private func beyond(_ html: inout HTML) {
        html.add(
            Note(
                tone: .info,
                text: html.page[
                    Label(
                        zh: "此人的角色超出你自己的权限，只能看，不能改动这个账号。",
                        en: "Their roles give more than you hold: you may look, not change the account.")]))
    }

    private func facts(_ page: PageContext) -> [FactList.Fact] {
        var out = [
            FactList.Fact(
                label: page[Words.state], value: .tags([AccountWords.tag(person.account.state, page.language)])),
            FactList.Fact(label: page[Words.login], value: .text(record["login"].text ?? "–")),
        ]
        if let until = person.account.lockedUntil {
            out.append(
                FactList.Fact(
                    label: page[Label(zh: "锁定到", en: "Locked until")], value: .text(page.format.instant(until))))
        }
        for field in ["roles", "department", "region", "email", "language", "time_zone"]
        where eyes.isReadable(field, of: "user") {
            out.append(FactList.Fact(label: eyes.label(field, of: "user"), value: eyes.shown(field, of: record)))
        }
        func time(_ instant: Instant?) -> Shown { .text(instant.map(page.format.instant) ?? page[Words.never]) }
        out += [
            FactList.Fact(
                label: page[Label(zh: "最近登录", en: "Last signed in")], value: time(person.account.signedInAt)),
            FactList.Fact(label: page[Words.lastSeen], value: time(person.account.seenAt)),
            FactList.Fact(
                label: page[Words.secondFactor],
                value: .text(page[person.account.hasTimeCodes ? Words.switchedOn : Words.switchedOff])),
        ]
        return out
    }

    private func steps(_ html: inout HTML) {
        guard mayManage, !isMyself else { return }
        let state = person.account.state
        html("div", .class("row ppl-a")) { html in
            if state != .disabled {
                let again =
                    state == .none
                    ? Label(zh: "开通账号", en: "Open an account") : Label(zh: "给一次性密码", en: "Give a one-time password")
                html.add(
                    Button(
                        text: html.page[again], target: .post(Paths.person(id) + "/invite", []), kind: .primary,
                        icon: "key"))
            }
            if state == .locked {
                html.add(
                    Button(
                        text: html.page[Label(zh: "解锁", en: "Unlock")],
                        target: .post(Paths.person(id) + "/unlock", [])))
            }
            if record.editable.contains("active") {
                let version = [("version", String(record.version))]
                html.add(
                    state == .disabled
                        ? Button(
                            text: html.page[Label(zh: "启用账号", en: "Switch the account on")],
                            target: .post(Paths.person(id) + "/enable", version))
                        : Button(
                            text: html.page[Label(zh: "停用账号", en: "Switch the account off")],
                            target: .post(Paths.person(id) + "/disable", version), kind: .danger))
            }
        }
        html(
            "p", .class("mut sec-p"),
            say: Label(
                zh: "一次性密码 7 天内有效，用它登录后要先设自己的密码；旧密码、设备和令牌立即失效。停用后记录都在，随时能再启用。",
                en:
                    "A one-time password is good for 7 days and must be changed at once; the old password, devices and tokens end now. Switching off keeps every record."
            ))
    }

    private func endAll(_ page: PageContext) -> Button? {
        guard mayManage, !isMyself, !account.sessions.isEmpty else { return nil }
        return Button(
            text: page[Label(zh: "全部退出登录", en: "Sign out everywhere")],
            target: .post(Paths.person(id) + "/sessions/end", []))
    }
}

/// A password that works once, to be handed over.
struct OneTimePage: Markup {
    let name: String
    let login: String
    let password: String
    let until: Instant?
    let address: String
    let personURL: String

    func write(to html: inout HTML) {
        html.add(PageHead(title: html.page[Words.oneTime]))
        html("div", .class("narrow")) { html in
            html.add(
                SecretOnce(
                    title: name, secret: password,
                    note: html.page[
                        Label(
                            zh:
                                "只显示这一次。当面、电话或另一条渠道交给本人，不要和账号写在同一封邮件里。\(until.map { "有效到 " + html.page.format.instant($0) + "。" } ?? "")",
                            en:
                                "Shown only now. Hand it over in person, by phone or another channel, not in one mail with the account.\(until.map { " Good until " + html.page.format.instant($0) + "." } ?? "")"
                        )],
                    facts: [
                        (Label(zh: "网址", en: "Address"), address), (Words.login, login),
                    ]))
            html("div", .class("row no-print")) { html in
                html.add(
                    Button(
                        text: html.page[Label(zh: "已交给本人", en: "It is handed over")], target: .link(personURL),
                        kind: .primary))
                html.add(
                    Button(
                        text: html.page[Label(zh: "再建一个账号", en: "Another account")], target: .link(Paths.newPerson)))
            }
        }
    }
}

/// A new person with an account.
struct NewPersonPage: Markup {
    static let asked = [
        "name", "login", "email", "phone", "roles", "department", "region", "manager", "language", "time_zone",
    ]

    let fields: [FieldControl]
    let problems: [ErrorSummary.Item]
    let key: String

    func write(to html: inout HTML) {
        html.add(PageHead(title: html.page[Words.newPerson]))
        html("div", .class("narrow")) { html in
            html.add(ErrorSummary(items: problems))
            html("section", .class("card form-c")) { html in
                html.form(Paths.newPerson, .class("sec-f"), .data("form")) { html in
                    html.hidden("idempotency-key", key)
                    html("div", .class("grid")) { $0.add(all: fields) }
                    html("div", .class("row")) { html in
                        html(
                            "button", .class("btn p"), .type("submit"),
                            say: Label(zh: "建账号，给一次性密码", en: "Make the account and a one-time password"))
                        html.add(Button(text: html.page[Words.cancel], target: .link(Paths.people), kind: .ghost))
                    }
                }
            }
        }
    }
}

/// The tokens of everybody.
struct TokensPage: Markup {
    let answer: AllTokens.Answer
    let now: Instant

    func write(to html: inout HTML) {
        html.add(
            PageHead(
                title: html.page[Words.tokens],
                note: html.page[Label(zh: "程序凭它以本人的权限读写", en: "Programs read and write with them, as their owner may")],
                actions: [
                    Button(
                        text: html.page[Label(zh: "我的令牌", en: "My tokens")],
                        target: .link(Paths.security + "#tokens"))
                ]))
        html("div", .class("hw")) { html in
            if answer.tokens.isEmpty {
                html.add(
                    EmptyState(
                        icon: "link", title: html.page[Label(zh: "还没有人建令牌", en: "Nobody has made a token")],
                        hint: html.page[
                            Label(
                                zh: "每人在“登录与安全”里给自己的程序建令牌。",
                                en: "Everybody makes those for their own programs under “Sign-in and security”.")]))
                return
            }
            html("section", .class("card")) { html in
                html.add(
                    TokenList(
                        tokens: answer.tokens, names: answer.names, revokeURL: Paths.tokens + "/revoke", now: now,
                        label: html.page[Words.tokens]))
            }
        }
    }
}
