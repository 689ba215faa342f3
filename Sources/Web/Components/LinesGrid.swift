import Definitions

/// The lines of a document as a sheet: arrow and Enter keys, paste from a spreadsheet, buttons for every move.
///
/// A cell is sent as `lines[2].price`, the id of an existing line as `lines[2].id`. Without scripts the rows that are
/// there can be edited, and three empty ones stand below them.
struct LinesGrid: Markup {
    struct Column: Sendable {
        let id: String
        let label: String
        let kind: FieldControl.Kind
        /// Width class: `w1` (narrow) to `w5`.
        var width = "w2"
        var isRequired = false
        /// Computed by the server; shown, never sent.
        var isComputed = false
        /// `quotation_line.product`: the field whose rule narrows what a picker offers.
        var origin: String?
        /// Filled by the server when a linked record is chosen; shown lighter until it is.
        var isSensitive = false

        var isNumber: Bool {
            switch kind {
            case .number, .percent, .money: true
            case .fixed(let shown): shown.isNumber
            default: false
            }
        }
    }

    struct Line: Sendable {
        /// Empty for a line that is not stored yet.
        let id: String
        /// As many as there are columns, same order; as written in the control.
        let values: [String]
        /// Title of the linked record, by column position.
        var titles: [Int: String] = [:]
        /// What is wrong, by column position.
        var errors: [Int: String] = [:]
    }

    /// Field id of the lines.
    let name: String
    let label: String
    let columns: [Column]
    let lines: [Line]
    var isReadOnly = false

    func write(to html: inout HTML) {
        html.open("bt-lines", [.data("name", name), .class("lines")])
        html("div", .class("tw"), .named("tabindex", "-1")) { html in
            html("table", .class("dt ln-t"), .label(label)) { html in
                html("thead") { $0("tr") { head(&$0) } }
                html("tbody") { html in
                    for (position, line) in lines.enumerated() { row(line, position, &html) }
                }
            }
        }
        if !isReadOnly {
            html("template") { row(Line(id: "", values: columns.map { _ in "" }), 0, &$0) }
            html("div", .class("lines-f")) { html in
                html("button", .type("button"), .class("btn"), .data("do", "add-line")) { html in
                    html.icon("plus")
                    html.say(Words.addLine)
                }
                html("span", .class("mut no-m"), say: Words.linesHint)
            }
        }
        html.close("bt-lines")
    }

    private func head(_ html: inout HTML) {
        html("th", .class("no"), .label(html.page[Words.lineNumber]), text: "#")
        for column in columns {
            html("th", .named("scope", "col"), .class(column.width + (column.isNumber ? " n" : ""))) { html in
                html.text(column.label)
                if column.isRequired { html("span", .class("rq"), .aria("hidden", "true"), text: "*") }
            }
        }
        if !isReadOnly { html("th", .class("do")) { $0("span", .class("vh"), say: Words.moreActions) } }
    }

    private func row(_ line: Line, _ position: Int, _ html: inout HTML) {
        let prefix = name + "[" + String(position) + "]."
        html("tr", .data("line")) { html in
            html("td", .class("no num")) { html in
                html("span", .class("i-n"), text: String(position + 1))
                if !isReadOnly { html.hidden(prefix + "id", line.id) }
            }
            for (index, column) in columns.enumerated() {
                html(
                    "td", .class((column.isNumber ? "n" : "") + (line.errors[index] == nil ? "" : " err")),
                    .data("c", column.id), .data("l", column.label)
                ) { html in
                    cell(line, index, prefix, &html)
                    if let error = line.errors[index] {
                        html("span", .class("fd-e"), .id(prefix + column.id + "-e")) { $0.user(error) }
                    }
                }
            }
            if !isReadOnly { html("td", .class("do")) { buttons(&$0) } }
        }
    }

    private func cell(_ line: Line, _ index: Int, _ prefix: String, _ html: inout HTML) {
        let column = columns[index]
        let value = index < line.values.count ? line.values[index] : ""
        if isReadOnly || column.isComputed {
            html("output", .data("out", column.id), .class(column.isNumber ? "num" : "")) {
                $0.user(line.titles[index] ?? value)
            }
            return
        }
        let named: [Attribute] = [
            .name(prefix + column.id), .label(column.label), .when(line.errors[index] != nil, .aria("invalid", "true")),
            .when(line.errors[index] != nil, .aria("describedby", prefix + column.id + "-e")),
            .named("autocomplete", "off"),
        ]
        switch column.kind {
        case .choice(let choices):
            html.open("select", named + [.class("ce")])
            if !column.isRequired { html("option", .value("")) { _ in } }
            for choice in choices {
                html("option", .value(choice.value), .flag("selected", choice.value == value), text: choice.label)
            }
            html.close("select")
        case .link(let object, _, _):
            html.open(
                "bt-combobox",
                [
                    .data("source", Paths.pick(object)), .data("name", prefix + column.id),
                    .optional("data-field", column.origin), .class("in-cell"),
                ])
            html.hidden(prefix + column.id, value)
            html.void(
                "input", .class("ce"), .name(prefix + column.id + ".q"), .value(line.titles[index] ?? ""),
                .label(column.label), .named("role", "combobox"),
                .aria("expanded", "false"), .named("autocomplete", "off"), .named("dir", "auto"))
            html.close("bt-combobox")
        case .day: html.open("input", named + [.class("ce num"), .type("date"), .value(value)])
        case .number(let scale, _): number(scale, value, named, &html)
        case .percent: number(2, value, named, &html)
        case .money: number(4, value, named, &html)
        default: html.open("input", named + [.class("ce"), .value(value), .named("dir", "auto")])
        }
    }

    private func number(_ scale: Int, _ value: String, _ named: [Attribute], _ html: inout HTML) {
        html.open(
            "input",
            named + [
                .class("ce num"), .value(value), .named("inputmode", scale == 0 ? "numeric" : "decimal"),
                .data("number", String(scale)),
            ])
    }

    private func buttons(_ html: inout HTML) {
        html.menu(html.page[Words.moreActions], classes: "end", icon: "more-horizontal") { html in
            let items: [(String, Label, String)] = [
                ("copy-line", Words.duplicateLine, "copy"), ("line-up", Words.moveUp, "arrow-up"),
                ("line-down", Words.moveDown, "arrow-down"),
                ("delete-line", Words.deleteLine, "trash"),
            ]
            for (name, label, icon) in items {
                html("button", .type("button"), .data("do", name)) { html in
                    html.icon(icon)
                    html("span", say: label)
                }
            }
        }
    }
}
