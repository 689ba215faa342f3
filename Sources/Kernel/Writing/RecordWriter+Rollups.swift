import Definitions
import Expressions
import Flow
import Store
import Values

/// Roll-ups to compute anew: holder object → record → its places.
struct RollupTargets {
    private(set) var places: [String: [RecordID: [Snapshot.RollupPlace]]] = [:]
    var isEmpty: Bool { places.isEmpty }

    mutating func add(_ found: [(place: Snapshot.RollupPlace, record: RecordID)]) {
        for (place, record) in found {
            let known = places[place.holder]?[record] ?? []
            if known.contains(where: { $0.field.id == place.field.id }) { continue }
            places[place.holder, default: [:]][record, default: []].append(place)
        }
    }
}

/// Collects the targets of many writes of one block, so that each roll-up is computed once at its end.
final class RollupsLater {
    fileprivate var targets = RollupTargets()
}

extension RecordWriter {
    /// How far a change of a roll-up goes on to the roll-ups of others: payment → receivable → order → company.
    private static let reach = 4
    /// Holders read at a time.
    private static let portion = 200

    /// Brings the roll-ups of the records that this one and its lines link to (or did) up to date, with the formulas
    /// that read them, and then those of the records that these link to.
    ///
    /// They are derived, so they get no event and no new version: nobody who is editing that record is disturbed.
    func refreshRollups(_ definition: ObjectDefinition, before: RecordState?, after: RecordState?) throws {
        guard command.stamp?.leavesRollups != true else { return }
        var targets = RollupTargets()
        targets.add(links(definition, [before?.values, after?.values].compactMap { $0 }))
        for field in definition.liveFields {
            guard case .lines(let child) = field.type, let object = context.model.object(child),
                context.snapshot.rollups[child] != nil
            else { continue }
            let lines = (before?.lines[field.id] ?? []) + (after?.lines[field.id] ?? [])
            targets.add(links(object, lines.map(\.values)))
        }
        if let rollupsLater {
            for (_, holders) in targets.places {
                for (record, places) in holders { rollupsLater.targets.add(places.map { ($0, record) }) }
            }
        } else {
            try refresh(all: targets)
        }
    }

    /// Computes what the writes of a block left for its end.
    func refresh(_ later: RollupsLater) throws {
        try refresh(all: later.targets)
        later.targets = RollupTargets()
    }

    /// Computes these roll-ups of an object's records anew, some records at a time.
    ///
    /// - Returns: the last record looked at; nil at the end.
    func refreshAll(
        _ definition: ObjectDefinition, _ places: [Snapshot.RollupPlace], after: RecordID?
    ) throws -> RecordID? {
        let query = RecordQuery(
            object: definition.id, context: context.evaluation, fields: [FieldPath(["id"])],
            sort: [SortKey(path: "id", descending: false)], limit: Self.portion, after: after.map { [.record($0)] },
            deleted: .any)
        let rows = try store.select(query)
        _ = try refresh(definition, rows.map { ($0.id, places) })
        return rows.count < Self.portion ? nil : rows.last?.id
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

    private func refresh(all targets: RollupTargets) throws {
        var targets = targets
        for _ in 0..<Self.reach where !targets.isEmpty {
            var next = RollupTargets()
            for (object, holders) in targets.places.sorted(by: { $0.key < $1.key }) {
                guard let definition = context.model.object(object) else { continue }
                let sorted = holders.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
                for part in sorted.chunks(of: Self.portion) {
                    next.add(links(definition, try refresh(definition, part)))
                }
            }
            targets = next
        }
    }

    /// One statement for the holders, one for each roll-up, one for each holder that changed.
    ///
    /// - Returns: the values of the holders that changed, whose own links must follow.
    private func refresh(
        _ definition: ObjectDefinition, _ holders: [(id: RecordID, places: [Snapshot.RollupPlace])]
    ) throws -> [[String: Value]] {
        guard !holders.isEmpty else { return [] }
        var byField: [String: (place: Snapshot.RollupPlace, records: [RecordID])] = [:]
        for (id, places) in holders {
            for place in places { byField[place.field.id, default: (place, [])].records.append(id) }
        }
        var found: [RecordID: [String: Value]] = [:]
        for (field, wanted) in byField.sorted(by: { $0.key < $1.key }) {
            let values = try store.rollup(
                wanted.place.rollup, parents: wanted.records, context: context.evaluation)
            for (id, value) in values { found[id, default: [:]][field] = value }
        }
        let recomputes =
            context.snapshot.formulasReadRollups.contains(definition.id)
            || byField.values.contains { $0.place.field.hasBaseAmount }
        let query = RecordQuery(
            object: definition.id, context: context.evaluation, fields: context.snapshot.ownPaths[definition.id] ?? [],
            limit: holders.count, deleted: .any, ids: holders.map(\.id))
        var changed: [[String: Value]] = []
        for row in try store.select(query) {
            guard var values = found[row.id], values.contains(where: { row[path: $0.key] != $0.value }) else {
                continue
            }
            if recomputes { try recompute(definition, row, &values) }
            try store.setDerived(definition.id, row.id, values: values)
            let after = row.values.merging(values) { _, new in new }
            try followDerived(definition, row.id, before: row.values, after: after)
            changed.append(after)
        }
        return changed
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
