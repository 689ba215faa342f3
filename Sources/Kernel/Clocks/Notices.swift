import Calendars
import Definitions
import Expressions
import Flow
import Store
import Values

/// Tells people something about a record, and the record's log that they were told.
struct Notices {
    let context: ReadContext
    let ids: IDSource

    /// Tells the first of these people who is active and may see the record.
    ///
    /// - Parameter text: what to say, for the zone where the reader lives; the record's name, as they may read it, is
    ///   added.
    /// - Returns: who was told; nil when nobody may see it.
    @discardableResult
    func tell(
        firstOf people: [RecordID], of definition: ObjectDefinition, _ record: RecordID, kind: String,
        priority: NoticeDefinition.Priority = .normal, _ text: (Zone) -> Label
    ) throws -> RecordID? {
        var asked: Set<RecordID> = []
        for person in people where asked.insert(person).inserted && asked.count <= 20 {
            if try tell(person, of: definition, record, kind: kind, priority: priority, text) { return person }
        }
        return nil
    }

    /// - Returns: false for who is no longer active or has no sight of the record.
    func tell(
        _ person: RecordID, of definition: ObjectDefinition, _ record: RecordID, kind: String,
        priority: NoticeDefinition.Priority = .normal, _ text: (Zone) -> Label
    ) throws -> Bool {
        guard let reader = try ActorReader(context: context).actor(person, origin: .system, session: nil),
            let title = try title(of: record, definition, for: reader)
        else { return false }
        let words = text(Zones.zone(reader.timeZone))
        let tail = title.isEmpty ? "" : " · " + title
        try Notifications(context.connection).add(
            NotificationEntry(
                id: ids.next(context.now), user: person, at: context.now, kind: kind, object: definition.id,
                record: record, zh: words.zh + tail, en: words.en + tail, priority: priority.rawValue))
        return true
    }

    /// Notes at the record that somebody was told.
    ///
    /// - Returns: the sequence number of the event.
    func log(
        _ definition: ObjectDefinition, _ record: RecordID, changes: [FieldChange], reason: String
    ) throws -> Int64 {
        let entry = EventEntry(
            sequence: 0, at: context.now, actor: nil, actorName: context.actor.name, onBehalfOf: nil,
            origin: context.actor.origin.rawValue, command: ids.next(context.now), object: definition.id,
            record: record, parent: nil, kind: "reminded", changes: changes, reason: reason,
            modelVersion: context.model.version)
        return Int64(try EventLog(context.connection).append([entry]))
    }

    /// The record's name as this person may read it; nil when it is out of their sight.
    private func title(of id: RecordID, _ definition: ObjectDefinition, for reader: Actor) throws -> String? {
        let sight = ReadContext(
            connection: context.connection, snapshot: context.snapshot, actor: reader, now: context.now)
        do {
            return try sight.ask(ShowRecord(object: definition.id, id: id, fields: [], withLines: false)).title
        } catch let refusal as Rejection where refusal.kind == .missing {
            return nil
        }
    }
}
