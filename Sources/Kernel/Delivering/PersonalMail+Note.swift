import Flow
import Store
import Values

extension PersonalMail {
    /// The mail that a note is, with its files; nil for a delivery that is none.
    static func content(of item: OutboxItem, _ context: ReadContext) throws -> OutgoingMessage.Content? {
        // What is no JSON is told by whoever reads the other kinds.
        guard item.channel == "mail", let payload = try? JSONReader.read(item.payload),
            case .text(let note)? = payload["note"], let slash = note.firstIndex(of: "/"),
            let id = RecordID(note[note.index(after: slash)...])
        else { return nil }
        func text(_ name: String) -> String { if case .text(let text)? = payload[name] { text } else { "" } }
        func texts(_ name: String) -> [String] {
            guard case .array(let items)? = payload[name] else { return [] }
            return items.compactMap { if case .text(let text) = $0 { text } else { nil } }
        }
        let attachments = Attachments(context.connection)
        var files: [File] = []
        for file in texts("files") {
            guard let id = RecordID(file), let stored = try attachments.attachment(id),
                let content = try attachments.content(hash: stored.hash)
            else { return .unreadable(zh: "附件已被移除", en: "a file was taken off") }
            files.append(File(name: stored.name, mediaType: stored.mediaType, content: content))
        }
        return .personal(
            PersonalMail(
                to: texts("to"), authorName: text("from_name"), replyTo: text("reply_to"), subject: text("subject"),
                text: text("body"), files: files,
                note: RecordReference(object: String(note[..<slash]), id: id)))
    }

    /// Says at the note what became of the mail. Nothing for a note that was deleted meanwhile.
    ///
    /// - Returns: the sequence of the event; 0 for none.
    func keep(_ state: MailState, in context: ReadContext, _ ids: IDSource) throws -> Int64 {
        guard NoteObject.isMailed(note.object, in: context.model) else { return 0 }
        let change = Command(
            .update(
                object: note.object, id: note.id, Draft(["mail_state": .value(.text(state.rawValue))]), expecting: nil))
        do {
            return try context.connection.savepoint {
                try Transaction(context: context, ids: ids, command: change, readsBack: false).run().sequence
            }
        } catch is Rejection {
            return 0  // gone, or of a kind that keeps no state any more
        }
    }
}

extension OutgoingMessage.Content {
    package var isMail: Bool {
        switch self {
        case .mail, .personal: true
        case .webhook, .unreadable: false
        }
    }
}
