import Definitions

/// What an object is made of, in words: each field, what it means and how it is computed.
struct DictionaryPage: Markup {
    struct Entry: Sendable {
        let id: String
        let label: String
        let type: String
        /// Nil when the name says it all.
        let meaning: String?
    }

    let objects: [ObjectDefinition]
    let chosen: ObjectDefinition
    let entries: [Entry]

    func write(to html: inout HTML) {
        html("header", .class("hp-h")) { html in
            html("h1", say: Words.dictionary)
            html(
                "p", .class("mut"),
                say: Label(
                    zh: "你能看到的每个字段：叫什么、什么意思、怎么算。",
                    en:
                        """
                        Every field that you may see: its name, its meaning, how it is computed.
                        """))
        }
        html("nav", .class("chips"), .label(html.page[Words.objects])) { html in
            for object in objects {
                html(
                    "a", .class("chip"), .href(Paths.dictionary(object.id)),
                    .when(object.id == chosen.id, .aria("current", "true"))
                ) { $0.say(object.label) }
            }
        }
        html.card(html.page[chosen.label], count: entries.count, icon: chosen.icon) { html in
            html(
                "div", .class("tw"), .named("tabindex", "0"), .named("role", "region"), .label(html.page[Words.fields])
            ) { html in
                html("table", .class("dt dict")) { html in
                    html("thead") { html in
                        html("tr") { html in
                            for label in [Words.field, Words.fieldType, Words.meaning] {
                                html("th", .named("scope", "col"), say: label)
                            }
                        }
                    }
                    html("tbody") { html in for entry in entries { row(entry, &html) } }
                }
            }
        }
    }

    private func row(_ entry: Entry, _ html: inout HTML) {
        html("tr", .id("field-" + entry.id)) { html in
            html("th", .named("scope", "row")) { html in
                html("span", .class("b5")) { $0.user(entry.label) }
                html.append(" ")
                html("code", .class("mut"), text: entry.id)
            }
            html("td", .data("l", html.page[Words.fieldType])) { $0.user(entry.type) }
            html("td", .class("wr"), .data("l", html.page[Words.meaning])) { html in
                if let meaning = entry.meaning { html.user(meaning) }
            }
        }
    }
}
