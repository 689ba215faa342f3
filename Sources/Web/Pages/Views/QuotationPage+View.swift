import Definitions

extension QuotationPage: Markup {
    func write(to html: inout HTML) {
        if id != nil {
            html("script", .type("application/json"), .data("texts")) { $0.scriptTexts(Words.presenceScripts) }
        }
        html("section", .class("hd")) { html in
            html("div", .class("hd-r")) { html in
                html("h1") { $0.user(title) }
                html.add(all: tags)
                html("span", .class("sp")) { _ in }
                html("div", .class("hd-a")) { html in
                    if let pdfURL {
                        html.add(Button(text: html.page[Words.preview], target: .link(pdfURL), icon: "eye"))
                    }
                    html.add(all: actions)
                }
            }
        }
        html.open("bt-quote", [.data("dry-run", Paths.dryRun(object)), .data("id", id ?? "")])
        html.form(
            postURL, .class("quote"), .id("form"), .data("form"), .optional("data-record", id),
            .data("base", Paths.list(object)), .flag("novalidate")
        ) { html in
            if let version { html.hidden("version", String(version)) }
            for item in hidden { html.hidden(item.name, item.value) }
            html("div", .class("q-main")) { sheet(&$0) }
            html("aside", .class("q-side"), .label(html.page[Words.sums])) { side(&$0) }
            if !isReadOnly { saveBar(&html) }
        }
        html.close("bt-quote")
    }

    private func sheet(_ html: inout HTML) {
        html.add(ErrorSummary(items: problems))
        html.add(ConflictChoice(conflicts: conflicts))
        html.add(all: notes)
        html("section", .class("card fs")) { html in
            html("div", .class("grid dense")) { $0.add(all: terms) }
        }
        html.card(html.page[Words.lines], count: lines.lines.count, classes: "lines-c") { $0.add(lines) }
        for grid in furtherLines {
            html.card(grid.label, count: grid.lines.count, classes: "lines-c") { $0.add(grid) }
        }
        if !remarks.isEmpty {
            html("section", .class("card fs")) { $0("div", .class("grid")) { $0.add(all: remarks) } }
        }
    }

    private func side(_ html: inout HTML) {
        html("section", .class("card sum-c")) { html in
            html("dl", .class("sums num"), .data("sums")) { html in
                for (position, row) in sums.rows.enumerated() {
                    html("div", .class(position == sums.rows.count - 1 ? "big" : ""), .data("sum", row.id)) { html in
                        html("dt", text: row.label)
                        html("dd", text: row.value)
                    }
                }
            }
            if !sums.terms.isEmpty { terms(&html) }
        }
        if let margin { self.margin(margin, &html) }
        if !fills.isEmpty { containers(&html) }
        html.add(VersionList(versions: versions))
    }

    private func terms(_ html: inout HTML) {
        html("dl", .class("trio num"), .data("terms")) { html in
            for term in sums.terms {
                html("div", .class(term.isQuoted ? "on" : ""), .data("term", term.term)) { html in
                    html("dt", text: term.term)
                    html("dd", text: term.value)
                }
            }
        }
    }

    private func margin(_ margin: Margin, _ html: inout HTML) {
        html("section", .class("card mg"), .data("margin")) { html in
            html("div", .class("row")) { html in
                html("h2", say: Words.margin)
                html("span", .class("sp")) { _ in }
                html("b", .class("mg-v num t-" + margin.tone.rawValue), text: margin.text)
            }
            html.add(Meter(label: html.page[Words.margin], percent: margin.percent, tone: margin.tone))
            html("p", .class("mut num"), text: margin.floorText)
            if let warning = margin.warning { html.add(Note(tone: .warn, text: warning)) }
        }
    }

    private func containers(_ html: inout HTML) {
        html.card(html.page[Words.loading], icon: "ship", classes: "fill") { html in
            html("div", .data("fills")) { html in
                for fill in fills {
                    html("div", .class("fl")) { html in
                        html("div", .class("row")) { html in
                            html("b", text: fill.container)
                            html("span", .class("sp")) { _ in }
                            html("span", .class("num t-" + fill.tone.rawValue), text: String(fill.percent) + "%")
                        }
                        html.add(Meter(label: fill.container, percent: fill.percent, tone: fill.tone))
                        html("p", .class("mut num"), text: fill.note)
                    }
                }
            }
        }
    }

    private func saveBar(_ html: inout HTML) {
        html("div", .class("save")) { html in
            html("span", .class("mut"), .id("dirty"), .named("role", "status")) { _ in }
            html(
                "span", .class("save-s num"), .data("save-sum"),
                text: sums.rows.last.map { $0.label + " " + $0.value } ?? "")
            html("span", .class("sp")) { _ in }
            html("a", .class("btn g"), .href(cancelURL), .data("cancel"), say: Words.cancel)
            html.add(
                Button(
                    text: html.page[id == nil ? Words.createRecord : Words.saveChanges],
                    target: .submit(name: nil, value: nil), kind: .primary, key: "Ctrl ↵"))
        }
    }
}
