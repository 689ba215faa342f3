import Calendars
import Definitions
import Expressions
import Flow
import Store
import Values

/// What the timer of a clock does: somebody is warned, or told that it is late, and what the clock says is done.
struct ClockRinging {
    let context: ReadContext
    let ids: IDSource

    /// - Returns: the sequence number of its last event; nil when there is nothing to say any more.
    func ring(_ timer: TimerEntry) throws -> Int64? {
        guard let definition = context.model.object(timer.object), !definition.retired,
            let clock = context.snapshot.clocks[definition.id]?.first(where: {
                ClockKeeper.kind($0.id) == timer.kind
            }),
            let known = try RunningClocks(context.connection).of(timer.record)[clock.id], known.state == "runs",
            let rule = try context.clockRules()[clock.rule],
            let row = try context.store.find(
                definition.id, timer.record, fields: context.snapshot.ownPaths[definition.id] ?? [],
                context: context.evaluation)
        else { return nil }
        let record = RecordState(object: definition.id, id: row.id, values: row.values)
        let keeper = ClockKeeper(context: context, ids: ids, at: context.now)
        let (runs, isPaused) = clock.runs(record, states: definition.states, context.evaluation)
        // What is derived changes without a write of the record: asked once more before anybody is disturbed.
        guard runs, !isPaused, let track = ClockTrack(known) else {
            try keeper.follow(definition, record, isNew: false)
            return nil
        }
        let person = try keeper.owing(clock, rule, record)
        let calendar = try context.peopleBook().calendar(of: person)
        let rung = try track.ledger.rungs(of: rule, calendar: calendar).first { $0.id == timer.rung }
        guard let rung, rung.at <= context.now else {
            // The company gave more time meanwhile: it rings then.
            try keeper.keep(
                track, clock, rule, record, person: person, calendar, silentUntil: known.silentUntil, known: known)
            if let rung {
                try Timers(context.connection).set(
                    TimerEntry(
                        id: ids.next(context.now), kind: timer.kind, object: timer.object, record: timer.record,
                        rung: timer.rung, fireAt: rung.at, payload: ""))
            }
            return nil
        }
        return try tell(rung, clock, rule, definition, record, person: person, due: known.dueAt)
    }

    private func tell(
        _ rung: Rung, _ clock: ClockDefinition, _ rule: ClockRule, _ definition: ObjectDefinition,
        _ record: RecordState, person: RecordID?, due: Instant?
    ) throws -> Int64 {
        let notices = Notices(context: context, ids: ids)
        let name = try person.flatMap { try context.peopleBook().byID[$0]?.name } ?? ""
        let words = ClockWords(clock: clock, rung: rung, due: due, person: name)
        let told = try notices.tell(
            firstOf: try candidates(rung, rule, person, record), of: definition, record.id,
            kind: "clock", priority: rung.step == .warn ? .normal : .urgent
        ) { zone in words.text(in: zone) }
        let change = FieldChange(field: "owner", before: .null, after: told.map { .record($0) } ?? .null)
        let reason = words.text(in: Zones.zone("Asia/Shanghai"))
        var sequence = try notices.log(
            definition, record.id, changes: told == nil ? [] : [change], reason: reason.zh + " / " + reason.en)
        let evaluation = context.evaluation
        if rung.step == .late, !clock.effects.isEmpty {
            let effects = EffectRunner(
                writer: houseWriter("clock " + clock.id), definition: definition, evaluation: evaluation,
                key: "clock:\(record.id).\(clock.id):\(sequence)")
            sequence = max(sequence, try effects.run(clock.effects, on: record.id).sequence)
        }
        let writer = houseWriter("clock " + clock.id)
        return max(
            sequence,
            try writer.lookAtRules(definition, .clock(clock.id, rung: rung.id), record, event: sequence))
    }

    private func houseWriter(_ reason: String) -> RecordWriter {
        RecordWriter(
            context: context, ids: ids, command: Command(.bulk([], atomic: true), reason: reason),
            commandID: ids.next(context.now))
    }

    /// Whom to tell, best first: whoever is there and may see the record hears it.
    private func candidates(
        _ rung: Rung, _ rule: ClockRule, _ person: RecordID?, _ record: RecordState
    ) throws -> [RecordID] {
        let book = try context.peopleBook()
        let owner = record["owner"].record
        let above = [book.superior(of: person), book.superior(of: owner)].compactMap { $0 }
        var found: [RecordID]
        switch rung.step {
        case .warn, .late: found = [person, owner].compactMap { $0 } + above
        case .escalation(let number):
            guard rule.escalations.indices.contains(number - 1) else { return [] }
            found = book.called(
                rule.escalations[number - 1].target, from: person, owner: owner, at: context.now,
                knownRoles: Set(context.model.roles.map(\.id)))
            found += above
        }
        return found.compactMap { book.present($0, at: context.now) }
    }
}

/// What a rung says.
struct ClockWords {
    let clock: ClockDefinition
    let rung: Rung
    let due: Instant?
    let person: String

    /// - Parameter zone: where the reader lives.
    func text(in zone: Zone) -> Label {
        let words = clock.message ?? clock.label
        let by = due.map { zone.localTime(at: $0).description.replacing("T", with: " ") } ?? ""
        switch rung.step {
        case .warn: return Label(zh: "\(words.zh)：\(by) 到期", en: "\(words.en): due \(by)")
        case .late: return Label(zh: "\(words.zh)：已到时限 \(by)", en: "\(words.en): the limit was \(by)")
        case .escalation:
            let who = person.isEmpty ? Label(zh: "无人", en: "nobody") : Label(zh: person, en: person)
            return Label(
                zh: "\(words.zh)：\(who.zh) 超时未完成，时限 \(by)", en: "\(words.en): \(who.en) is late, the limit was \(by)")
        }
    }
}
