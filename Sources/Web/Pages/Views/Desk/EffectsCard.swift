import Definitions

/// 影响清单: what a change touches, line by line, each to be confirmed or corrected by who answers for it.
struct EffectsCard: Markup {
    struct Row: Sendable {
        let id: String
        let kind: Tag
        let text: String
        /// The order or the paper it is about.
        let about: Shown
        let amount: String
        let days: String
        /// What stands in the inputs.
        let amountValue: String
        let daysValue: String
        let isConfirmed: Bool
    }

    let title: String
    /// What is asked for: the field, as it was, as it shall be.
    let wishes: [(label: String, before: String, after: String)]
    let rows: [Row]
    /// Where a line is confirmed; nil when it can't be.
    let postURL: String?
    let version: Int
    let canSeeAmounts: Bool

    func write(to html: inout HTML) {
        let open = rows.count { !$0.isConfirmed }
        html.card(title, count: rows.count, icon: "branch", classes: "fx", id: "effects") { html in
            if !wishes.isEmpty { asked(&html) }
            if open > 0, postURL != nil {
                let text = Label(
                    zh: "\(open) 条还没确认，逐条核对，或用“确认影响”一次确认",
                    en: "\(open) to confirm: check each, or use “Confirm all”")
                html("p", .class("mut fx-n"), say: text)
            }
            html("ul", .class("fx-l")) { html in
                for row in rows { line(row, &html) }
            }
        }
    }

    private func line(_ row: Row, _ html: inout HTML) {
        html("li", .class(row.isConfirmed ? "fx-r ok" : "fx-r")) { html in
            html.add(row.kind)
            html("span", .class("fx-t")) { html in
                sentence(row, &html)
            }
            if let postURL, !row.isConfirmed {
                form(row, postURL, &html)
            } else {
                html(
                    "span", .class("num t2 fx-v"),
                    text: [row.amount, row.days].filter { !$0.isEmpty }.joined(separator: " · "))
                if row.isConfirmed {
                    html.icon("check", label: html.page[Label(zh: "已确认", en: "Confirmed")], size: .small)
                }
            }
        }
    }

    private func asked(_ html: inout HTML) {
        html("dl", .class("fx-w")) { html in
            for wish in wishes {
                html("div") { html in
                    html("dt") { $0.user(wish.label) }
                    html("dd", .class("num")) { html in
                        if !wish.before.isEmpty {
                            html("s") { $0.user(wish.before) }
                            html.append(" → ")
                        }
                        html("b") { $0.user(wish.after) }
                    }
                }
            }
        }
    }

    /// The sentence with the record's name in it as a link, or behind it.
    private func sentence(_ row: Row, _ html: inout HTML) {
        let name = row.about.plain
        if !name.isEmpty, let place = row.text.firstRange(of: name) {
            html.user(String(row.text[..<place.lowerBound]))
            html.add(row.about)
            html.user(String(row.text[place.upperBound...]))
            return
        }
        html.user(row.text)
        guard !row.about.isNothing else { return }
        html.append(" ")
        html.add(row.about)
    }

    private func form(_ row: Row, _ url: String, _ html: inout HTML) {
        html.form(url + "/" + row.id, .class("fx-f")) { html in
            html.hidden("version", String(version))
            if canSeeAmounts {
                html.void(
                    "input", .name("amount"), .value(row.amountValue), .class("in num"), .named("inputmode", "decimal"),
                    .named("placeholder", html.page[Label(zh: "金额", en: "Amount")]),
                    .label(html.page[Label(zh: "金额", en: "Amount")]))
            }
            html.void(
                "input", .name("days"), .value(row.daysValue), .class("in num"), .named("inputmode", "numeric"),
                .named("placeholder", html.page[Label(zh: "天数", en: "Days")]),
                .label(html.page[Label(zh: "天数", en: "Days")]))
            html("button", .class("btn"), .type("submit")) { html in
                html.icon("check")
                html("span", say: Label(zh: "确认", en: "Confirm"))
            }
        }
    }
}
