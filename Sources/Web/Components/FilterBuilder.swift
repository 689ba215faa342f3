import Definitions

/// A condition in force, in words, with the way to be without it.
struct FilterChip: Markup {
    let filter: ListPage.Filter

    func write(to html: inout HTML) {
        html("span", .class("chip"), .aria("current", "true")) { html in
            html.user(filter.text)
            html("a", .class("x"), .href(filter.removeURL), .label(html.page[Words.removeFilter(filter.text)])) {
                $0.icon("x", size: .small)
            }
        }
    }
}

/// One more condition: field, comparison, value. `list.js` fits comparison and value to the field.
struct FilterBuilder: Markup {
    /// The page that the condition narrows.
    let action: String
    /// What its address holds besides, sent along.
    let hidden: [(name: String, value: String)]
    let search: String
    let filterable: [ListPage.Filterable]
    /// What was written and can't be used; the form stands open with it.
    var refused: Refused?

    struct Refused: Sendable {
        var field = ""
        var comparison = ""
        var value = ""
        var expression = ""
        let message: String
    }

    func write(to html: inout HTML) {
        html("details", .class("menu fb"), .flag("open", refused != nil)) { html in
            html("summary", .class("chip")) { html in
                html.icon("plus", size: .small)
                html.say(Words.addFilter)
            }
            // What was refused stands open.
            if refused == nil { html.folded { form(&$0) } } else { form(&html) }
        }
    }

    private func form(_ html: inout HTML) {
        html("form", .class("menu-p"), .action(action), .data("filter")) { html in
            for item in hidden { html.hidden(item.name, item.value) }
            if !search.isEmpty { html.hidden("q", search) }
            labelled(Words.field, "fb-f", &html) { html in
                html("select", .class("in"), .id("fb-f"), .name("ff")) { html in
                    for field in filterable {
                        html(
                            "option", .value(field.id), .data("kind", field.kind.rawValue),
                            .flag("selected", refused?.field == field.id), text: field.label)
                    }
                }
            }
            labelled(Words.condition, "fb-o", &html) { html in
                html("select", .class("in"), .id("fb-o"), .name("fo")) { html in
                    for comparison in FilterComparison.allCases {
                        html(
                            "option", .value(comparison.rawValue), .data("kinds", comparison.kinds),
                            .flag("selected", refused?.comparison == comparison.rawValue),
                            say: comparison.label)
                    }
                }
            }
            labelled(Words.value, "fb-v", &html) { html in
                html.void(
                    "input", .class("in"), .id("fb-v"), .name("fv"), .value(refused?.value ?? ""),
                    .named("autocomplete", "off"))
                if refused?.expression == "" { whyNot(&html) }
                for field in filterable where !field.choices.isEmpty {
                    html("datalist", .id("fb-" + field.id)) { html in
                        for choice in field.choices { html("option", .value(choice.value), text: choice.label) }
                    }
                }
            }
            html("button", .class("btn p full"), .type("submit"), say: Words.apply)
            let isWritten = refused?.expression.isEmpty == false
            html("details", .class("fx"), .flag("open", isWritten)) { html in
                html("summary", say: Label(zh: "或写一个表达式", en: "Or write an expression"))
                html(
                    "textarea", .class("in"), .name("fx"), .named("rows", "3"), .named("spellcheck", "false"),
                    .label(html.page[Label(zh: "条件表达式", en: "Condition as an expression")]),
                    .named("placeholder", "total > 10000 AND owner = ME()"),
                    .when(isWritten, .named("aria-invalid", "true")),
                    .when(isWritten, .aria("describedby", "fb-why")), text: refused?.expression ?? "")
                if isWritten { whyNot(&html) }
                html("button", .class("btn"), .type("submit"), say: Words.apply)
            }
        }
    }

    private func whyNot(_ html: inout HTML) {
        html("p", .class("fd-e"), .id("fb-why"), .named("role", "alert")) { $0.user(refused?.message ?? "") }
    }

    private func labelled(_ label: Label, _ id: String, _ html: inout HTML, control: (inout HTML) -> Void) {
        html("div", .class("fd")) { html in
            html("label", .class("fd-l"), .named("for", id), say: label)
            control(&html)
        }
    }
}
