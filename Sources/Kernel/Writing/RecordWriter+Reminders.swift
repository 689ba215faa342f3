import Calendars
import Definitions
import Expressions
import Flow
import Store
import Values

extension RecordWriter {
    /// Sets, moves or takes away the timers of a record's reminders. No statement for an object without any, or when
    /// nothing that they ask has changed; else up to two for each reminder.
    ///
    /// A time that has passed already, as in records brought in from elsewhere, reminds nobody.
    func remind(_ definition: ObjectDefinition, before: RecordState?, after: RecordState?) throws {
        guard let id = after?.id ?? before?.id else { return }
        for reminder in definition.reminders {
            let known = before.flatMap { reminder.wish(in: $0, context.evaluation) }
            let wish = after.flatMap { reminder.wish(in: $0, context.evaluation) }
            if wish == known { continue }
            let timers = Timers(context.connection)
            guard let wish, let at = try instant(of: wish), at > max(self.at, context.now) else {
                try timers.cancel(record: id, kind: ReminderDefinition.timerKind, rung: reminder.id)
                continue
            }
            try timers.set(
                TimerEntry(
                    id: ids.next(self.at), kind: ReminderDefinition.timerKind, object: definition.id, record: id,
                    rung: reminder.id, fireAt: at, payload: ""))
        }
    }

    /// Nine in the morning of a day, where the person is.
    private func instant(of wish: ReminderDefinition.Wish) throws -> Instant? {
        switch wish.time {
        case .instant(let instant): return instant
        case .day(let day):
            let user = try store.find(
                "user", wish.person, fields: [FieldPath(["time_zone"])], context: context.evaluation)
            let zone = Zones.zone(user?[path: "time_zone"].text ?? context.actor.timeZone)
            return try zone.instant(of: LocalTime(day: day, secondOfDay: 9 * 3600))
        default: return nil
        }
    }
}

extension ReminderDefinition {
    /// The kind of its timers; their rung is the reminder's id.
    static let timerKind = "reminder"

    /// Whom a record as it stands wants to be reminded, and when.
    struct Wish: Equatable {
        let time: Value
        let person: RecordID
    }

    /// Nil when nobody is to be reminded.
    func wish(in state: RecordState, _ context: EvaluationContext) -> Wish? {
        guard let person = state[to].record, !state[at].isNull else { return nil }
        if let condition, !condition.matches(state, context) { return nil }
        return Wish(time: state[at], person: person)
    }
}
