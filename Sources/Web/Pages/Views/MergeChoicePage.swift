import Definitions

/// With which record one is to be merged, and what was merged into it before.
struct MergeChoicePage: Sendable {
    struct Merge: Sendable {
        let names: [(title: String, url: String)]
        let note: String
        let moved: Int
        let undo: (url: String, until: String)?
        let isUndone: Bool
    }

    let object: String
    let id: String
    let title: String
    var picker: FieldControl
    let same: [(title: String, id: String)]
    let merges: [Merge]
}

extension MergeChoicePage: Markup {
    func write(to html: inout HTML) {
        html.add(PageHead(title: html.page[Words.mergeTitle], note: title))
        html("div", .class("narrow dup")) { html in
            if !same.isEmpty { suspects(&html) }
            html.card(html.page[Label(zh: "选择另一条", en: "Choose the other one")], icon: "copy", classes: "form-c") {
                html in
                html("form", .class("dup-q"), .named("method", "get"), .action(Paths.merge(object, id))) { html in
                    html.add(picker)
                    html("div", .class("row")) { html in
                        html("button", .class("btn p"), .type("submit"), say: Words.compareAndMerge)
                        html("a", .class("btn g"), .href(Paths.record(object, id)), say: Words.cancel)
                    }
                }
            }
            if !merges.isEmpty { history(&html) }
        }
    }

    private func suspects(_ html: inout HTML) {
        html.card(html.page[Words.duplicates], count: same.count, icon: "alert-triangle") { html in
            html("ul") { html in
                for record in same {
                    html("li", .class("it")) { html in
                        html("div", .class("it-t")) { html in
                            html("a", .class("ln b"), .href(Paths.record(object, record.id))) { $0.user(record.title) }
                        }
                        html("div", .class("it-a")) { html in
                            html.add(
                                Button(
                                    text: html.page[Words.compareAndMerge],
                                    target: .link(Paths.merge(object, id, with: [record.id])), kind: .primary))
                        }
                    }
                }
            }
        }
    }

    private func history(_ html: inout HTML) {
        html.card(html.page[Label(zh: "合并过的记录", en: "Merged before")], icon: "history") { html in
            html("ul") { html in
                for merge in merges {
                    html("li", .class("it")) { html in
                        html("div", .class("it-t")) { html in
                            for name in merge.names {
                                html("a", .class("ln b"), .href(name.url)) { $0.user(name.title) }
                            }
                            html("p", .class("mut num")) { $0.user(merge.note) }
                        }
                        if merge.isUndone {
                            html.add(Tag(html.page[Label(zh: "已撤销", en: "taken back")], tone: .mute))
                        }
                        if let undo = merge.undo {
                            html("div", .class("it-a")) { html in
                                html(
                                    "small", .class("mut num"),
                                    say: Label(zh: "可撤销到 \(undo.until)", en: "until \(undo.until)"))
                                html.add(
                                    Button(
                                        text: html.page[Words.undoMerge], target: .post(undo.url, []), icon: "undo"))
                            }
                        }
                    }
                }
            }
        }
    }
}
