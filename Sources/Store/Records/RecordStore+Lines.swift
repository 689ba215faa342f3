import Definitions
package import Expressions
package import Values

/// Line tables and link rows.
extension RecordStore {
    /// The lines of many records, in their order. One statement for each 500 parents.
    package func children(
        of parents: [RecordID], in lineObject: String, fields: [FieldPath] = []
    ) throws -> [RecordID: [RecordRow]] {
        let wish = ReadPlan.Wish(
            object: lineObject, fields: fields,
            sort: ["parent", "position"].map { SortKey(path: $0, descending: false) })
        let plan = try tables.plan(wish, for: connection.dialect)
        var found: [RecordID: [RecordRow]] = [:]
        for part in parents.parts(of: 500) {
            var query: SQLFragment = "SELECT \(plan.columns) FROM \(plan.from) WHERE "
            query += Self.among(part, column: #""t"."parent""#) + #" AND "t"."deleted_at" IS NULL"# + plan.order
            for row in try plan.rows(try connection.rows(query)) {
                if let parent = row[path: "parent"].record { found[parent, default: []].append(row) }
            }
        }
        return found
    }

    /// What `replaceChildren` did, for the events.
    package struct LineChanges: Sendable {
        package let created: [RecordRow]
        /// The rows before and after, only those that differ.
        package let updated: [(before: RecordRow, after: RecordRow)]
        package let removed: [RecordRow]
        package var isEmpty: Bool { created.isEmpty && updated.isEmpty && removed.isEmpty }
    }

    /// Makes `lines` the lines of `parent`, in this order: known ids are updated where they differ, others are
    /// inserted, lines that are not named are removed. One statement, one more for each line that changes.
    ///
    /// - Throws: `StoreError.missing` when an id belongs to a line of another record.
    package func replaceChildren(
        of parent: RecordID, in lineObject: String, with lines: [(id: RecordID, values: [String: Value])],
        at: Instant, by: RecordID?
    ) throws -> LineChanges {
        let before = try children(of: [parent], in: lineObject)[parent] ?? []
        var known = Dictionary(before.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var created: [RecordRow] = []
        var updated: [(before: RecordRow, after: RecordRow)] = []
        for (position, line) in lines.enumerated() {
            if let old = known.removeValue(forKey: line.id) {
                var changes = line.values.filter { old[path: $0.key] != $0.value }
                let place = Value.decimal(ExactDecimal(position))
                if old[path: "position"] != place { changes["position"] = place }
                if changes.isEmpty { continue }
                let version = try update(lineObject, line.id, values: changes, expecting: nil, at: at, by: by)
                updated.append((old, old.merging(changes, version: version)))
            } else {
                let system = SystemValues(at: at, by: by, parent: parent, position: position)
                try insertLine(lineObject, line.id, values: line.values, system: system)
                created.append(RecordRow(object: lineObject, id: line.id, version: 1, values: line.values))
            }
        }
        let removed = before.filter { known[$0.id] != nil }
        try removeLines(lineObject, removed.map(\.id))
        return LineChanges(created: created, updated: updated, removed: removed)
    }

    private func insertLine(
        _ object: String, _ id: RecordID, values: [String: Value], system: SystemValues
    ) throws {
        do {
            try insert(object, id, values: values, system: system)
        } catch StoreError.duplicate(field: "id") {
            throw StoreError.missing
        }
    }

    /// Removes lines for good; their content stays in the events. One statement for each 500, three more for each
    /// line that can be found by search.
    package func removeLines(_ object: String, _ ids: [RecordID]) throws {
        let table = try tables.table(object)
        for part in ids.parts(of: 500) {
            try connection.run(
                "DELETE FROM \(identifier: table.name) WHERE \(Self.among(part, column: "\(identifier: "id")"))")
        }
        let definition = table.definition
        for id in ids {
            if !definition.search.isEmpty { try SearchIndex(connection).remove(id) }
            if !definition.duplicates.isEmpty { try DuplicateKeys(connection).remove(id) }
        }
    }

    // MARK: - Link rows

    /// The targets of a multi-link field, in their order. One statement for each 500 records.
    package func links(_ object: String, _ field: String, of ids: [RecordID]) throws -> [RecordID: [RecordID]] {
        var found: [RecordID: [RecordID]] = [:]
        for part in ids.parts(of: 500) {
            var query: SQLFragment = "SELECT record, target FROM \(identifier: Self.linkTable(object, field)) WHERE "
            query += Self.among(part, column: "record") + " ORDER BY record, position"
            for row in try connection.rows(query) {
                guard let record = row[0].id, let target = row[1].id else { continue }
                found[record, default: []].append(target)
            }
        }
        return found
    }

    /// Makes `targets` the targets of a multi-link field, in this order. One statement and one for each target.
    package func setLinks(_ object: String, _ field: String, of id: RecordID, to targets: [RecordID]) throws {
        let table = Self.linkTable(object, field)
        try connection.send("DELETE FROM \(identifier: table) WHERE record = \(id)")
        var seen: Set<RecordID> = []
        for target in targets where seen.insert(target).inserted {
            try connection.send(
                """
                INSERT INTO \(identifier: table)(record, position, target) \
                VALUES (\(id), \(seen.count - 1), \(target))
                """)
        }
    }

    static func linkTable(_ object: String, _ field: String) -> String { "l_" + object + "_" + field }
}

extension Array {
    /// The elements in order, in slices of at most `size`.
    func parts(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
