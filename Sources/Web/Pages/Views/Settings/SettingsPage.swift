import Definitions

/// The index of everything that can be set, as far as the reader may open it.
struct SettingsPage: Markup {
    struct Entry: Sendable {
        let icon: String
        let label: Label
        let url: String
        let note: Label
    }

    struct Group: Sendable {
        let title: Label
        let entries: [Entry]
    }

    let groups: [Group]
    let wanted: String

    /// The groups with what answers a search, in either language.
    static func matching(_ wanted: String, in groups: [Group], _ page: PageContext) -> [Group] {
        let needle = wanted.lowercased()
        if needle.isEmpty { return groups }
        return groups.map { group in
            Group(
                title: group.title,
                entries: group.entries.filter { entry in
                    [entry.label.zh, entry.label.en, page[entry.note]].contains { $0.lowercased().contains(needle) }
                })
        }.filter { !$0.entries.isEmpty }
    }

    func write(to html: inout HTML) {
        html.add(PageHead(title: html.page[Words.settings]))
        html("div", .class("set")) { html in
            html("form", .class("q big set-q"), .named("role", "search"), .action(Paths.settings)) { html in
                html.icon("search")
                html("label", .class("vh"), .named("for", "set-q"), say: Words.settingsSearch)
                html.void(
                    "input", .type("search"), .id("set-q"), .name("q"), .value(wanted), .data("narrow", "set"),
                    .named("placeholder", html.page[Words.settingsSearch]), .named("autocomplete", "off"))
            }
            if groups.isEmpty {
                html.add(
                    EmptyState(
                        icon: "search",
                        title: html.page[Label(zh: "没有叫“\(wanted)”的设置", en: "No setting is called “\(wanted)”")],
                        hint: html.page[
                            Label(
                                zh: "换个词，或看全部。你没有权限打开的不会列出来。",
                                en: "Try another word, or look at all of them. What you may not open is not listed.")],
                        actions: [
                            Button(text: html.page[Label(zh: "看全部", en: "Show all")], target: .link(Paths.settings))
                        ]))
            }
            for group in groups { section(group, &html) }
        }
    }

    private func section(_ group: Group, _ html: inout HTML) {
        html("section", .class("set-g"), .data("narrows", "set")) { html in
            html("h2", say: group.title)
            html("ul") { html in
                for entry in group.entries {
                    html("li", .data("words", entry.label.zh + " " + entry.label.en + " " + html.page[entry.note])) {
                        html in
                        html("a", .href(entry.url), .class("card set-e")) { html in
                            html("span", .class("set-i")) { $0.icon(entry.icon) }
                            html("b", say: entry.label)
                            html("span", .class("mut"), say: entry.note)
                        }
                    }
                }
            }
        }
    }
}
