import Definitions
import Expressions
import Flow
import Store
import Values

extension RecordWriter {
    /// How far a change of a roll-up goes on to the roll-ups of others: payment → receivable → order → company.
    private static let reach = 4

    /// Brings the roll-ups of the records that this one and its lines link to (or did) up to date, with the formulas
    /// that read them, and then those of the records that these link to.
    ///
    /// They are derived, so they get no event and no new version: nobody who is editing that record is disturbed.
    func refreshRollups(_ definition: ObjectDefinition, before: RecordState?, after: RecordState?) throws {
        guard command.stamp?.leavesRollups != true else { return }
        var targets = Targets()
        targets.add(links(definition, [before?.values, after?.values].compactMap { $0 }))
        for field in definition.liveFields {
            guard case .lines(let child) = field.type, let object = context.model.object(child),
                context.snapshot.rollups[child] != nil
            else { continue }
            let lines = (before?.lines[field.id] ?? []) + (after?.lines[field.id] ?? [])
            targets.add(links(object, lines.map(\.values)))
        }
        for _ in 0..<Self.reach where !targets.isEmpty { targets = try refresh(targets) }
    }

    /// Computes every roll-up of an object's records anew, some records at a time.
    ///
    /// - Returns: the last record looked at; nil at the end.
    func refreshAll(_ definition: ObjectDefinition, after: RecordID?, limit: Int) throws -> RecordID? {
        let places = context.snapshot.rollups.values.joined().filter { $0.holder == definition.id }
        guard !places.isEmpty else { return nil }
        let query = RecordQuery(
            object: definition.id, context: context.evaluation, fields: [FieldPath(["id"])],
            sort: [SortKey(path: "id", descending: false)], limit: limit, after: after.map { [.record($0)] },
            deleted: .any)
        let rows = try store.select(query)
        for row in rows { _ = try refresh(definition, row.id, Array(places)) }
        return rows.count < limit ? nil : rows.last?.id
    }

    /// Holder object → record → its roll-ups to compute anew.
    private struct Targets {
        var places: [String: [RecordID: [Snapshot.RollupPlace]]] = [:]
        var isEmpty: Bool { places.isEmpty }

        mutating func add(_ found: [(place: Snapshot.RollupPlace, record: RecordID)]) {
            for (place, record) in found {
                let known = places[place.holder]?[record] ?? []
                if known.contains(where: { $0.field.id == place.field.id }) { continue }
                places[place.holder, default: [:]][record, default: []].append(place)
            }
        }
    }

    /// The records that hold roll-ups over rows with these values.
    private func links(
        _ definition: ObjectDefinition, _ rows: [[String: Value]]
    ) -> [(place: Snapshot.RollupPlace, record: RecordID)] {
        var out: [(place: Snapshot.RollupPlace, record: RecordID)] = []
        for place in context.snapshot.rollups[definition.id] ?? [] {
            for holder in Set(rows.compactMap { $0[place.rollup.via]?.record }) { out.append((place, holder)) }
        }
        return out
    }

    /// - Returns: what must follow, because a holder's own values changed.
    private func refresh(_ targets: Targets) throws -> Targets {
        var next = Targets()
        for (object, holders) in targets.places.sorted(by: { $0.key < $1.key }) {
            guard let definition = context.model.object(object) else { continue }
            for (id, places) in holders.sorted(by: { $0.key < $1.key }) {
                if let values = try refresh(definition, id, places) { next.add(links(definition, [values])) }
            }
        }
        return next
    }

    /// - Returns: the holder's values when something changed.
    private func refresh(
        _ definition: ObjectDefinition, _ id: RecordID, _ places: [Snapshot.RollupPlace]
    ) throws -> [String: Value]? {
        let fields = definition.liveFields.filter(\.hasColumns).map { FieldPath([$0.id]) }
        guard let row = try store.find(definition.id, id, fields: fields, context: context.evaluation, deleted: .any)
        else {
            return nil
        }
        var values: [String: Value] = [:]
        for place in places {
            values[place.field.id] = try store.rollup(place.rollup, parent: id, context: context.evaluation)
        }
        guard values.contains(where: { row[path: $0.key] != $0.value }) else { return nil }
        if context.snapshot.formulasReadRollups.contains(definition.id) || places.contains(where: \.field.hasBaseAmount)
        {
            try recompute(definition, row, &values)
        }
        try store.setDerived(definition.id, id, values: values)
        return row.values.merging(values) { _, new in new }
    }

    /// Adds the formulas, and the base amounts of the roll-ups themselves, that come out differently with the new
    /// roll-ups.
    private func recompute(_ definition: ObjectDefinition, _ row: RecordRow, _ values: inout [String: Value]) throws {
        var state = RecordState(object: definition.id, id: row.id, values: row.values)
        for field in definition.liveFields {
            guard case .lines(let child) = field.type else { continue }
            let lines = try store.children(of: [row.id], in: child)[row.id] ?? []
            state.lines[field.id] = lines.map { LineState(id: $0.id, isNew: false, values: $0.values) }
        }
        try link(&state, change: RecordChange(), definition)
        let decision = context.decider(definition, owner: nil).decide(
            .update(RecordChange(values: values)), before: state)
        for field in definition.liveFields where field.formula != nil || field.rollup != nil && field.hasBaseAmount {
            for (path, value) in decision.after.values where Decider.fieldID(path) == field.id && state[path] != value {
                values[path] = value
            }
        }
    }
}

extension FieldDefinition {
    /// An amount that is kept in the base currency beside its own.
    fileprivate var hasBaseAmount: Bool { if case .money(let source) = type { source != .base } else { false } }
}
