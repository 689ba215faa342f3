import Access
import Definitions
import Expressions
import Flow
import Store
import Values

/// A note that goes out as a mail in its author's name: to whom, with what, and where answers come back.
struct NoteMail {
    let context: ReadContext
    let note: NoteCommand
    private let receivers: [(name: String, address: String)]
    private let author: (name: String, address: String)
    private let files: [FileView]

    /// - Parameter problems: gets what keeps the mail from going out, each at its control.
    init(context: ReadContext, note: NoteCommand, mail: NoteCommand.Mail, _ problems: inout [Problem]) throws {
        self.context = context
        self.note = note
        var receivers: [(name: String, address: String)] = []
        for contact in mail.to {
            let found = try Self.receiver(contact, context)
            if let found { receivers.append(found) } else { problems.append(.noAddress) }
        }
        if mail.to.isEmpty { problems.append(.noReceiver) }
        if mail.to.count > 20 { problems.append(.tooManyReceivers) }
        if case .text(let subject)? = note.fields.fields["subject"], !subject.trimmed.isEmpty {
        } else {
            problems.append(.noSubject)
        }
        author = (context.actor.name, try Self.address(of: context.actor, context) ?? "")
        if author.address.isEmpty { problems.append(.noReplyAddress) }
        let wanted = Set(mail.files)
        files =
            wanted.isEmpty
            ? []
            : try context.ask(FilesOf(object: note.object, id: note.record)).filter { wanted.contains($0.id) }
        if files.count != wanted.count { problems.append(.notFound("files")) }
        let size = files.reduce(0) { $0 + $1.size } + note.files.reduce(0) { $0 + $1.content.count }
        if size > NoteCommand.largestMail { problems.append(.mailTooLarge) }
        self.receivers = receivers
    }

    /// Who a contact is and where mail reaches them; nil when it does not.
    private static func receiver(_ id: RecordID, _ context: ReadContext) throws -> (name: String, address: String)? {
        do {
            let contact = try context.ask(ShowRecord(object: "contact", id: id, withLines: false))
            guard let address = contact["email"].text, !address.isEmpty else { return nil }
            return (contact.title, address)
        } catch let rejection as Rejection where rejection.kind == .missing {
            return nil
        }
    }

    private static func address(of actor: Actor, _ context: ReadContext) throws -> String? {
        guard let user = actor.userID, context.model.object("user")?.field("email") != nil else { return nil }
        // One's own address may be used by whoever has it, whatever their role says of accounts.
        let row = try context.connection.beyondSight {
            try context.store.find("user", user, fields: [FieldPath(["email"])], context: context.evaluation)
        }
        return row?[path: "email"].text
    }

    /// What the note keeps of it.
    func kept(_ notes: NoteObject) -> [String: Value] {
        let to = receivers.map { $0.name.isEmpty ? $0.address : "\($0.name) <\($0.address)>" }.joined(separator: ", ")
        return ["mail_to": Value.text(String(to.prefix(1000))), "mail_state": .text(MailState.waiting.rawValue)]
            .filter { notes.has($0.key) }
    }

    /// Leaves it to the outbox; the note's own files go along. Two statements.
    func send(note reference: RecordReference) throws {
        let own = try Attachments(context.connection).list(of: reference.id)
        var json = JSONBuilder(escaping: .minimal)
        json.object { json in
            json.field("note", reference.object + "/" + reference.id.description)
            json.key("to")
            json.array { json in for receiver in receivers { json.string(receiver.address) } }
            json.field("from_name", author.name)
            json.field("reply_to", author.address)
            json.field("subject", text("subject"))
            json.field("body", text("summary"))
            json.key("files")
            json.array { json in
                for file in own { json.string(file.id.description) }
                for file in files { json.string(file.id.description) }
            }
        }
        try Outbox(context.connection).add(
            key: "note:\(reference.id)", channel: "mail", payload: json.text, at: context.now)
    }

    private func text(_ field: String) -> String {
        if case .text(let text)? = note.fields.fields[field] { text } else { "" }
    }
}

/// What became of a mail that a note is.
enum MailState: String {
    case waiting, sent, failed
}

extension Problem {
    static let noReceiver = Problem(
        field: "to", code: "no_receiver", message: Label(zh: "选一个收件人", en: "Choose who gets the mail"))
    static let noAddress = Problem(
        field: "to", code: "no_address",
        message: Label(zh: "这位联系人没有邮箱，先补上", en: "This contact has no e-mail address; add it first"))
    static let tooManyReceivers = Problem(
        field: "to", code: "too_many_receivers",
        message: Label(zh: "一封邮件最多 20 位收件人", en: "A mail has at most 20 receivers"))
    static let noSubject = Problem(
        field: "subject", code: "required", message: Label(zh: "写上邮件主题", en: "Give the mail a subject"))
    static let noReplyAddress = Problem(
        field: "to", code: "no_reply_address",
        message: Label(
            zh: "你的账号没有邮箱，客户没法回信。请管理员补上",
            en: "Your account has no e-mail address, so nobody could answer. Ask an administrator to add it"))
    static let mailTooLarge = Problem(
        field: "files", code: "mail_too_large",
        message: Label(
            zh: "附件合计超过 \(NoteCommand.largestMail >> 20) MB，邮件服务器多半不收",
            en: "The files exceed \(NoteCommand.largestMail >> 20) MB together, which mail servers hardly take"))
}
