import Definitions
import Expressions
import Flow
import Store
import Values

extension RecordWriter {
    /// Brings the roll-ups of the records that this one links to (or did) up to date, with the formulas that read them.
    ///
    /// They are derived, so they get no event and no new version: nobody who is editing that record is disturbed.
    func refreshRollups(_ definition: ObjectDefinition, before: RecordState?, after: RecordState?) throws {
        let places = context.snapshot.rollups[definition.id] ?? []
        guard !places.isEmpty else { return }
        var targets: [String: [RecordID: [Snapshot.RollupPlace]]] = [:]
        for place in places {
            for holder in Set([before, after].compactMap { $0?[place.rollup.via].record }) {
                targets[place.holder, default: [:]][holder, default: []].append(place)
            }
        }
        for (object, holders) in targets {
            guard let holderDefinition = context.model.object(object) else { continue }
            for (id, places) in holders { try refresh(holderDefinition, id, places) }
        }
    }

    private func refresh(
        _ definition: ObjectDefinition, _ id: RecordID, _ places: [Snapshot.RollupPlace]
    ) throws {
        var values: [String: Value] = [:]
        for place in places {
            values[place.field.id] = try store.rollup(place.rollup, parent: id, context: context.evaluation)
        }
        if context.snapshot.formulasReadRollups.contains(definition.id) {
            try recompute(definition, id, &values)
        }
        try store.setDerived(definition.id, id, values: values)
    }

    private func recompute(_ definition: ObjectDefinition, _ id: RecordID, _ values: inout [String: Value]) throws {
        let fields = definition.liveFields.filter(\.hasColumns).map { FieldPath([$0.id]) }
        guard let row = try store.find(
            definition.id, id, fields: fields, context: context.evaluation, deleted: .any)
        else { return }
        var state = RecordState(object: definition.id, id: id, values: row.values)
        try link(&state, change: RecordChange(), definition)
        let decision = context.decider(definition, owner: nil).decide(.update(RecordChange(values: values)), before: state)
        for field in definition.liveFields where field.formula != nil {
            for (path, value) in decision.after.values where Decider.fieldID(path) == field.id && state[path] != value {
                values[path] = value
            }
        }
    }
}
