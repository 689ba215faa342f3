import Calendars
import Definitions
import Flow
import Store
import Values

/// Sets the rungs of a leg's clock as timers.
struct LegTimers {
    let context: ReadContext
    let ids: IDSource
    let at: Instant

    /// Takes the place of whatever was set. What has passed already, such as a date that was late from the start,
    /// fires at once, and only as far as it matters: that it is late, and the last of those to be told.
    func set(for entry: LegEntry, rule: ClockRule, calendar: WorkingCalendar) throws {
        let timers = Timers(context.connection)
        guard let ledger = ClockLedger(text: entry.clock), !ledger.isPaused else {
            return try timers.cancel(record: entry.id, kind: LegClock.timerKind)
        }
        let rungs = try ledger.rungs(of: rule, calendar: calendar)
        let passed = rungs.last { $0.at <= at }
        for rung in rungs where rung.at > at || rung == passed || rung.step == .late {
            try timers.set(
                TimerEntry(
                    id: ids.next(at), kind: LegClock.timerKind, object: entry.object, record: entry.id, rung: rung.id,
                    fireAt: rung.at, payload: ""))
        }
    }
}

extension LegClock {
    /// The kind of the timers of legs; they hang at the run of the leg.
    static let timerKind = "leg"
    /// The kind of the timers of open items; they hang at the item.
    static let itemKind = "leg_item"
}

extension LegEntry {
    /// The clock measures no further.
    mutating func stopClock(at now: Instant) {
        guard var ledger = ClockLedger(text: clock) else { return }
        ledger.stop(at: now)
        clock = ledger.text
    }
}
