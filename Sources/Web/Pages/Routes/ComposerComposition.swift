import Definitions
import Kernel
import Values

/// Makes the composer of a record page of what its reader may write there.
struct ComposerComposition {
    let eyes: Presentation
    let notes: NoteObject
    let sheet: RecordSheet.Answer
    let object: String
    let actor: Actor
    /// What was sent and refused, to be shown again.
    var written: NoteForm?

    func composer() -> Composer {
        var composer = Composer(url: Paths.note(object, sheet.record.id.description), kinds: kinds())
        composer.author = actor.userID?.description ?? ""
        composer.key = written?.key ?? Secrets.token()
        composer.values = written?.values ?? ["kind": [usualKind]]
        composer.problems = written?.problems ?? []
        let creatable = eyes.sight.creatable(notes.id)
        func takes(_ field: String) -> Bool { notes.has(field) && creatable.contains(field) }
        if takes("contact") { composer.contacts = contacts() }
        composer.templates = templates()
        composer.told = written?.told ?? ""
        if takes("result") { composer.results = choices("result") }
        composer.hasMinutes = takes("minutes")
        composer.takesFiles = notes.has("files") && eyes.sight.updatable(notes.id).contains("files")
        composer.recordFiles = sheet.files.map { ($0.id.description, $0.name) }
        composer.mentions = eyes.sight.canRead("user")
        composer.hasNext = takes("next_at")
        if composer.hasNext, eyes.sight.canCreate("task"), takes("next_task"), composer.mentions {
            composer.nextOwner = nextOwner()
        }
        return composer
    }

    private var usualKind: String { list("kind")?.codes.contains { $0.code == "note" } == true ? "note" : "" }

    private func list(_ field: String) -> CodeList? {
        guard case .choice(let list)? = notes.definition.field(field)?.type else { return nil }
        return eyes.model.lists[list]
    }

    private func choices(_ field: String) -> [FieldControl.Choice] {
        list(field)?.codes.filter { !$0.retired }.map { .init($0.code, eyes.say($0.label)) } ?? []
    }

    /// The list's kinds, the plain note first.
    private func kinds() -> [Composer.Kind] {
        guard eyes.sight.creatable(notes.id).contains("kind") else { return [] }
        let kinds = choices("kind").map { choice in
            Composer.Kind(
                code: choice.value, label: choice.label, icon: NoteKind.icon(choice.value),
                shows: shown(NoteKind.shows(choice.value)))
        }
        return kinds.filter { $0.code == "note" } + kinds.filter { $0.code != "note" }
    }

    /// A mail can go out only where a note keeps what became of it.
    private func shown(_ words: String) -> String {
        words == "mail" && !(notes.has("subject") && notes.has("mail_state")) ? "with" : words
    }

    private func contacts() -> [Composer.Contact] {
        sheet.contacts.map { contact in
            let address = contact["email"].text
            return Composer.Contact(
                id: contact.id.description, name: contact.title, note: contact["title"].text ?? "",
                address: address?.isEmpty == false ? address : nil)
        }
    }

    private func templates() -> [FieldControl.Choice] {
        let language =
            sheet.contacts.lazy.compactMap { $0["company.language"].text }.first
            ?? sheet.record["language"].text ?? "en"
        let fitting = sheet.templates.filter { $0["language"].text == language }
        let others = sheet.templates.filter { $0["language"].text != language }
        return (fitting + others).map { template in
            let spoken = eyes.shown("language", of: template).plain
            return .init(template.id.description, template.title + (spoken.isEmpty ? "" : " · " + spoken))
        }
    }

    private func nextOwner() -> FieldControl {
        let chosen = written?.values["next_owner"]?.last ?? actor.userID?.description ?? ""
        let title =
            chosen == actor.userID?.description ? actor.name : written?.values["next_owner.q"]?.last ?? ""
        var control = FieldControl(
            name: "next_owner", label: eyes.say(Words.nextWho),
            kind: .link(object: "user", .init(id: chosen, title: title), createURL: nil))
        control.scope = "c"
        return control
    }
}

/// How kinds of notes look and what they ask for.
enum NoteKind {
    static func icon(_ code: String) -> String {
        switch code {
        case "call": "phone"
        case "email": "mail"
        case "visit": "handshake"
        case "im": "at"
        case "meeting": "users"
        case "sample": "package"
        default: "message"
        }
    }

    /// `with`: whom and what came of it; `minutes`: how long, too; `mail`: receivers and a subject.
    static func shows(_ code: String) -> String {
        switch code {
        case "note", "": ""
        case "email": "mail"
        case "call", "visit", "meeting": "with minutes"
        default: "with"
        }
    }
}
