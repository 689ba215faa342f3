import Definitions
import Kernel
import Values

/// The sessions of somebody: device, place, last use, and an end to each.
struct SessionList: Markup {
    let sessions: [AccountKeys.Session]
    /// Takes the field `session`; nil where the reader may not end them.
    let endURL: String?

    func write(to html: inout HTML) {
        if sessions.isEmpty {
            html("p", .class("mut none-p"), say: Label(zh: "现在没有登录的设备。", en: "No device is signed in now."))
        }
        html("ul", .class("acc-l")) { html in for session in sessions { write(session, &html) } }
    }

    private func write(_ session: AccountKeys.Session, _ html: inout HTML) {
        let format = html.page.format
        let name = session.kind == "local" ? "baton" : DeviceWords.name(session.agent, html.page.language)
        html("li", .class("it")) { html in
            html("span", .class("it-i")) {
                $0.icon(DeviceWords.isHandheld(session.agent) ? "phone" : "monitor")
            }
            html("div", .class("it-t")) { html in
                html("b") { $0.user(name) }
                html.append(" ")
                if session.isThis { html.add(Tag(html.page[Label(zh: "这一台", en: "this one")], tone: .ok)) }
                if session.kind == "renew" {
                    html.add(Tag(html.page[Label(zh: "待设密码", en: "password to choose")], tone: .warn))
                }
                html("p", .class("mut num")) { html in
                    html.user(
                        html.page[
                            Label(
                                zh: "最近 \(format.instant(session.seenAt)) · 登录于 \(format.instant(session.createdAt))",
                                en:
                                    "last used \(format.instant(session.seenAt)) · signed in \(format.instant(session.createdAt))"
                            )])
                    if !session.address.isEmpty {
                        html.append(" · ")
                        html.user(session.address)
                    }
                }
            }
            if let endURL, !session.isThis {
                html("div", .class("it-a")) { html in
                    html.add(
                        Button(
                            text: html.page[Label(zh: "退出登录", en: "Sign it out")],
                            target: .post(endURL, [("session", session.handle)])))
                }
            }
        }
    }
}

/// Tokens with whose they are, when they were last used and when they end.
struct TokenList: Markup {
    let tokens: [AccountKeys.Token]
    /// Whose, by person; empty where all are one's own.
    var names: [RecordID: String] = [:]
    /// Address that takes the fields `user` and `token`; nil where the reader may not revoke.
    let revokeURL: String?
    let now: Instant
    let label: String

    private static let columns = [
        Words.name, Label(zh: "谁的", en: "Whose"), Label(zh: "最近使用", en: "Last used"),
        Label(zh: "建于", en: "Made"), Label(zh: "到期", en: "Ends"),
    ]

    func write(to html: inout HTML) {
        html("div", .class("tw"), .named("tabindex", "0"), .named("role", "region"), .label(label)) { html in
            html("table", .class("dt")) { html in
                html("thead") { html in
                    html("tr") { html in
                        for (place, column) in Self.columns.enumerated() where place != 1 || !names.isEmpty {
                            html("th", .named("scope", "col"), say: column)
                        }
                        html("th", .class("act")) { $0("span", .class("vh"), say: Words.moreActions) }
                    }
                }
                html("tbody") { html in for token in tokens { row(token, &html) } }
            }
        }
    }

    private func row(_ token: AccountKeys.Token, _ html: inout HTML) {
        let format = html.page.format
        let lives = token.isLiving(at: now)
        html("tr", .class(lives ? "" : "off")) { html in
            html("th", .named("scope", "row")) { $0.user(token.name) }
            if !names.isEmpty {
                html("td", .data("l", html.page[Self.columns[1]])) { html in
                    html("a", .class("ln"), .href(Paths.person(token.user.description))) {
                        $0.user(names[token.user] ?? "")
                    }
                }
            }
            html("td", .class("num"), .data("l", html.page[Self.columns[2]])) { html in
                if let used = token.usedAt {
                    html.text(format.instant(used))
                } else {
                    html("span", .class("mut"), say: Words.never)
                }
            }
            html("td", .class("num"), .data("l", html.page[Self.columns[3]]), text: format.instant(token.createdAt))
            html("td", .class("num"), .data("l", html.page[Self.columns[4]])) { html in end(token, lives, &html) }
            html("td", .class("act")) { html in
                if let revokeURL, lives {
                    html.add(
                        Button(
                            text: html.page[Label(zh: "作废", en: "Revoke")],
                            target: .post(
                                revokeURL, [("user", token.user.description), ("token", token.id.description)])))
                }
            }
        }
    }

    private func end(_ token: AccountKeys.Token, _ lives: Bool, _ html: inout HTML) {
        let format = html.page.format
        if let revoked = token.revokedAt {
            html.add(
                Tag(
                    html.page[
                        Label(zh: "\(format.instant(revoked)) 作废", en: "revoked \(format.instant(revoked))")]))
        } else if let expires = token.expiresAt {
            let days = format.localDay(expires).number - format.today.number
            if !lives {
                html.add(Tag(html.page[Label(zh: "已到期", en: "over")]))
            } else if days <= 14 {
                html.add(Tag(format.day(format.localDay(expires)), tone: .warn, icon: "clock"))
            } else {
                html.text(format.day(format.localDay(expires)))
            }
        } else {
            html("span", .class("mut"), say: Label(zh: "不到期", en: "does not end"))
        }
    }
}

/// A secret that is shown once, to be copied or printed.
struct SecretOnce: Markup {
    let title: String
    let secret: String
    let note: String
    /// Lines below it: whose, for what address.
    var facts: [(label: Label, value: String)] = []

    func write(to html: inout HTML) {
        html("section", .class("card once"), .named("role", "status")) { html in
            html("h2", text: title)
            html("output", .class("once-s"), .id("secret"), text: secret)
            if !facts.isEmpty {
                html("dl", .class("f")) { html in
                    for fact in facts {
                        html("div") { html in
                            html("dt", say: fact.label)
                            html("dd") { $0.user(fact.value) }
                        }
                    }
                }
            }
            html("p", .class("mut"), text: note)
        }
    }
}
