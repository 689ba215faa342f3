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
        let teller = Teller(context: context, ids: ids, at: context.now)
        var asked: Set<RecordID> = []
        for person in people where asked.insert(person).inserted && asked.count <= 20 {
            let zone = Zones.zone(try context.peopleBook().byID[person]?.timeZone ?? "Asia/Shanghai")
            let isTold = try teller.tell(
                person, kind: kind, object: definition.id, record: record, text(zone), priority: priority)
            if isTold { return person }
        }
        return nil
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
}
