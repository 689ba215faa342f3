import Definitions
import Kernel
import Values

/// One's own password, time codes, devices and tokens.
struct SecurityPage: Sendable {
    let account: AccountOf.Answer
    let now: Instant
    /// What was wrong, by the card it stands in: `password`, `codes`, `token`.
    var problems: [String: [String]] = [:]
    /// The secret of time codes that are being bound.
    var pendingSecret: String?
    var login = ""
    /// A token that was just made.
    var made: (name: String, secret: String)?
    var tokenName = ""
}

extension SecurityPage: Markup {
    func write(to html: inout HTML) {
        html.add(PageHead(title: html.page[Words.security]))
        html("div", .class("narrow sec")) { html in
            if let made {
                html.add(
                    SecretOnce(
                        title: html.page[Label(zh: "令牌“\(made.name)”", en: "Token “\(made.name)”")],
                        secret: made.secret,
                        note: html.page[
                            Label(
                                zh: "只显示这一次，现在复制到要用它的程序里。谁拿到它，谁就能以你的身份读写。",
                                en:
                                    "Shown only now: copy it into the program that needs it. Whoever has it acts as you."
                            )]))
            }
            html.card(html.page[Label(zh: "密码", en: "Password")], icon: "key", classes: "form-c", id: "password") {
                password(&$0)
            }
            html.card(html.page[Words.secondFactor], icon: "shield", classes: "form-c", id: "codes") { codes(&$0) }
            html.card(
                html.page[Words.sessions], count: account.sessions.count, icon: "monitor", id: "sessions",
                action: account.sessions.count > 1
                    ? Button(
                        text: html.page[Label(zh: "退出其他所有设备", en: "Sign out all others")],
                        target: .post(Paths.security + "/sessions/end", [("session", "others")])) : nil
            ) { html in
                html.add(SessionList(sessions: account.sessions, endURL: Paths.security + "/sessions/end"))
            }
            html.card(html.page[Words.tokens], count: living.count, icon: "link", classes: "form-c", id: "tokens") {
                tokens(&$0)
            }
        }
    }

    private var living: [AccountKeys.Token] { account.tokens.filter { $0.isLiving(at: now) } }

    private func note(_ card: String, _ html: inout HTML) {
        guard let texts = problems[card], let first = texts.first else { return }
        html.add(ErrorNote(text: first, more: Array(texts.dropFirst())))
    }

    private func field(_ name: String, _ label: Label, _ kind: FieldControl.Kind, _ html: inout HTML) {
        html.add(FieldControl(name: name, label: html.page[label], kind: kind, isRequired: true, scope: "sec"))
    }

    private func password(_ html: inout HTML) {
        html.form(Paths.security + "/password", .class("sec-f"), .data("form")) { html in
            note("password", &html)
            html("div", .class("grid")) { html in
                field("old", Label(zh: "现在的密码", en: "Present password"), .password(isNew: false), &html)
                field(
                    "new", Label(zh: "新密码（至少 10 个字符）", en: "New password (10 characters or more)"),
                    .password(isNew: true), &html)
            }
            html("div", .class("row")) { html in
                html("button", .class("btn p"), .type("submit"), say: Label(zh: "修改密码", en: "Change the password"))
                html("span", .class("mut"), say: Label(zh: "其他设备会退出登录", en: "Other devices are signed out"))
            }
        }
    }

    private func codes(_ html: inout HTML) {
        note("codes", &html)
        if let secret = pendingSecret {
            confirm(secret, &html)
        } else if account.person.account.hasTimeCodes {
            html("p", .class("sec-p")) { html in
                html.add(Tag(html.page[Label(zh: "已启用", en: "on")], tone: .ok, icon: "check"))
                html.append(" ")
                html.say(Label(zh: "登录时除密码外还要六位数字。", en: "Signing in asks for six digits beside the password."))
            }
            html.form(Paths.security + "/codes/drop", .class("sec-f row")) { html in
                field("password", Words.password, .password(isNew: false), &html)
                html("button", .class("btn d"), .type("submit"), say: Label(zh: "停用验证码", en: "Switch the codes off"))
            }
        } else {
            html(
                "p", .class("mut sec-p"),
                say: Label(
                    zh: "用手机上的验证器（如 Microsoft Authenticator、Google Authenticator）多加一道锁。密码被别人知道也进不来。",
                    en:
                        "A second lock with an authenticator app on your phone. A password alone then opens nothing."))
            html.form(Paths.security + "/codes", .class("sec-f")) { html in
                html("button", .class("btn"), .type("submit"), say: Label(zh: "绑定验证器", en: "Bind an authenticator"))
            }
        }
    }

    private func confirm(_ secret: String, _ html: inout HTML) {
        html("ol", .class("sec-o")) { html in
            html("li") { html in
                html.say(
                    Label(
                        zh: "在验证器里选“手动输入密钥”，账号写 \(login)，密钥：", en: "In the app choose to enter a key, account \(login):"
                    ))
                html("output", .class("once-s"), text: Self.inFours(secret))
            }
            html("li", say: Label(zh: "输入它现在显示的六位数字。", en: "Enter the six digits it shows now."))
        }
        html.form(Paths.security + "/codes/confirm", .class("sec-f row")) { html in
            html.hidden("secret", secret)
            html("div", .class("fd")) { html in
                html("label", .class("fd-l"), .named("for", "sec-code"), say: Words.secondFactor)
                html.void(
                    "input", .class("in num"), .id("sec-code"), .name("code"), .type("text"),
                    .named("inputmode", "numeric"), .named("autocomplete", "one-time-code"), .named("maxlength", "7"),
                    .flag("required"))
            }
            html("button", .class("btn p"), .type("submit"), say: Label(zh: "启用", en: "Switch on"))
        }
    }

    static func inFours(_ text: String) -> String {
        let letters = Array(text)
        return stride(from: 0, to: letters.count, by: 4).map { String(letters[$0..<min($0 + 4, letters.count)]) }
            .joined(separator: " ")
    }

    private func tokens(_ html: inout HTML) {
        html(
            "p", .class("mut sec-p"),
            say: Label(
                zh: "给脚本和别的系统用，权限和你的账号一样。每个程序一个令牌，不用了就作废。",
                en:
                    "For scripts and other systems; a token may do what you may. One for each program; revoke what is no longer used."
            ))
        if !account.tokens.isEmpty {
            html.add(
                TokenList(
                    tokens: account.tokens, revokeURL: Paths.security + "/tokens/revoke", now: now,
                    label: html.page[Words.tokens]))
        }
        html.form(Paths.security + "/tokens", .class("sec-f"), .data("form")) { html in
            note("token", &html)
            html("div", .class("grid")) { html in
                html.add(
                    FieldControl(
                        name: "name", label: html.page[Label(zh: "给哪个程序用", en: "For which program")],
                        kind: .text(limit: 100, format: .plain), value: tokenName, isRequired: true, scope: "tok"))
                html.add(
                    FieldControl(
                        name: "days", label: html.page[Label(zh: "有效期", en: "Good for")],
                        kind: .choice(
                            [("30", 30), ("90", 90), ("365", 365)].map { value, days in
                                FieldControl.Choice(value, html.page[Label(zh: "\(days) 天", en: "\(days) days")])
                            }), value: "90", scope: "tok"))
            }
            html("div", .class("row")) { html in
                html("button", .class("btn"), .type("submit"), say: Label(zh: "新建令牌", en: "New token"))
            }
        }
    }
}
