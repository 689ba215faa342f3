import Definitions
import Kernel
import Values

/// What went over, to print and to sign.
struct HandOverListPage: Sendable {
    let answer: HandOverOf.Answer
    let items: HandOverItems.Answer
    let words: HandOverWords
}

extension HandOverListPage: Markup {
    func write(to html: inout HTML) {
        html.add(
            PageHead(
                title: html.page[Words.handOverList],
                note: answer.person.name + " · " + html.page.format.dated(answer.begunAt ?? answer.at),
                actions: [
                    Button(
                        text: html.page[Label(zh: "打印", en: "Print")], target: .script("print"), icon: "printer")
                ]))
        html("div", .class("hw ho-p")) { html in
            facts(&html)
            signatures(&html)
            rows(&html)
        }
    }

    private func facts(_ html: inout HTML) {
        let format = html.page.format
        let reason = answer.wish?.note ?? ""
        let facts: [(Label, String)] = [
            (Label(zh: "交接人", en: "Hands over"), answer.person.name),
            (Label(zh: "安排人", en: "Ordered by"), answer.by),
            (Label(zh: "日期", en: "Date"), format.dated(answer.begunAt ?? answer.at)),
            (Label(zh: "已交", en: "Handed over"), format.count(answer.count("done"))),
            (Words.reason, reason),
        ]
        html("dl", .class("card pad ho-f")) { html in
            for (label, text) in facts where !text.isEmpty {
                html("div") { html in
                    html("dt", .class("mut"), say: label)
                    html("dd") { $0.user(text) }
                }
            }
        }
    }

    private func signatures(_ html: inout HTML) {
        if answer.receipts.isEmpty { return }
        html.card(html.page[Label(zh: "接收", en: "Accepted by")], icon: "users") { html in
            html("ul") { html in
                for receipt in answer.receipts {
                    html("li", .class("ho-o")) { html in
                        html("b") { $0.user(receipt.receiver.name) }
                        html("span", .class("num"), say: Label(zh: "\(receipt.count) 项", en: "\(receipt.count) items"))
                        if let at = receipt.acceptedAt {
                            html(
                                "span", .class("ho-sg"),
                                say: Label(
                                    zh: "已确认 \(html.page.format.dated(at))",
                                    en: "Accepted \(html.page.format.dated(at))"))
                        } else {
                            html(
                                "span", .class("ho-sg mut"),
                                say: Label(zh: "签字 ____________", en: "Signature ____________"))
                        }
                    }
                }
            }
        }
    }

    private func rows(_ html: inout HTML) {
        let columns = [
            Label(zh: "序号", en: "No."), Label(zh: "什么", en: "What"), Label(zh: "名称", en: "Name"),
            Label(zh: "从", en: "From"), Label(zh: "到", en: "To"), Words.state,
        ]
        html.card(html.page[Label(zh: "明细", en: "Items")], icon: "list") { html in
            html(
                "div", .class("tw"), .named("tabindex", "0"), .named("role", "region"),
                .label(html.page[Words.handOverList])
            ) { html in
                html("table", .class("dt")) { html in
                    html("thead") { html in
                        html("tr") { html in for column in columns { html("th", .named("scope", "col"), say: column) } }
                    }
                    html("tbody") { html in for item in items.items { row(item, &html) } }
                }
            }
            if let next = items.next {
                html("div", .class("row ho-b")) { html in
                    html(
                        "a", .class("btn"), .href(Paths.handOver(answer.id, "list") + "?from=\(next)"),
                        say: Label(zh: "往后看", en: "More"))
                }
            }
        }
    }

    private func row(_ item: HandOverItems.Item, _ html: inout HTML) {
        html("tr") { html in
            html("td", .class("num"), text: html.page.format.count(item.number + 1))
            html("td", text: words.kind(item.kind, item.object, item.field))
            html("th", .named("scope", "row")) { html in
                if item.title.isEmpty {
                    html("span", .class("mut"), say: Label(zh: "不在你的视野里", en: "Not in your sight"))
                } else {
                    html.user(item.title)
                }
            }
            html("td") { $0.user(answer.person.name) }
            html("td") { html in html.user(item.receiver?.name ?? "–") }
            html("td", .class("wr")) { html in
                html.say(HandOverWords.row(item.state).label)
                if let problem = item.problem {
                    html.append(" ")
                    html("small", .class("mut"), say: problem)
                }
            }
        }
    }
}
