package import Calendars
package import Values

/// When a clock ran and when it stood still, and why. What it has used up and what is left follow from that, the rule
/// and the calendar: changing either moves a running clock without losing what has passed.
package struct ClockLedger: Sendable, Hashable {
    /// A time in which the clock stood still.
    package struct Pause: Sendable, Hashable {
        package let from: Instant
        /// Nil while it lasts.
        package fileprivate(set) var until: Instant?
        package let reason: String
    }

    package private(set) var startedAt: Instant
    /// In order, without overlap.
    package private(set) var pauses: [Pause] = []
    /// Nothing follows any more.
    package private(set) var stoppedAt: Instant?

    /// So many pauses a clock knows; a further one is not taken.
    package static let pausesAtMost = 500

    package init(startedAt: Instant) { self.startedAt = startedAt }

    package var isPaused: Bool { stoppedAt == nil && pauses.last.map { $0.until == nil } ?? false }
    /// Since when the clock has run without a break; nil while it stands still.
    package var runningSince: Instant? {
        guard stoppedAt == nil, !isPaused else { return nil }
        return pauses.last?.until ?? startedAt
    }

    /// Lets the clock stand still.
    ///
    /// - Returns: false for a clock that stands still already.
    @discardableResult
    package mutating func pause(at instant: Instant, reason: String) -> Bool {
        guard let since = runningSince, pauses.count < Self.pausesAtMost else { return false }
        pauses.append(Pause(from: max(instant, since), until: nil, reason: reason))
        return true
    }

    /// Lets it go on with what was left.
    ///
    /// - Returns: false for a clock that runs or has ended.
    @discardableResult
    package mutating func resume(at instant: Instant) -> Bool {
        guard isPaused, let from = pauses.last?.from else { return false }
        pauses[pauses.count - 1].until = max(instant, from)
        return true
    }

    /// Starts it anew with the whole limit, as after a hand-off that was returned.
    package mutating func restart(at instant: Instant) { self = ClockLedger(startedAt: instant) }

    /// Ends it: the work is done.
    package mutating func stop(at instant: Instant) {
        if stoppedAt == nil { stoppedAt = max(instant, startedAt) }
    }

    /// Takes up a clock that had ended, as if it had stood still since.
    package mutating func goOn(at instant: Instant) {
        guard let end = stoppedAt else { return }
        stoppedAt = nil
        if isPaused { resume(at: end) }
        pause(at: end, reason: "ended")
        resume(at: instant)
    }

    /// The same with another start, when the time from which it counts was corrected. Pauses before it are forgotten.
    package mutating func move(to start: Instant) {
        startedAt = start
        pauses = pauses.filter { $0.until.map { $0 > start } ?? true }.map { pause in
            Pause(from: max(pause.from, start), until: pause.until, reason: pause.reason)
        }
    }
}

extension ClockLedger {
    /// A time in which the clock ran.
    private struct Run {
        let from: Instant
        let until: Instant?
    }

    private var runs: [Run] {
        var out: [Run] = []
        var from: Instant? = startedAt
        for pause in pauses {
            if let from { out.append(Run(from: from, until: pause.from)) }
            from = pause.until
        }
        if let from { out.append(Run(from: from, until: nil)) }
        guard let stoppedAt else { return out }
        return out.filter { $0.from < stoppedAt }.map { run in
            Run(from: run.from, until: min(run.until ?? stoppedAt, stoppedAt))
        }
    }

    /// What follows from the clock, in order of time, each id once. Rungs that lie behind a pause that lasts, or behind
    /// the end, are left out: nobody knows yet when, or whether, they come.
    ///
    /// - Throws: `CalendarError` when the calendar never opens.
    package func rungs(of rule: ClockRule, calendar: WorkingCalendar) throws(CalendarError) -> [Rung] {
        var out: [Rung] = []
        let late = try reach(rule.limit, from: startedAt, rule.kind, calendar)
        if let share = rule.warnShare, let warn = try warning(share, of: rule, calendar) {
            out.append(Rung(step: .warn, at: late.map { min($0, warn) } ?? warn))
        }
        guard let late else { return out }
        out.append(Rung(step: .late, at: late))
        for (index, escalation) in rule.escalations.enumerated() {
            // At once means at once, also when the clock ended with the working day.
            let at = escalation.after.value == 0 ? late : try reach(escalation.after, from: late, rule.kind, calendar)
            if let at { out.append(Rung(step: .escalation(index + 1), at: max(at, late))) }
        }
        return out.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    /// When the limit is used up; nil while the clock stands still, and when it ended in time.
    package func deadline(of rule: ClockRule, calendar: WorkingCalendar) throws(CalendarError) -> Instant? {
        try reach(rule.limit, from: startedAt, rule.kind, calendar)
    }

    /// Time used up until `now`, in milliseconds: working time on a work clock.
    package func consumed(of rule: ClockRule, calendar: WorkingCalendar, at now: Instant) -> Int64 {
        runs.filter { $0.from < now }.reduce(0) { total, run in
            total + Self.measure(from: run.from, to: min(run.until ?? now, now), rule.measure, calendar)
        }
    }

    /// Time left at `now`, in milliseconds: working time on a work clock, negative when late. A clock that stands still
    /// is measured as if it went on at `now`.
    package func remaining(
        of rule: ClockRule, calendar: WorkingCalendar, at now: Instant
    ) throws(CalendarError) -> Int64 {
        var running = self
        running.stoppedAt = nil
        running.resume(at: now)
        let late = try running.reach(rule.limit, from: startedAt, rule.kind, calendar) ?? now
        return Self.measure(from: now, to: late, rule.measure, calendar)
    }

    private func warning(
        _ share: ExactDecimal, of rule: ClockRule, _ calendar: WorkingCalendar
    ) throws(CalendarError) -> Instant? {
        let end = try calendar.instant(rule.limit, from: startedAt, counting: rule.kind)
        let whole = Self.measure(from: startedAt, to: end, rule.measure, calendar)
        let part = Int64(Int128(whole) * share.units / ExactDecimal.power(share.scale))
        return try reach(milliseconds: part, from: startedAt, rule.measure, calendar)
    }

    /// The instant at which the clock has run for `span` since `start`; nil when it stands still before.
    private func reach(
        _ span: ClockSpan, from start: Instant, _ kind: ClockRule.Kind, _ calendar: WorkingCalendar
    ) throws(CalendarError) -> Instant? {
        let measure = ClockRule.measure(of: span, kind)
        guard measure == .workingDays else {
            let end = try calendar.instant(span, from: start, counting: kind)
            let whole =
                kind == .work
                ? Int64(span.value) * 3_600_000 : Self.measure(from: start, to: end, .all, calendar)
            return try reach(milliseconds: whole, from: start, measure, calendar)
        }
        var left = span.value
        for run in runs where run.until.map({ $0 >= start }) ?? true {
            let from = max(run.from, start)
            let end = try calendar.closing(after: from, workingDays: left)
            guard let until = run.until, until < end else { return end }
            let days = calendar.workingDays(from: calendar.zone.day(at: from), to: calendar.zone.day(at: until))
            left = max(0, left - days)
        }
        return nil
    }

    private func reach(
        milliseconds: Int64, from start: Instant, _ measure: ClockRule.Measure, _ calendar: WorkingCalendar
    ) throws(CalendarError) -> Instant? {
        var left = milliseconds
        for run in runs where run.until.map({ $0 >= start }) ?? true {
            let from = max(run.from, start)
            let end =
                measure == .all
                ? Instant(milliseconds: from.milliseconds + left)
                : try calendar.deadline(after: from, milliseconds: left)
            guard let until = run.until, until < end else { return end }
            left = max(0, left - Self.measure(from: from, to: until, measure, calendar))
        }
        return nil
    }

    private static func measure(
        from start: Instant, to end: Instant, _ measure: ClockRule.Measure, _ calendar: WorkingCalendar
    ) -> Int64 {
        measure == .all
            ? end.milliseconds - start.milliseconds : calendar.workingMilliseconds(from: start, to: end)
    }
}

extension ClockRule {
    /// How the time of a span is told.
    enum Measure {
        case all
        case working
        case workingDays
    }

    var measure: Measure { kind == .work || limit.unit == .workingDays ? .working : .all }

    static func measure(of span: ClockSpan, _ kind: Kind) -> Measure {
        switch (span.unit, kind) {
        case (.workingDays, _), (.days, .work): .workingDays
        case (.hours, .work): .working
        case (.hours, .calendar), (.days, .calendar): .all
        }
    }
}
