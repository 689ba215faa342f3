import Definitions

/// Groups of records that may be the same.
struct DuplicatesPage: Sendable {
    struct Record: Sendable {
        let id: String
        let title: String
        let url: String
        let facts: [String]
    }

    struct Group: Sendable {
        let records: [Record]
        /// All of the group.
        let others: [String]
        let count: Int
        /// Where they stand side by side.
        let url: String
    }

    let object: String
    let plural: Label
    let groups: [Group]
    let apart: [Pair]

    /// Two records that are not the same.
    struct Pair: Sendable {
        let one: (id: String, title: String)
        let other: (id: String, title: String)
        let note: String
    }
}

extension DuplicatesPage: Markup {
    func write(to html: inout HTML) {
        html.add(
            PageHead(
                title: html.page[Words.duplicates], note: html.page[plural],
                actions: [
                    Button(text: html.page[Words.back], target: .link(Paths.list(object)), icon: "arrow-left")
                ]))
        html("div", .class("narrow dup")) { html in
            if groups.isEmpty {
                html.add(
                    EmptyState(
                        icon: "check", title: html.page[Label(zh: "没有发现重复", en: "No duplicates found")],
                        hint: html.page[
                            Label(
                                zh: "按查重规则比对了你看得到的记录。",
                                en: "The records you see were compared by their rules for duplicates."
                            )]))
            }
            for group in groups { write(group, &html) }
            if !apart.isEmpty { setApart(&html) }
        }
    }

    private func write(_ group: Group, _ html: inout HTML) {
        html("section", .class("card")) { html in
            html("ul") { html in
                for record in group.records {
                    html("li", .class("it")) { html in
                        html("div", .class("it-t")) { html in
                            html("a", .class("ln b"), .href(record.url)) { $0.user(record.title) }
                            html("p", .class("mut")) { $0.user(record.facts.joined(separator: " · ")) }
                        }
                        if group.records.count > 2 {
                            html("div", .class("it-a")) { html in
                                let words = Label(zh: "与其他的不是重复", en: "Not the same as the others")
                                apart(record, group, words, &html)
                            }
                        }
                    }
                }
            }
            html("div", .class("row dup-f")) { html in
                if group.count > group.records.count {
                    html(
                        "span", .class("mut"),
                        say: Label(
                            zh: "共 \(group.count) 条，先合并前 \(group.records.count) 条",
                            en: "\(group.count) in all; the first \(group.records.count) come first"))
                }
                html.add(
                    Button(text: html.page[Words.compareAndMerge], target: .link(group.url), icon: "copy"))
                if group.records.count == 2 {
                    apart(group.records[0], group, Label(zh: "不是重复", en: "Not the same"), &html)
                }
            }
        }
    }

    private func apart(_ record: Record, _ group: Group, _ words: Label, _ html: inout HTML) {
        html.form(Paths.duplicates(object) + "/apart", .class("inline")) { html in
            html.hidden("one", record.id)
            for other in group.others where other != record.id { html.hidden("other", other) }
            html("button", .class("btn g"), .type("submit")) { html in
                html("span", say: words)
                html("span", .class("vh"), text: record.title)
            }
        }
    }

    private func setApart(_ html: inout HTML) {
        html("details", .class("card dup-a")) { html in
            html(
                "summary", .class("ln"),
                say: Label(zh: "不是重复的 \(apart.count) 对", en: "\(apart.count) pairs that are not the same"))
            html("ul") { html in
                for pair in apart {
                    html("li", .class("it")) { html in
                        html("div", .class("it-t")) { html in
                            html("b") { $0.user(pair.one.title + " ≠ " + pair.other.title) }
                            html("p", .class("mut num")) { $0.user(pair.note) }
                        }
                        html("div", .class("it-a")) { html in
                            html.add(
                                Button(
                                    text: html.page[Label(zh: "重新比对", en: "Compare again")],
                                    target: .post(
                                        Paths.duplicates(object) + "/together",
                                        [("one", pair.one.id), ("other", pair.other.id)]), icon: "undo"))
                        }
                    }
                }
            }
        }
    }
}
