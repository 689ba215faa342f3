import Definitions
import Kernel
import Values

/// The newest rate of each currency, with a place for today's.
struct CurrencyStepPage: Sendable {
    struct Row: Sendable {
        let code: String
        let name: String
        /// As it was typed, or the newest.
        var buy = ""
        var day: Day?
        var error: String?
    }

    struct Free: Sendable {
        var code = ""
        var buy = ""
        var error: String?
    }

    let base: String
    let rows: [Row]
    /// Currencies that have no row of their own yet.
    let free: [Free]
    let others: [FieldControl.Choice]
    let maySave: Bool
}

extension CurrencyStepPage: Markup {
    func write(to html: inout HTML) {
        let wrong = (rows.compactMap(\.error) + free.compactMap(\.error))
        html.add(ErrorSummary(items: wrong.map { ErrorSummary.Item(text: $0, control: nil) }))
        html.card(html.page[Label(zh: "本币 \(base)", en: "Base currency \(base)")], icon: "coins") { html in
            html(
                "p", .class("mut sec-p"),
                say: Label(
                    zh: "本币由业务包定。填 1 单位外币合多少 \(base)，银行买入价；不做的币种留空。以后每天的汇率在“汇率”里加。",
                    en:
                        "The packs set the base currency. Enter how much \(base) one unit is worth at the bank's buying rate, and leave blank what you don't trade in. Later rates are added under “Exchange rates”."
                ))
            html.form(Paths.firstStep(.currencies), .class("sec-f")) { html in
                html("div", .class("su-r")) { html in
                    for row in rows { write(row, &html) }
                    for (place, each) in free.enumerated() { write(each, place, &html) }
                }
                html.add(FirstStepFoot(step: .currencies, save: maySave ? Words.saveNext : nil))
            }
        }
    }

    private func write(_ row: Row, _ html: inout HTML) {
        let id = "r-" + row.code
        html("div", .class(row.error == nil ? "fd" : "fd err")) { html in
            html("label", .class("fd-l"), .named("for", id)) { html in
                html("b", text: row.code)
                html.text(" ")
                html.user(row.name)
            }
            number(id: id, name: "r." + row.code, row.buy, row.error, &html)
            if let error = row.error { html("p", .class("fd-e")) { $0.user(error) } }
            if let day = row.day {
                html("p", .class("fd-h"), text: html.page[Label(zh: "\(day) 的汇率", en: "as of \(day)")])
            }
        }
    }

    private func write(_ each: Free, _ place: Int, _ html: inout HTML) {
        html("div", .class(each.error == nil ? "fd" : "fd err")) { html in
            html(
                "label", .class("fd-l"), .named("for", "x-\(place)"), say: Label(zh: "其他币种", en: "Another currency"))
            html("div", .class("affix")) { html in
                html(
                    "select", .class("in cur"), .name("x\(place).code"),
                    .label(html.page[Label(zh: "币种 \(place + 1)", en: "Currency \(place + 1)")])
                ) { html in
                    html("option", .value(""), text: "–")
                    for choice in others {
                        html(
                            "option", .value(choice.value), .flag("selected", choice.value == each.code),
                            text: choice.label)
                    }
                }
                number(id: "x-\(place)", name: "x\(place).buy", each.buy, each.error, &html)
            }
            if let error = each.error { html("p", .class("fd-e")) { $0.user(error) } }
        }
    }

    private func number(id: String, name: String, _ value: String, _ error: String?, _ html: inout HTML) {
        html.void(
            "input", .class("in num"), .type("text"), .named("inputmode", "decimal"), .id(id), .name(name),
            .value(value), .named("autocomplete", "off"), .named("maxlength", "20"),
            .when(error != nil, .aria("invalid", "true")))
    }
}
