import Definitions

/// What a search found, in groups, best first. The same groups fill the palette.
struct SearchPage: Sendable {
    struct Hit: Sendable {
        let icon: String
        let kind: String
        let title: String
        let note: String
        let url: String
        /// Makes a record of this object, by a short form where scripts run.
        var object: String?
    }

    struct Group: Sendable {
        /// Tells the groups of one page apart.
        let id: String
        let label: Label
        let hits: [Hit]
    }

    let query: String
    /// None of them is empty.
    let groups: [Group]
    var title = Words.search
    /// Stands in the empty field.
    var hint = Words.searchHint
    /// Where the words are sent.
    var action = Paths.search

    init(query: String, groups: [Group]) {
        self.query = query
        self.groups = groups.filter { !$0.hits.isEmpty }
    }
}

extension SearchPage: Markup {
    func write(to html: inout HTML) {
        html.add(PageHead(title: html.page[title]))
        html("div", .class("srch")) { html in
            html("form", .class("q big"), .named("role", "search"), .action(action)) { html in
                html.icon("search")
                html.void(
                    "input", .type("search"), .name("q"), .value(query), .data("search"), .flag("autofocus"),
                    .named("dir", "auto"),
                    .named("placeholder", html.page[hint]), .label(html.page[title]))
            }
            html("div", .class("card")) { html in
                if groups.isEmpty {
                    html.add(
                        EmptyState(icon: "search", title: html.page[query.isEmpty ? hint : Words.noneFound])
                    )
                } else {
                    for group in groups { list(group, &html) }
                }
            }
        }
    }

    private func list(_ group: Group, _ html: inout HTML) {
        html("section", .class("hits"), .aria("labelledby", "hg-" + group.id)) { html in
            html("h2", .class("menu-h"), .id("hg-" + group.id), say: group.label)
            html("ul") { html in
                for hit in group.hits { html("li") { line(hit, nil, &$0) } }
            }
        }
    }

    private func line(_ hit: Hit, _ option: String?, _ html: inout HTML) {
        html.open(
            "a",
            [
                .href(hit.url), .when(option != nil, .named("role", "option")),
                .when(option != nil, .named("tabindex", "-1")),
                .when(option != nil, .aria("selected", "false")), option.map { .id($0) } ?? .none,
                .when(hit.object != nil, .data("do", "quick")), hit.object.map { .data("object", $0) } ?? .none,
            ])
        html("span", .class("it-i")) { $0.icon(hit.icon) }
        html("span", .class("hit-t")) { html in
            html("b") { $0.user(hit.title) }
            if !hit.note.isEmpty { html("span", .class("mut")) { $0.user(hit.note) } }
        }
        if !hit.kind.isEmpty { html("span", .class("tag"), text: hit.kind) }
        html.close("a")
    }

    /// The answer to the palette: the groups of a list box and nothing else.
    func fragment(_ context: PageContext) -> [UInt8] {
        var html = HTML(context, capacity: 8192)
        for group in groups {
            html("div", .named("role", "group"), .data("group", group.id), .aria("labelledby", "pg-" + group.id)) {
                html in
                html("p", .class("menu-h"), .id("pg-" + group.id), .named("role", "presentation"), say: group.label)
                for (place, hit) in group.hits.enumerated() {
                    line(hit, "hit-" + group.id + "-" + String(place), &html)
                }
            }
        }
        return html.bytes
    }
}
