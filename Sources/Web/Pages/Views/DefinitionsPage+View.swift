import Definitions

extension DefinitionsPage: Markup {
    func write(to html: inout HTML) {
        html.add(
            PageHead(
                title: html.page[Words.definitions], note: html.page[Words.definitionsHint],
                actions: [
                    Button(text: html.page[Words.addObject], target: .dialog("new-object"), icon: "plus")
                ]))
        html("div", .class("defs")) { html in
            html("nav", .class("card d-nav"), .label(html.page[Words.objects])) { menu(&$0) }
            html("section", .class("col")) { html in
                html.add(ErrorSummary(items: problems))
                fieldCard(&html)
            }
            html("aside", .class("col")) { newField(&$0) }
        }
        newObject(&html)
        renaming(&html)
    }

    private func menu(_ html: inout HTML) {
        for item in objects {
            html(
                "a", .href(Paths.definition(item.id)), .class(item.isRetired ? "off" : item.isLines ? "sub" : ""),
                .when(item.id == object.id, .aria("current", "page"))
            ) { html in
                html.icon(item.isLines ? "list" : item.icon)
                html("span", say: item.label)
                if item.isOwn { html.add(Tag(html.page[Words.ownLayer], tone: .pri)) }
                html("small", .class("num mut"), text: String(item.fieldCount))
            }
        }
    }

    private func fieldCard(_ html: inout HTML) {
        let rename = Button(text: html.page[Words.rename], target: .dialog("rename-object"), kind: .ghost, icon: "pen")
        html.card(html.page[object.label], count: fields.count, icon: object.icon, action: rename) { html in
            html(
                "div", .class("tw"), .named("tabindex", "0"), .named("role", "region"), .label(html.page[Words.fields])
            ) { html in
                html("table", .class("dt df")) { html in
                    html("thead") { html in
                        html("tr") { html in
                            for label in [Words.field, Words.fieldID, Words.fieldType] {
                                html("th", .named("scope", "col"), say: label)
                            }
                            html("th", .class("act")) { $0("span", .class("vh"), say: Words.moreActions) }
                        }
                    }
                    html("tbody") { html in for field in fields { row(field, &html) } }
                }
            }
        }
        html.dialog("rename-object", title: html.page[Words.rename] + " · " + html.page[object.label]) { html in
            labelForm(Paths.definition(object.id) + "/label", object.label, &html)
        }
    }

    private func row(_ field: Field, _ html: inout HTML) {
        html("tr", .class(field.isRetired ? "off" : ""), .id("field-" + field.id)) { html in
            html("th", .named("scope", "row")) { html in
                html("span", .class("b5"), say: field.label)
                html.append(" ")
                if field.isOwn { html.add(Tag(html.page[Words.ownLayer], tone: .pri)) }
                if field.isRetired { html.add(Tag(html.page[Words.retired])) }
            }
            html("td", .data("l", html.page[Words.fieldID])) { $0("code", text: field.id) }
            html("td", .data("l", html.page[Words.fieldType])) { html in
                html.text(field.type)
                html.append(" ")
                html.add(all: field.tags)
                if let formula = field.formula { html("code", .class("fx"), text: "= " + formula) }
            }
            html("td", .class("act")) { html in if !field.isFixed { actions(field, &html) } }
        }
    }

    private func actions(_ field: Field, _ html: inout HTML) {
        let base = Paths.definition(object.id) + "/fields/" + field.id
        let hint = html.page[Words.rename]
        html(
            "a", .class("ib"), .href(Paths.definition(object.id) + "?rename=" + field.id), .label(hint), .title(hint),
            .data("dialog", "rename-field"), .data("action", base + "/label"),
            .data("heading", renameTitle(field, html.page)), .data("set-label_zh", field.label.zh),
            .data("set-label_en", field.label.en)
        ) { $0.icon("pen") }
        let label = html.page[field.isRetired ? Words.restore : Words.retire]
        let title = field.isRetired ? label : label + " · " + html.page[Words.retireHint]
        html.form(base + (field.isRetired ? "/restore" : "/retire")) { html in
            html("button", .class("ib"), .type("submit"), .label(label), .title(title)) {
                $0.icon(field.isRetired ? "undo" : "lock")
            }
        }
    }

    private func renameTitle(_ field: Field, _ page: PageContext) -> String {
        page[Words.rename] + " · " + page[field.label]
    }

    /// One dialog for all fields: the control that opens it fills it; without scripts the address names the field.
    private func renaming(_ html: inout HTML) {
        let named = fields.filter { !$0.isFixed }
        let asked = named.first { $0.id == renamed }
        guard let field = asked ?? named.first else { return }
        html.dialog(
            "rename-field", title: renameTitle(field, html.page), isShown: asked != nil,
            closeURL: Paths.definition(object.id)
        ) { html in
            labelForm(Paths.definition(object.id) + "/fields/" + field.id + "/label", field.label, &html)
        }
    }

    private func labelForm(_ url: String, _ label: Label, _ html: inout HTML) {
        html.form(url) { html in
            html("div", .class("dl-b")) { html in
                labels(label, scope: url, &html)
            }
            html("div", .class("dl-f")) { html in
                html("a", .class("btn g"), .href("#"), .data("close"), say: Words.cancel)
                html.add(Button(text: html.page[Words.save], target: .submit(name: nil, value: nil), kind: .primary))
            }
        }
    }

    private func labels(_ label: Label, scope: String, _ html: inout HTML) {
        html.add(
            FieldControl(
                name: "label_zh", label: html.page[Words.labelZh], kind: .text(limit: 60, format: .plain),
                value: label.zh, isRequired: true, scope: scope))
        html.add(
            FieldControl(
                name: "label_en", label: html.page[Words.labelEn], kind: .text(limit: 60, format: .plain),
                value: label.en, isRequired: true, scope: scope))
    }

    private func newField(_ html: inout HTML) {
        html.card(html.page[Words.addField], icon: "plus", id: "new-field") { html in
            html.form(Paths.definition(object.id) + "/fields", .class("pad stack"), .data("new-field")) { html in
                labels(Label(zh: draft["label_zh"] ?? "", en: draft["label_en"] ?? ""), scope: "nf", &html)
                html.add(
                    FieldControl(
                        name: "id", label: html.page[Words.fieldID], kind: .text(limit: 40, format: .plain),
                        value: draft["id"] ?? "x_", help: html.page[Words.idHint], isRequired: true, scope: "nf"))
                html.add(
                    FieldControl(
                        name: "type", label: html.page[Words.fieldType], kind: .choice(types),
                        value: draft["type"] ?? "text", isRequired: true, scope: "nf"))
                html("div", .data("when", "choice choices")) { html in
                    html.add(
                        FieldControl(
                            name: "list", label: html.page[Words.choices], kind: .choice(lists),
                            value: draft["list"] ?? "", scope: "nf"))
                }
                html("div", .data("when", "link links")) { html in
                    html.add(
                        FieldControl(
                            name: "target", label: html.page[Words.linkTo], kind: .choice(linkTargets),
                            value: draft["target"] ?? "", scope: "nf"))
                }
                html.add(
                    FieldControl(
                        name: "formula", label: html.page[Words.formula], kind: .text(limit: 500, format: .plain),
                        value: draft["formula"] ?? "", help: html.page[Words.formulaHint], scope: "nf"))
                html.add(
                    FieldControl(
                        name: "required", label: html.page[Words.required], kind: .bool,
                        value: draft["required"] ?? "false", scope: "nf"))
                html.add(
                    Button(
                        text: html.page[Words.addField], target: .submit(name: nil, value: nil), kind: .primary,
                        isWide: true))
            }
        }
    }

    private func newObject(_ html: inout HTML) {
        html.dialog("new-object", title: html.page[Words.addObject]) { html in
            html.form(Paths.definitions) { html in
                html("div", .class("dl-b")) { html in
                    labels(Label(zh: "", en: ""), scope: "no", &html)
                    html.add(
                        FieldControl(
                            name: "id", label: html.page[Words.fieldID], kind: .text(limit: 40, format: .plain),
                            value: "x_", help: html.page[Words.idHint], isRequired: true, scope: "no"))
                }
                html("div", .class("dl-f")) { html in
                    html("a", .class("btn g"), .href("#"), .data("close"), say: Words.cancel)
                    html.add(
                        Button(text: html.page[Words.addObject], target: .submit(name: nil, value: nil), kind: .primary)
                    )
                }
            }
        }
    }
}

extension Words {
    static let choices = Label(zh: "选项列表", en: "List of choices")
    static let linkTo = Label(zh: "链接到", en: "Links to")
    static let formulaHint = Label(
        zh: "像 Excel 一样写，例如 qty * price；留空则手工填写", en: "As in a spreadsheet: qty * price. Empty: people fill it in")
}
