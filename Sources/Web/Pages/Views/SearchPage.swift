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
                html.void("input", .type("search"), .name("q"), .value(query), .data("search"), .flag("autofocus"), .named("dir", "auto"),
                          .named("placeholder", html.page[Words.searchHint]), .label(html.page[Words.search]))
            }
            html("div", .class("card")) { html in
                if hits.isEmpty && commands.isEmpty {
                    html.add(EmptyState(icon: "search", title: html.page[query.isEmpty ? Words.searchHint : Words.noneFound]))
                } else {
                    results(&html)
                }
            }
        }
    }

    /// The list alone: what the palette fetches.
    func results(_ html: inout HTML) {
        html("ul", .class("hits"), .named("role", "listbox"), .label(html.page[Words.search])) { html in
            for (position, hit) in (commands + hits).enumerated() {
                html("li", .named("role", "option"), .id("hit-" + String(position)), .aria("selected", "false"), .data("url", hit.url)) { html in
                    html("a", .href(hit.url), .named("tabindex", "-1")) { html in
                        html("span", .class("it-i")) { $0.icon(hit.icon) }
                        html("span", .class("hit-t")) { html in
                            html("b") { $0.user(hit.title) }
                            html("span", .class("mut")) { $0.user(hit.note) }
                        }
                        html("span", .class("tag"), text: hit.kind)
                    }
                }
            }
        }
    }
}
