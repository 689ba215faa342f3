import Definitions
import Flow
import Store
import Values

/// Leaves notices to people about records, each by the name under which that person may read the record.
struct Teller {
    let context: ReadContext
    let ids: IDSource
    let at: Instant

    /// Up to six statements.
    ///
    /// - Returns: false for who is no longer active or has no sight of the record: they are told nothing.
    @discardableResult
    func tell(
        _ person: RecordID, kind: String, object: String, record: RecordID, _ message: Label,
        priority: NoticeDefinition.Priority = .normal
    ) throws -> Bool {
        guard let definition = context.model.object(object),
            let title = try title(of: record, definition, for: person)
        else { return false }
        let tail = title.isEmpty ? "" : " · " + title
        try Notifications(context.connection).add(
            NotificationEntry(
                id: ids.next(at), user: person, at: at, kind: kind, object: object, record: record,
                zh: message.zh + tail, en: message.en + tail, priority: priority.rawValue))
        return true
    }

    /// The name under which a person reads a record; nil for who may not, and for who is no longer active.
    func title(of id: RecordID, _ definition: ObjectDefinition, for person: RecordID) throws -> String? {
        guard let reader = try ActorReader(context: context).actor(person, origin: .system, session: nil) else {
            return nil
        }
        let sight = ReadContext(
            connection: context.connection, snapshot: context.snapshot, actor: reader, now: context.now)
        do {
            return try sight.ask(ShowRecord(object: definition.id, id: id, fields: [], withLines: false)).title
        } catch let refusal as Rejection where refusal.kind == .missing {
            return nil
        }
    }
}
