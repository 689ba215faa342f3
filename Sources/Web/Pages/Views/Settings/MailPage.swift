import Definitions
import Kernel
import Values

/// The account that mail leaves from: filled in, tried out, and how mail fares.
struct MailPage: Sendable {
    struct Trial: Sendable {
        let to: String
        let came: MailOffice.Trial
    }

    let standing: MailAccountOf.Answer
    /// What stood in the form that was refused.
    let typed: MailAccount?
    let problems: [Problem]
    let office: MailOffice?
    let channels: [DeliveryChannels.Channel]
    let myAddress: String
    let trial: Trial?
}

extension MailPage: Markup {
    func write(to html: inout HTML) {
        html.add(PageHead(title: html.page[Words.mail], note: html.page[state]))
        html("div", .class("narrow su")) { html in
            html.add(
                ErrorSummary(
                    items: problems.map { problem in
                        ErrorSummary.Item(text: html.page[problem.message], control: problem.field.map { "f-" + $0 })
                    }))
            if let fixed = office?.fixed { fixedCard(fixed, &html) } else { form(&html) }
            if office?.fixed != nil || standing.account != nil { test(&html) }
            outbox(&html)
        }
    }

    private var state: Label {
        if office?.fixed != nil { return Label(zh: "由服务器的设置给出", en: "set on the server") }
        return standing.account == nil
            ? Label(zh: "还没有设，通知只在系统里看得到", en: "none yet: notices are seen in here only")
            : Label(zh: "在用", en: "in use")
    }

    private func fixedCard(_ fixed: (server: String, sender: String), _ html: inout HTML) {
        html.card(html.page[Words.mail], icon: "mail", classes: "form-c") { html in
            html.add(
                FactList(facts: [
                    FactList.Fact(label: html.page[Label(zh: "服务器", en: "Server")], value: .text(fixed.server)),
                    FactList.Fact(label: html.page[Label(zh: "发件地址", en: "Sender")], value: .text(fixed.sender)),
                ]))
            html(
                "p", .class("mut sec-p"),
                say: Label(
                    zh: "服务器的参数、环境变量或 baton.conf 里设了 mail_server，以那里为准；去掉它，重启后就能在这里填。",
                    en:
                        "mail_server is set by a flag, the environment or baton.conf, and that wins. Without it, after a restart, the account is filled in here."
                ))
        }
    }

    private func control(
        _ name: String, _ label: Label, _ value: String, help: Label? = nil, isRequired: Bool = false,
        kind: FieldControl.Kind = .text(limit: 200, format: .plain), _ page: PageContext
    ) -> FieldControl {
        FieldControl(
            name: name, label: page[label], kind: kind, value: value, help: help.map { page[$0] },
            error: problems.first { $0.field == name }.map { page[$0.message] }, isRequired: isRequired)
    }

    private func form(_ html: inout HTML) {
        let account = typed ?? standing.account
        html.card(html.page[Words.mail], icon: "mail", classes: "form-c") { html in
            html.form(Paths.mail, .class("sec-f"), .flag("novalidate")) { html in
                html("div", .class("grid")) { $0.add(all: controls(account, $0.page)) }
                html("div", .class("row su-f")) { html in
                    html("button", .class("btn p"), .type("submit"), say: Words.save)
                }
            }
            if standing.account != nil {
                html("div", .class("row ppl-a")) { html in
                    html.add(
                        Button(
                            text: html.page[Label(zh: "删除账号，停止发信", en: "Remove the account")],
                            target: .post(Paths.mail + "/drop", []), kind: .danger))
                }
            }
        }
    }

    private func controls(_ account: MailAccount?, _ page: PageContext) -> [FieldControl] {
        let ways = [
            FieldControl.Choice("starttls", page[Label(zh: "STARTTLS（587 端口）", en: "STARTTLS (port 587)")]),
            FieldControl.Choice("tls", page[Label(zh: "SSL/TLS（465 端口）", en: "SSL/TLS (port 465)")]),
            FieldControl.Choice("none", page[Label(zh: "不加密（仅本机）", en: "None (this machine only)")]),
        ]
        let keeps = Label(zh: "已存，不再显示；不改就留空", en: "Kept and never shown again; leave blank to keep it")
        return [
            control(
                "host", Label(zh: "服务器", en: "Server"), account?.host ?? "",
                help: Label(zh: "如 smtp.exmail.qq.com", en: "Such as smtp.gmail.com"), isRequired: true, page),
            control(
                "port", Label(zh: "端口", en: "Port"), account.map { $0.port == 0 ? "" : String($0.port) } ?? "587",
                isRequired: true, kind: .number(scale: 0, unit: nil), page),
            control(
                "protection", Label(zh: "加密", en: "Encryption"), account?.protection.rawValue ?? "starttls",
                isRequired: true, kind: .choice(ways), page),
            control("user", Label(zh: "账号", en: "Account"), account?.user ?? "", page),
            control(
                "password", Label(zh: "密码或授权码", en: "Password or app password"), "",
                help: standing.hasPassword ? keeps : nil, kind: .password(isNew: true), page),
            control(
                "sender", Label(zh: "发件地址", en: "Sender's address"), account?.sender ?? "", isRequired: true,
                kind: .text(limit: 200, format: .email), page),
            control(
                "sender_name", Label(zh: "发件人名称", en: "Sender's name"), account?.senderName ?? "",
                help: Label(zh: "空为“Baton 接力”", en: "Empty for “Baton 接力”"), page),
        ]
    }

    private func test(_ html: inout HTML) {
        html.card(html.page[Label(zh: "试发一封", en: "Try it out")], icon: "send", id: "test") { html in
            if let trial { write(trial, &html) }
            html.form(Paths.mail + "/test", .class("sec-f row")) { html in
                html.add(
                    FieldControl(
                        name: "to", label: html.page[Label(zh: "发给", en: "To")],
                        kind: .text(limit: 200, format: .email), value: trial?.to ?? myAddress, isRequired: true,
                        scope: "t"))
                html("button", .class("btn"), .type("submit"), say: Label(zh: "发测试邮件", en: "Send a test mail"))
            }
        }
    }

    private func write(_ trial: Trial, _ html: inout HTML) {
        if trial.came.isDelivered {
            html.add(
                Note(
                    tone: .ok,
                    text: html.page[
                        Label(
                            zh: "服务器收下了，去 \(trial.to) 的收件箱看看（也看看垃圾邮件）。",
                            en: "The server took it. Look into the inbox of \(trial.to), and its junk folder.")],
                    isLive: true))
            return
        }
        html("div", .class("note bad"), .named("role", "status")) { html in
            html.icon("alert-triangle", size: .small)
            html("div") { html in
                html("b") { html in
                    html.say(Label(zh: "没有发出去：", en: "It was not sent: "))
                    html.user(html.page[trial.came.reason])
                }
                if !trial.came.said.isEmpty {
                    html("p") { html in
                        html.say(Label(zh: "服务器的原话：", en: "The server's words: "))
                        html("code") { $0.user(trial.came.said) }
                    }
                }
            }
        }
    }

    private func outbox(_ html: inout HTML) {
        let waiting = channels.reduce(0) { $0 + $1.waiting }
        let dead = channels.reduce(0) { $0 + $1.dead }
        html.card(
            html.page[Label(zh: "发件箱", en: "Outbox")], icon: "inbox",
            action: Button(text: html.page[Words.deliveries], target: .link(Paths.deliveries), kind: .ghost)
        ) { html in
            html.add(
                FactList(facts: [
                    FactList.Fact(
                        label: html.page[Label(zh: "待送", en: "Waiting")], value: .number(String(waiting))),
                    FactList.Fact(
                        label: html.page[Label(zh: "没送成，已放弃", en: "Given up")], value: .number(String(dead))),
                    FactList.Fact(
                        label: html.page[Label(zh: "最近送到", en: "Last delivered")],
                        value: .text(
                            channels.compactMap(\.lastAt).max().map { html.page.format.instant($0) }
                                ?? html.page[Words.never])),
                ]))
            for channel in channels {
                guard let error = channel.error else { continue }
                html("p", .class("nt-e sec-p")) { html in
                    html.say(Label(zh: "最近一次没送到：", en: "Last failure: "))
                    html.user(DeliveryReason.text(error, html.page.language))
                }
            }
            if dead > 0 {
                html("p", .class("sec-p")) { html in
                    html(
                        "a", .class("ln"), .href(Paths.deliveries + "#dead"),
                        say: Label(zh: "看原因，再试一次", en: "See why, and try again"))
                }
            }
        }
    }
}
