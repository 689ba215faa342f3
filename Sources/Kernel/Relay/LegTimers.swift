import Calendars
import Definitions
import Expressions
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
        let rungs: [Rung]
        do throws(CalendarError) {
            rungs = try ledger.rungs(of: rule, calendar: calendar)
        } catch {
            throw Rejection.calendarNeverOpens(try entry.holder.flatMap { try context.peopleBook().byID[$0]?.name })
        }
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

extension LegClock {
    /// When it begins; nil when the record does not say yet.
    func begins(
        on state: RecordState, at: Instant, zone: Zone, _ evaluation: EvaluationContext
    ) -> Instant? {
        guard let start else { return at }
        switch start.filterValue(state, evaluation) {
        case .instant(let instant): return instant
        case .day(let day): return zone.morning(of: day)
        default: return nil
        }
    }
}

extension LegEntry {
    /// Starts the clock of a leg that begins at an instant: now, or at the day or instant that the record names. A leg
    /// whose record does not name it yet has no clock.
    mutating func startClock(
        _ clock: LegClock, _ rule: ClockRule, on state: RecordState, at: Instant, calendar: WorkingCalendar,
        _ evaluation: EvaluationContext
    ) throws {
        guard let start = clock.begins(on: state, at: at, zone: calendar.zone, evaluation) else { return }
        let ledger = ClockLedger(startedAt: start)
        self.clock = ledger.text
        dueAt = try ledger.deadline(of: rule, calendar: calendar)
    }

    /// The clock measures no further.
    mutating func stopClock(at now: Instant) {
        guard var ledger = ClockLedger(text: clock) else { return }
        ledger.stop(at: now)
        clock = ledger.text
    }
}
