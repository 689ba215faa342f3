import Definitions

/// The pages of help: what there is on one side, what one reads on the other.
struct HelpFrame<Content: Markup>: Markup {
    /// The address of the entry that is read.
    let current: String
    let content: Content

    func write(to html: inout HTML) {
        html("div", .class("hp")) { html in
            html("nav", .class("card hp-n"), .label(html.page[Words.help])) { html in
                html("p", .class("menu-h"), say: Words.manual)
                for chapter in Manual.chapters { entry(chapter.title, chapter.icon, Paths.help(chapter.id), &html) }
                html("p", .class("menu-h"), say: Words.more)
                entry(Words.keyMap, "keyboard", Paths.keyMap, &html)
                entry(Words.dictionary, "book", Paths.dictionary, &html)
            }
            html("article", .class("hp-c")) { $0.add(content) }
        }
    }

    private func entry(_ label: Label, _ icon: String, _ url: String, _ html: inout HTML) {
        html("a", .href(url), .when(url == current, .aria("current", "page"))) { html in
            html.icon(icon)
            html("span", say: label)
        }
    }
}

/// The first page of help: the chapters as cards, narrowed by a search, and the way to the tour.
struct HelpIndex: Markup {
    let wanted: String
    let chapters: [Manual.Chapter]
    let offersTour: Bool

    func write(to html: inout HTML) {
        html("header", .class("hp-h")) { html in
            html("h1", say: Words.help)
            html("span", .class("sp")) { _ in }
            if offersTour {
                html.add(Button(text: html.page[Words.tour], target: .link(Paths.tour), icon: "flag"))
            }
        }
        html("form", .class("q big set-q"), .named("role", "search"), .action(Paths.help)) { html in
            html.icon("search")
            html.void(
                "input", .type("search"), .name("q"), .value(wanted), .label(html.page[Words.manualSearch]),
                .named("placeholder", html.page[Words.manualSearch]), .named("autocomplete", "off"))
        }
        if chapters.isEmpty {
            html.add(
                EmptyState(
                    icon: "search",
                    title: html.page[
                        Label(zh: "手册里没有“\(wanted)”", en: "The manual has nothing on “\(wanted)”")],
                    hint: html.page[
                        Label(
                            zh: "字段和数字的含义在数据字典里。", en: "What fields and figures mean is in the data dictionary.")],
                    actions: [
                        Button(text: html.page[Words.dictionary], target: .link(Paths.dictionary)),
                        Button(text: html.page[Words.clear], target: .link(Paths.help), kind: .ghost),
                    ]))
        }
        html("ul", .class("hp-l")) { html in
            for chapter in chapters {
                html("li") { html in
                    html("a", .class("card set-e"), .href(Paths.help(chapter.id))) { html in
                        html("span", .class("set-i")) { $0.icon(chapter.icon) }
                        html("b", say: chapter.title)
                        html("span", .class("mut"), say: chapter.lead)
                    }
                }
            }
        }
    }
}

extension Manual.Chapter: Markup {
    func write(to html: inout HTML) {
        html("header", .class("hp-h")) { html in
            html("h1", say: title)
            html("p", .class("mut"), say: lead)
        }
        for section in sections {
            html("section", .class("card hp-s")) { html in
                html("h2", say: section.title)
                for block in section.blocks { write(block, &html) }
            }
        }
        html("nav", .class("hp-f"), .label(html.page[Words.manual])) { html in
            let place = Manual.chapters.firstIndex { $0.id == id } ?? 0
            if place > 0 { way(Manual.chapters[place - 1], "arrow-left", &html) }
            html("span", .class("sp")) { _ in }
            if place + 1 < Manual.chapters.count { way(Manual.chapters[place + 1], "arrow-right", &html) }
        }
    }

    private func way(_ chapter: Manual.Chapter, _ icon: String, _ html: inout HTML) {
        html.add(
            Button(text: html.page[chapter.title], target: .link(Paths.help(chapter.id)), kind: .ghost, icon: icon))
    }

    private func write(_ block: Manual.Block, _ html: inout HTML) {
        switch block {
        case .text(let label): html("p", say: label)
        case .steps(let labels): html("ol") { html in for label in labels { html("li", say: label) } }
        case .points(let labels): html("ul") { html in for label in labels { html("li", say: label) } }
        case .way(let label, let url):
            html("p") { $0.add(Button(text: $0.page[label], target: .link(url), icon: "arrow-right")) }
        }
    }
}
