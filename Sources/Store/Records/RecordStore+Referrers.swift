package import Definitions
package import Values

/// What points to a record, and pointing it elsewhere.
extension RecordStore {
    /// A record or line that points to another.
    package struct Referrer: Sendable, Hashable {
        package let id: RecordID
        /// For a line: the record it belongs to, and its place there from 0.
        package let parent: RecordID?
        package let position: Int
        package let isDeleted: Bool

        package init(id: RecordID, parent: RecordID? = nil, position: Int = 0, isDeleted: Bool = false) {
            self.id = id
            self.parent = parent
            self.position = position
            self.isDeleted = isDeleted
        }
    }

    /// The rows of `object`, those in the recycle bin too, whose link field points to `target`, by id. One statement.
    ///
    /// - Parameter field: a field of type `link`, `links` or `anyLink`.
    package func referrers(
        _ object: String, _ field: FieldDefinition, to target: RecordID, of targetObject: String, limit: Int
    ) throws -> [Referrer] {
        let table = try tables.table(object)
        let place: SQLFragment = table.isLine ? "parent, position" : "NULL, 0"
        var query: SQLFragment = "SELECT id, \(place), deleted_at FROM \(identifier: table.name) WHERE "
        switch field.type {
        case .links:
            let links = Self.linkTable(object, field.id)
            query += "id IN (SELECT record FROM \(identifier: links) WHERE target = \(target))"
        default: query += try condition(table, field, target, targetObject)
        }
        return try connection.rows(query + " ORDER BY id LIMIT \(limit)").map { row in
            Referrer(
                id: try required(row[0]), parent: row[1].id, position: row[2].count, isDeleted: !row[3].isNull)
        }
    }

    /// Points the rows whose field points to `target` to another record of the same object, or to none; they get a new
    /// version. Rows that point elsewhere by now are left alone. One statement for each 500 rows, and for each row the
    /// statements of its search text and duplicate keys when the field is part of them.
    ///
    /// - Parameter field: a field of type `link` or `anyLink`.
    /// - Returns: how many rows were changed.
    /// - Throws: `StoreError.duplicate` when the field is unique and another row points there.
    package func repoint(
        _ object: String, _ field: FieldDefinition, of rows: [RecordID], from target: RecordID?, to other: RecordID?,
        targetObject: String, at: Instant, by: RecordID?
    ) throws -> Int {
        let table = try tables.table(object)
        guard let column = field.storedColumns.first else { return 0 }
        var changed = 0
        for part in rows.parts(of: 500) {
            var statement: SQLFragment = "UPDATE \(identifier: table.name) SET "
            statement += "\(identifier: column.name) = \(SQLValue(other)), version = version + 1, "
            if case .anyLink = field.type {
                let value: SQLValue = other == nil ? .null : .text(targetObject)
                statement += "\(identifier: column.name + "_object") = \(value), "
            }
            statement += "updated_at = \(at), updated_by = \(SQLValue(by)) WHERE "
            statement += Self.among(part, column: "\(identifier: "id")") + " AND "
            if let target {
                statement += try condition(table, field, target, targetObject)
            } else {
                statement += "\(identifier: column.name) IS NULL"
            }
            changed += try connection.run(statement)
        }
        let definition = table.definition
        let compared = definition.duplicates.contains { rule in rule.keys.contains { $0.field == field.id } }
        if compared || table.searched.contains(field.id) { for id in rows { try refind(object, id) } }
        return changed
    }

    /// Gives a row a new version, as its lines or links were changed. One statement.
    package func touch(_ object: String, _ ids: [RecordID], at: Instant, by: RecordID?) throws {
        let table = try tables.table(object)
        for part in ids.parts(of: 500) {
            var statement: SQLFragment = "UPDATE \(identifier: table.name) SET version = version + 1, "
            statement += "updated_at = \(at), updated_by = \(SQLValue(by)) WHERE "
            try connection.run(statement + Self.among(part, column: "\(identifier: "id")"))
        }
    }

    /// Writes the search document of a record that is in the bin, so that its words still find it. Up to four statements.
    package func keepSearchable(_ object: String, _ id: RecordID) throws {
        try reindex(object, id)
        try DuplicateKeys(connection).remove(id)
    }

    /// What a live row is found by; one in the bin is found by nothing.
    private func refind(_ object: String, _ id: RecordID) throws {
        let table = try tables.table(object)
        let life: SQLFragment = "SELECT 1 FROM \(identifier: table.name) WHERE id = \(id) AND deleted_at IS NULL"
        if try connection.row(life) != nil { try reindex(object, id) }
    }

    private func condition(
        _ table: ObjectTable, _ field: FieldDefinition, _ target: RecordID, _ targetObject: String
    ) throws -> SQLFragment {
        guard let column = field.storedColumns.first else { return "1 = 0" }
        var condition: SQLFragment = "\(identifier: column.name) = \(target)"
        if case .anyLink = field.type {
            condition += " AND \(identifier: column.name + "_object") = \(targetObject)"
        }
        return condition
    }
}

/// Groups of records that share a duplicate key.
extension RecordStore {
    /// Sets of records that one rule takes for the same, the largest first. One statement and one for each set.
    ///
    /// - Parameter kinds: of these rules only.
    package func likelySame(_ object: String, rules: [DuplicateRule], limit: Int) throws -> [[RecordID]] {
        guard !rules.isEmpty else { return [] }
        let kinds = rules.map { "\($0.kind)" as SQLFragment }.joined(separator: ", ")
        let groups = try connection.rows(
            """
            SELECT kind, key, count(*) FROM duplicate_key WHERE object = \(object) AND kind IN (\(kinds)) \
            GROUP BY kind, key HAVING count(*) > 1 ORDER BY count(*) DESC, kind, key LIMIT \(limit)
            """)
        return try groups.map { group in
            try connection.rows(
                """
                SELECT record FROM duplicate_key WHERE object = \(object) AND kind = \(group[0].string) \
                AND key = \(group[1].string) ORDER BY record LIMIT 20
                """
            ).map { try required($0[0]) }
        }
    }
}

extension Attachments {
    /// Puts files that stand at one record to another. One statement for each 500 files.
    ///
    /// - Returns: the files that went over.
    package func move(_ files: [RecordID], from record: RecordID, to other: RecordID) throws -> [RecordID] {
        var moved: [RecordID] = []
        for part in files.parts(of: 500) {
            let rows = try connection.rows(
                """
                UPDATE attachment SET record = \(other) WHERE \(RecordStore.among(part, column: "id")) \
                AND record = \(record) RETURNING id
                """)
            moved += try rows.map { try required($0[0]) }
        }
        return moved
    }
}
