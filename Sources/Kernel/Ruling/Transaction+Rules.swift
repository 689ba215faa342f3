import Access
import Definitions
import Expressions
import Flow
import Store
import Values

extension Transaction {
    func rules(_ step: RuleCommand) throws -> Outcome {
        switch step {
        case .run(let object, let id, let rule, let byProgram): try run(rule, object, id, byProgram: byProgram)
        case .replay(let id): try replay(id)
        case .rehearse(let object, let id, let rule): try rehearse(rule, object, id)
        }
    }

    /// Carries a rule out in a transaction that is thrown away, and says what came of it.
    private func rehearse(_ name: String, _ object: String, _ id: RecordID) throws -> Outcome {
        guard command.dryRun, context.access.privileges.contains("define") else { throw Rejection.notAllowed }
        guard let definition = context.model.object(object), !definition.retired,
            let rule = definition.rules.first(where: { $0.id == name })
        else { throw Rejection.noSuchRecord }
        var record = try writer.load(definition, id).0.state
        try writer.link(&record, change: RecordChange(), definition)
        if let condition = rule.condition, !condition.matches(record, context.evaluation) {
            return Outcome(warnings: [
                Problem(
                    field: nil, code: "condition_not_met",
                    message: Label(zh: "条件现在不满足，不会动作", en: "The condition does not hold now; nothing would be done"))
            ])
        }
        let event = try writer.log(definition, record, kind: "rule:" + rule.id, changes: [])
        _ = try writer.carryOut(rule, "rehearsal", definition, id, event: event)
        let runs = try RuleRuns(context.connection).latest(record: id, limit: 20)
        guard let run = runs.first(where: { $0.rule == rule.id && $0.event == event }) else { return Outcome() }
        return Outcome(warnings: [Problem(field: nil, code: run.result, message: Label(zh: run.zh, en: run.en))])
    }

    /// Whoever may change a record may let its rules look at it.
    private func run(_ name: String, _ object: String, _ id: RecordID, byProgram: Bool) throws -> Outcome {
        guard let definition = context.model.object(object), !definition.retired else { throw Rejection.noSuchRecord }
        let (stored, mask) = try writer.load(definition, id)
        let wanted: RuleTrigger = byProgram ? .webhook : .manual
        guard let rule = definition.rules.first(where: { $0.id == name }), rule.triggers.contains(wanted) else {
            throw Rejection.noSuchRecord
        }
        guard mask.actions.contains("update") else { throw Rejection.notAllowed }
        var record = stored.state
        try writer.link(&record, change: RecordChange(), definition)
        guard rule.trigger(on: .asked(byProgram: byProgram), record, context.evaluation) != nil else {
            throw Rejection(
                .conflict, code: "condition_not_met",
                message: Label(zh: "规则的条件不满足", en: "The rule's condition is not met"))
        }
        let event = try writer.log(definition, record, kind: "rule:" + rule.id, changes: [])
        let last = try writer.carryOut(rule, wanted.text, definition, id, event: event)
        guard
            let made = try RuleRuns(context.connection).latest(record: id, limit: 20).first(where: {
                $0.rule == rule.id && $0.event == event
            }), made.result == "failed"
        else { return Outcome(sequence: max(event, last)) }
        throw Rejection(.conflict, code: "rule_failed", message: Label(zh: made.zh, en: made.en))
    }

    /// What is done is never done again.
    private func replay(_ id: RecordID) throws -> Outcome {
        guard context.actor.isSystem || context.access.privileges.contains("define") else { throw Rejection.notAllowed }
        guard let run = try RuleRuns(context.connection).find(id), run.result != "done",
            let definition = context.model.object(run.object), !definition.retired,
            let rule = definition.rules.first(where: { $0.id == run.rule })
        else {
            throw Rejection(
                .conflict, code: "nothing_to_replay",
                message: Label(zh: "这次运行已完成，或规则、记录已不在", en: "It is done already, or its rule is gone"))
        }
        let last = try RuleCarrying(context: context, ids: ids).carryOut(run, rule, definition)
        guard let now = try RuleRuns(context.connection).find(id), now.result != "done" else {
            return Outcome(sequence: last)
        }
        throw Rejection(.conflict, code: "rule_failed", message: Label(zh: now.zh, en: now.en))
    }
}
