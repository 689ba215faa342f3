import Definitions

/// A name whose definition opens when one presses it: for every figure, by pointer, finger or keyboard. Needs no script.
struct Explained: Markup {
    /// Unique on the page.
    let id: String
    let name: String
    /// Nil writes the plain name.
    let meaning: String?

    func write(to html: inout HTML) {
        guard let meaning else { return html.user(name) }
        html(
            "button", .type("button"), .class("ex"), .named("popovertarget", id), .title(meaning),
            .aria("describedby", id)
        ) { $0.user(name) }
        html("span", .class("ex-p"), .id(id), .named("popover", "auto"), .named("role", "note")) { html in
            html("b") { $0.user(name) }
            html("span") { $0.user(meaning) }
        }
    }
}

/// One button that tells how the figures beside it are counted, where each of them is already a link.
struct FigureLegend: Markup {
    let id: String
    let figures: [(name: Label, meaning: Label)]

    func write(to html: inout HTML) {
        let title = html.page[Words.howCounted]
        html(
            "button", .type("button"), .class("ib ex-i"), .named("popovertarget", id), .title(title), .label(title)
        ) { $0.icon("info") }
        html("div", .class("ex-p"), .id(id), .named("popover", "auto"), .named("role", "note")) { html in
            html("b", text: title)
            html("dl") { html in
                for figure in figures {
                    html("dt", say: figure.name)
                    html("dd", say: figure.meaning)
                }
            }
        }
    }
}
