import Definitions
import Kernel
import Values

/// Writing at a record: `POST /api/v1/{object}/{id}/notes`, what the composer of the pages does. Files are attached to
/// the note afterwards.
struct NotesAPI {
    let exchange: Exchange
    let kernel: Kernel
    let actor: Actor
    let object: String

    /// `{summary, kind, subject, contact, minutes, result, next_at, next_owner, mentioned: [id], mail: {to, files}}`.
    func write(_ id: RecordID, _ body: BodyObject) async throws -> Outcome {
        let own = ["summary", "kind", "subject", "contact", "minutes", "result", "next_at"]
        try body.allow(names: own + ["next_owner", "mentioned", "mail"])
        var command = NoteCommand(object: object, record: id, fields: Draft(body.parts.filter { own.contains($0.key) }))
        command.mentioned = try Self.ids(body, "mentioned")
        if let next = body.optionalText("next_owner") {
            guard let owner = RecordID(next) else { throw Rejection.missingProperty("next_owner") }
            command.nextOwner = owner
        }
        if let mail = body.parts["mail"] {
            let part = try BodyObject(mail)
            try part.allow("to", "files")
            command.mail = NoteCommand.Mail(to: try Self.ids(part, "to"), files: try Self.ids(part, "files"))
        }
        return try await kernel.perform(
            Command(
                .note(command), idempotencyKey: exchange.headers["idempotency-key"],
                dryRun: exchange[query: "dry_run"] == "true"), as: actor)
    }

    /// `GET …/{id}/mail?template=…&to=…`: a mail as a template has it, filled in from the record.
    func mail(_ id: RecordID) async throws -> Reply {
        guard let template = exchange[query: "template"].flatMap({ RecordID($0) }) else {
            throw Rejection.missingProperty("template")
        }
        let receiver = exchange[query: "to"].flatMap { RecordID($0) }
        let mail = try await kernel.answer(
            FilledMail(object: object, record: id, template: template, receiver: receiver), as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.field("subject", mail.subject)
            writer.field("body", mail.body)
            writer.field("language", mail.language)
            writer.key("gaps")
            writer.array { writer in
                for gap in mail.gaps {
                    writer.object { writer in
                        writer.field("place", gap.place)
                        writer.field("reason", gap.reason.rawValue)
                        guard let label = gap.label else { return }
                        writer.key("label")
                        writer.object { writer in
                            writer.field("zh", label.zh)
                            writer.field("en", label.en)
                        }
                    }
                }
            }
        }
        return .json(writer)
    }

    private static func ids(_ body: BodyObject, _ name: String) throws(Rejection) -> [RecordID] {
        var out: [RecordID] = []
        for text in try body.texts(name) {
            guard let id = RecordID(text) else { throw .missingProperty(name) }
            out.append(id)
        }
        return out
    }
}
