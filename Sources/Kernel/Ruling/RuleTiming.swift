import Calendars
import Definitions
import Expressions
import Flow
import Store
import Values

/// Rules that wait for a time.
struct RuleTiming {
    let context: ReadContext
    let ids: IDSource

    /// The kind of a rule's timers; their rung is the field.
    static func kind(_ rule: String) -> String { "rule:" + rule }

    /// Nine in the morning for a day.
    static func instant(of value: Value, in zone: Zone) -> Instant? {
        switch value {
        case .instant(let instant): instant
        case .day(let day): zone.morning(of: day)
        default: nil
        }
    }

    /// - Returns: the sequence number of its event; nil when no rule waits for it any more.
    func look(_ timer: TimerEntry) throws -> Int64? {
        guard let definition = context.model.object(timer.object), !definition.retired,
            let rule = definition.rules.first(where: { Self.kind($0.id) == timer.kind }),
            rule.triggers.contains(.time(timer.rung))
        else { return nil }
        let writer = RecordWriter(
            context: context, ids: ids, command: Command(.bulk([], atomic: true)), commandID: ids.next(context.now))
        guard let record = try writer.known(definition, timer.record),
            rule.trigger(on: .time(timer.rung), record, context.evaluation) != nil
        else { return nil }
        let event = try Notices(context: context, ids: ids).log(
            definition, timer.record, changes: [], reason: rule.label.zh + " / " + rule.label.en)
        return max(event, try writer.lookAtRules(definition, .time(timer.rung), record, event: event))
    }
}

extension RecordWriter {
    /// A live record with what the object's expressions read of linked ones; nil when it is gone.
    func known(_ definition: ObjectDefinition, _ id: RecordID) throws -> RecordState? {
        do {
            var state = try load(definition, id).0.state
            try link(&state, change: RecordChange(), definition)
            return state
        } catch let rejection as Rejection where rejection.kind == .missing {
            return nil
        }
    }
}
