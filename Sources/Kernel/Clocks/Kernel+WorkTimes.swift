import Calendars
import Definitions
import Expressions
import Flow
import Store
import Values

extension Kernel {
    /// Moves running clocks and legs when somebody works at other times than when they were set: a calendar was changed,
    /// somebody moved to another region or zone, or a limit of a leg was changed. A portion at a time, each deadline
    /// once; two statements when nothing has changed.
    ///
    /// - Returns: how many were looked at.
    @discardableResult
    package func adjustWorkTimes() async throws -> Int {
        let (snapshot, ids, now) = (snapshot, surroundings.ids, surroundings.now())
        let isBehind = try await database.read { connection in
            let context = ReadContext(connection: connection, snapshot: snapshot, actor: .system("clocks"), now: now)
            return try WorkTimes(context: context, ids: ids).isBehind()
        }
        guard isBehind else { return 0 }
        return try await database.write { connection in
            let context = ReadContext(connection: connection, snapshot: snapshot, actor: .system("clocks"), now: now)
            return try WorkTimes(context: context, ids: ids).follow()
        }
    }
}

/// Brings deadlines to when people work now.
struct WorkTimes {
    let context: ReadContext
    let ids: IDSource

    static let portion = 500
    private static let key = "working_times"

    /// Where the last portion ended.
    private enum Place {
        case clock(RecordID, String)
        case leg(RecordID?)
        case done

        init?(_ words: [Substring]) {
            switch words.first {
            case "done"?: self = .done
            case "leg"?: self = .leg(words.count > 1 ? RecordID(words[1]) : nil)
            case "clock"?:
                guard words.count == 3, let record = RecordID(words[1]) else { return nil }
                self = .clock(record, String(words[2]))
            default: return nil
            }
        }

        var text: String {
            switch self {
            case .clock(let record, let clock): "clock \(record) \(clock)"
            case .leg(let id): "leg" + (id.map { " \($0)" } ?? "")
            case .done: "done"
            }
        }
    }

    func isBehind() throws -> Bool {
        try Store.Settings(context.connection).text(Self.key) != mark() + " " + Place.done.text
    }

    func follow() throws -> Int {
        let mark = try self.mark()
        let known = try Store.Settings(context.connection).text(Self.key) ?? ""
        let words = known.split(separator: " ")
        let place = words.first.map { $0 == mark } == true ? Place(Array(words.dropFirst())) : nil
        if case .done? = place { return 0 }
        let (count, next) = try portion(after: place)
        try Store.Settings(context.connection).set(Self.key, mark + " " + next.text, at: context.now, by: nil)
        return count
    }

    /// When people work, and how long they have.
    private func mark() throws -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for (step, rule) in try context.clockRules().sorted(by: { $0.key < $1.key }) {
            for byte in "\(step) \(rule.mark)\n".utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
        return try context.peopleBook().timesMark + "-" + String(hash, radix: 16)
    }

    private func portion(after place: Place?) throws -> (count: Int, next: Place) {
        if case .leg(let last)? = place {
            let legs = try Legs(context.connection).unfinished(after: last, limit: Self.portion)
            for leg in legs { try move(leg) }
            return (legs.count, legs.count < Self.portion ? .done : .leg(legs.last?.id))
        }
        var after: (record: RecordID, clock: String)?
        if case .clock(let record, let clock)? = place { after = (record, clock) }
        let clocks = try RunningClocks(context.connection).unfinished(after: after, limit: Self.portion)
        for (object, rows) in Dictionary(grouping: clocks, by: \.object) {
            for record in Set(rows.map(\.record)) { try move(object, record) }
        }
        guard clocks.count == Self.portion, let last = clocks.last else { return (clocks.count, .leg(nil)) }
        return (clocks.count, .clock(last.record, last.clock))
    }

    private func move(_ object: String, _ record: RecordID) throws {
        guard let definition = context.model.object(object), !definition.retired,
            let found = try context.store.find(
                object, record, fields: context.snapshot.ownPaths[object] ?? [], context: context.evaluation)
        else { return }
        try ClockKeeper(context: context, ids: ids, at: context.now).follow(
            definition, RecordState(object: object, id: record, values: found.values), isNew: false)
    }

    private func move(_ leg: LegEntry) throws {
        guard let terms = try LegTerms(leg, context) else { return }
        let calendar = try context.peopleBook().calendar(of: leg.holder)
        // A calendar that never opens is refused where it is written; an old one leaves the deadline as it is.
        guard let due = try? terms.due(calendar), due != leg.dueAt else { return }
        var moved = leg
        moved.dueAt = due
        guard try Legs(context.connection).change(moved) else { return }
        try Timers(context.connection).cancel(record: leg.id, kind: LegClock.timerKind)
        try LegTimers(context: context, ids: ids, at: context.now).set(for: moved, rule: terms.rule, calendar: calendar)
    }
}

/// By which rule an open leg is measured, and what has passed of it.
struct LegTerms {
    let leg: LegDefinition
    let rule: ClockRule
    let ledger: ClockLedger

    /// Nil for a leg that is over, stands still or is not measured.
    init?(_ entry: LegEntry, _ context: ReadContext) throws {
        guard entry.endedAt == nil, entry.pausedAt == nil, let ledger = ClockLedger(text: entry.clock),
            let version = try context.snapshot.processes.version(
                entry.version, of: entry.object, on: context.connection),
            let leg = version.process.leg(entry.leg), let clock = leg.clock,
            let rule = try context.clockRules()[clock.rule]
        else { return nil }
        (self.leg, self.rule, self.ledger) = (leg, rule, ledger)
    }

    /// - Throws: `CalendarError` when the calendar never opens.
    func due(_ calendar: WorkingCalendar) throws(CalendarError) -> Instant? {
        try ledger.deadline(of: rule, calendar: calendar)
    }
}
