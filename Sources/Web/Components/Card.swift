import Definitions

/// A titled box. The body is written by a closure, so that any component can stand in it.
extension HTML {
    mutating func card(
        _ title: String, count: Int? = nil, icon: String? = nil, classes: String = "", id: String? = nil,
        action: Button? = nil,
        body: (inout HTML) -> Void
    ) {
        self("section", .class(classes.isEmpty ? "card" : "card " + classes), .optional("id", id)) { html in
            html("header") { html in
                if let icon { html.icon(icon) }
                html("h2", text: title)
                if let count { html("span", .class("mut num"), text: html.page.format.count(count)) }
                html("span", .class("sp")) { _ in }
                if let action { html.add(action) }
            }
            body(&html)
        }
    }
}

/// A remark on a weak ground: colour, symbol and words.
struct Note: Markup {
    let tone: Tone
    let text: String
    /// Stands before the text, in bold.
    var lead: String?
    var isLive = false
    /// Where more is said about it.
    var url: String?

    func write(to html: inout HTML) {
        html("div", .class("note " + tone.rawValue), .when(isLive, .named("role", "status"))) { html in
            html.icon(tone == .bad || tone == .warn ? "alert-triangle" : tone == .ok ? "check" : "info", size: .small)
            html("span") { html in
                if let lead {
                    html("b") { $0.user(lead) }
                    html.append(" ")
                }
                if let url {
                    html("a", .class("ln"), .href(url)) { $0.user(text) }
                } else {
                    html.user(text)
                }
            }
        }
    }
}

/// What stands where nothing is: why, and what to do.
struct EmptyState: Markup {
    let icon: String
    let title: String
    var hint: String = ""
    var actions: [Button] = []

    func write(to html: inout HTML) {
        html("div", .class("empty")) { html in
            html("span", .class("empty-i")) { $0.icon(icon, size: .large) }
            html("p", .class("b"), text: title)
            if !hint.isEmpty { html("p", .class("mut"), text: hint) }
            if !actions.isEmpty { html("div", .class("row")) { $0.add(all: actions) } }
        }
    }
}

/// A share of a whole as a bar, with words for those who can't see it.
struct Meter: Markup {
    let label: String
    /// 0...100; more is drawn as full.
    let percent: Int
    var tone: Tone = .pri

    func write(to html: inout HTML) {
        html(
            "progress", .class("bar-x " + tone.rawValue), .named("max", "100"),
            .value(String(max(0, min(100, percent)))), .label(label)
        ) { html in
            html.text(String(percent) + "%")
        }
    }
}

/// Grey bars in place of what is still coming.
struct Skeleton: Markup {
    let lines: Int

    func write(to html: inout HTML) {
        html("div", .class("skel"), .aria("hidden", "true")) { html in
            for _ in 0..<lines { html("i") { _ in } }
        }
    }
}
