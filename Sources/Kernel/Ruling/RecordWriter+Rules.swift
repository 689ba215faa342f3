import Definitions
import Expressions
import Flow
import Store
import Values

extension RecordWriter {
    /// Lets the object's rules look at a write of a record. No statement for an object without rules.
    ///
    /// - Parameter event: the sequence number of what happened; 0 when nothing did.
    /// - Returns: the sequence number of the last event that came of it, or 0.
    func lookAtRules(
        _ definition: ObjectDefinition, kind: String, before: RecordState, after: RecordState, event: Int64
    ) throws -> Int64 {
        guard event > 0, !definition.rules.isEmpty else { return 0 }
        var changed = Set(after.values.keys.filter { before[$0] != after[$0] }.map(Decider.fieldID))
        for (name, lines) in after.lines where before.lines[name] != lines { changed.insert(name) }
        let action = kind.hasPrefix("action:") ? String(kind.dropFirst("action:".count)) : nil
        return try lookAtRules(
            definition, action.map { .acted($0, changed: changed) } ?? .changed(changed), after, event: event)
    }

    /// The same for any occasion. Each rule has one turn at an event; what it does stands or falls as a whole and never
    /// keeps the write that led to it from standing.
    func lookAtRules(
        _ definition: ObjectDefinition, _ occasion: RuleOccasion, _ record: RecordState, event: Int64
    ) throws -> Int64 {
        var last: Int64 = 0
        guard event > 0 else { return last }
        for rule in definition.rules {
            guard let trigger = rule.trigger(on: occasion, record, context.evaluation) else { continue }
            last = max(last, try carryOut(rule, trigger.text, definition, record.id, event: event))
        }
        return last
    }

    func carryOut(
        _ rule: RuleDefinition, _ trigger: String, _ definition: ObjectDefinition, _ record: RecordID, event: Int64
    ) throws -> Int64 {
        var run = RuleRun(
            id: ids.next(context.now), at: context.now, object: definition.id, record: record, rule: rule.id,
            trigger: trigger, event: event, depth: depth, result: "failed", zh: "", en: "")
        if command.quiet {
            (run.result, run.zh, run.en) = ("quiet", "按要求静默，没有执行", "Not done: quiet was asked for")
        } else if depth >= RuleDefinition.deepest {
            (run.result, run.zh, run.en) = (
                "too_deep", "规则相互触发超过 \(RuleDefinition.deepest) 层，停止",
                "Stopped: more than \(RuleDefinition.deepest) rules followed from one another"
            )
        }
        guard try RuleRuns(context.connection).add(run), run.result == "failed" else { return 0 }
        return try RuleCarrying(context: context, ids: ids, isOneOfMany: isSilent).carryOut(run, rule, definition)
    }

    /// Sets, moves or takes away the timers of rules that wait for a time that the record says.
    func keepRuleTimes(_ definition: ObjectDefinition, before: RecordState?, after: RecordState?) throws {
        guard let id = after?.id ?? before?.id, !definition.rules.isEmpty else { return }
        for rule in definition.rules {
            for case .time(let field) in rule.triggers {
                let (known, wish) = (before?[field] ?? .null, after?[field] ?? .null)
                if known == wish { continue }
                let timers = Timers(context.connection)
                let zone = Zones.zone(context.actor.timeZone)
                guard let time = RuleTiming.instant(of: wish, in: zone), time > max(at, context.now) else {
                    try timers.cancel(record: id, kind: RuleTiming.kind(rule.id), rung: field)
                    continue
                }
                try timers.set(
                    TimerEntry(
                        id: ids.next(at), kind: RuleTiming.kind(rule.id), object: definition.id, record: id,
                        rung: field, fireAt: time, payload: ""))
            }
        }
    }
}

/// Does what a rule says, once, and notes how it went.
struct RuleCarrying {
    let context: ReadContext
    let ids: IDSource
    /// An import led to it.
    var isOneOfMany = false

    /// - Returns: the sequence number of the last event that came of it, or 0.
    func carryOut(_ run: RuleRun, _ rule: RuleDefinition, _ definition: ObjectDefinition) throws -> Int64 {
        let runs = RuleRuns(context.connection)
        let effects = EffectRunner(
            writer: writer(rule, depth: run.depth + 1), definition: definition, evaluation: context.evaluation,
            key: "rule:\(run.object).\(run.rule):\(run.event):\(run.record)")
        do {
            let done = try context.connection.savepoint {
                let done = try effects.run(rule.effects, on: run.record)
                _ = try runs.settle(run.id, result: "done", zh: done.words.zh, en: done.words.en)
                return done
            }
            return done.sequence
        } catch {
            guard let rejection = Transaction.rejection(error) else { throw error }
            let details = rejection.problems.prefix(3).map(\.message)
            _ = try runs.settle(
                run.id, result: "failed",
                zh: ([rejection.message.zh] + details.map(\.zh)).joined(separator: "；"),
                en: ([rejection.message.en] + details.map(\.en)).joined(separator: "; "))
            return 0
        }
    }

    /// The house writes, on behalf of the rule.
    private func writer(_ rule: RuleDefinition, depth: Int) -> RecordWriter {
        let house = ReadContext(
            connection: context.connection, snapshot: context.snapshot, actor: .system("rule " + rule.id),
            now: context.now)
        var writer = RecordWriter(
            context: house, ids: ids,
            command: Command(.bulk([], atomic: true), reason: rule.label.zh + " / " + rule.label.en),
            commandID: ids.next(context.now))
        writer.depth = depth
        writer.isOneOfMany = isOneOfMany
        return writer
    }
}
