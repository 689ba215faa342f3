import Definitions
import Flow
import Store
import Values

/// The ladders of records of earlier times that nobody has taken up yet.
extension Planter {
    /// Sets the steps that are still to be climbed when the company is opened. No statement for an object without a
    /// ladder.
    func plantLadder(_ record: PastRecord, _ definition: ObjectDefinition, _ state: RecordState) throws {
        guard let known = definition.ladder, let at = record.stamp.at else { return }
        let context = ReadContext(connection: connection, snapshot: snapshot, actor: actor, now: start)
        let ladder = Ladder(context: context, definition: definition, ladder: known)
        guard !ladder.isStopped(state) else { return }
        for (step, time) in try ladder.times(of: state, from: at) where time > start {
            try Timers(connection).set(
                TimerEntry(
                    id: ids.next(start), kind: Ladder.timerKind, object: definition.id, record: state.id,
                    rung: step.id, fireAt: time, payload: ""))
        }
    }
}
