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

    /// - Parameter owner: the record's, as far as the actor may know it.
    func now(_ entry: LegEntry, _ leg: LegDefinition, owner: RecordID? = nil) -> RelaySheet.Now {
        let left = left(entry, leg)
        let turn = isWorking(leg) ? turn(of: book.calendar(of: entry.holder)) : (isOpen: true, at: nil)
        return RelaySheet.Now(
            run: entry.id, holder: person(entry.holder), inStead: person(entry.inStead),
            tone: tone(entry, leg, left: left), isOffered: entry.status == LegRun.Status.offered.rawValue,
            due: entry.dueAt, left: left, dayLength: dayLength(entry, leg), daysLeft: daysLeft(entry, leg),
            isTicking: turn.isOpen, turnsAt: turn.at,
            pauseReason: entry.pausedAt == nil ? nil : entry.reason ?? "",
            isMine: isMine(entry),
            mayUrge: RelayCapacity(context: context, book: book).mayUrge(entry, leg, owner: owner))
    }

    private func dayLength(_ entry: LegEntry, _ leg: LegDefinition) -> Int64 {
        let minutes = isWorking(leg) ? book.calendar(of: entry.holder).hours.minutesPerDay : 24 * 60
        return Int64(max(1, minutes)) * 60_000
    }

    private func daysLeft(_ entry: LegEntry, _ leg: LegDefinition) -> Int? {
        guard entry.pausedAt == nil, let due = entry.dueAt, due > context.now, let clock = leg.clock,
            rules[clock.rule]?.limit.unit == .workingDays
        else { return nil }
        let calendar = book.calendar(of: entry.holder)
        let (today, last) = (calendar.zone.day(at: context.now), calendar.zone.day(at: due))
        guard last > today else { return nil }
        return max(1, calendar.workingDays(from: today, to: last))
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

    /// Held by the actor, offered to them, or theirs to stand in for now; nobody's is anybody's. A backup may act too, but
    /// it is not their turn.
    private func isMine(_ entry: LegEntry) -> Bool {
        guard let me = context.actor.userID else { return false }
        guard let holder = entry.holder else { return true }
        return me == holder || entry.inStead == me || book.present(holder, at: context.now) == me
    }

    /// Whether the leg's clock counts working time.
    private func isWorking(_ leg: LegDefinition) -> Bool {
        guard let clock = leg.clock, let rule = rules[clock.rule] else { return false }
        return rule.kind == .work || rule.limit.unit == .workingDays
    }

    /// Whether somebody is at work now, and when they leave or come next.
    private func turn(of calendar: WorkingCalendar) -> (isOpen: Bool, at: Instant?) {
        let day = calendar.zone.day(at: context.now)
        guard calendar.isOpen(at: context.now) else {
            // A calendar without an opening for a year has no next one.
            return (false, try? calendar.nextOpening(from: context.now))
        }
        let closes = calendar.openHours(on: day).map {
            calendar.zone.closing(LocalTime(day: day, secondOfDay: $0.closes * 60))
        }
        return (true, closes.first { $0 > context.now })
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

    /// When the legs after `current` should end, each by its pace after the one before; the current one when the rest
    /// of its own pace has passed, at the earliest now.
    func forecast(
        after current: LegEntry?, _ leg: LegDefinition?, _ following: [LegDefinition], pace: LegPace
    ) -> [(leg: LegDefinition, day: Day)] {
        let calendar = book.calendar(of: current?.holder)
        var cursor = context.now
        func pass(_ days: Double) {
            let minutes = Int((days * Double(calendar.hours.minutesPerDay)).rounded())
            // A calendar without an opening for a year ends nothing; the start stands in.
            if minutes > 0 { cursor = (try? calendar.deadline(after: cursor, minutes: minutes)) ?? cursor }
        }
        if let current, let leg { pass(usual(leg, pace) - days(current)) }
        return following.map { leg in
            pass(usual(leg, pace))
            return (leg, calendar.zone.day(at: cursor))
        }
    }
}
