import Definitions
import Kernel
import Values

/// Who did what: the event log, searched.
struct AuditPage: Sendable {
    struct Row: Sendable {
        let number: Int64
        let time: String
        let who: String
        let origin: String
        /// What was done.
        let verb: String
        let object: String
        let title: String
        let url: String
        let changes: [Timeline.Event.Change]
        /// Changes that are not listed.
        let moreChanges: Int
        let reason: String
    }

    var people: [FieldControl.Choice] = []
    var objects: [FieldControl.Choice] = []
    var fields: [FieldControl.Choice] = []
    var kinds: [FieldControl.Choice] = []
    /// What stood in the form.
    var given: [String: String] = [:]
    var rows: [Row] = []
    var olderURL: String?
    var exportURL: String?
    let log: LogStanding
    var isNarrowed: Bool { given.contains { !$0.value.isEmpty } }
}

extension AuditPage: Markup {
    func write(to html: inout HTML) {
        html.add(
            PageHead(
                title: html.page[Words.audit],
                actions: exportURL.map {
                    [
                        Button(
                            text: html.page[Label(zh: "导出 CSV", en: "Export CSV")], target: .link($0), icon: "download")
                    ]
                } ?? []))
        html("div", .class("hw")) { html in
            seal(&html)
            form(&html)
            if rows.isEmpty { empty(&html) } else { table(&html) }
            if let olderURL {
                html("div", .class("row au-m")) { html in
                    html.add(
                        Button(text: html.page[Label(zh: "继续往前找", en: "Search further back")], target: .link(olderURL)))
                }
            }
        }
    }

    private func seal(_ html: inout HTML) {
        let format = html.page.format
        let open = log.events - log.sealedTo
        html("section", .class("card au-s")) { html in
            html.icon("shield")
            html("div") { html in
                html("p") { html in
                    html("b", say: Label(zh: "已封存到第 \(log.sealedTo) 条", en: "Sealed up to event \(log.sealedTo)"))
                    html.append(" ")
                    html(
                        "span", .class("mut"),
                        say: Label(zh: "共 \(log.events) 条，\(open) 条待封存", en: "of \(log.events); \(open) not sealed yet")
                    )
                }
                html("p", .class("mut")) { html in
                    if let proof = log.proof {
                        html.add(
                            Tag(
                                html.page[
                                    proof.isWhole
                                        ? Label(zh: "验证完整", en: "proved whole") : Label(zh: "发现不符", en: "not whole")],
                                tone: proof.isWhole ? .ok : .bad, icon: proof.isWhole ? "check" : "alert-triangle"))
                        html.append(" ")
                        html.say(
                            Label(
                                zh: "\(format.instant(proof.at)) 验证到第 \(proof.events) 条",
                                en: "verified up to event \(proof.events), \(format.instant(proof.at))"))
                        if !proof.isWhole { html.text(" · " + proof.finding) }
                    } else {
                        html.say(Label(zh: "还没有在这里验证过", en: "Not verified here yet"))
                    }
                }
            }
            html("span", .class("sp")) { _ in }
            html.add(
                Button(text: html.page[Label(zh: "现在验证", en: "Verify now")], target: .post(Paths.audit + "/verify", []))
            )
        }
    }

    private func select(_ name: String, _ label: Label, _ choices: [FieldControl.Choice], _ html: inout HTML) {
        html("div", .class("fd")) { html in
            html("label", .class("fd-l"), .named("for", "au-" + name), say: label)
            html("select", .class("in"), .id("au-" + name), .name(name), .data("sends")) { html in
                html("option", .value(""), say: Label(zh: "不限", en: "Any"))
                for choice in choices {
                    html(
                        "option", .value(choice.value), .flag("selected", choice.value == given[name]),
                        text: choice.label)
                }
            }
        }
    }

    private func input(_ name: String, _ label: Label, _ type: String, _ html: inout HTML) {
        html("div", .class("fd")) { html in
            html("label", .class("fd-l"), .named("for", "au-" + name), say: label)
            html.void(
                "input", .class("in"), .type(type), .id("au-" + name), .name(name), .value(given[name] ?? ""),
                .named("autocomplete", "off"))
        }
    }

    private func form(_ html: inout HTML) {
        html("section", .class("card")) { html in
            html("form", .class("acs-f"), .named("role", "search"), .action(Paths.audit)) { html in
                html("div", .class("grid dense")) { html in
                    select("person", Label(zh: "谁", en: "Who"), people, &html)
                    select("object", Label(zh: "什么记录", en: "Of what"), objects, &html)
                    if !fields.isEmpty { select("field", Label(zh: "哪个字段", en: "Field"), fields, &html) }
                    select("kind", Label(zh: "做了什么", en: "What was done"), kinds, &html)
                    input("from", Label(zh: "从哪天", en: "From"), "date", &html)
                    input("until", Label(zh: "到哪天", en: "Until"), "date", &html)
                    input("q", Label(zh: "内容或原因里的字", en: "Words in it"), "search", &html)
                }
                if let record = given["record"], !record.isEmpty { html.hidden("record", record) }
                html("div", .class("row")) { html in
                    html("button", .class("btn p"), .type("submit"), say: Words.search)
                    if isNarrowed {
                        html.add(
                            Button(
                                text: html.page[Label(zh: "清除条件", en: "Clear")], target: .link(Paths.audit),
                                kind: .ghost))
                    }
                }
            }
        }
    }

    private func empty(_ html: inout HTML) {
        html.add(
            EmptyState(
                icon: "search",
                title: html.page[
                    olderURL == nil
                        ? Label(zh: "没有符合的事件", en: "No event matches")
                        : Label(zh: "最近这一段没有符合的事件", en: "No event of late matches")],
                hint: html.page[Label(zh: "放宽条件，或换个词。", en: "Widen the search, or try another word.")],
                actions: isNarrowed
                    ? [Button(text: html.page[Label(zh: "清除条件", en: "Clear")], target: .link(Paths.audit))] : []))
    }

    private static let columns = [
        Label(zh: "时间", en: "When"), Label(zh: "谁", en: "Who"), Label(zh: "做了什么", en: "What"),
        Label(zh: "记录", en: "Record"), Label(zh: "改动", en: "Changes"),
    ]

    private func table(_ html: inout HTML) {
        html("section", .class("card")) { html in
            html("div", .class("tw"), .named("tabindex", "0"), .named("role", "region"), .label(html.page[Words.audit]))
            {
                html in
                html("table", .class("dt au")) { html in
                    html("thead") { html in
                        html("tr") { html in
                            for column in Self.columns { html("th", .named("scope", "col"), say: column) }
                        }
                    }
                    html("tbody") { html in for row in rows { write(row, &html) } }
                }
            }
        }
    }

    private func write(_ row: Row, _ html: inout HTML) {
        html("tr") { html in
            html("th", .named("scope", "row"), .class("num")) { html in
                html.text(row.time)
                html("small", .class("mut ppl-n"), text: "#\(row.number)")
            }
            html("td", .data("l", html.page[Self.columns[1]])) { html in
                html.user(row.who)
                html("small", .class("mut ppl-n"), text: row.origin)
            }
            html("td", .class("wr"), .data("l", html.page[Self.columns[2]])) { $0.user(row.verb) }
            html("td", .class("wr"), .data("l", html.page[Self.columns[3]])) { html in
                html("a", .class("ln"), .href(row.url)) { $0.user(row.title.isEmpty ? row.object : row.title) }
                if !row.title.isEmpty { html("small", .class("mut ppl-n")) { $0.user(row.object) } }
            }
            html("td", .class("wr au-c"), .data("l", html.page[Self.columns[4]])) { html in
                for change in row.changes { write(change, &html) }
                if row.moreChanges > 0 {
                    html(
                        "p", .class("mut"),
                        say: Label(
                            zh: "还有 \(row.moreChanges) 处，导出里都有",
                            en: "and \(row.moreChanges) more, all of them in the export"))
                }
                if !row.reason.isEmpty { html("p", .class("mut")) { $0.user(row.reason) } }
            }
        }
    }

    /// Characters of a change that stand in the row; more is folded away.
    private static let shown = 140

    private func write(_ change: Timeline.Event.Change, _ html: inout HTML) {
        guard change.before.count + change.after.count > Self.shown else {
            return html("p") { whole(change, &$0) }
        }
        html("details", .class("au-d")) { html in
            html("summary") { html in
                html("span", .class("mut")) { $0.user(change.label) }
                html.append(" ")
                html.user(String((change.after.isEmpty ? change.before : change.after).prefix(Self.shown / 2)) + "…")
                html.append(" ")
                html("span", .class("ln"), say: Label(zh: "展开", en: "more"))
            }
            html("div", .class("au-w")) { whole(change, &$0) }
        }
    }

    private func whole(_ change: Timeline.Event.Change, _ html: inout HTML) {
        html("span", .class("mut")) { $0.user(change.label) }
        html.append(" ")
        html.user(change.before.isEmpty ? "–" : change.before)
        html.append(" → ")
        html("b") { $0.user(change.after.isEmpty ? "–" : change.after) }
    }
}
