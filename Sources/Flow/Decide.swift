package import Definitions
import Expressions
import Values

/// Decides what becomes of a record. Pure: everything it needs is in its arguments.
package struct Decider: Sendable {
    let model: Model
    let definition: ObjectDefinition
    let order: [FormulaStep]
    let context: DecisionContext

    /// - Parameter order: `model.formulaOrder(of: definition.id)`, kept by the caller.
    package init(model: Model, definition: ObjectDefinition, order: [FormulaStep], context: DecisionContext) {
        self.model = model
        self.definition = definition
        self.order = order
        self.context = context
    }

    /// - Parameter before: the stored record with its lines; for a create the empty record with its id, owner and
    ///   the other system values. `before.linked` holds what the expressions need of linked records, also for the
    ///   links that `intent` sets.
    package func decide(_ intent: Intent, before: RecordState) -> Decision {
        switch intent {
        case .create(let change): create(change, before: before)
        case .update(let change): update(change, before: before)
        case .act(let action, let change): act(action, change, before: before)
        }
    }

    private func create(_ change: RecordChange, before: RecordState) -> Decision {
        var after = before
        after.values.merge(change.values) { _, new in new }
        if let states = definition.states, after[states.field].isNull {
            after.values[states.field] = .text(states.initial)
        }
        var problems: [FlowProblem] = []
        applyDefaults(to: &after, given: change, &problems)
        after.lines = change.lines
        applyLineDefaults(to: &after, &problems)
        return finish(after, before: nil, problems: problems, mayMiss: [])
    }

    private func update(_ change: RecordChange, before: RecordState) -> Decision {
        var after = before
        after.values.merge(change.values) { _, new in new }
        for (field, lines) in change.lines { after.lines[field] = lines }
        var problems: [FlowProblem] = []
        applyLineDefaults(to: &after, &problems)
        let changed = Set(change.values.keys.filter { before[$0] != after[$0] }.map(Self.fieldID))
            .union(change.lines.keys.filter { before.lines[$0] != after.lines[$0] })
        problems += frozen(changed, before: before)
        return finish(after, before: before, problems: problems, mayMiss: [])
    }

    private func act(_ action: ActionDefinition, _ change: RecordChange, before: RecordState) -> Decision {
        var problems = obstacles(to: action, in: before)
        var after = before
        after.values.merge(change.values) { _, new in new }
        for (field, lines) in change.lines { after.lines[field] = lines }
        for field in action.requiredInput where isEmpty(after[field]) && (after.lines[field] ?? []).isEmpty {
            problems.append(.required(field))
        }
        guard problems.isEmpty else {
            return Decision(after: before, problems: problems, warnings: [], creates: [])
        }
        for assignment in action.sets {
            if let value = evaluate(assignment.value, on: after, field: assignment.field, &problems) {
                after.values[assignment.field] = value
            }
        }
        if let to = action.to, let states = definition.states { after.values[states.field] = .text(to) }
        var decision = finish(after, before: before, problems: problems, mayMiss: [])
        guard decision.problems.isEmpty else { return decision }
        for template in action.creates {
            decision.creates += records(from: template, source: decision.after, &decision.problems)
        }
        return decision
    }

    /// Why an action can't be done to the record as it is; empty when it can.
    package func obstacles(to action: ActionDefinition, in record: RecordState) -> [FlowProblem] {
        if let states = definition.states, !action.from.isEmpty {
            let state = record[states.field].text ?? states.initial
            guard action.from.contains(state) else { return [.wrongState(action, state: label(of: state))] }
        }
        if action.notByOwner, context.actorIsOwner { return [.ownRecord(action)] }
        if let condition = action.condition, !condition.matches(record, context.evaluation) {
            return [.refused(action)]
        }
        return []
    }

    /// Formulas, money, checks: the same way to the end for every intent.
    private func finish(
        _ state: RecordState, before: RecordState?, problems: [FlowProblem], mayMiss: Set<String>
    ) -> Decision {
        var after = state
        var problems = problems
        var warnings: [FlowProblem] = []
        recompute(&after, &problems, &warnings)
        let missing = validate(after, before: before, &problems)
        if context.forgivesMissing { warnings += missing } else { problems += missing }
        check(after, &problems, &warnings)
        return Decision(after: after, problems: problems, warnings: warnings, creates: [])
    }

    func label(of state: String) -> Label {
        if let field = definition.states?.field, case .choice(let list)? = definition.field(field)?.type,
            let code = model.lists[list]?.code(state)
        {
            return code.label
        }
        return Label(zh: state, en: state)
    }

    func isEmpty(_ value: Value) -> Bool {
        switch value {
        case .null: true
        case .list(let items): items.isEmpty
        case .text(let text): text.isEmpty
        default: false
        }
    }

    /// `total.currency` belongs to the field `total`.
    package static func fieldID(_ path: String) -> String {
        path.utf8.firstIndex(of: UInt8(ascii: ".")).map { String(path[..<$0]) } ?? path
    }
}
