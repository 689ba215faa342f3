import Definitions

/// What happened to a record, newest first, under a heading for each day.
struct Timeline: Markup {
    struct Event: Sendable {
        /// Which mark it bears: decides symbol and colour.
        enum Kind: String, Sendable { case document, mail, done, handOff, note, task, money, system, created }

        struct Change: Sendable {
            let label: String
            /// Empty when there was nothing.
            let before: String
            let after: String
            var tone: Tone = .mute
        }

        var kind: Kind
        /// Instead of the kind's own.
        var symbol: String?
        /// Whose or what's doing: 报价 QT-2611-032, Katrin Vogel.
        let subject: String
        var subjectURL: String?
        /// What was done: 提交审批.
        var verb: String = ""
        var tags: [Tag] = []
        /// 16:05.
        let time: String
        /// The instant in ISO form, for the `time` element.
        let instant: String
        /// Of a mail, above its text.
        var title: String = ""
        var body: String = ""
        var changes: [Change] = []
        var note: Note?
        var files: [(name: String, size: String, url: String)] = []
        /// Filter word: the chip that shows it.
        var group = "all"
    }

    /// Runs of field changes without words, folded into one line.
    struct Fold: Sendable {
        let events: [Event]
    }

    enum Item: Sendable {
        case event(Event)
        case fold([Event])
    }

    struct Day: Sendable {
        let heading: String
        let items: [Item]
    }

    let days: [Day]
    /// Where the next older ones are; nil at the beginning.
    var olderURL: String?
    /// Where links into the page lead; a second timeline of a page has none.
    var anchor: String? = "timeline"

    func write(to html: inout HTML) {
        if days.isEmpty {
            html("div", .class("tl")) { $0.add(EmptyState(icon: "history", title: $0.page[Words.noActivity])) }
            return
        }
        html("div", .class("tl"), .optional("id", anchor)) { html in
            body(&html)
            if let olderURL {
                html("a", .class("btn g full"), .href(olderURL), .data("older"), say: Words.earlier)
            }
        }
    }

    /// The days alone: what "earlier" fetches.
    func body(_ html: inout HTML) {
        for day in days {
            html("h3", text: day.heading)
            for item in day.items {
                switch item {
                case .event(let event): html.add(event)
                case .fold(let events): fold(events, &html)
                }
            }
        }
    }

    private func fold(_ events: [Event], _ html: inout HTML) {
        html("details", .class("ev fold"), .data("group", "system")) { html in
            html("summary") { html in
                html("span", .class("ic")) { $0.icon("sliders") }
                html("span", .class("top mut")) { html in
                    html("span", say: Words.systemChanges(events.reduce(0) { $0 + max(1, $1.changes.count) }))
                    html("span", .class("ln"), say: Words.unfold)
                    html("time", text: events.first?.time ?? "")
                }
            }
            for event in events { html.add(event) }
        }
    }
}

extension Timeline.Event: Markup {
    func write(to html: inout HTML) {
        html("article", .class("ev"), .data("group", group)) { html in
            html("span", .class("ic k-" + kind.rawValue)) { $0.icon(icon) }
            html("div", .class("top")) { html in
                html("b") { html in
                    if let subjectURL { html("a", .href(subjectURL)) { $0.user(subject) } } else { html.user(subject) }
                }
                if !verb.isEmpty { html("span", .class("t2")) { $0.user(verb) } }
                html.add(all: tags)
                if subjectURL?.hasPrefix("/o/") == true { look(&html) }
                html("time", .class("num"), .named("datetime", instant), text: time)
            }
            if !title.isEmpty { html("div", .class("bd b")) { $0.user(title) } }
            if !body.isEmpty { html("div", .class("bd pre")) { $0.user(body) } }
            if !changes.isEmpty || note != nil { bubble(&html) }
            for file in files {
                html("a", .class("att"), .href(file.url)) { html in
                    html.icon("paperclip", size: .small)
                    html.user(file.name)
                    html("span", .class("mut"), text: file.size)
                }
            }
        }
    }

    private func look(_ html: inout HTML) {
        html(
            "button", .class("ib lk"), .type("button"), .data("do", "look"), .label(html.page[Words.lookBeside]),
            .title(html.page[Words.lookBeside])
        ) { $0.icon("eye", size: .small) }
    }

    private func bubble(_ html: inout HTML) {
        html("div", .class("bubble")) { html in
            if !changes.isEmpty { html.add(ChangeList(changes: changes)) }
            if let note { html.add(note) }
        }
    }

    private var icon: String {
        if let symbol { return symbol }
        return switch kind {
        case .document: "file-text"
        case .mail: "mail"
        case .done: "check"
        case .handOff: "relay"
        case .note: "message"
        case .task: "clipboard-check"
        case .money: "wallet"
        case .system: "sliders"
        case .created: "plus"
        }
    }
}

/// Old and new values side by side: the old struck through.
struct ChangeList: Markup {
    let changes: [Timeline.Event.Change]

    func write(to html: inout HTML) {
        html("dl", .class("dif num")) { html in
            for change in changes {
                html("div") { html in
                    html("dt", text: change.label)
                    html("dd", .class(change.tone == .mute ? "" : "t-" + change.tone.rawValue)) { html in
                        if !change.before.isEmpty {
                            html("del") { html in
                                html("span", .class("vh"), say: Words.was)
                                html.user(change.before)
                            }
                        }
                        if change.after.isEmpty {
                            html("span", .class("mut"), say: Words.empty)
                        } else {
                            html("ins") { $0.user(change.after) }
                        }
                    }
                }
            }
        }
    }
}
