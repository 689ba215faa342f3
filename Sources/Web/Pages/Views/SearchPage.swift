import Definitions

/// What a search found, best first. The same list fills the palette.
struct SearchPage: Sendable {
    struct Hit: Sendable {
        let icon: String
        let kind: String
        let title: String
        let note: String
        let url: String
    }

    let query: String
    let hits: [Hit]
    /// Commands that fit the words: new quotation, go to orders.
    var commands: [Hit] = []
}

extension SearchPage: Markup {
    func write(to html: inout HTML) {
        html.add(PageHead(title: html.page[Words.search]))
        html("div", .class("srch")) { html in
            html("form", .class("q big"), .named("role", "search"), .action(Paths.search)) { html in
                html.icon("search")
                html.void(
                    "input", .type("search"), .name("q"), .value(query), .data("search"), .flag("autofocus"),
                    .named("dir", "auto"),
                    .named("placeholder", html.page[Words.searchHint]), .label(html.page[Words.search]))
            }
            html("div", .class("card")) { html in
                if hits.isEmpty && commands.isEmpty {
                    html.add(
                        EmptyState(icon: "search", title: html.page[query.isEmpty ? Words.searchHint : Words.noneFound])
                    )
                } else {
                    results(&html)
                }
            }
        }
    }

    /// The list alone: what the palette fetches. There each line is an option of a list box.
    func results(_ html: inout HTML, isPalette: Bool = false) {
        let role: Attribute = .when(isPalette, .named("role", "listbox"))
        html("ul", .class("hits"), role, .when(isPalette, .label(html.page[Words.search]))) { html in
            for (position, hit) in (commands + hits).enumerated() {
                html("li", .when(isPalette, .named("role", "none"))) { line(hit, isPalette ? position : nil, &$0) }
            }
        }
    }

    private func line(_ hit: Hit, _ option: Int?, _ html: inout HTML) {
        html.open(
            "a",
            [
                .href(hit.url), .when(option != nil, .named("role", "option")),
                .when(option != nil, .named("tabindex", "-1")),
                .when(option != nil, .aria("selected", "false")), option.map { .id("hit-" + String($0)) } ?? .none,
            ])
        html("span", .class("it-i")) { $0.icon(hit.icon) }
        html("span", .class("hit-t")) { html in
            html("b") { $0.user(hit.title) }
            html("span", .class("mut")) { $0.user(hit.note) }
        }
        html("span", .class("tag"), text: hit.kind)
        html.close("a")
    }

    /// The answer to the palette: the list and nothing else.
    func fragment(_ context: PageContext) -> [UInt8] {
        var html = HTML(context, capacity: 8192)
        if !hits.isEmpty || !commands.isEmpty { results(&html, isPalette: true) }
        return html.bytes
    }
}
