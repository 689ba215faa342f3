import Definitions

/// One field of a form: label, control, help and what is wrong with it.
struct FieldControl: Markup {
    struct Choice: Sendable {
        let value: String
        let label: String
        var tone: Tone = .mute

        init(_ value: String, _ label: String, tone: Tone = .mute) {
            self.value = value
            self.label = label
            self.tone = tone
        }
    }

    /// A record that a link field points to.
    struct Linked: Sendable {
        let id: String
        let title: String
        var url: String?
    }

    enum Kind: Sendable {
        case text(limit: Int, format: TextFormat)
        case password(isNew: Bool)
        case longText(limit: Int)
        case number(scale: Int, unit: String?)
        case percent
        /// A currency of its own when `currencies` is not empty, else `currency` is only shown.
        case money(currency: String, currencies: [Choice])
        /// Buttons side by side up to four choices, else a list.
        case choice([Choice])
        case choices([Choice])
        case bool
        case day
        case instant
        /// Searched on the server; `object` is where, `createURL` makes a new one.
        case link(object: String, Linked?, createURL: String?)
        case links(object: String, [Linked])
        case files([(name: String, size: String, url: String)])
        /// Shown, never sent.
        case fixed(Shown)
    }

    /// The name under which the browser sends it.
    let name: String
    var label: String
    let kind: Kind
    /// As written in the control: `12.50`, `2026-11-22`, `A`; choices apart by commas.
    var value: String = ""
    var help: String?
    var error: String?
    var isRequired = false
    var isReadOnly = false
    /// Takes the width of two fields.
    var isWide = false
    var placeholder: String?
    /// `quotation.company`: the field whose rule narrows what a picker offers.
    var origin: String?
    /// A list stays a list however few its choices are: in the cell of a table.
    var isCompact = false
    /// Makes ids unique when the same field stands twice on a page.
    var scope = "f"

    var id: String { scope + "-" + name }

    func write(to html: inout HTML) {
        html("div", .class("fd" + width + (error == nil ? "" : " err")), .data("field", name)) { html in
            caption(&html)
            control(&html)
            if let error {
                html("p", .class("fd-e"), .id(id + "-e")) { html in
                    html.icon("alert-triangle", size: .small)
                    html.user(error)
                }
            }
            if let help { html("p", .class("fd-h"), .id(id + "-h"), text: help) }
        }
    }

    private var width: String {
        switch kind {
        case .longText, .choices, .files, .links: " wide"
        default: isWide ? " two" : ""
        }
    }

    /// A few short words stand side by side as buttons; more of them, or longer ones, make a list.
    static func standSideBySide(_ choices: [Choice]) -> Bool {
        let width = choices.reduce(0) {
            $0 + 22 + $1.label.unicodeScalars.reduce(0) { $0 + ($1.value < 0x2E80 ? 7 : 12) }
        }
        return choices.count <= 4 && width <= 165
    }

    /// A group of controls has a caption that is no `label`.
    private var isGroup: Bool {
        switch kind {
        case .choices, .bool, .fixed: true
        case .choice(let choices): !isCompact && Self.standSideBySide(choices)
        default: false
        }
    }

    private func caption(_ html: inout HTML) {
        if case .bool = kind { return }
        let mark: (inout HTML) -> Void = { html in
            html.text(label)
            if isRequired {
                html("span", .class("rq"), .title(html.page[Words.required]), .aria("hidden", "true"), text: "*")
            }
            if case .fixed = kind {
                html("span", .class("ro")) { $0.icon("lock", label: $0.page[Words.readOnly], size: .small) }
            }
        }
        if isGroup {
            html("span", .class("fd-l"), .id(id + "-l")) { mark(&$0) }
        } else {
            html("label", .class("fd-l"), .named("for", id)) { mark(&$0) }
        }
    }

    /// What ties the control to its help and its error.
    var described: Attribute {
        let ids = [error == nil ? nil : id + "-e", help == nil ? nil : id + "-h"].compactMap { $0 }
        return ids.isEmpty ? .none : .aria("describedby", ids.joined(separator: " "))
    }

    var invalid: Attribute { .when(error != nil, .aria("invalid", "true")) }
}
