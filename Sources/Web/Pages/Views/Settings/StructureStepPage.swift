import Definitions
import Kernel

/// Departments as lines, regions as rows; what is there already stands above.
struct StructureStepPage: Sendable {
    struct Region: Sendable {
        var code = ""
        var name = ""
        var countries = ""
        var zone = ""
        /// Column → what is wrong.
        var errors: [String: String] = [:]

        var isBlank: Bool { [code, name, countries].allSatisfy { $0.trimmingSpaces.isEmpty } }
    }

    let departments: [String]
    let regions: [String]
    var lines = ""
    var lineErrors: [String] = []
    var rows: [Region] = [Region(), Region(), Region()]
    let zones: [FieldControl.Choice]
    /// What the actor may make: `department`, `region`.
    let may: Set<String>
}

extension StructureStepPage: Markup {
    func write(to html: inout HTML) {
        let wrong = lineErrors + rows.flatMap { $0.errors.values.sorted() }
        html.add(ErrorSummary(items: wrong.map { ErrorSummary.Item(text: $0, control: nil) }))
        html.form(Paths.firstStep(.structure), .class("su-c")) { html in
            if may.contains("department") { departmentCard(&html) }
            if may.contains("region") { regionCard(&html) }
            html.add(FirstStepFoot(step: .structure, save: may.isEmpty ? nil : Words.saveNext))
        }
    }

    private func there(_ names: [String], _ html: inout HTML) {
        if names.isEmpty { return }
        html("p", .class("su-t")) { html in
            html("span", .class("mut"), say: Label(zh: "已有：", en: "There already: "))
            for name in names { html.add(Tag(name)) }
        }
    }

    private func departmentCard(_ html: inout HTML) {
        html.card(html.page[Label(zh: "部门", en: "Departments")], icon: "branch") { html in
            there(departments, &html)
            html("div", .class("sec-f")) { html in
                html("div", .class(lineErrors.isEmpty ? "fd" : "fd err")) { html in
                    html(
                        "label", .class("fd-l"), .named("for", "departments"),
                        say: Label(zh: "一行一个：名称，英文名，上级部门", en: "One a line: name, English name, parent department"))
                    html(
                        "textarea", .class("in"), .id("departments"), .name("departments"), .named("rows", "6"),
                        .named("maxlength", "8000"), .named("dir", "auto"),
                        .named(
                            "placeholder",
                            html.page[
                                Label(
                                    zh: "业务部, Sales\n业务一部, Sales 1, 业务部\n跟单部, Merchandising",
                                    en: "Sales\nSales Europe, , Sales\nMerchandising")]),
                        .when(!lineErrors.isEmpty, .aria("invalid", "true")), text: lines)
                    for error in lineErrors { html("p", .class("fd-e")) { $0.user(error) } }
                }
            }
        }
    }

    private static let heads = [
        ("code", Label(zh: "代码", en: "Code")), ("name", Label(zh: "名称", en: "Name")),
        ("countries", Label(zh: "国家（代码或名称）", en: "Countries (codes or names)")),
        ("zone", Label(zh: "时区", en: "Time zone")),
    ]

    private func regionCard(_ html: inout HTML) {
        html.card(html.page[Label(zh: "区域", en: "Regions")], icon: "globe") { html in
            there(regions, &html)
            html("div", .class("su-s")) { html in
                html("table", .class("cal-d su-g")) { html in
                    html("thead") { html in
                        html("tr") { html in
                            for head in Self.heads { html("th", .named("scope", "col"), say: head.1) }
                        }
                    }
                    html("tbody") { html in for (place, row) in rows.enumerated() { write(row, place, &html) } }
                }
                html(
                    "p", .class("fd-h"),
                    say: Label(
                        zh: "节假日按第一个国家，以后可在区域里改。",
                        en: "Public holidays follow the first country; change it at the region later."))
            }
        }
    }

    private func write(_ row: Region, _ place: Int, _ html: inout HTML) {
        html("tr") { html in
            for (id, label) in Self.heads {
                html("td", .data("l", html.page[label])) { html in
                    let name = html.page[label] + " \(place + 1)"
                    let invalid = Attribute.when(row.errors[id] != nil, .aria("invalid", "true"))
                    if id == "zone" {
                        html("select", .class("in"), .name("g\(place).zone"), .label(name), invalid) { html in
                            html("option", .value(""), text: html.page[Words.choose])
                            for zone in zones {
                                html(
                                    "option", .value(zone.value), .flag("selected", zone.value == row.zone),
                                    text: zone.label)
                            }
                        }
                    } else {
                        html.void(
                            "input", .class("in"), .type("text"), .name("g\(place)." + id), .value(row[id]),
                            .label(name), .named("maxlength", "200"), .named("autocomplete", "off"), invalid)
                    }
                    if let error = row.errors[id] { html("p", .class("fd-e")) { $0.user(error) } }
                }
            }
        }
    }
}

extension StructureStepPage.Region {
    subscript(column: String) -> String {
        switch column {
        case "code": code
        case "name": name
        case "countries": countries
        default: zone
        }
    }
}
