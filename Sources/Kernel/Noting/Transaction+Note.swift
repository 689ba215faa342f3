import Access
import Definitions
import Flow
import Store
import Values

extension Transaction {
    /// Keeps what somebody wrote at a record they see, with all that goes with it.
    ///
    /// - Returns: the note's outcome; its warnings name who was not told and what follow-up was moved.
    func write(_ note: NoteCommand) throws -> Outcome {
        guard let notes = NoteObject.find(for: note.object, in: context.model),
            context.access.grant(notes.id).canCreate
        else { throw Rejection.notAllowed }
        let record = try context.ask(ShowRecord(object: note.object, id: note.record, withLines: false))
        var problems = try nextProblems(note, notes)
        let mail = try note.mail.map { try NoteMail(context: context, note: note, mail: $0, &problems) }
        if note.files.count > NoteCommand.mostFiles { problems.append(.tooManyNoteFiles) }
        guard problems.isEmpty else { throw Rejection.invalid(problems) }
        var change = RecordChange()
        if let mail { change.values = mail.kept(notes) }
        if let task = try nextTask(note, record) { change.values["next_task"] = .record(task) }
        let written = try create(notes, about: record, note, also: change)
        for file in note.files {
            let step = FileCommand.attach(
                object: notes.id, id: written.id, field: "files", name: file.name, content: file.content)
            _ = try self.file(step)
        }
        try mail?.send(note: RecordReference(object: notes.id, id: written.id))
        var warnings = written.warnings
        warnings += try Mentions(context: context, ids: ids).tell(of: note, notes, written.id)
        if let moved = try moveEarlier(note, notes, besides: written.id) { warnings.append(moved) }
        var outcome = written
        outcome.warnings = warnings
        return try self.outcome(of: outcome)
    }

    /// The note itself, by its author's rights.
    private func create(
        _ notes: NoteObject, about record: RecordView, _ note: NoteCommand, also: RecordChange
    ) throws -> WrittenRecord {
        let access = context.access.grant(notes.id)
        var draft = note.fields
        let id = record.id.description
        draft.fields[notes.link] = .text(notes.isAny ? record.object + "/" + id : id)
        // A note about an inquiry or an order is a note about its customer, too.
        if notes.link != "company", access.creatable.contains("company") {
            if record.object == "company" { draft.fields["company"] = .text(id) }
            if let company = record["company"].record { draft.fields["company"] = .text(company.description) }
        }
        // What somebody else does next is their task, not the author's date.
        if isForAnother(note) { draft.fields["next_at"] = nil }
        let reader = DraftReader(
            context: context, definition: notes.definition, ids: ids,
            writable: context.actor.isSystem ? nil : access.creatable)
        var problems: [Problem] = []
        var change = reader.change(draft, stored: [:], &problems)
        change.values.merge(also.values) { _, new in new }
        return try writer.create(notes.definition, change, problems: problems, access: access)
    }

    // MARK: What comes next

    private func isForAnother(_ note: NoteCommand) -> Bool {
        guard let owner = note.nextOwner else { return false }
        return owner != context.actor.userID
    }

    private func nextProblems(_ note: NoteCommand, _ notes: NoteObject) throws -> [Problem] {
        guard isForAnother(note), let owner = note.nextOwner else { return [] }
        guard let person = try context.peopleBook().byID[owner], person.isActive else {
            return [.notFound("next_owner")]
        }
        if note.fields.fields["next_at"] == nil { return [.nextWithoutDay] }
        guard let definition = context.model.object(note.object),
            try Teller(context: context, ids: ids, at: context.now).title(of: note.record, definition, for: owner)
                != nil
        else { return [.nextOutOfSight(person.name)] }
        guard context.access.grant("task").canCreate, notes.has("next_task") else {
            return [.notWritable("next_owner")]
        }
        return []
    }

    /// The task of whoever else follows up, who is told of it.
    private func nextTask(_ note: NoteCommand, _ record: RecordView) throws -> RecordID? {
        guard isForAnother(note), let owner = note.nextOwner, let due = note.fields.fields["next_at"],
            let definition = context.model.object(note.object)
        else { return nil }
        let name = record.title.isEmpty ? definition.label[context.actor.language] : record.title
        let written = try create(
            "task",
            Draft([
                "title": .text((context.actor.language == .zh ? "跟进 · " : "Follow up · ") + name.prefix(100)),
                "assignee": .text(owner.description), "due": due,
                "source": .text("followup"), "note": note.fields.fields["summary"] ?? .null,
            ]))
        let author = context.actor.name
        _ = try Teller(context: context, ids: ids, at: context.now).tell(
            owner, kind: NoticeKind.mention.rawValue, object: note.object, record: note.record,
            Label(zh: "\(author) 请你跟进", en: "\(author) asks you to follow up"))
        return written.created.first?.id
    }

    /// An author has one next follow-up with a record: a new date takes the place of the earlier ones, and what was
    /// arranged for today or before is done by writing.
    ///
    /// - Returns: what to say of it; nil when nothing was arranged.
    private func moveEarlier(_ note: NoteCommand, _ notes: NoteObject, besides id: RecordID) throws -> Problem? {
        guard notes.hasNext, context.actor.userID != nil, isUsable("next_at", notes), isUsable("by", notes),
            isUsable(notes.link, notes)
        else { return nil }
        let hasNew = note.fields.fields["next_at"].map { $0 != .null } ?? false
        let recent = "DAY(next_at) >= ADDDAYS(TODAY(), -30)"
        let range = hasNew ? recent : recent + " AND DAY(next_at) <= TODAY()"
        let earlier = try context.ask(
            ListRecords(
                object: notes.id, columns: ["next_at"],
                filters: ["\(notes.link) = \"\(note.record)\"", "by = ME()", "NOT(ISBLANK(next_at))", range], limit: 20)
        ).rows.filter { $0.id != id }
        var moved: Value?
        for row in earlier where try settle(row, of: notes) { moved = row["next_at"] }
        guard let instant = moved?.instant else { return nil }
        let day = Zones.day(of: instant, in: context.actor.timeZone).description.dropFirst(5)
        return hasNew && !isForAnother(note)
            ? Problem(
                field: "next_at", code: "followup_moved",
                message: Label(zh: "原定 \(day) 的跟进已改期", en: "The follow-up arranged for \(day) was moved"))
            : Problem(
                field: "next_at", code: "followup_done",
                message: Label(zh: "\(day) 约好的跟进已了结", en: "The follow-up arranged for \(day) is done"))
    }

    private func isUsable(_ field: String, _ notes: NoteObject) -> Bool {
        context.access.grant(notes.id).readable.contains(field)
    }

    /// Takes the date off an earlier note; one that is no longer the author's to change keeps it.
    private func settle(_ row: RecordView, of notes: NoteObject) throws -> Bool {
        do {
            try context.connection.savepoint {
                _ = try update(notes.id, row.id, Draft(["next_at": .null]), row.version)
            }
            return true
        } catch is Rejection {
            return false
        }
    }
}

extension Problem {
    static let tooManyNoteFiles = Problem(
        field: "files", code: "too_many_files",
        message: Label(
            zh: "一次最多带 \(NoteCommand.mostFiles) 个文件", en: "At most \(NoteCommand.mostFiles) files at a time"))

    static let nextWithoutDay = Problem(
        field: "next_at", code: "required", message: Label(zh: "请选哪天跟进", en: "Choose the day of the follow-up"))

    static func nextOutOfSight(_ name: String) -> Problem {
        Problem(
            field: "next_owner", code: "next_out_of_sight",
            message: Label(
                zh: "\(name) 看不到这条记录，没法跟进，请换一个人",
                en: "\(name) can't see this record and so can't follow up; choose somebody else"))
    }
}
