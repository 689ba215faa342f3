import Definitions
import Flow
import Store
import Values

/// What a reminder's timer does: a notice to the person, and an event of the record.
struct Reminding {
    let context: ReadContext
    let ids: IDSource

    /// - Returns: the sequence number of its event; nil when the record no longer wants it.
    func remind(of timer: TimerEntry) throws -> Int64? {
        guard timer.kind == ReminderDefinition.timerKind,
            let definition = context.model.object(timer.object), !definition.retired,
            let reminder = definition.reminders.first(where: { $0.id == timer.rung }),
            let row = try context.store.find(
                definition.id, timer.record, fields: context.snapshot.ownPaths[definition.id] ?? [],
                context: context.evaluation)
        else { return nil }
        let state = RecordState(object: definition.id, id: row.id, values: row.values)
        guard let wish = reminder.wish(in: state, context.evaluation) else { return nil }
        let told = try Teller(context: context, ids: ids, at: context.now).tell(
            wish.person, kind: timer.kind, object: definition.id, record: row.id, reminder.message)
        guard told else { return nil }
        let entry = EventEntry(
            sequence: 0, at: context.now, actor: nil, actorName: context.actor.name, onBehalfOf: nil,
            origin: context.actor.origin.rawValue, command: ids.next(context.now), object: definition.id,
            record: row.id, parent: nil, kind: "reminded",
            changes: [FieldChange(field: reminder.to, before: .null, after: .record(wish.person))],
            reason: reminder.message.zh + " / " + reminder.message.en, modelVersion: context.model.version)
        return Int64(try EventLog(context.connection).append([entry]))
    }
}
