import Definitions
import Kernel
import Values

/// Notes in the timeline: what kind, with whom, what came of it, their files, and what became of a mail.
extension TimelineWords {
    /// What changes at a note by itself stands at the note and is no event of its own.
    func isOfNote(_ entry: TimelineEntry) -> Bool {
        guard entry.object == NotesShown.object, entry.record != id, entry.kind == "updated" else { return false }
        return entry.changes.allSatisfy { ["files", "mail_state", "mail_to", "next_at"].contains($0.field) }
    }

    func isMail(_ entry: TimelineEntry) -> Bool { entry.isMail(now: notes.records[entry.record]) }

    private func noteKind(_ entry: TimelineEntry) -> String {
        notes.records[entry.record]?["kind"].text ?? entry.changes.first { $0.field == "kind" }?.after.text ?? ""
    }

    func noteVerb(_ entry: TimelineEntry) -> String {
        let kind = noteKind(entry)
        if notes.records[entry.record]?["mail_state"].text != nil {
            return eyes.say(Label(zh: "发邮件", en: "sent a mail"))
        }
        guard kind != "note", let field = eyes.model.object(NotesShown.object)?.field("kind"),
            case .choice(let list) = field.type, let code = eyes.model.lists[list]?.code(kind)
        else { return eyes.say(Label(zh: "写了跟进", en: "wrote a note")) }
        return eyes.say(code.label)
    }

    func tell(_ event: inout Timeline.Event, of entry: TimelineEntry) {
        event.body = entry.changes.first { $0.field == "summary" }?.after.text ?? entry.title
        let kind = noteKind(entry)
        event.symbol = NoteKind.icon(kind)
        if kind == "email" { event.kind = .mail }
        guard let note = notes.records[entry.record] else { return }
        event.title = note["subject"].text ?? ""
        let to = note["mail_to"].text ?? ""
        if let contact = note["contact"].record.flatMap({ note.titles[$0] }), to.isEmpty {
            event.verb += " · " + contact
        }
        if !to.isEmpty { event.verb += " → " + names(in: to) }
        if let minutes = note["minutes"].decimal, !minutes.isZero {
            event.verb += " · " + eyes.say(Label(zh: "\(minutes.shortest) 分钟", en: "\(minutes.shortest) min"))
        }
        for field in ["mail_state", "result"] {
            if case .tags(let tags) = eyes.shown(field, of: note) { event.tags += tags }
        }
        if let at = note["next_at"].instant {
            let day = eyes.page.format.day(eyes.page.format.localDay(at))
            event.tags.append(Tag(eyes.say(Label(zh: "下次 \(day)", en: "Next \(day)")), icon: "clock"))
        }
        event.files = (notes.files[entry.record] ?? []).map { file in
            let url = Paths.files(NotesShown.object, entry.record.description, file.id.description)
            return (
                file.name, eyes.page.format.fileSize(file.size),
                file.mediaType == "application/octet-stream" ? url : url + "?view"
            )
        }
    }

    /// The names alone: `Katrin Vogel <kv@…>, …`.
    private func names(in receivers: String) -> String {
        let all = receivers.split(separator: ", ").map { part in
            part.firstIndex(of: "<").map { String(part[..<$0]).trimmingSpaces } ?? String(part)
        }
        let more = all.count > 3 ? eyes.say(Label(zh: " 等 \(all.count) 人", en: " and \(all.count - 3) more")) : ""
        return all.prefix(3).joined(separator: ", ") + more
    }
}
