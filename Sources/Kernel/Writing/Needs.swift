import Definitions
import Expressions

/// What the expressions of an object read of the records it links to, worked out once per model.
struct Needs: Sendable {
    /// Own link field → paths from the linked record on.
    private(set) var ofRecord: [String: Set<FieldPath>] = [:]
    /// Lines field → (link field of the line → paths from the linked record on).
    private(set) var ofLines: [String: [String: Set<FieldPath>]] = [:]

    init(_ definition: ObjectDefinition, model: Model) {
        for path in Self.paths(definition) + Self.relayPaths(definition, model) { add(path, definition, model) }
        for field in definition.liveFields {
            guard case .lines(let child) = field.type, let object = model.object(child) else { continue }
            let effects = definition.clocks.flatMap(\.effects) + definition.rules.flatMap(\.effects)
            let made = (definition.actions.flatMap(\.creates) + effects.compactMap(\.templateOfLines)).filter {
                $0.each?.lines == field.id
            }
            let paths = Self.paths(object) + made.flatMap(\.fieldPaths)
            for path in paths { addLine(path, field.id, object, definition, model) }
        }
    }

    /// Paths of everything that is evaluated when a record of the object is written.
    private static func paths(_ definition: ObjectDefinition) -> [FieldPath] {
        var out: [FieldPath] = []
        for field in definition.liveFields {
            out += field.defaultValue?.fieldPaths ?? []
            out += field.formula?.fieldPaths ?? []
        }
        for check in definition.checks { out += check.expression.fieldPaths }
        for approval in definition.approvals {
            for dimension in approval.dimensions { out += dimension.fieldPaths }
            out += approval.amount?.fieldPaths ?? []
        }
        for effect in definition.clocks.flatMap(\.effects) + definition.rules.flatMap(\.effects) {
            out += effect.fieldPaths
        }
        for rule in definition.rules { out += rule.condition?.fieldPaths ?? [] }
        for action in definition.actions {
            out += action.condition?.fieldPaths ?? []
            for assignment in action.sets { out += assignment.value.fieldPaths }
            for template in action.creates where template.each == nil { out += template.fieldPaths }
        }
        return out
    }

    /// What the legs of an object look at when the baton is handed on.
    static func relayPaths(_ definition: ObjectDefinition, _ model: Model) -> [FieldPath] {
        model.processes.flatMap { $0.legs(of: definition.id) }.flatMap { leg in
            Array(leg.clock?.start?.fieldPaths ?? []) + leg.deliverables.flatMap { $0.done?.fieldPaths ?? [] }
        }
    }

    private mutating func add(_ path: FieldPath, _ definition: ObjectDefinition, _ model: Model) {
        guard path.steps.count > 1, let field = definition.field(path.first) else { return }
        let rest = FieldPath(Array(path.steps.dropFirst()))
        switch field.type {
        case .link: ofRecord[path.first, default: []].insert(rest)
        case .lines(let child):
            guard let object = model.object(child) else { return }
            addLine(rest, path.first, object, definition, model)
        default: break
        }
    }

    private mutating func addLine(
        _ path: FieldPath, _ lines: String, _ object: ObjectDefinition, _ parent: ObjectDefinition, _ model: Model
    ) {
        guard path.steps.count > 1 else { return }
        let rest = FieldPath(Array(path.steps.dropFirst()))
        if path.first == "parent" {
            add(rest, parent, model)
        } else if case .link? = object.field(path.first)?.type {
            ofLines[lines, default: [:]][path.first, default: []].insert(rest)
        }
    }
}
