/// What a status means to the eye; always together with a word.
enum Tone: String, Sendable, Hashable {
    case ok, warn, bad, block, info, pri, mute, baton, outline

    /// From a code list; unknown words are `mute`.
    init(_ word: String) { self = Tone(rawValue: word) ?? .mute }
}

/// A word on a weak ground.
struct Tag: Markup, Hashable {
    let text: String
    let tone: Tone
    let icon: String?

    init(_ text: String, tone: Tone = .mute, icon: String? = nil) {
        self.text = text
        self.tone = tone
        self.icon = icon
    }

    func write(to html: inout HTML) {
        html("span", .class(tone == .mute ? "tag" : "tag " + tone.rawValue)) { html in
            if let icon { html.icon(icon, size: .small) }
            html.user(text)
        }
    }
}

/// A filter or a choice one can press; a link when there is a url.
struct Chip: Markup {
    let text: String
    var url: String?
    var isPressed = false
    var icon: String?
    var count: Int?
    /// What a press filters for scripts.
    var value: String?

    func write(to html: inout HTML) {
        let name: StaticString = url == nil ? "button" : "a"
        html.open(
            name,
            [
                .class("chip"), url.map { .href($0) } ?? .type("button"),
                url == nil
                    ? .aria("pressed", isPressed ? "true" : "false") : .when(isPressed, .aria("current", "true")),
                value.map { .data("value", $0) } ?? .none,
            ])
        if let icon { html.icon(icon, size: .small) }
        html.user(text)
        if let count { html("span", .class("num n"), text: html.page.format.count(count)) }
        html.close(name)
    }
}
