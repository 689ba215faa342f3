import Definitions
import Kernel
import Values

/// What leaves the house by mail and webhook: how each way stands, and what was given up.
struct DeliveriesPage: Sendable {
    let channels: [DeliveryChannels.Channel]
    let state: Deliveries.Answer
}

extension DeliveriesPage: Markup {
    func write(to html: inout HTML) {
        html.add(PageHead(title: html.page[Words.deliveries]))
        html("div", .class("narrow nts")) { html in
            html.card(html.page[Label(zh: "渠道", en: "Ways out")], icon: "send") { html in
                html("ul") { html in
                    for id in ["notice", "mail", "webhook"] {
                        write(id, channels.first { $0.id == id }, &html)
                    }
                }
            }
            html.card(
                html.page[Label(zh: "已放弃", en: "Given up")], count: state.deadCount, icon: "alert-triangle", id: "dead"
            ) { html in
                if state.dead.isEmpty {
                    html("p", .class("mut none-p"), say: Label(zh: "没有放弃的投递。", en: "Nothing was given up."))
                }
                html("ul") { html in for dead in state.dead { write(dead, &html) } }
            }
        }
    }

    private static func name(_ id: String) -> Label {
        switch id {
        case "notice": Label(zh: "通知邮件", en: "Notices by mail")
        case "mail": Label(zh: "规则发的邮件", en: "Mail of rules")
        case "webhook": Label(zh: "Webhook", en: "Webhooks")
        default: Label(zh: id, en: id)
        }
    }

    private func write(_ id: String, _ channel: DeliveryChannels.Channel?, _ html: inout HTML) {
        let (waiting, dead, late) = (channel?.waiting ?? 0, channel?.dead ?? 0, channel?.lateSeconds ?? 0)
        html("li", .class("it")) { html in
            html("span", .class("it-i")) { $0.icon(id == "webhook" ? "link" : id == "mail" ? "mail" : "bell") }
            html("div", .class("it-t")) { html in
                html("b", say: Self.name(id))
                html("p", .class("mut num"), text: figures(channel, html.page))
                if let error = channel?.error {
                    html("p", .class("nt-e")) { html in
                        html.say(Label(zh: "最近一次没送到：", en: "Last failure: "))
                        html.user(DeliveryReason.text(error, html.page.language))
                    }
                }
            }
            if dead > 0 {
                html.add(Tag(html.page[Label(zh: "放弃 \(dead)", en: "\(dead) given up")], tone: .bad))
            } else if late > 600 {
                html.add(Tag(html.page[Label(zh: "积压", en: "backlog")], tone: .warn))
            } else if waiting > 0 {
                html.add(Tag(html.page[Label(zh: "等待中", en: "waiting")], tone: .info))
            } else {
                html.add(Tag(html.page[Label(zh: "正常", en: "in order")], tone: .ok))
            }
        }
    }

    private func figures(_ channel: DeliveryChannels.Channel?, _ page: PageContext) -> String {
        guard let channel else { return page[Label(zh: "还没有投递过", en: "Nothing yet")] }
        var parts = [Label(zh: "待送 \(channel.waiting)", en: "\(channel.waiting) waiting")]
        if channel.lateSeconds > 0 {
            let minutes = (channel.lateSeconds + 59) / 60
            parts.append(Label(zh: "最久已等 \(minutes) 分钟", en: "the oldest for \(minutes) min"))
        }
        if let last = channel.lastAt {
            let time = page.format.instant(last)
            parts.append(Label(zh: "最近送到 \(time)", en: "last delivered \(time)"))
        }
        return parts.map { page[$0] }.joined(separator: " · ")
    }

    private func write(_ dead: Deliveries.Dead, _ html: inout HTML) {
        html("li", .class("it")) { html in
            html("span", .class("it-i")) { $0.icon("alert-triangle") }
            html("div", .class("it-t")) { html in
                html("b", say: Self.name(dead.channel))
                html("p", .class("nt-e")) { $0.user(DeliveryReason.text(dead.error, $0.page.language)) }
                html("p", .class("mut num")) { html in
                    html.text(html.page.format.instant(dead.endedAt) + " · ")
                    html.say(Label(zh: "试了 \(dead.attempts) 次", en: "\(dead.attempts) tries"))
                    html.text(" · ")
                    html("code") { $0.user(dead.key) }
                }
            }
            html("div", .class("it-a")) { html in
                html.add(
                    Button(
                        text: html.page[Label(zh: "再试一次", en: "Try again")],
                        target: .post(Paths.deliveries + "/again", [("id", String(dead.id))]), icon: "repeat"))
            }
        }
    }
}

/// Why something did not arrive: kept in both languages, parted by ` / `.
enum DeliveryReason {
    static func text(_ error: String, _ language: Language) -> String {
        guard let range = error.firstRange(of: " / ") else { return error }
        return String(language == .zh ? error[..<range.lowerBound] : error[range.upperBound...])
    }
}
