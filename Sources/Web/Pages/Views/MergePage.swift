import Definitions
import Kernel

/// Records that are to become one, side by side: what stays of each, what follows, what stands against it.
struct MergePage: Sendable {
    struct Side: Sendable {
        let id: String
        let version: Int
        let title: String
        let note: String
        let url: String
        /// The same page with this one as the record that stays; nil for the one that does.
        let keepURL: String?
    }

    struct Option: Sendable {
        let id: String
        let title: String
        let shown: Shown
        let isChosen: Bool
    }

    struct Row: Sendable {
        let field: String
        let label: String
        let options: [Option]
        let isOpen: Bool
        let differs: Bool
        /// Only the survivor's, or all.
        var isWhole = false
        /// Whether what all hold stays; nil where that can't be.
        var all: Bool?
    }

    let object: String
    /// The survivor first.
    let sides: [Side]
    let differing: [Row]
    let equal: [Row]
    let counts: [(label: String, count: Int)]
    let problems: [String]
    let isBlocked: Bool
}

extension MergePage: Markup {
    func write(to html: inout HTML) {
        html.add(PageHead(title: html.page[Words.mergeInto(sides[0].title)]))
        html("div", .class("mrg"), .data("sides", String(sides.count))) { html in
            if !problems.isEmpty {
                html.add(
                    ErrorNote(
                        text: html.page[
                            Label(zh: "还不能合并，记录都没有改动", en: "They can't be merged yet; nothing was changed")],
                        more: problems))
            }
            html.form(Paths.merge(object, sides[0].id), .class("mrg-f")) { html in
                html.hidden("idempotency-key", Secrets.token())
                for side in sides { html.hidden("v." + side.id, String(side.version)) }
                for side in sides.dropFirst() { html.hidden("with", side.id) }
                heads(&html)
                rows(&html)
                follows(&html)
                foot(&html)
            }
        }
    }

    private func heads(_ html: inout HTML) {
        html("div", .class("mrg-r mrg-h")) { html in
            html("span", .class("mrg-n mut"), say: Label(zh: "字段", en: "Field"))
            for (index, side) in sides.enumerated() {
                html("div", .class("mrg-s" + (index == 0 ? " on" : ""))) { html in
                    html("div", .class("row")) { html in
                        html.add(
                            Tag(html.page[index == 0 ? Words.keeps : Words.goesIn], tone: index == 0 ? .pri : .mute))
                        html("a", .class("ln b"), .href(side.url)) { $0.user(side.title) }
                    }
                    html("small", .class("mut")) { $0.user(side.note) }
                    html("div", .class("row")) { html in
                        html("button", .class("btn"), .type("button"), .data("all", side.id), .flag("hidden", true)) {
                            html in
                            html("span", say: Label(zh: "全用这条的值", en: "Take all of its values"))
                            html("span", .class("vh"), text: side.title)
                        }
                        if let url = side.keepURL {
                            html("a", .class("btn"), .href(url)) { html in
                                html("span", say: Words.keepThis)
                                html("span", .class("vh"), text: side.title)
                            }
                        }
                    }
                }
            }
        }
    }

    private func rows(_ html: inout HTML) {
        if differing.isEmpty {
            html("p", .class("mut mrg-e"), say: Label(zh: "所有字段都相同。", en: "They hold the same in every field."))
        }
        for row in differing { write(row, &html) }
        guard !equal.isEmpty else { return }
        html("details", .class("mrg-d")) { html in
            html(
                "summary", .class("ln"),
                say: Label(zh: "相同的 \(equal.count) 个字段", en: "\(equal.count) fields hold the same"))
            for row in equal { write(row, &html) }
        }
    }

    private func write(_ row: Row, _ html: inout HTML) {
        let isChoice = row.isOpen && row.differs
        html("fieldset", .class("mrg-r")) { html in
            html("legend", .class("mrg-n")) { html in
                html.text(row.label)
                if !row.isOpen, row.differs {
                    html("span", .class("ro")) { $0.icon("lock", label: $0.page[Words.readOnly], size: .small) }
                }
            }
            for option in row.options {
                let isOffered = isChoice && !(row.isWhole && option.id != sides[0].id)
                html(
                    "label",
                    .class("mrg-o" + (option.isChosen || row.all == true && !option.shown.isNothing ? " on" : ""))
                ) { html in
                    if isOffered {
                        html.void(
                            "input", .type("radio"), .name("f." + row.field), .value(option.id),
                            .flag("checked", option.isChosen), .label(row.label + " · " + option.title))
                    }
                    html("small", .class("mrg-w mut")) { $0.user(option.title) }
                    html("span", .class("mrg-v")) { html in
                        if option.shown.isNothing {
                            html("span", .class("mut"), text: "–")
                        } else {
                            html.add(option.shown)
                        }
                    }
                }
            }
            if isChoice, let all = row.all {
                html("label", .class("mrg-o mrg-a" + (all ? " on" : ""))) { html in
                    html.void(
                        "input", .type("radio"), .name("f." + row.field), .value("all"), .flag("checked", all))
                    html("span", say: Words.bothValues)
                }
            }
        }
    }

    private func follows(_ html: inout HTML) {
        html.card(html.page[Label(zh: "合并后", en: "What follows")], icon: "link") { html in
            html("ul", .class("mrg-c")) { html in
                for item in counts {
                    html("li") { html in
                        html("b", .class("num"), text: html.page.format.count(item.count))
                        html.text(" " + item.label)
                    }
                }
            }
            html(
                "p", .class("mut"),
                say: Label(
                    zh: "以上记录和你看不到的关联记录都改指保留的那条；时间线合在一起；旧链接、旧编号和旧名称会找到保留的那条。",
                    en:
                        "These, and related records out of your sight, point to the one that stays; the timelines become one; old links, numbers and names lead there."
                ))
            html(
                "p", .class("mut"),
                say: Label(
                    zh: "30 天内可以撤销：没有再改过的链接和字段恢复原样。",
                    en: "It can be undone for 30 days: links and fields that nobody changed since go back."))
        }
    }

    private func foot(_ html: inout HTML) {
        html("div", .class("row mrg-b")) { html in
            html(
                "button", .class("btn p"), .type("submit"), .flag("disabled", isBlocked),
                say: Label(zh: "合并 \(sides.count) 条", en: "Merge \(sides.count) records"))
            html("a", .class("btn g"), .href(Paths.record(object, sides[0].id)), say: Words.cancel)
        }
    }
}
