import Definitions

/// What must be put right before a form can be saved; each line leads to its field.
struct ErrorSummary: Markup {
    struct Item: Sendable {
        let text: String
        /// Id of the control; nil for the whole record.
        let control: String?
    }

    let items: [Item]

    func write(to html: inout HTML) {
        if items.isEmpty { return }
        html("div", .class("note bad sum"), .id("problems"), .named("role", "alert"), .named("tabindex", "-1")) {
            html in
            html.icon("alert-triangle", size: .small)
            html("div") { html in
                html("b", say: Words.problems(items.count))
                html("ul") { html in
                    for item in items {
                        html("li") { html in
                            if let control = item.control {
                                html("a", .href("#" + control)) { $0.user(item.text) }
                            } else {
                                html.user(item.text)
                            }
                        }
                    }
                }
            }
        }
    }
}
