import Definitions

/// The head of a list or of a plain page: title, views beside it, buttons at the end.
struct PageHead: Markup {
    let title: String
    var note: String = ""
    /// Saved views as a segmented switch.
    var views: [Tabs.Tab] = []
    var actions: [Button] = []

    func write(to html: inout HTML) {
        html("section", .class(actions.isEmpty && views.count < 2 && note.isEmpty ? "hd bare" : "hd")) { html in
            html("div", .class("hd-r")) { html in
                html("h1", text: title)
                if !note.isEmpty { html("span", .class("mut")) { $0.user(note) } }
                if views.count > 1 {
                    html("nav", .class("vw"), .label(html.page[Words.views])) { html in
                        for view in views {
                            html(
                                "a", .href(view.url), .when(view.isCurrent, .aria("current", "page")), text: view.label)
                        }
                    }
                }
                html("span", .class("sp")) { _ in }
                html("div", .class("hd-a")) { $0.add(all: actions) }
            }
        }
    }
}
