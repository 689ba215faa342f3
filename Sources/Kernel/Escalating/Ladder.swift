import Calendars
import Definitions
import Expressions
import Flow
import Store
import Values

/// 升级阶梯: the company's steps of a ladder, and the timers that climb it while nobody takes a record up.
struct Ladder {
    static let timerKind = "ladder"

    let context: ReadContext
    let definition: ObjectDefinition
    let ladder: LadderDefinition

    struct Step: Sendable, Hashable {
        /// `l1`, `l2`, `l3`.
        let id: String
        let after: ClockSpan
        /// Position that is called.
        let role: String

        /// Reads `2h department_manager`; nil for anything else.
        init?(_ id: String, _ text: String) {
            let words = text.split(separator: " ")
            guard words.count == 2, let span = ClockSpan(words[0]), span.value >= 0 else { return nil }
            self.id = id
            after = span
            role = String(words[1])
        }
    }

    /// Value of the ladder's field → its steps. One statement in the first call of a block.
    func steps() throws -> [String: [Step]] {
        if let known = context.memory.ladders[ladder.rules] { return known }
        let fields = [ladder.by] + LadderDefinition.steps
        let rows = try context.connection.beyondSight {
            try context.store.select(
                RecordQuery(
                    object: ladder.rules, context: context.evaluation, fields: fields.map { FieldPath([$0]) },
                    limit: 200))
        }
        var out: [String: [Step]] = [:]
        for row in rows {
            guard let code = row[path: ladder.by].text else { continue }
            out[code] = LadderDefinition.steps.compactMap { id in
                row[path: id].text.flatMap { Step(id, $0) }
            }
        }
        context.memory.ladders[ladder.rules] = out
        return out
    }

    /// When each step of a record is climbed, counted from `start` by the calendar of its owner.
    func times(of record: RecordState, from start: Instant) throws -> [(step: Step, at: Instant)] {
        let steps = try steps()[record[ladder.by].text ?? ""] ?? []
        guard !steps.isEmpty else { return [] }
        let calendar = try context.peopleBook().calendar(of: record["owner"].record)
        return try steps.map { step in
            (step, try calendar.instant(step.after, from: start, counting: .calendar))
        }
    }

    func isStopped(_ record: RecordState) -> Bool { ladder.stops.matches(record, context.evaluation) }

    /// Who is called at a step: the nearest who holds the position and is there, else the owner's superior.
    func called(_ step: Step, for record: RecordState) throws -> RecordID? {
        let book = try context.peopleBook()
        let owner = record["owner"].record
        let roles = Set(context.model.roles.map(\.id))
        let people = book.holders(of: step.role, near: owner, knownRoles: roles)
        return people.lazy.compactMap { book.present($0, at: context.now) }.first ?? book.superior(of: owner)
    }
}

extension RecordWriter {
    /// Sets the ladder's timers when a record comes in, is opened again or becomes graver; takes them away once somebody
    /// has taken it up. No statement for an object without a ladder, or when nothing that it asks has changed.
    func climb(_ definition: ObjectDefinition, before: RecordState?, after: RecordState?) throws {
        guard let known = definition.ladder, let id = after?.id ?? before?.id else { return }
        let ladder = Ladder(context: context, definition: definition, ladder: known)
        let was = before.map { !ladder.isStopped($0) } ?? false
        let isOn = after.map { !ladder.isStopped($0) } ?? false
        guard was || isOn else { return }
        let timers = Timers(context.connection)
        guard isOn, let after else {
            try timers.cancel(record: id, kind: Ladder.timerKind)
            return
        }
        if was, before?[known.by] == after[known.by] { return }
        // Records brought in from elsewhere call nobody for what is over.
        guard stamp == nil || at > context.now.adding(seconds: -60) else { return }
        try timers.cancel(record: id, kind: Ladder.timerKind)
        let start = was ? after["created_at"].instant ?? at : at
        for (step, time) in try ladder.times(of: after, from: start) {
            try timers.set(
                TimerEntry(
                    id: ids.next(at), kind: Ladder.timerKind, object: definition.id, record: id, rung: step.id,
                    fireAt: max(time, at), payload: ""))
        }
    }
}

/// What a step's timer does: the person of that step is called, and the record says so.
struct LadderRinging {
    let context: ReadContext
    let ids: IDSource

    /// - Returns: the sequence number of its event; nil when somebody has taken the record up or it is gone.
    func ring(_ timer: TimerEntry) throws -> Int64? {
        guard let definition = context.model.object(timer.object), !definition.retired, let known = definition.ladder,
            let row = try context.store.find(
                definition.id, timer.record, fields: context.snapshot.ownPaths[definition.id] ?? [],
                context: context.evaluation)
        else { return nil }
        let record = RecordState(object: definition.id, id: row.id, values: row.values)
        let ladder = Ladder(context: context, definition: definition, ladder: known)
        guard !ladder.isStopped(record),
            let step = try ladder.steps()[record[known.by].text ?? ""]?.first(where: { $0.id == timer.rung })
        else { return nil }
        let grade = record[known.by].text ?? ""
        let person = try ladder.called(step, for: record)
        if let person {
            try Teller(context: context, ids: ids, at: context.now).tell(
                person, kind: Ladder.timerKind, object: definition.id, record: row.id,
                Label(zh: grade + " " + known.message.zh, en: grade + " " + known.message.en))
        }
        let name = try person.flatMap { try context.peopleBook().byID[$0]?.name } ?? "—"
        return try LegEvents(
            context: context, ids: ids, at: context.now, command: ids.next(context.now), by: nil
        ).add(
            "ladder:" + step.id, object: definition.id, record: row.id,
            reason: "已升级给 " + name + " / Escalated to " + name)
    }
}
