import Definitions
import Expressions
import Flow
import Store
import Values

extension RecordWriter {
    /// Lets the clocks of a record follow a write, and those of the records that it answers. No statement for an object
    /// without clocks, or when nothing that they ask has changed.
    func keepClocks(_ definition: ObjectDefinition, before: RecordState?, after: RecordState?) throws {
        try keepRuleTimes(definition, before: before, after: after)
        let isSilent = command.stamp != nil || context.actor.origin == .importing
        let keeper = ClockKeeper(context: context, ids: ids, at: at, isSilent: isSilent)
        let clocks = context.snapshot.clocks[definition.id] ?? []
        if !clocks.isEmpty {
            if let after {
                let differs = clocks.contains { clock in
                    guard let before, clock.start != "updated_at" else { return true }
                    return clock.face(before, definition, context.evaluation)
                        != clock.face(after, definition, context.evaluation)
                }
                if differs { try keeper.follow(definition, after, isNew: before == nil) }
            } else if let before {
                try keeper.end(definition, before.id)
            }
        }
        guard before == nil, let after, !isSilent else { return }
        for answer in context.snapshot.answers[definition.id] ?? [] { try keeper.take(answer, from: after) }
    }
}

extension RecordWriter {
    /// Lets the clocks of a record follow figures of it that were derived anew.
    func followDerived(
        _ definition: ObjectDefinition, _ id: RecordID, before: [String: Value], after: [String: Value]
    ) throws {
        try passDerivedBaton(definition, id, before: before, after: after)
        guard let clocks = context.snapshot.clocks[definition.id] else { return }
        let states = [before, after].map { RecordState(object: definition.id, id: id, values: $0) }
        let faces = states.map { state in clocks.map { $0.face(state, definition, context.evaluation) } }
        guard faces[0] != faces[1] else { return }
        try ClockKeeper(context: context, ids: ids, at: at, isSilent: command.stamp != nil).follow(
            definition, states[1], isNew: false)
    }
}

extension ClockKeeper {
    /// A new record ends a clock of the one that it points to, or starts it anew.
    func take(_ answer: Snapshot.AnswerPlace, from record: RecordState) throws {
        guard let target = record[answer.via].record, let definition = context.model.object(answer.holder) else {
            return
        }
        if let object = record[answer.via + ".object"].text, object != answer.holder { return }
        guard let row = try RunningClocks(context.connection).of(target)[answer.clock.id],
            var track = ClockTrack(row), let rule = try context.clockRules()[answer.clock.rule],
            let found = try context.store.find(
                definition.id, target, fields: context.snapshot.ownPaths[definition.id] ?? [],
                context: context.evaluation)
        else { return }
        let state = RecordState(object: definition.id, id: target, values: found.values)
        if answer.restarts {
            guard answer.clock.runs(state, states: definition.states, context.evaluation).runs else { return }
            track.restart(at: at)
        } else {
            guard track.ledger.stoppedAt == nil else { return }
            track.answer(at: at)
        }
        let person = try owing(answer.clock, rule, state)
        try keep(
            track, answer.clock, rule, state, person: person, try context.peopleBook().calendar(of: person),
            silentUntil: row.silentUntil, known: row)
    }
}
