import Definitions
import Store

/// What timers do when their time has come, each kind in a place of its own.
struct TimerEffects {
    let context: ReadContext
    let ids: IDSource

    /// - Returns: the sequence number of its event; nil when it had no effect.
    func effect(of timer: TimerEntry) throws -> Int64? {
        switch timer.kind {
        case ReminderDefinition.timerKind: try Reminding(context: context, ids: ids).remind(of: timer)
        case LegClock.timerKind: try LegRinging(context: context, ids: ids).ring(timer)
        case LegClock.itemKind: try LegRinging(context: context, ids: ids).remindOfItem(timer)
        case ApprovalKeeping.timerKind: try ApprovalKeeping(context: context, ids: ids).ring(timer)
        case WorkflowRunner.timerKind: try WorkflowRinging(context: context, ids: ids).ring(timer)
        case Ladder.timerKind: try LadderRinging(context: context, ids: ids).ring(timer)
        default: try ofDefinition(timer)
        }
    }

    /// Kinds that name what they are of: `clock:first_reply`.
    private func ofDefinition(_ timer: TimerEntry) throws -> Int64? {
        switch timer.kind.prefix(while: { $0 != ":" }) {
        case "clock": try ClockRinging(context: context, ids: ids).ring(timer)
        case "rule": try RuleTiming(context: context, ids: ids).look(timer)
        default: nil
        }
    }
}
