import Definitions
import Kernel
import Values

/// My stand-in: who takes my batons while I am away.
struct AbsencePage: Sendable {
    struct Row: Sendable {
        let id: String
        let version: Int
        let name: String
        /// Who stands in for whom, in the reader's words.
        let words: Label
        /// The reader may end it.
        let isOwn: Bool
        let span: String
        let reason: String
        let isNow: Bool

        init(_ record: RecordView, eyes: Presentation, now: Instant, reader: RecordID?, team: Set<RecordID>) {
            id = record.id.description
            version = record.version
            let (from, to) = (record["from"].record, record["to"].record)
            func name(_ id: RecordID?) -> String { id.flatMap { record.titles[$0] } ?? eyes.say(Words.notVisible) }
            isOwn = from == reader || from.map(team.contains) ?? false
            self.name = name(from == reader ? to : from)
            words =
                if from == reader {
                    Label(zh: "\(name(to)) 代你", en: "\(name(to)) for you")
                } else if to == reader {
                    Label(zh: "你代 \(name(from))", en: "You for \(name(from))")
                } else {
                    Label(zh: "\(name(to)) 代 \(name(from))", en: "\(name(to)) for \(name(from))")
                }
            let format = eyes.page.format
            let start = record["start"].instant
            let end = record["end"].instant
            span = [start, end].compactMap { $0.map(format.instant) }.joined(separator: " – ")
            reason = record["reason"].text ?? ""
            isNow = start.map { $0 <= now } ?? false
        }
    }

    let rows: [Row]
    let people: [Colleague]
    /// Whom the reader manages; empty for who manages nobody.
    let team: [Colleague]
    let spans: [AbsenceSpan]
    let problems: [String]
    let typed: [(name: String, value: String)]

    private func value(_ name: String) -> String { typed.last { $0.name == name }?.value ?? "" }
}

extension AbsencePage: Markup {
    func write(to html: inout HTML) {
        html.add(PageHead(title: html.page[Words.absence]))
        html("div", .class("narrow abs")) { html in
            html.card(html.page[Label(zh: "设代理", en: "Name a stand-in")], icon: "users", classes: "form-c") {
                form(&$0)
            }
            html.card(html.page[Label(zh: "正在和将要生效", en: "Now and to come")], icon: "calendar") { html in
                if rows.isEmpty {
                    html("p", .class("mut none-p"), say: Label(zh: "还没有代理。", en: "Nobody stands in."))
                }
                html("ul") { html in for row in rows { write(row, &html) } }
            }
        }
    }

    private func form(_ html: inout HTML) {
        html.form(Paths.absence, .data("form"), .class("abs-f")) { html in
            if !problems.isEmpty { html.add(ErrorNote(text: problems[0], more: Array(problems.dropFirst()))) }
            html("p", .class("mut"), say: Words.absenceHint)
            html.hidden("idempotency-key", Secrets.token())
            if !team.isEmpty {
                html.add(
                    PersonPicker(
                        name: "from", id: "abs-from", label: html.page[Label(zh: "谁不在", en: "Who is away")],
                        people: team, empty: html.page[Label(zh: "我自己", en: "I am")], chosen: value("from")))
            }
            html.add(
                PersonPicker(
                    name: "to", id: "abs-to", label: html.page[Label(zh: "代理人", en: "Stand-in")], people: people,
                    isRequired: true, empty: html.page[Words.choosePerson], chosen: value("to")))
            html("div", .class("row"), .named("role", "group"), .label(html.page[Label(zh: "什么时候", en: "When")])) {
                html in
                for span in spans {
                    html("button", .class("btn"), .type("submit"), .name("span"), .value(span.id)) { html in
                        html.say(span.label)
                        html("small", .class("mut num"), text: days(span, html.page.format))
                    }
                }
            }
            html("details", .class("abs-d"), .flag("open", !value("start").isEmpty)) { html in
                html("summary", .class("ln"), say: Label(zh: "其他日期", en: "Other dates"))
                html("div", .class("grid dense")) { html in
                    date("start", Label(zh: "第一天", en: "First day"), &html)
                    date("end", Label(zh: "最后一天", en: "Last day"), &html)
                    html("div", .class("fd")) { html in
                        html("label", .class("fd-l"), .named("for", "abs-reason"), say: Words.reason)
                        html.void(
                            "input", .class("in"), .id("abs-reason"), .name("reason"), .type("text"),
                            .value(value("reason")), .named("maxlength", "200"))
                    }
                }
                html("button", .class("btn p"), .type("submit"), say: Label(zh: "设为代理", en: "Set the stand-in"))
            }
        }
    }

    private func days(_ span: AbsenceSpan, _ format: Format) -> String {
        span.first == span.last ? format.day(span.first) : format.day(span.first) + "–" + format.day(span.last)
    }

    private func date(_ name: String, _ label: Label, _ html: inout HTML) {
        html("div", .class("fd")) { html in
            html("label", .class("fd-l"), .named("for", "abs-" + name), say: label)
            html.void("input", .class("in num"), .type("date"), .id("abs-" + name), .name(name), .value(value(name)))
        }
    }

    private func write(_ row: Row, _ html: inout HTML) {
        html("li", .class("it")) { html in
            html.add(Avatar(name: row.name, size: .large))
            html("div", .class("it-t")) { html in
                html("b", say: row.words)
                html("p", .class("mut num")) {
                    $0.user([row.span, row.reason].filter { !$0.isEmpty }.joined(separator: " · "))
                }
            }
            if row.isNow { html.add(Tag(html.page[Label(zh: "生效中", en: "now")], tone: .ok)) }
            if row.isOwn {
                html("div", .class("it-a")) { html in
                    html.add(
                        Button(
                            text: html.page[row.isNow ? Label(zh: "结束", en: "End") : Label(zh: "取消", en: "Take back")],
                            target: .post(Paths.absence + "/" + row.id + "/end", [("version", String(row.version))])))
                }
            }
        }
    }
}
