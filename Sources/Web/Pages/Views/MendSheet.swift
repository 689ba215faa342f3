import Definitions

/// Rows of a file that were held back, as a sheet whose cells can be put right; wrong ones are marked, reasons stand beside.
struct MendSheet: Markup {
    let mending: ImportPage.Mending

    func write(to html: inout HTML) {
        let title = html.page[mending.isCheck ? Words.mendAndCheck : Words.mendAndImport]
        html.card(html.page[Words.mendHere], icon: "pen", id: "mend") { html in
            html("p", .class("mut pad-x"), say: Words.mendHint)
            html.form(mending.postURL) { html in
                html.hidden("page", String(mending.page))
                html(
                    "div", .class("tw"), .named("tabindex", "0"), .named("role", "region"),
                    .label(html.page[Words.mendHere])
                ) { html in
                    html("table", .class("dt mend")) { html in
                        head(&html)
                        html("tbody") { html in for row in mending.rows { self.row(row, &html) } }
                    }
                }
                html("div", .class("dl-f")) { html in
                    if mending.pages > 1 { turning(&html) }
                    html("span", .class("sp")) { _ in }
                    html.add(Button(text: title, target: .submit(name: nil, value: nil), kind: .primary))
                }
            }
        }
    }

    /// Turning a page keeps what was typed on it.
    private func turning(_ html: inout HTML) {
        for (name, label, isThere) in [
            ("previous", Words.mendPrevious, mending.page > 1), ("next", Words.mendNext, mending.page < mending.pages),
        ] where isThere {
            html.add(Button(text: html.page[label], target: .submit(name: "do", value: name)))
        }
        let format = html.page.format
        html(
            "span", .class("mut num"),
            say: Words.mendPlace(
                mending.first, mending.first + mending.rows.count - 1, of: format.count(mending.total)))
    }

    private func head(_ html: inout HTML) {
        html("thead") { html in
            html("tr") { html in
                html("th", .named("scope", "col"), say: Words.originalLine)
                html("th", .named("scope", "col"), say: Words.reason)
                for heading in mending.headings { html("th", .named("scope", "col")) { $0.user(heading) } }
            }
        }
    }

    private func row(_ row: ImportPage.Mending.Row, _ html: inout HTML) {
        html("tr") { html in
            html("th", .named("scope", "row"), .class("num"), text: html.page[Words.rowError(row.line)])
            html("td", .class("t-bad mend-r"), .id("mr\(row.line)")) { html in
                if row.isMended { html.add(Tag(html.page[Words.mendedHere], tone: .info)) }
                for reason in row.reasons { html("p") { $0.user(reason) } }
            }
            for (index, cell) in row.cells.enumerated() {
                let isFaulty = row.faulty.contains(index)
                let heading = mending.headings.indices.contains(index) ? mending.headings[index] : ""
                // The phone shows what is wrong; the rest of the row stays as it is.
                html(
                    "td", .class(row.faulty.isEmpty || isFaulty ? "" : "fine"),
                    .when(!heading.isEmpty, .data("l", heading))
                ) { html in
                    self.cell(cell, "c.\(row.line).\(index)", row, heading, isFaulty: isFaulty, &html)
                }
            }
        }
    }

    /// A cell of several lines keeps them.
    private func cell(
        _ text: String, _ name: String, _ row: ImportPage.Mending.Row, _ heading: String, isFaulty: Bool,
        _ html: inout HTML
    ) {
        let hasLines = text.contains(where: \.isNewline)
        let common: [Attribute] = [
            .class("in"), .name(name), .named("dir", "auto"), .named("autocomplete", "off"),
            .label(html.page[Words.rowError(row.line)] + " " + heading),
            .when(isFaulty, .named("aria-invalid", "true")),
            .when(isFaulty, .named("aria-describedby", "mr\(row.line)")),
        ]
        if hasLines {
            html.open("textarea", common + [.named("rows", "2")])
            html.text(text)
            html.close("textarea")
        } else {
            html.open("input", common + [.type("text"), .value(text)])
        }
    }
}
