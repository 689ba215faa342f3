import Calendars
import Definitions
import Expressions
import Flow
import Store
import Values

/// Measures the runs of legs: how long they took, what is left, when the next ones should end.
struct LegMeasure {
    let context: ReadContext
    let book: PeopleBook
    let rules: [String: ClockRule]

    init(_ context: ReadContext) throws {
        self.context = context
        book = try context.peopleBook()
        rules = try context.clockRules()
    }

    func person(_ id: RecordID?) -> RelaySheet.Person? {
        id.flatMap { book.byID[$0] }.map { RelaySheet.Person(id: $0.id, name: $0.name) }
    }

    /// Working days by the calendar of whoever held it.
    func days(_ entry: LegEntry) -> Double {
        let calendar = book.calendar(of: entry.holder)
        let minutes = calendar.workingMinutes(from: entry.offeredAt, to: entry.endedAt ?? context.now)
        return Double(minutes) / Double(max(1, calendar.hours.minutesPerDay))
    }

    func wasLate(_ entry: LegEntry) -> Bool { entry.dueAt.map { $0 < (entry.endedAt ?? context.now) } ?? false }

    /// What the limit gives in working days; nil for a leg without a clock, or one that ends at a day of its own.
    func standard(_ leg: LegDefinition) -> Double? {
        guard let clock = leg.clock, let limit = rules[clock.rule]?.limit, limit.value > 0 else { return nil }
        switch (limit.unit, rules[clock.rule]?.kind) {
        case (.workingDays, _): return Double(limit.value)
        case (.hours, .work?): return Double(limit.value) * 60 / Double(WorkingHours.usual.minutesPerDay)
        case (.hours, _): return Double(limit.value) / 24
        case (.days, _): return Double(limit.value)
        }
    }

    func limit(_ leg: LegDefinition) -> Label? {
        guard let clock = leg.clock, let rule = rules[clock.rule], rule.limit.value > 0 else { return nil }
        let count = rule.limit.value
        switch (rule.limit.unit, rule.kind) {
        case (.workingDays, _), (.days, .work):
            return Label(zh: "\(count) 个工作日", en: count == 1 ? "1 working day" : "\(count) working days")
        case (.hours, .work): return Label(zh: "\(count) 工时", en: "\(count) working hours")
        case (.hours, .calendar): return Label(zh: "\(count) 小时", en: "\(count) hours")
        case (.days, .calendar): return Label(zh: "\(count) 天", en: count == 1 ? "1 day" : "\(count) days")
        }
    }

    // MARK: Now

    func now(_ entry: LegEntry, _ leg: LegDefinition) -> RelaySheet.Now {
        let capacity = RelayCapacity(context: context, book: book).capacity(in: entry, leg)
        let left = left(entry, leg)
        return RelaySheet.Now(
            run: entry.id, holder: person(entry.holder), inStead: person(entry.inStead),
            tone: tone(entry, leg, left: left), isOffered: entry.status == LegRun.Status.offered.rawValue,
            due: entry.dueAt, left: left, pauseReason: entry.pausedAt == nil ? nil : entry.reason ?? "",
            isMine: capacity.contains(.holder))
    }

    private func left(_ entry: LegEntry, _ leg: LegDefinition) -> Int64? {
        guard entry.pausedAt == nil, let due = entry.dueAt, let clock = leg.clock, let rule = rules[clock.rule]
        else { return nil }
        let calendar = book.calendar(of: entry.holder)
        guard rule.kind == .work || rule.limit.unit == .workingDays else {
            return due.milliseconds - context.now.milliseconds
        }
        return Int64(calendar.workingMinutes(from: context.now, to: due)) * 60_000
    }

    private func tone(_ entry: LegEntry, _ leg: LegDefinition, left: Int64?) -> LegTone {
        if entry.pausedAt != nil { return .paused }
        guard let due = entry.dueAt else { return .onTime }
        if due <= context.now { return .late }
        return left.map { $0 <= 8 * 3_600_000 } ?? false ? .due : .onTime
    }

    /// Share of the time that is used; 1 when late.
    func used(_ entry: LegEntry, _ leg: LegDefinition) -> Double? {
        guard let clock = leg.clock, let rule = rules[clock.rule], let ledger = ClockLedger(text: entry.clock),
            let due = entry.dueAt
        else { return nil }
        let calendar = book.calendar(of: entry.holder)
        let consumed = Double(ledger.consumed(of: rule, calendar: calendar, at: context.now))
        if due <= context.now { return 1 }
        // A calendar without an opening for a year has nothing left to tell.
        guard let left = try? ledger.remaining(of: rule, calendar: calendar, at: context.now) else { return nil }
        return consumed + Double(left) <= 0 ? nil : consumed / (consumed + Double(left))
    }

    // MARK: Ahead

    /// When the legs after `current` should end, each by its standard after the one before; one working day for a leg
    /// without a clock.
    func forecast(
        after current: LegEntry?, _ following: [LegDefinition], state: RecordState
    ) -> [(leg: LegDefinition, day: Day)] {
        let calendar = book.calendar(of: current?.holder)
        var cursor = max(current?.dueAt ?? context.now, context.now)
        return following.map { leg in
            cursor = end(of: leg, from: cursor, calendar, state)
            return (leg, calendar.zone.day(at: cursor))
        }
    }

    private func end(
        of leg: LegDefinition, from start: Instant, _ calendar: WorkingCalendar, _ state: RecordState
    ) -> Instant {
        let rule = leg.clock.flatMap { rules[$0.rule] }
        let own = leg.clock?.begins(on: state, at: start, zone: calendar.zone, context.evaluation)
        let begin = own.map { max(start, $0) } ?? start
        let limit = rule?.limit ?? ClockSpan("1wd") ?? .zero
        if limit.value <= 0 { return begin }
        // A calendar without an opening for a year ends nothing; the start stands in.
        return (try? calendar.instant(limit, from: begin, counting: rule?.kind ?? .work)) ?? begin
    }
}
