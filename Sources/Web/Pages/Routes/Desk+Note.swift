import Definitions
import Kernel
import Values

/// What a composer sent.
struct NoteForm {
    var key = ""
    /// Control name → its values, in order.
    var values: [String: [String]] = [:]
    var problems: [(control: String, text: String)] = []
    /// What a template could not be filled with.
    var told = ""

    init(_ fields: [(name: String, value: String)]) {
        for field in fields { values[field.name, default: []].append(field.value) }
        key = values["idempotency-key"]?.last ?? ""
    }

    subscript(name: String) -> String { values[name]?.last?.trimmingSpaces ?? "" }
    func ids(_ name: String) -> [RecordID] { (values[name] ?? []).compactMap { RecordID($0) } }
}

/// Writing at a record: what was said, whom to tell, what comes next.
extension Desk {
    func note(_ object: String, _ id: RecordID) async throws -> Reply {
        var form = NoteForm(fields)
        if !form["fill"].isEmpty { return try await show(object, id, written: try await filled(form, object, id)) }
        let files = (Multipart(exchange)?.files ?? []).filter { !$0.bytes.isEmpty }
        let command = noteCommand(object, id, form, files)
        do {
            let outcome = try await kernel.perform(
                Command(.note(command), idempotencyKey: form.key.isEmpty ? nil : form.key), as: actor)
            let said =
                [context[command.mail == nil ? Words.noted : Words.mailed]]
                + outcome.warnings.map { context[$0.message] }
            let reply = done(Paths.record(object, id.description), said.joined(separator: " · "))
            guard isFetch else { return reply }
            var writer = JSONBuilder()
            writer.object { $0.field("url", Paths.record(object, id.description)) }
            return reply.headers.filter { $0.name == "set-cookie" }.reduce(Reply.json(writer)) {
                $0.with($1.name, $1.value)
            }
        } catch let rejection as Rejection where !isFetch && [.invalid, .tooLarge].contains(rejection.kind) {
            form.problems = rejection.problems.map { ($0.field ?? "", context[$0.message]) }
            if form.problems.isEmpty { form.problems = [("", context[rejection.message])] }
            if !files.isEmpty { form.problems.append(("files", context[Words.filesAgain])) }
            return try await show(object, id, written: form)
        }
    }

    // MARK: Mail templates

    /// The form with its mail as the chosen template has it; everything else stays as it was written.
    private func filled(_ form: NoteForm, _ object: String, _ id: RecordID) async throws -> NoteForm {
        var form = form
        guard let template = RecordID(form["template"]) else { return form }
        let mail = try await kernel.answer(
            FilledMail(object: object, record: id, template: template, receiver: form.ids("to").first), as: actor)
        form.values["subject"] = [mail.subject]
        form.values["summary"] = [mail.body]
        form.told = gaps(of: mail)
        return form
    }

    private func gaps(of mail: FilledMail.Answer) -> String {
        func names(_ isUnseen: Bool) -> [String] {
            mail.gaps.filter { ($0.reason == .unseen) == isUnseen }.map { $0.label.map { context[$0] } ?? $0.place }
        }
        return mail.gaps.isEmpty ? "" : context[Words.gaps(names(false), unseen: names(true))]
    }

    /// A mail as a template has it: `GET /o/order/…/note?template=…&to=…`.
    func filledMail(_ object: String, _ id: RecordID) async throws -> Reply {
        guard let template = exchange[query: "template"].flatMap({ RecordID($0) }) else { throw Rejection.noSuchPath }
        let mail = try await kernel.answer(
            FilledMail(
                object: object, record: id, template: template, receiver: exchange[query: "to"].flatMap { RecordID($0) }
            ),
            as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.field("subject", mail.subject)
            writer.field("body", mail.body)
            writer.field("told", gaps(of: mail))
        }
        return .json(writer)
    }

    private func noteCommand(
        _ object: String, _ id: RecordID, _ form: NoteForm, _ files: [(name: String, bytes: [UInt8])]
    ) -> NoteCommand {
        var draft = Draft(["summary": .text(form["summary"])])
        let kind = form["kind"]
        if !kind.isEmpty { draft.fields["kind"] = .text(kind) }
        let shows = NoteKind.shows(kind)
        let isMail = shows == "mail" && !form.ids("to").isEmpty
        if shows == "mail", !form["subject"].isEmpty || isMail { draft.fields["subject"] = .text(form["subject"]) }
        if shows.contains("with") || shows == "mail" {
            for name in ["contact", "result"] where !form[name].isEmpty { draft.fields[name] = .text(form[name]) }
        }
        if shows.contains("minutes"), !form["minutes"].isEmpty {
            draft.fields["minutes"] = .text(NumberText.plain(form["minutes"]))
        }
        if let first = form.ids("to").first, isMail, draft.fields["contact"] == nil {
            draft.fields["contact"] = .text(first.description)
        }
        if let day = Day(form["next_at"]) {
            let local = FormReader.instant(of: day.description + "T09:00", context.format)
            draft.fields["next_at"] = local.map { .text($0.description) }
        }
        return NoteCommand(
            object: object, record: id, fields: draft, mentioned: form.ids("mention"),
            mail: isMail ? NoteCommand.Mail(to: form.ids("to"), files: form.ids("attach")) : nil,
            files: files.map { NoteCommand.File(name: $0.name, content: $0.bytes) },
            nextOwner: draft.fields["next_at"] == nil ? nil : RecordID(form["next_owner"]))
    }

    /// Whom one can speak to here: `GET /o/company/…/note?q=he`.
    func mentionChoices(_ object: String, _ id: RecordID) async throws -> Reply {
        let wanted = (exchange[query: "q"] ?? "").trimmingSpaces.lowercased()
        let choices = try await kernel.answer(
            MentionChoices(object: object, id: id, language: context.language) { name in
                wanted.isEmpty || name.lowercased().contains(wanted)
                    || SpokenName(name).begins(with: SpokenName.typed(wanted))
            }, as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("items")
            writer.array { writer in
                for choice in choices {
                    writer.object { writer in
                        writer.field("id", choice.id?.description ?? "")
                        writer.field("name", choice.name)
                        writer.field("note", choice.note)
                        writer.key("sees")
                        writer.bool(choice.sees)
                    }
                }
            }
        }
        return .json(writer)
    }
}
