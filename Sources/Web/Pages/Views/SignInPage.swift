import Definitions

/// The door: account and password, in either language.
struct SignInPage: Sendable {
    var login = ""
    /// Why the last attempt failed; never which of the two was wrong.
    var error: String?
    /// Seconds until the next attempt is heard.
    var waitSeconds: Int?
    /// Where to go afterwards.
    var next = ""
    /// Asks for the second factor instead.
    var asksCode = false
    /// Demo company: logins to choose from.
    var demoLogins: [(login: String, label: Label)] = []
    var demoPassword = ""
    /// The certificate is of an authority of the house's own.
    var explainsTrust = false

    /// The whole page; it has no shell.
    func document(_ context: PageContext) -> [UInt8] {
        var html = HTML(context)
        html.document(title: context[Words.signIn], scripts: ["app.js"]) { html in
            html("main", .class("door")) { html in
                doorPanel(&html)
                html("section", .class("door-c")) { html in
                    form(&html)
                    if !demoLogins.isEmpty { demo(&html) }
                    if explainsTrust {
                        html("p") { html in html("a", .class("ln"), .href(Paths.trust), say: TrustWords.help) }
                    }
                    html.preferenceSwitches()
                }
            }
        }
        return html.bytes
    }

    private func form(_ html: inout HTML) {
        html("h1", say: Words.signIn)
        if let error { html.add(Note(tone: .bad, text: error, isLive: true)) }
        if let waitSeconds {
            html.add(Note(tone: .warn, text: html.page[Words.waitSeconds(waitSeconds)], isLive: true))
        }
        html.form(Paths.signIn, .class("door-f"), .id("sign-in")) { html in
            if !next.isEmpty { html.hidden("next", next) }
            html.add(
                FieldControl(
                    name: "login", label: html.page[Words.login], kind: .text(limit: 80, format: .plain), value: login,
                    isRequired: true, placeholder: nil))
            html.add(
                FieldControl(
                    name: "password", label: html.page[Words.password], kind: .password(isNew: false), isRequired: true)
            )
            if asksCode {
                html.add(
                    FieldControl(
                        name: "code", label: html.page[Words.secondFactor], kind: .text(limit: 8, format: .plain),
                        isRequired: true))
            }
            html("label", .class("tick")) { html in
                html.void("input", .type("checkbox"), .name("remember"), .value("true"), .flag("checked"))
                html("span", say: Words.remember)
            }
            html.add(
                Button(
                    text: html.page[Words.signIn], target: .submit(name: nil, value: nil), kind: .primary, isWide: true)
            )
        }
    }

    private func demo(_ html: inout HTML) {
        html("section", .class("demo")) { html in
            html("p", .class("mut"), text: html.page[Words.demoHint(demoPassword)])
            html("div", .class("chips")) { html in
                for person in demoLogins {
                    html(
                        "button", .class("chip"), .type("submit"), .named("form", "demo-in"), .name("login"),
                        .value(person.login)
                    ) { html in
                        html("b", text: person.login)
                        html.say(person.label)
                    }
                }
            }
            html.form(Paths.signIn, .id("demo-in")) { html in
                html.hidden("password", demoPassword)
                if !next.isEmpty { html.hidden("next", next) }
            }
        }
    }

    /// The half of the page that tells what the house is.
    private func doorPanel(_ html: inout HTML) {
        html("aside", .class("door-p")) { html in
            html("div", .class("door-l")) { html in
                html("span", .class("logo")) { $0.logo() }
                html("b", say: Words.product)
            }
            html.append(
                "<svg class=\"door-bg\" viewBox=\"0 0 20 20\" aria-hidden=\"true\"><path class=\"lg-b\" d=\"m6.8 13.2 6.4-6.4\"/></svg>"
            )
            html("p", .class("door-h pre"), say: Words.claim)
            html("ol", .class("legs"), .aria("hidden", "true")) { html in
                for (position, leg) in Words.claimLegs.enumerated() {
                    html("li", .class(position < 3 ? "d" : position == 3 ? "c" : ""), say: leg)
                }
            }
        }
    }
}

/// The first minute of an empty house: the account of its owner.
struct FirstRunPage: Sendable {
    var fields: [FieldControl]
    var problems: [ErrorSummary.Item] = []

    func document(_ context: PageContext) -> [UInt8] {
        var html = HTML(context)
        html.document(title: context[Words.firstRun], scripts: ["app.js"]) { html in
            html("main", .class("door one")) { html in
                html("section", .class("door-c")) { html in
                    html("span", .class("logo")) { $0.logo() }
                    html("h1", say: Words.firstRun)
                    html("p", .class("t2"), say: Words.firstRunHint)
                    html.add(ErrorSummary(items: problems))
                    html.form(Paths.firstRun, .class("door-f"), .data("form")) { html in
                        html.add(all: fields)
                        html.add(
                            Button(
                                text: html.page[Words.createOwner], target: .submit(name: nil, value: nil),
                                kind: .primary, isWide: true))
                    }
                    html.preferenceSwitches()
                }
            }
        }
        return html.bytes
    }
}

/// The first thing after a password that works once: one's own.
struct RenewPage: Sendable {
    let name: String
    var error: String?

    func document(_ context: PageContext) -> [UInt8] {
        var html = HTML(context)
        let title = Label(zh: "设定自己的密码", en: "Choose your own password")
        html.document(title: context[title], scripts: ["app.js"]) { html in
            html("main", .class("door one")) { html in
                html("section", .class("door-c")) { html in
                    html("span", .class("logo")) { $0.logo() }
                    html("h1", say: title)
                    html(
                        "p", .class("t2"),
                        say: Label(
                            zh: "\(name)，一次性密码到此为止。换成只有你知道的密码，就可以开始了。",
                            en: "\(name), the one-time password ends here. Choose one that only you know, and begin."))
                    html.form(Paths.security + "/password", .class("door-f"), .data("form")) { html in
                        var control = FieldControl(
                            name: "new",
                            label: html.page[Label(zh: "新密码（至少 10 个字符）", en: "New password (10 characters or more)")],
                            kind: .password(isNew: true), isRequired: true)
                        control.error = error
                        html.add(control)
                        html.add(
                            Button(
                                text: html.page[Label(zh: "设定并进入", en: "Set it and enter")],
                                target: .submit(name: nil, value: nil), kind: .primary, isWide: true))
                    }
                    html.form("/sign-out") { html in
                        html.add(
                            Button(text: html.page[Words.signOut], target: .submit(name: nil, value: nil), kind: .ghost)
                        )
                    }
                    html.preferenceSwitches()
                }
            }
        }
        return html.bytes
    }
}
