import Definitions
import Kernel
import Values

/// Which columns leave a list, under which headings, as what file; kept as a template for next time.
struct ExportPage: Sendable {
    struct Column: Sendable {
        let path: String
        let label: String
        /// Its heading, empty for the label.
        let head: String
        let isChosen: Bool
    }

    let object: String
    let plural: Label
    /// The query of the list: its view, conditions and order.
    let here: String
    let listURL: String
    var templates: [(name: String, url: String, isCurrent: Bool)] = []
    var columns: [Column] = []
    var isText = false
    /// The template that is shown.
    var template: ViewsOf.View?
    var audiences: [ViewAudience] = []
    /// As written in the controls of the template.
    var name = ""
    var audience = ViewAudience.mine
    /// Field → why it was refused.
    var errors: [String: String] = [:]
    /// Why nothing was kept, where no field is to blame.
    var general: [String] = []
    var viewName = ""
    /// Conditions and search words in force.
    var conditions = 0
    /// The same columns as a sheet to fill in, for who may import.
    var fillInURL: String?
}

extension ExportPage: Markup {
    func write(to html: inout HTML) {
        html.add(
            PageHead(
                title: html.page[Words.exportTitle], note: html.page[plural],
                actions: fillInURL.map {
                    [Button(text: html.page[Words.fillInSheet], target: .link($0), icon: "download")]
                } ?? []))
        html("div", .class("exp")) { html in
            html("nav", .class("chips"), .label(html.page[Words.exportTemplates])) { html in
                for one in templates {
                    html("a", .class("chip"), .href(one.url), .when(one.isCurrent, .aria("current", "true"))) {
                        $0.user(one.name)
                    }
                }
            }
            html.form(Paths.exports(object), .class("exp-f")) { html in
                html.hidden("here", here)
                if let template { html.hidden("id", template.id.description) }
                html.card(html.page[Words.exportColumns]) { columnList(&$0) }
                html("div", .class("exp-s")) { html in
                    html.card(html.page[Words.exportFile]) { file(&$0) }
                    html.card(html.page[Words.exportTemplate]) { keep(&$0) }
                }
            }
        }
    }

    mutating func refuse(_ problems: [Problem], _ page: PageContext) {
        for problem in problems {
            let text = page[problem.message]
            if let field = problem.field, ["name", "audience", "columns"].contains(field) {
                errors[field] = text
            } else {
                general.append(text)
            }
        }
    }

    private func columnList(_ html: inout HTML) {
        if let error = errors["columns"] { html.add(Note(tone: .bad, text: error, isLive: true)) }
        html("p", .class("mut pad-x"), say: Words.exportColumnsHint)
        html("ol", .class("exp-l")) { html in
            for (place, column) in columns.enumerated() { self.column(column, place + 1, &html) }
        }
    }

    private func column(_ column: Column, _ place: Int, _ html: inout HTML) {
        let label = column.label
        html("li", .class("col-i")) { html in
            html("label", .class("exp-c")) { html in
                html.void(
                    "input", .type("checkbox"), .name("columns"), .value(column.path),
                    .flag("checked", column.isChosen))
                html("span") { $0.user(label) }
            }
            html.void(
                "input", .class("in"), .type("text"), .name("h." + column.path), .value(column.head),
                .named("placeholder", label), .named("maxlength", "80"), .named("autocomplete", "off"),
                .label(html.page[Label(zh: "“\(label)”的表头", en: "Heading of “\(label)”")]))
            html.add(PlaceBox(path: column.path, label: label, place: column.isChosen ? place : nil))
            html(
                "button", .type("button"), .class("ib"), .data("do", "col-up"),
                .label(html.page[Label(zh: "前移：\(label)", en: "Earlier: \(label)")])
            ) { $0.icon("arrow-up", size: .small) }
            html(
                "button", .type("button"), .class("ib"), .data("do", "col-down"),
                .label(html.page[Label(zh: "后移：\(label)", en: "Later: \(label)")])
            ) { $0.icon("arrow-down", size: .small) }
        }
    }

    private func file(_ html: inout HTML) {
        html("div", .class("exp-p")) { html in
            html("p") { html in
                html.say(Words.exportRows(viewName, conditions))
                html.append(" ")
                html("a", .class("ln"), .href(listURL), say: Words.exportBack)
            }
            html.add(
                FieldControl(
                    name: "as", label: html.page[Words.exportFormat],
                    kind: .choice([
                        FieldControl.Choice("xlsx", "Excel (.xlsx)"), FieldControl.Choice("csv", "CSV (.csv)"),
                    ]), value: isText ? "csv" : "xlsx"))
            html.add(
                Button(
                    text: html.page[Words.exportNow], target: .submit(name: "do", value: "file"), kind: .primary,
                    icon: "download", isWide: true))
        }
    }

    private func keep(_ html: inout HTML) {
        html("div", .class("exp-p")) { html in
            html("p", .class("mut"), say: Words.exportTemplateHint)
            for text in general { html.add(Note(tone: .bad, text: text, isLive: true)) }
            html.add(
                FieldControl(
                    name: "name", label: html.page[Words.templateName], kind: .text(limit: 60, format: .plain),
                    value: name, error: errors["name"]))
            html.add(
                FieldControl(
                    name: "audience", label: html.page[Label(zh: "给谁用", en: "For whom")],
                    kind: .choice(
                        audiences.map { FieldControl.Choice($0.rawValue, html.page[ViewForm.label($0)]) }),
                    value: audience.rawValue, error: errors["audience"]))
            html("div", .class("row")) { html in
                if template?.isMine == true {
                    html.add(
                        Button(
                            text: html.page[Words.templateUpdate], target: .submit(name: "do", value: "update"),
                            icon: "check"))
                }
                html.add(
                    Button(
                        text: html.page[template == nil ? Words.templateKeep : Words.templateCopy],
                        target: .submit(name: "do", value: "keep"), icon: template == nil ? "check" : "copy"))
                if template?.isMine == true {
                    html.add(
                        Button(
                            text: html.page[Words.templateRemove], target: .submit(name: "do", value: "remove"),
                            kind: .danger, icon: "trash"))
                }
            }
        }
    }
}

/// Where a column stands, as a number: the twin of the arrows where there are no scripts.
struct PlaceBox: Markup {
    let path: String
    let label: String
    /// From 1; nil for one that is not chosen.
    let place: Int?

    func write(to html: inout HTML) {
        html.void(
            "input", .class("in ord"), .type("number"), .name("n." + path), .value(place.map(String.init) ?? ""),
            .named("min", "1"), .named("max", "999"), .named("autocomplete", "off"),
            .label(html.page[Label(zh: "第几列：\(label)", en: "Place of “\(label)”")]))
    }
}
