import Definitions

/// A button, or a link that looks like one.
struct Button: Markup {
    enum Kind { case plain, primary, ghost, danger }

    enum Target: Sendable {
        /// Opens a page.
        case link(String)
        /// Sends the form around it.
        case submit(name: String?, value: String?)
        /// A form of its own that posts these fields.
        case post(String, [(name: String, value: String)])
        /// Opens the dialog with this id.
        case dialog(String)
        /// Something a script does; `data-do`.
        case script(String)
    }

    let text: String
    let target: Target
    var kind: Kind = .plain
    var icon: String?
    /// Key that does the same, shown on the button.
    var key: String?
    /// The word is for screen readers only.
    var isIconOnly = false
    /// Why it can't be pressed now.
    var refusal: String?
    var isWide = false

    func write(to html: inout HTML) {
        if let refusal {
            html("button", .type("button"), .class(classes), .aria("disabled", "true"), .title(refusal)) { inside(&$0) }
            return
        }
        let title: Attribute = isIconOnly ? .label(text) : .none
        let hint: Attribute = isIconOnly ? .title(text) : .none
        let shortcut: Attribute = key.map { .data("key", $0.lowercased()) } ?? .none
        switch target {
        case .link(let url): html("a", .class(classes), .href(url), title, hint, shortcut) { inside(&$0) }
        case .submit(let name, let value):
            html(
                "button", .class(classes), .type("submit"), .optional("name", name), .optional("value", value), title,
                hint, shortcut
            ) { inside(&$0) }
        case .post(let url, let fields):
            html.form(url, .class("inline")) { html in
                for field in fields { html.hidden(field.name, field.value) }
                html("button", .class(classes), .type("submit"), title, hint, shortcut) { inside(&$0) }
            }
        case .dialog(let id):
            html(
                "a", .class(classes), .href("#" + id), .data("dialog", id), .named("role", "button"), title, hint,
                shortcut
            ) { inside(&$0) }
        case .script(let name):
            html("button", .class(classes), .type("button"), .data("do", name), title, hint, shortcut) { inside(&$0) }
        }
    }

    private var classes: String {
        if isIconOnly { return kind == .danger ? "ib d" : "ib" }
        var classes: String
        switch kind {
        case .plain: classes = "btn"
        case .primary: classes = "btn p"
        case .ghost: classes = "btn g"
        case .danger: classes = "btn d"
        }
        if isWide { classes += " full" }
        return classes
    }

    private func inside(_ html: inout HTML) {
        if let icon { html.icon(icon) }
        if isIconOnly { return }
        html("span", text: text)
        if let key { html("kbd", text: key) }
    }
}
