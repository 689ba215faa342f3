import Definitions
import Kernel

/// What to begin with where nothing is yet: the main objects of the menu that the reader may make and sees none of.
struct Beginnings: Sendable {
    struct Start: Sendable {
        /// Of one record.
        let label: Label
        /// Of the list.
        let list: Label
        let icon: String
        let newURL: String
        /// Nil for who may not bring in tables.
        let importURL: String?
    }

    /// In the order of the menu.
    let starts: [Start]
}

extension Beginnings: Markup {
    func write(to html: inout HTML) {
        html("section", .class("card day-s beg")) { html in
            html("header") { html in
                html("h2", say: Label(zh: "从这里开始", en: "Begin here"))
                html(
                    "span", .class("mut no-m"),
                    say: Label(zh: "有了记录，轮到你的事会出现在这页", en: "Once there are records, what is yours to do shows here"))
            }
            html("ul") { html in for start in starts { write(start, &html) } }
        }
    }

    private func write(_ start: Start, _ html: inout HTML) {
        html("li", .class("it")) { html in
            html("span", .class("it-i")) { $0.icon(start.icon) }
            html("div", .class("it-t")) { html in
                html("a", .class("rt"), .href(start.newURL), say: Words.new(start.label))
                html("p", .class("mut"), say: Words.emptyList(start.list))
            }
            html("div", .class("it-a")) { html in
                if let url = start.importURL {
                    html.add(Button(text: html.page[Words.importing], target: .link(url), icon: "upload"))
                }
                html.add(Button(text: html.page[Words.new(start.label)], target: .link(start.newURL), icon: "plus"))
            }
        }
    }
}

/// Asked only on a day without anything to do; a statement for each main object.
struct BeginningsSheet: Question {
    func answer(in context: ReadContext) throws -> Beginnings {
        let sight = try context.ask(VisibleModel())
        var starts: [Beginnings.Start] = []
        for entry in sight.model.menu where entry.primary && sight.canCreate(entry.object) {
            guard sight.canRead(entry.object), let object = sight.model.object(entry.object), !object.retired,
                try context.ask(ListRecords(object: object.id, columns: [], filters: [], sort: [], limit: 1)).rows
                    .isEmpty
            else { continue }
            starts.append(
                Beginnings.Start(
                    label: object.label, list: entry.label, icon: object.icon, newURL: Paths.new(object.id),
                    importURL: sight.has("import") ? Paths.importing(object.id) : nil))
        }
        return Beginnings(starts: starts)
    }
}
