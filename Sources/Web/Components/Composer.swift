import Definitions

/// Where one writes what was said: a note, a call, a mail, with files, whom to tell and what comes next. One press keeps
/// all of it. Without scripts it is a plain form.
struct Composer: Markup {
    struct Kind: Sendable {
        let code: String
        let label: String
        let icon: String
        /// Which further controls it shows: `with`, `minutes`, `mail`.
        let shows: String
    }

    struct Contact: Sendable {
        let id: String
        let name: String
        let note: String
        /// Nil when no mail reaches them.
        let address: String?
    }

    let url: String
    let kinds: [Kind]
    /// What stands in the controls: by name.
    var values: [String: [String]] = [:]
    var contacts: [Contact] = []
    var results: [FieldControl.Choice] = []
    /// Mails written once, the fitting language first.
    var templates: [FieldControl.Choice] = []
    /// What a template could not be filled with.
    var told = ""
    var hasMinutes = false
    var takesFiles = false
    /// Files at the record that a mail can take along.
    var recordFiles: [(id: String, name: String)] = []
    /// Whoever follows up; nil where that can be nobody else.
    var nextOwner: FieldControl?
    var hasNext = false
    /// Whether colleagues can be spoken to.
    var mentions = false
    var key = ""
    /// Whose draft it is that the browser keeps.
    var author = ""
    /// Control name → what is wrong.
    var problems: [(control: String, text: String)] = []

    private func value(_ name: String) -> String { values[name]?.last ?? "" }
    private var kind: String { value("kind") }

    func write(to html: inout HTML) {
        html.open(
            "form",
            [
                .class("composer"), .id("composer"), .named("method", "post"),
                .named("enctype", "multipart/form-data"), .action(url), .data("form"), .data("composer"),
                .data("author", author), .when(mentions, .data("mentions", url)),
            ])
        html.hidden("csrf", html.formToken)
        html.hidden("idempotency-key", key)
        html("div", .class("box")) { html in
            if kinds.count > 1 { kindRow(&html) }
            errors(&html)
            mailHead(&html)
            text(&html)
            details(&html)
            tools(&html)
        }
        html("p", .class("c-h mut"), .data("hint"), .named("role", "status")) { $0.user(told) }
        html.close("form")
    }

    private func kindRow(_ html: inout HTML) {
        html("div", .class("c-k"), .named("role", "radiogroup"), .label(html.page[Words.noteKind])) { html in
            for kind in kinds {
                html("label") { html in
                    html.void(
                        "input", .type("radio"), .name("kind"), .value(kind.code), .data("shows", kind.shows),
                        .flag("checked", kind.code == self.kind))
                    html("span") { html in
                        html.icon(kind.icon, size: .small)
                        html.text(kind.label)
                    }
                }
            }
        }
    }

    private func errors(_ html: inout HTML) {
        html("div", .class("c-e"), .data("problems"), .named("role", "alert")) { html in
            for problem in problems {
                html("p") { html in
                    html.icon("alert-triangle", size: .small)
                    html.user(problem.text)
                }
            }
        }
    }

    // MARK: A mail

    private func mailHead(_ html: inout HTML) {
        guard kinds.contains(where: { $0.shows.contains("mail") }) else { return }
        html("div", .class("c-m")) { html in
            if !templates.isEmpty { template(&html) }
            html("div", .class("c-r"), .named("role", "group"), .label(html.page[Words.mailTo])) { html in
                html("span", .class("c-l"), say: Words.mailTo)
                html("span", .class("cks")) { html in
                    for contact in contacts { receiver(contact, &html) }
                    if !contacts.contains(where: { $0.address != nil }) {
                        html("span", .class("mut"), say: Words.noMailContacts)
                    }
                }
            }
            html("label", .class("c-r")) { html in
                html("span", .class("c-l"), say: Words.mailSubject)
                html.void(
                    "input", .class("in"), .type("text"), .name("subject"), .value(value("subject")),
                    .named("maxlength", "200"), .named("dir", "auto"), .named("autocomplete", "off"))
            }
        }
    }

    /// With scripts a choice fills the mail at once; without, the button does.
    private func template(_ html: inout HTML) {
        html("div", .class("c-r")) { html in
            html("label", .class("c-l"), .named("for", "mail-template"), say: Words.mailTemplate)
            html("select", .class("in"), .id("mail-template"), .name("template"), .data("fill", url)) { html in
                html("option", .value(""), text: "–")
                for choice in templates {
                    html(
                        "option", .value(choice.value), .flag("selected", choice.value == value("template")),
                        text: choice.label)
                }
            }
            html(
                "button", .class("btn s c-fill"), .type("submit"), .name("fill"), .value("1"), .flag("formnovalidate"),
                say: Words.fillMail)
        }
    }

    private func receiver(_ contact: Contact, _ html: inout HTML) {
        guard let address = contact.address else { return }
        html("label", .title(address)) { html in
            html.void(
                "input", .type("checkbox"), .name("to"), .value(contact.id),
                .flag("checked", values["to"]?.contains(contact.id) ?? false))
            html("span") { $0.user(contact.name) }
        }
    }

    // MARK: The text and what belongs to it

    private func text(_ html: inout HTML) {
        html.open(
            "textarea",
            [
                .name("summary"), .id("note"), .named("rows", "1"), .named("dir", "auto"), .flag("required"),
                .named("maxlength", "4000"), .data("note"), .data("key", "f"), .label(html.page[Words.writeNote]),
                .named("placeholder", html.page[mentions ? Words.writeNoteTo : Words.writeNote]),
            ])
        html.user(value("summary"))
        html.close("textarea")
    }

    private func details(_ html: inout HTML) {
        html("div", .class("c-d")) { html in
            if !contacts.isEmpty {
                select("contact", Words.noteWith, contacts.map { .init($0.id, $0.name) }, "c-w", &html)
            }
            if hasMinutes {
                html("label", .class("c-n")) { html in
                    html("span", .class("c-l"), say: Words.noteMinutes)
                    html.void(
                        "input", .class("in num"), .type("text"), .named("inputmode", "numeric"), .name("minutes"),
                        .value(value("minutes")), .named("maxlength", "4"))
                }
            }
            if !results.isEmpty { select("result", Words.noteResult, results, "c-w", &html) }
            if !recordFiles.isEmpty {
                html("div", .class("c-m cks"), .named("role", "group"), .label(html.page[Words.sendAlong])) { html in
                    for file in recordFiles.prefix(12) {
                        html("label") { html in
                            html.void(
                                "input", .type("checkbox"), .name("attach"), .value(file.id),
                                .flag("checked", values["attach"]?.contains(file.id) ?? false))
                            html("span") { $0.user(file.name) }
                        }
                    }
                }
            }
        }
        html("ul", .class("c-f"), .data("files")) { _ in }
    }

    private func select(
        _ name: String, _ label: Label, _ choices: [FieldControl.Choice], _ classes: String, _ html: inout HTML
    ) {
        html("label", .class(classes)) { html in
            html("span", .class("c-l"), say: label)
            html("select", .class("in"), .name(name)) { html in
                html("option", .value(""), text: "–")
                for choice in choices {
                    html(
                        "option", .value(choice.value), .flag("selected", choice.value == value(name)),
                        text: choice.label)
                }
            }
        }
    }

    // MARK: Tools

    private func tools(_ html: inout HTML) {
        html("div", .class("tools")) { html in
            if takesFiles {
                html("label", .class("ib c-a"), .title(html.page[Words.attachFiles])) { html in
                    html.icon("paperclip")
                    html.void(
                        "input", .type("file"), .name("files"), .flag("multiple"), .label(html.page[Words.attachFiles]))
                }
            }
            if mentions {
                html(
                    "button", .class("ib js"), .type("button"), .data("do", "mention"),
                    .label(html.page[Words.mention]), .title(html.page[Words.mention])
                ) { $0.icon("at") }
            }
            if hasNext { next(&html) }
            html("span", .class("sp")) { _ in }
            html("button", .class("btn p"), .type("submit")) { html in
                html("span", .class("c-s1"), say: Words.send)
                html("span", .class("c-s2"), say: Words.sendMail)
                html("kbd", .class("no-m"), text: "Ctrl ↵")
            }
        }
    }

    private func next(_ html: inout HTML) {
        html("details", .class("menu nxd")) { html in
            html("summary", .class("chip")) { html in
                html.icon("clock", size: .small)
                html("span", .data("next"), say: Words.nextFollowUp)
            }
            html("div", .class("menu-p")) { html in
                html("label", .class("fd")) { html in
                    html("span", .class("fd-l"), say: Words.nextFollowUp)
                    html.void("input", .class("in num"), .type("date"), .name("next_at"), .value(value("next_at")))
                }
                html("div", .class("row c-q js")) { html in
                    for (days, label) in Words.nextSpans {
                        html("button", .class("btn s"), .type("button"), .data("days", String(days)), say: label)
                    }
                }
                if let nextOwner { html.add(nextOwner) }
            }
        }
    }
}
