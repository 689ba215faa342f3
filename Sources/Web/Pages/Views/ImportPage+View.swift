import Definitions

extension ImportPage: Markup {
    func write(to html: inout HTML) {
        html.add(PageHead(title: html.page[Words.importing] + " · " + html.page[plural], note: fileName))
        let names = Words.importSteps.map { $0[html.page.language] }
        html("div", .class("imp-s")) { $0.add(Stepper(steps: names, current: position)) }
        html.open("bt-import", [.class("imp")])
        switch step {
        case .file(let error): file(error, &html)
        case .preview(let sheets, let sheet, let encodings, let encoding, let headerRow, let rows):
            preview(sheets, sheet, encodings, encoding, headerRow, rows, &html)
        case .match(let columns, let fields, let problems): match(columns, fields, problems, &html)
        case .check(let tally, let problems, let hasMore, let errorFileURL):
            check(tally, problems, hasMore, errorFileURL, &html)
        case .run(let done, let total, let statusURL, let cancelURL): run(done, total, statusURL, cancelURL, &html)
        case .done(let tally, let listURL, let errorFileURL, let undoURL):
            finished(tally, listURL, errorFileURL, undoURL, &html)
        }
        html.close("bt-import")
    }

    private var position: Int {
        switch step {
        case .file: 0
        case .preview: 1
        case .match: 2
        case .check: 3
        case .run, .done: 4
        }
    }

    private func file(_ error: String?, _ html: inout HTML) {
        html(
            "form", .class("card pad"), .named("method", "post"), .named("enctype", "multipart/form-data"),
            .action(postURL), .data("upload")
        ) { html in
            html.hidden("csrf", html.page.csrf)
            if let error { html.add(Note(tone: .bad, text: error, isLive: true)) }
            html("label", .class("drop huge"), .named("for", "file")) { html in
                html("span", .class("empty-i")) { $0.icon("upload", size: .large) }
                html("b", say: Words.chooseFile)
                html("span", .class("mut"), say: Words.fileHint)
                html.void("input", .type("file"), .id("file"), .name("file"), .named("accept", ".xlsx,.csv,.tsv,.txt"))
            }
            html(
                "progress", .class("bar-x pri"), .named("max", "100"), .value("0"), .flag("hidden"), .data("progress"),
                .label(html.page[Words.importing])
            ) { _ in }
            html("details", .class("paste")) { html in
                html("summary", .class("ln"), say: Words.orPaste)
                html(
                    "textarea", .class("in"), .name("pasted"), .named("rows", "6"), .named("dir", "auto"),
                    .label(html.page[Words.orPaste])
                ) { _ in }
            }
            foot(Words.next, &html)
        }
    }

    private func preview(
        _ sheets: [FieldControl.Choice], _ sheet: String, _ encodings: [FieldControl.Choice], _ encoding: String,
        _ headerRow: Int, _ rows: [[String]],
        _ html: inout HTML
    ) {
        html.form(postURL, .class("card")) { html in
            html("div", .class("grid dense"), .flag("hidden", sheets.count < 2 && encodings.isEmpty)) { html in
                if sheets.count > 1 {
                    html.add(
                        FieldControl(name: "sheet", label: html.page[Words.sheet], kind: .choice(sheets), value: sheet))
                }
                if !encodings.isEmpty {
                    html.add(
                        FieldControl(
                            name: "encoding", label: html.page[Words.encoding], kind: .choice(encodings),
                            value: encoding))
                }
            }
            html(
                "div", .class("tw pv"), .named("tabindex", "0"), .named("role", "region"),
                .label(html.page[Words.sample])
            ) { html in
                html("table", .class("dt raw")) { html in
                    html("tbody") { html in
                        for (index, row) in rows.enumerated() {
                            html("tr", .class(index + 1 == headerRow ? "hdr" : "")) { html in
                                html("td", .class("no num"), text: String(index + 1))
                                for cell in row { html("td") { $0.user(cell) } }
                            }
                        }
                    }
                }
            }
            foot(Words.next, &html)
        }
    }

    private func match(
        _ columns: [Column], _ fields: [FieldControl.Choice], _ problems: [ErrorSummary.Item], _ html: inout HTML
    ) {
        html.form(postURL, .class("card")) { html in
            html.add(ErrorSummary(items: problems))
            html("table", .class("dt map")) { html in
                html("thead") { html in
                    html("tr") { html in
                        for label in [Words.column, Words.sample, Words.target] {
                            html("th", .named("scope", "col"), say: label)
                        }
                        html("th") { _ in }
                    }
                }
                html("tbody") { html in
                    for (index, column) in columns.enumerated() { mapping(column, index, fields, &html) }
                }
            }
            foot(Words.checkRows, &html)
        }
    }

    private func mapping(_ column: Column, _ index: Int, _ fields: [FieldControl.Choice], _ html: inout HTML) {
        html("tr", .class(column.field.isEmpty ? "off" : "")) { html in
            html("th", .named("scope", "row")) { $0.user(column.heading) }
            html("td", .class("mut")) { $0.user(column.samples.prefix(3).joined(separator: " · ")) }
            html("td") { html in
                html("select", .class("in"), .name("map[\(index)]"), .label(column.heading), .data("map")) { html in
                    html("option", .value(""), say: Words.ignoreColumn)
                    for field in fields {
                        html(
                            "option", .value(field.value), .flag("selected", field.value == column.field),
                            text: field.label)
                    }
                }
            }
            html("td") { html in if let note = column.note { html.add(note) } }
        }
    }

    private func tally(_ tally: Tally, _ html: inout HTML) {
        let format = html.page.format
        let figures: [(Int, Label, Tone)] = [
            (tally.rows, Words.rows, .mute), (tally.created, Words.good, .ok), (tally.updated, Words.willUpdate, .info),
            (tally.flagged, Words.flagged, .warn), (tally.failed, Words.faulty, .bad),
        ]
        html("dl", .class("tally num")) { html in
            for (value, label, tone) in figures {
                html("div", .class(value == 0 ? "" : "t-" + tone.rawValue)) { html in
                    html("dd", text: format.count(value))
                    html("dt", say: label)
                }
            }
        }
    }

    private func check(
        _ tally: Tally, _ problems: [Problem], _ hasMore: Bool, _ errorFileURL: String?, _ html: inout HTML
    ) {
        html.form(postURL, .class("card")) { html in
            self.tally(tally, &html)
            if !problems.isEmpty { problemTable(problems, &html) }
            if hasMore || !problems.isEmpty, let errorFileURL {
                html("a", .class("btn g"), .href(errorFileURL)) { html in
                    html.icon("download")
                    html.say(Words.errorFile)
                }
            }
            html("div", .class("grid")) { html in
                if tally.flagged > 0 {
                    html.add(
                        FieldControl(
                            name: "duplicates", label: html.page[Words.duplicatesHow],
                            kind: .choice([
                                FieldControl.Choice("skip", html.page[Words.skipThem]),
                                FieldControl.Choice("update", html.page[Words.updateThem]),
                                FieldControl.Choice("create", html.page[Words.createThem]),
                            ]), value: "skip"))
                }
                html.add(FieldControl(name: "quiet", label: html.page[Words.fireRules], kind: .bool, value: "false"))
            }
            foot(Words.runImport, &html)
        }
    }

    private func problemTable(_ problems: [Problem], _ html: inout HTML) {
        html("div", .class("tw"), .named("tabindex", "0")) { html in
            html("table", .class("dt")) { html in
                html("tbody") { html in
                    for problem in problems {
                        html("tr") { html in
                            html(
                                "th", .named("scope", "row"), .class("num"),
                                text: html.page[Words.rowError(problem.line)])
                            html("td", .data("l", html.page[Words.column])) { $0.user(problem.column) }
                            html("td", .data("l", html.page[Words.value])) { $0("code") { $0.user(problem.value) } }
                            html("td", .class("t-bad"), .data("l", html.page[Words.reason])) {
                                $0.user(problem.message)
                            }
                        }
                    }
                }
            }
        }
    }

    private func run(_ done: Int, _ total: Int, _ statusURL: String, _ cancelURL: String, _ html: inout HTML) {
        html("section", .class("card pad run"), .data("status", statusURL)) { html in
            html("p", .class("b"), say: Words.running)
            html.add(Meter(label: html.page[Words.importing], percent: total == 0 ? 0 : done * 100 / total))
            html(
                "p", .class("mut num"), .data("run-text"), .named("role", "status"),
                text: html.page.format.count(done) + " / " + html.page.format.count(total))
            html.add(Button(text: html.page[Words.cancel], target: .post(cancelURL, [])))
        }
    }

    private func finished(
        _ tally: Tally, _ listURL: String, _ errorFileURL: String?, _ undoURL: String?, _ html: inout HTML
    ) {
        html("section", .class("card pad")) { html in
            html("h2", say: Words.result)
            self.tally(tally, &html)
            html("div", .class("row")) { html in
                html.add(Button(text: html.page[plural], target: .link(listURL), kind: .primary, icon: "list"))
                if let errorFileURL {
                    html.add(Button(text: html.page[Words.errorFile], target: .link(errorFileURL), icon: "download"))
                }
                if let undoURL {
                    html.add(
                        Button(
                            text: html.page[Words.undoImport], target: .post(undoURL, []), kind: .danger, icon: "undo"))
                }
            }
            if undoURL != nil { html("p", .class("mut"), say: Words.undoHint) }
        }
    }

    private func foot(_ next: Label, _ html: inout HTML) {
        html("div", .class("dl-f")) { html in
            if let backURL { html("a", .class("btn g"), .href(backURL), say: Words.previous) }
            html("span", .class("sp")) { _ in }
            html.add(Button(text: html.page[next], target: .submit(name: nil, value: nil), kind: .primary))
        }
    }
}
