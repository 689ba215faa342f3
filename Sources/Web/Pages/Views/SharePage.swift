import Definitions

/// What was shared from another program, and where it may go.
struct SharePage: Sendable {
    struct File: Sendable {
        let token: String
        let name: String
        let bytes: Int
    }

    /// A record that may be given the file.
    struct Place: Sendable {
        let icon: String
        let kind: String
        let title: String
        let note: String
        let object: String
        let id: String
        let field: String
    }

    /// A record that the text may become.
    struct Making: Sendable {
        let object: String
        let icon: String
        let label: String
        /// The text is this title; nil where it is read as a card.
        let title: String?
    }

    let text: String
    let sought: String
    var file: File?
    var isFileGone = false
    var places: [Place] = []
    var makes: [Making] = []
}

extension SharePage: Markup {
    func write(to html: inout HTML) {
        html.add(PageHead(title: html.page[ShareWords.title]))
        html("div", .class("srch share")) { html in
            if isFileGone { html.add(Note(tone: .warn, text: html.page[ShareWords.gone])) }
            if let file { filePart(file, &html) }
            if !text.isEmpty { textPart(&html) }
            if file == nil, text.isEmpty, !isFileGone {
                html("div", .class("card")) { html in
                    html.add(
                        EmptyState(
                            icon: "upload", title: html.page[ShareWords.nothing], hint: html.page[ShareWords.howTo]))
                }
            }
        }
    }

    private func filePart(_ file: File, _ html: inout HTML) {
        html("div", .class("note info")) { html in
            html.icon("paperclip", size: .small)
            html("span") { html in
                html("b") { $0.user(file.name) }
                html.append(" ")
                html("span", .class("mut num"), text: html.page.format.fileSize(file.bytes))
            }
        }
        html("form", .class("q big"), .named("role", "search"), .action(Paths.share)) { html in
            html.icon("search")
            html.hidden("file", file.token)
            html.hidden("name", file.name)
            if !text.isEmpty { html.hidden("text", text) }
            html.void(
                "input", .type("search"), .name("q"), .value(sought), .flag("autofocus"), .named("dir", "auto"),
                .named("placeholder", html.page[ShareWords.seek]), .label(html.page[ShareWords.seek]))
            html("button", .class("btn"), .type("submit"), say: Words.search)
        }
        if sought.isEmpty { return }
        html("div", .class("card hits")) { html in
            if places.isEmpty { html.add(EmptyState(icon: "search", title: html.page[ShareWords.noPlace])) }
            for place in places { placePart(place, file, &html) }
        }
    }

    private func placePart(_ place: Place, _ file: File, _ html: inout HTML) {
        html.form(Paths.shareInto) { html in
            for (name, value) in [
                ("file", file.token), ("name", file.name), ("object", place.object), ("record", place.id),
                ("field", place.field),
            ] { html.hidden(name, value) }
            html("button", .class("share-p"), .type("submit")) { html in
                html("span", .class("it-i")) { $0.icon(place.icon) }
                html("span", .class("hit-t")) { html in
                    html("b") { $0.user(place.title) }
                    if !place.note.isEmpty { html("span", .class("mut")) { $0.user(place.note) } }
                }
                html("span", .class("tag"), text: place.kind)
            }
        }
    }

    private func textPart(_ html: inout HTML) {
        html.card(html.page[ShareWords.text]) { html in
            html("p", .class("pre share-t")) { $0.user(text) }
            html("div", .class("row share-m")) { html in
                for making in makes { make(making, &html) }
            }
        }
    }

    private func make(_ making: Making, _ html: inout HTML) {
        let words = html.page[ShareWords.make(making.label)]
        if let title = making.title {
            let url = Paths.quick + "/" + making.object + "?title=" + Paths.encoded(title)
            html.add(Button(text: words, target: .link(url), icon: making.icon))
        } else {
            html.add(
                Button(
                    text: words, target: .post(Paths.quick + "/" + making.object, [("then", "card"), ("card", text)]),
                    icon: making.icon))
        }
    }
}
