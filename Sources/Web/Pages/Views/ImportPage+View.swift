import Definitions

extension ImportPage: Markup {
    func write(to html: inout HTML) {
        html.add(PageHead(title: html.page[Words.importing] + " · " + html.page[plural], note: fileName))
        let names = Words.importSteps.map { $0[html.page.language] }
        html("div", .class("imp-s")) { $0.add(Stepper(steps: names, current: position)) }
        html.open("bt-import", [.class("imp")])
        switch step {
        case .file(let error, let recent, let sheets):
            file(error, &html)
            fillIn(sheets, &html)
            if !recent.isEmpty { self.recent(recent, &html) }
        case .preview(let sheets, let sheet, let encodings, let encoding, let headerRow, let rows, let note):
            preview(sheets, sheet, encodings, encoding, headerRow, rows, note, &html)
        case .match(let columns, let fields, let problems): match(columns, fields, problems, &html)
        case .check(let tally, let problems, let more, let errorFileURL, let mending):
            check(tally, mending == nil ? problems : [], more, errorFileURL, &html)
            if let mending { html.add(MendSheet(mending: mending)) }
        case .run(let running): run(running, &html)
        case .done(let ending): finished(ending, &html)
        }
        html.close("bt-import")
    }

    private var position: Int {
        switch step {
        case .file: 0
        case .preview: 1
        case .match: 2
        case .check: 3
        case .run(let running): running.isCheck ? 3 : 4
        case .done(let ending): ending.isTrial ? 3 : 4
        }
    }

    private func file(_ error: String?, _ html: inout HTML) {
        html(
            "form", .class("card pad"), .named("method", "post"), .named("enctype", "multipart/form-data"),
            .action(postURL), .data("upload")
        ) { html in
            html.hidden("csrf", html.formToken)
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

    private func fillIn(_ sheets: [(name: String, url: String)], _ html: inout HTML) {
        html("section", .class("card pad imp-fs")) { html in
            html("p", say: Words.fillInHint)
            html("div", .class("row")) { html in
                for sheet in sheets {
                    html.add(Button(text: sheet.name, target: .link(sheet.url), icon: "download"))
                }
            }
        }
    }

    private func recent(_ imports: [Recent], _ html: inout HTML) {
        html.card(html.page[Words.recentImports]) { html in
            html("div", .class("tw")) { html in
                html("table", .class("dt")) { html in
                    html("thead") { html in
                        html("tr") { html in
                            for label in [
                                Words.fileName, Words.startedAt, Words.stateOfImport, Words.rows, Words.heldBack,
                            ] { html("th", .named("scope", "col"), say: label) }
                        }
                    }
                    html("tbody") { html in
                        for item in imports {
                            html("tr") { html in
                                html("th", .named("scope", "row")) { html in
                                    html("a", .class("ln"), .href(item.url)) { $0.user(item.name) }
                                }
                                html("td", .class("mut"), .data("l", html.page[Words.startedAt]), text: item.at)
                                html("td", .data("l", html.page[Words.stateOfImport])) { $0.add(item.state) }
                                html(
                                    "td", .class("num"), .data("l", html.page[Words.rows]),
                                    text: html.page.format.count(item.rows))
                                html(
                                    "td", .class(item.flagged > 0 ? "num t-warn" : "num mut"),
                                    .data("l", html.page[Words.heldBack]), text: html.page.format.count(item.flagged))
                            }
                        }
                    }
                }
            }
        }
    }

    private func preview(
        _ sheets: [FieldControl.Choice], _ sheet: String, _ encodings: [FieldControl.Choice], _ encoding: String,
        _ headerRow: Int, _ rows: [[String]], _ note: Label?, _ html: inout HTML
    ) {
        html.form(postURL, .class("card")) { html in
            if let note { html.add(Note(tone: rows.isEmpty ? .bad : .warn, text: html.page[note])) }
            // Nothing was shown of a file that could not be read, so any choice is a new one.
            html.hidden("shown_encoding", rows.isEmpty ? "-" : encoding)
            html.hidden("shown_sheet", sheet)
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

    private func tally(_ tally: Tally, _ isTrial: Bool, _ html: inout HTML) {
        let format = html.page.format
        var figures: [(Int, Label, Tone)] = [
            (tally.rows, Words.rows, .mute), (tally.created, isTrial ? Words.good : Words.importCreated, .ok),
            (tally.updated, isTrial ? Words.willUpdate : Words.importUpdated, .info),
            (tally.flagged, Words.flagged, .warn), (tally.failed, Words.faulty, .bad),
        ]
        if tally.unchanged > 0 { figures.insert((tally.unchanged, Words.unchanged, .mute), at: 3) }
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
        _ tally: Tally, _ problems: [Problem], _ more: Label?, _ errorFileURL: String?, _ html: inout HTML
    ) {
        html.form(postURL, .class("card")) { html in
            self.tally(tally, true, &html)
            errorFiles(errorFileURL, &html)
            if !problems.isEmpty { problemTable(problems, &html) }
            if let more, !problems.isEmpty { html("p", .class("mut pad"), say: more) }
            if tally.flagged > 0 {
                html("div", .class("grid")) { html in
                    html.add(
                        FieldControl(
                            name: "duplicates", label: html.page[Words.duplicatesHow],
                            kind: .choice([
                                FieldControl.Choice("skip", html.page[Words.skipThem]),
                                FieldControl.Choice("update", html.page[Words.updateThem]),
                                FieldControl.Choice("create", html.page[Words.createThem]),
                            ]), value: "skip"))
                }
            }
            foot(Words.runImport, &html)
        }
    }

    private func errorFiles(_ url: String?, _ html: inout HTML) {
        guard let url else { return }
        html("div", .class("row pad")) { html in
            html.add(Button(text: html.page[Words.errorFile] + " CSV", target: .link(url + ".csv"), icon: "download"))
            html.add(Button(text: html.page[Words.errorFile] + " XLSX", target: .link(url + ".xlsx"), icon: "download"))
        }
    }

    private func problemTable(_ problems: [Problem], _ html: inout HTML) {
        html(
            "div", .class("tw"), .named("tabindex", "0"), .named("role", "region"), .label(html.page[Words.flaggedRows])
        ) { html in
            html("table", .class("dt")) { html in
                html("tbody") { html in
                    for problem in problems {
                        html("tr") { html in
                            html(
                                "th", .named("scope", "row"), .class("num"),
                                text: html.page[Words.rowError(problem.line)])
                            html(
                                "td", .when(!problem.column.isEmpty, .data("l", html.page[Words.column]))
                            ) { $0.user(problem.column) }
                            html("td", .class("t-bad"), .data("l", html.page[Words.reason])) {
                                $0.user(problem.message)
                            }
                        }
                    }
                }
            }
        }
    }

    private func run(_ running: Running, _ html: inout HTML) {
        html("section", .class("card pad run"), .data("running")) { html in
            html("p", .class("b"), .named("role", "status"), say: running.title)
            html.add(Meter(label: html.page[running.title], percent: running.percent))
            html("p", .class("mut num"), .data("run-text"), text: running.facts.joined(separator: " · "))
            if let stopURL = running.stopURL {
                html.add(Button(text: html.page[Words.stopImport], target: .post(stopURL, []), icon: "x"))
            }
            // Without a script the page asks again by itself.
            html("noscript") { html in
                html.void("meta", .named("http-equiv", "refresh"), .named("content", "2"))
            }
        }
    }

    private func finished(_ ending: Ending, _ html: inout HTML) {
        html("section", .class("card pad")) { html in
            html("h2", say: ending.title)
            if let note = ending.note { html.add(Note(tone: note.tone, text: note.text)) }
            self.tally(ending.tally, ending.isTrial, &html)
            html("div", .class("row")) { html in
                if let resumeURL = ending.resumeURL {
                    html.add(
                        Button(
                            text: html.page[Words.resumeImport], target: .post(resumeURL, []), kind: .primary,
                            icon: "play"))
                }
                html.add(
                    Button(
                        text: html.page[plural], target: .link(ending.listURL),
                        kind: ending.resumeURL == nil ? .primary : .plain, icon: "list"))
                if let againURL = ending.againURL {
                    html.add(Button(text: html.page[Words.anotherFile], target: .link(againURL), icon: "upload"))
                }
                if let undoURL = ending.undoURL {
                    html.add(
                        Button(
                            text: html.page[Words.undoImport], target: .post(undoURL, []), kind: .danger, icon: "undo"))
                }
            }
            if ending.undoURL != nil { html("p", .class("mut"), say: Words.undoHint) }
        }
        if let mending = ending.mending { html.add(MendSheet(mending: mending)) }
        if ending.problems.isEmpty, ending.errorFileURL == nil { return }
        html.card(html.page[Words.flaggedRows]) { html in
            errorFiles(ending.errorFileURL, &html)
            if ending.mending == nil { problemTable(ending.problems, &html) }
            if let more = ending.more, ending.mending == nil { html("p", .class("mut pad"), say: more) }
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
