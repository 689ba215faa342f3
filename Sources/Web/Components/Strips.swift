import Definitions

/// Figures in a strip at the head of a record.
struct FigureStrip: Markup {
    struct Figure: Sendable {
        let label: String
        let value: String
        var note: String = ""
        var tone: Tone = .mute
        /// How it is counted.
        var meaning: String?
    }

    let figures: [Figure]

    func write(to html: inout HTML) {
        if figures.isEmpty { return }
        html("dl", .class("kpi num"), .named("tabindex", "0"), .label(html.page[Words.keyFigures])) { html in
            for (position, figure) in figures.enumerated() {
                html("div") { html in
                    html("dt") {
                        $0.add(
                            Explained(
                                id: "figure-" + String(position), name: figure.label, meaning: figure.meaning))
                    }
                    html("dd", .class(figure.tone == .mute ? "" : "t-" + figure.tone.rawValue)) { html in
                        html.user(figure.value)
                        html("small") { $0.user(figure.note) }
                    }
                }
            }
        }
    }
}

/// Pages of one record or kinds of one list.
struct Tabs: Markup {
    struct Tab: Sendable {
        let label: String
        let url: String
        var count: Int?
        var isCurrent = false
        var isCapped = false
    }

    let label: String
    let tabs: [Tab]
    /// Tabs that may not fit: scripts show a menu of them all where they don't.
    private static let few = 6

    func write(to html: inout HTML) {
        guard tabs.count > Self.few else { return row(&html) }
        html("div", .class("tabs-w")) { html in
            row(&html)
            html("details", .class("menu end tabs-m"), .flag("hidden")) { html in
                html("summary", .class("ib"), .label(html.page[Words.allTabs]), .title(html.page[Words.allTabs])) {
                    $0.icon("chevron-down")
                }
                html("div", .class("menu-p")) { html in
                    for tab in tabs {
                        html("a", .href(tab.url), .when(tab.isCurrent, .aria("current", "page"))) { html in
                            html("span", text: tab.label)
                        }
                    }
                }
            }
        }
    }

    private func row(_ html: inout HTML) {
        html("nav", .class("tabs"), .label(label)) { html in
            for tab in tabs {
                html("a", .href(tab.url), .when(tab.isCurrent, .aria("current", "page"))) { html in
                    html.text(tab.label)
                    if let count = tab.count {
                        html("small", .class("num"), text: html.page.format.count(count) + (tab.isCapped ? "+" : ""))
                    }
                }
            }
        }
    }
}

/// Where one stands in a sequence of steps.
struct Stepper: Markup {
    let steps: [String]
    let current: Int

    func write(to html: inout HTML) {
        html("ol", .class("steps")) { html in
            for (index, step) in steps.enumerated() {
                html(
                    "li", .class(index < current ? "done" : index == current ? "now" : ""),
                    .when(index == current, .aria("current", "step"))
                ) { html in
                    html("span", .class("no num")) { html in
                        if index < current { html.icon("check", size: .small) } else { html.text(String(index + 1)) }
                    }
                    html("span", text: step)
                }
            }
        }
    }
}

extension HTML {
    /// Writes a menu that opens below its button; it needs no script.
    ///
    /// - Parameter isFolded: a long one that few open: see `folded`.
    mutating func menu(
        _ label: String, classes: String = "", icon: String? = nil, isFolded: Bool = false,
        head: ((inout HTML) -> Void)? = nil, items: (inout HTML) -> Void
    ) {
        self("details", .class("menu " + classes)) { html in
            html("summary", .label(label), .title(label), .class(head == nil ? "ib" : "")) { html in
                if let icon { html.icon(icon, size: .normal) }
                head?(&html)
            }
            if isFolded { return html.folded { html in html("div", .class("menu-p")) { items(&$0) } } }
            html("div", .class("menu-p")) { items(&$0) }
        }
    }

    /// Writes a line of a menu that opens a page.
    mutating func menuItem(_ text: String, icon: String, url: String, isCurrent: Bool = false) {
        self("a", .href(url), .when(isCurrent, .aria("current", "true"))) { html in
            html.icon(icon)
            html("span", text: text)
        }
    }

    /// Writes a line of a menu that posts.
    mutating func menuPost(
        _ text: String, icon: String, url: String, fields: [(name: String, value: String)] = [], classes: String = ""
    ) {
        form(url) { html in
            for field in fields { html.hidden(field.name, field.value) }
            html("button", .type("submit"), .class(classes)) { html in
                html.icon(icon)
                html("span", text: text)
            }
        }
    }
}

/// A dialog in the page. A link to its id opens it, with or without scripts.
extension HTML {
    /// - Parameters:
    ///   - isShown: it stands open from the start, with what was wrong in it.
    ///   - closeURL: where its cross leads without scripts.
    mutating func dialog(
        _ id: String, title: String, isShown: Bool = false, closeURL: String = "#", body: (inout HTML) -> Void
    ) {
        self("dialog", .id(id), .aria("labelledby", id + "-t"), .class(isShown ? "shown" : "")) { html in
            html("header") { html in
                html("h2", .id(id + "-t"), text: title)
                html("span", .class("sp")) { _ in }
                html("a", .href(closeURL), .class("ib"), .data("close"), .label(html.page[Words.close])) {
                    $0.icon("x")
                }
            }
            body(&html)
        }
    }
}
