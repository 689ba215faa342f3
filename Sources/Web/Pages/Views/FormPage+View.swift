import Definitions

extension FormPage: Markup {
    func write(to html: inout HTML) {
        html.add(PageHead(title: title, note: note))
        if id != nil {
            html("script", .type("application/json"), .data("texts")) { $0.scriptTexts(Words.presenceScripts) }
        }
        html.form(
            postURL, .class("form"), .id("form"), .data("form"), .data("dry-run", Paths.dryRun(object)),
            .optional("data-record", id), .data("base", Paths.list(object)), .flag("novalidate")
        ) { html in
            if let version { html.hidden("version", String(version)) }
            if !idempotencyKey.isEmpty { html.hidden("idempotency-key", idempotencyKey) }
            for item in hidden { html.hidden(item.name, item.value) }
            html("div", .class("form-b")) { html in
                html.add(ErrorSummary(items: problems))
                html.add(ConflictChoice(conflicts: conflicts))
                duplicate(&html)
                for section in sections { write(section, &html) }
            }
            saveBar(&html)
        }
    }

    private func write(_ section: Section, _ html: inout HTML) {
        html("details", .class("card fs"), .flag("open", !section.isFolded)) { html in
            html("summary") { html in
                html("h2", text: section.title)
                html("span", .class("sp")) { _ in }
                html.icon("chevron-down", size: .small)
            }
            if !section.fields.isEmpty { html("div", .class("grid")) { $0.add(all: section.fields) } }
            if let lines = section.lines { html.add(lines) }
        }
    }

    private func duplicate(_ html: inout HTML) {
        if duplicates.isEmpty { return }
        html("div", .class("note warn sum"), .named("role", "alert")) { html in
            html.icon("copy", size: .small)
            html("div") { html in
                html("b", say: Words.maybeSame)
                html("ul") { html in
                    for item in duplicates {
                        html("li") { html in
                            html("a", .href(item.url)) { $0.user(item.title) }
                            html.append(" ")
                            html.user(item.note)
                        }
                    }
                }
                html("label", .class("tick")) { html in
                    html.void("input", .type("checkbox"), .name("accept_duplicate"), .value("true"))
                    html("span", say: Words.notTheSame)
                }
            }
        }
    }

    private func saveBar(_ html: inout HTML) {
        html("div", .class("save")) { html in
            html("span", .class("mut"), .id("dirty"), .named("role", "status")) { _ in }
            html("span", .class("sp")) { _ in }
            html("a", .class("btn g"), .href(cancelURL), .data("cancel"), say: Words.cancel)
            if id == nil {
                html.add(Button(text: html.page[Words.createAnother], target: .submit(name: "then", value: "another")))
            }
            html.add(
                Button(
                    text: html.page[id == nil ? Words.createRecord : Words.saveChanges],
                    target: .submit(name: nil, value: nil), kind: .primary, key: "Ctrl ↵"))
        }
    }
}
