import Kernel
import Values

/// What stands in the notes that a timeline tells of, as it is now: what became of a mail, which files came with it.
struct NotesShown: Sendable {
    var records: [RecordID: RecordView] = [:]
    var files: [RecordID: [FileView]] = [:]

    /// The object of notes.
    static let object = "followup"

    init() {}

    /// Two statements when there are notes, two more for each with files.
    init(of timeline: [TimelineEntry], in context: ReadContext) throws {
        let ids = timeline.filter { $0.object == Self.object && $0.kind == "created" }.map(\.record)
        guard !ids.isEmpty else { return }
        records = try context.ask(
            RecordsByID(
                object: Self.object, ids: ids,
                columns: ["kind", "subject", "mail_to", "mail_state", "contact", "minutes", "result", "next_at"]))
        files = try context.ask(FilesOfRecords(object: Self.object, ids: ids))
    }
}

/// Earlier events of a record with the notes among them.
struct OlderEvents: Question {
    let object: String
    let id: RecordID
    let before: Int64?
    let limit: Int
    let kinds: Set<TimelineKind>

    func answer(in context: ReadContext) throws -> (part: TimelinePageOf.Answer, notes: NotesShown) {
        let part = try context.ask(
            TimelinePageOf(object: object, id: id, before: before, limit: limit, kinds: kinds))
        return (part, try NotesShown(of: part.entries, in: context))
    }
}
