import Definitions
package import Expressions
package import Values

/// Values that nobody writes: roll-ups, and figures over many records.
extension RecordStore {
    /// Puts derived values into a row without a new version, so that nobody who is editing it is disturbed.
    /// One statement; none when nothing is given.
    package func setDerived(_ object: String, _ id: RecordID, values: [String: Value]) throws {
        let table = try tables.table(object)
        var sets: [SQLFragment] = []
        for column in table.columns where !table.isKept(column.key) {
            guard let value = values[column.key] else { continue }
            sets.append("\(identifier: column.name) = \(try column.encode(value))")
        }
        guard !sets.isEmpty else { return }
        try connection.send("UPDATE \(identifier: table.name) SET \(sets.joined(separator: ", ")) WHERE id = \(id)")
    }

    package enum Figure: Sendable, Hashable {
        case count
        case sum(FieldPath)
        case min(FieldPath)
        case max(FieldPath)
    }

    /// Figures of the live records that meet the predicates, for each combination of the values at `groups`; the
    /// largest groups first. One statement.
    ///
    /// - Returns: rows of the group values, then the figures.
    package func figures(
        _ object: String, predicates: [TypedExpression], context: EvaluationContext, groups: [FieldPath],
        figures: [Figure], limit: Int
    ) throws -> [[Value]] {
        let table = try tables.table(object)
        let source = QuerySource(table, tables: tables)
        let groupPlaces = try groups.map { try self.place($0, in: source) }
        let figurePlaces = try figures.map { try column(of: $0, in: source) }
        var conditions: [SQLFragment] = [#""t"."deleted_at" IS NULL"#]
        for predicate in predicates {
            conditions.append(try source.condition(predicate, model: model, dialect: connection.dialect, context))
        }
        let columns = groupPlaces.map(\.sql) + figurePlaces.map(\.sql) + ["count(*)"]
        var query: SQLFragment = "SELECT \(columns.joined(separator: ", ")) FROM \(source.from)"
        query += " WHERE " + conditions.joined(separator: " AND ")
        if !groupPlaces.isEmpty { query += " GROUP BY " + groupPlaces.map(\.sql).joined(separator: ", ") }
        query += " ORDER BY count(*) DESC LIMIT \(limit)"
        return try connection.rows(query).map { row in
            var values: [Value] = []
            for (place, stored) in zip(groupPlaces, row) { values.append(place.column.decode(stored)) }
            for (figure, stored) in zip(figurePlaces, row.dropFirst(groupPlaces.count)) {
                if let column = figure.column {
                    values.append(column.decode(stored))
                } else {
                    values.append(.decimal(ExactDecimal(stored.int ?? 0)))
                }
            }
            return values
        }
    }

    private func place(_ path: FieldPath, in source: QuerySource) throws -> QuerySource.Place {
        guard let place = try source.places(at: path).first?.place else {
            throw StoreError.unfit(field: path.description)
        }
        return place
    }

    private func column(of figure: Figure, in source: QuerySource) throws -> (sql: SQLFragment, column: StoredColumn?) {
        switch figure {
        case .count: return ("count(*)", nil)
        case .sum(let path):
            let place = try self.place(path, in: source)
            return (connection.dialect.total(of: place.sql), place.column)
        case .min(let path):
            let place = try self.place(path, in: source)
            return (extreme(place, largest: false), place.column)
        case .max(let path):
            let place = try self.place(path, in: source)
            return (extreme(place, largest: true), place.column)
        }
    }

    private func extreme(_ place: QuerySource.Place, largest: Bool) -> SQLFragment {
        connection.dialect.extreme(of: place.sql, kind: place.column.kind, largest: largest)
    }
}
