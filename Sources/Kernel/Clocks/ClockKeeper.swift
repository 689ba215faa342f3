import Calendars
import Definitions
import Expressions
import Flow
import Store
import Values

/// Brings the clocks of a record to what the record says, and their timers with them.
struct ClockKeeper {
    let context: ReadContext
    let ids: IDSource
    /// When what happened happened.
    let at: Instant
    /// Records brought in from elsewhere tell nobody what has come already.
    var isSilent = false

    private var clocks: RunningClocks { RunningClocks(context.connection) }
    private var timers: Timers { Timers(context.connection) }

    /// The kind of a clock's timers; their rungs are those of the clock.
    static func kind(_ clock: String) -> String { "clock:" + clock }

    /// Lets every clock of a record follow it. One statement to read the clocks of one that isn't new; for each clock
    /// that changes one, and one for each of its rungs.
    func follow(_ definition: ObjectDefinition, _ record: RecordState, isNew: Bool) throws {
        let known = isNew ? [:] : try clocks.of(record.id)
        for clock in context.snapshot.clocks[definition.id] ?? [] {
            try follow(clock, definition, record, known: known[clock.id])
        }
    }

    /// Takes away all clocks of a record that is deleted.
    func end(_ definition: ObjectDefinition, _ record: RecordID) throws {
        for clock in context.snapshot.clocks[definition.id] ?? [] { try drop(clock.id, of: record) }
    }

    func drop(_ clock: String, of record: RecordID) throws {
        try clocks.remove(record: record, clock: clock)
        try timers.cancel(record: record, kind: Self.kind(clock))
    }

    private func follow(
        _ clock: ClockDefinition, _ definition: ObjectDefinition, _ record: RecordState, known: RunningClock?
    ) throws {
        if known == nil, !clock.runs(record, states: definition.states, context.evaluation).runs { return }
        guard let rule = try context.clockRules()[clock.rule] else {
            if known != nil { try drop(clock.id, of: record.id) }
            return
        }
        let (runs, isPaused) = clock.runs(record, states: definition.states, context.evaluation)
        let person = try owing(clock, rule, record)
        let calendar = try context.peopleBook().calendar(of: person)
        let demand = ClockDemand(
            start: try start(clock, rule, record, calendar), startsOnEntry: clock.startsOnEntry, runs: runs,
            isPaused: isPaused)
        guard let track = ClockTrack.following(known.flatMap(ClockTrack.init), demand, at: at) else {
            if known != nil { try drop(clock.id, of: record.id) }
            return
        }
        let silent = known == nil && isSilent ? max(at, context.now) : known?.silentUntil
        try keep(track, clock, rule, record, person: person, calendar, silentUntil: silent, known: known)
    }

    /// Writes a clock and sets its timers, unless all of it is as it was.
    func keep(
        _ track: ClockTrack, _ clock: ClockDefinition, _ rule: ClockRule, _ record: RecordState, person: RecordID?,
        _ calendar: WorkingCalendar, silentUntil: Instant?, known: RunningClock?
    ) throws {
        let isOver = track.ledger.stoppedAt != nil
        let rungs = isOver ? [] : try rungs(track.ledger, rule, calendar, of: person)
        let row = RunningClock(
            object: record.object, record: record.id, clock: clock.id, step: clock.rule, person: person,
            origin: track.origin, ledger: track.ledger.text, state: track.state,
            mark: rule.mark + "|" + calendar.zone.identifier, silentUntil: silentUntil,
            dueAt: rungs.first { $0.step == .late }?.at)
        if row == known { return }
        try clocks.put(row)
        let kind = Self.kind(clock.id)
        if known != nil { try timers.cancel(record: record.id, kind: kind) }
        for rung in rungs where silentUntil.map({ rung.at > $0 }) ?? true {
            try timers.set(
                TimerEntry(
                    id: ids.next(context.now), kind: kind, object: record.object, record: record.id, rung: rung.id,
                    fireAt: rung.at, payload: ""))
        }
    }

    /// - Throws: the rejection `calendar_never_opens`.
    private func rungs(
        _ ledger: ClockLedger, _ rule: ClockRule, _ calendar: WorkingCalendar, of person: RecordID?
    ) throws -> [Rung] {
        do throws(CalendarError) {
            return try ledger.rungs(of: rule, calendar: calendar)
        } catch {
            throw Rejection.calendarNeverOpens(try person.flatMap { try context.peopleBook().byID[$0]?.name })
        }
    }

    /// Who owes it: the person that the record names, else who holds the rule's position near the owner.
    func owing(_ clock: ClockDefinition, _ rule: ClockRule, _ record: RecordState) throws -> RecordID? {
        if let to = clock.to { return record[to].record }
        let owner = record["owner"].record
        guard let position = rule.position else { return owner }
        // Who decides about what somebody has brought: the one they answer to.
        if ["approver", "decision_maker"].contains(position) {
            return try context.peopleBook().superior(of: owner) ?? owner
        }
        let holders = try context.peopleBook().holders(
            of: position, near: owner, knownRoles: Set(context.model.roles.map(\.id)))
        return holders.first ?? owner
    }

    private func start(
        _ clock: ClockDefinition, _ rule: ClockRule, _ record: RecordState, _ calendar: WorkingCalendar
    ) throws -> Instant? {
        let from: Instant
        switch clock.start.map({ record[$0] }) {
        case nil:
            guard !clock.startsOnEntry, case .instant(let made) = record["created_at"] else { return at }
            from = made
        // The writing of it is on its way.
        case .instant? where clock.start == "updated_at": from = at
        case .instant(let instant)?: from = instant
        case .day(let day)?: from = calendar.zone.morning(of: day)
        default: return nil
        }
        if rule.lead.value == 0 { return from }
        do {
            return try calendar.instant(rule.lead, from: from, counting: rule.kind)
        } catch {
            return from  // a calendar that never opens: the date itself
        }
    }
}

extension ClockDefinition {
    /// Whether it counts from when the record came into one of its states.
    var startsOnEntry: Bool { start == nil && !states.isEmpty }

    /// What a record says that the clock depends on; as long as it is the same, the clock is.
    func face(_ record: RecordState, _ definition: ObjectDefinition, _ context: EvaluationContext) -> [Value] {
        let (runs, isPaused) = self.runs(record, states: definition.states, context)
        return [
            .bool(runs), .bool(isPaused), start.map { record[$0] } ?? .null, record["owner"],
            to.map { record[$0] } ?? .null,
        ]
    }
}

extension ClockTrack {
    init?(_ row: RunningClock) {
        guard let ledger = ClockLedger(text: row.ledger) else { return nil }
        self.init(ledger: ledger, origin: row.origin, isAnswered: row.state == "answered")
    }
}
