package import Values

/// What applying a plan left to be looked at.
package struct MigrationReport: Sendable, Hashable {
    /// A value that did not fit the field's new type: the field is empty now, the old column still has it.
    package struct Unconverted: Sendable, Hashable {
        package let table: String
        package let field: String
        package let record: RecordID
        package let value: String
    }
    package var converted = 0
    /// At most 1,000 of them; `unconvertedCount` counts all.
    package var unconverted: [Unconverted] = []
    package var unconvertedCount = 0
}

extension MigrationPlan {
    /// Applies every step in the current transaction; the caller records the model version in the same one.
    ///
    /// New tables and columns take milliseconds at any size; conversions, indexes and rebuilt search text read each row.
    /// - Throws: `StoreError.mismatch` when a field is to be unique and values stand twice.
    package func apply(on connection: any Connection) throws -> MigrationReport {
        var report = MigrationReport()
        if !isEmpty, let unhurried = connection.dialect.unhurried { try connection.run(unhurried) }
        for step in steps { try apply(step, on: connection, &report) }
        return report
    }

    private func apply(_ step: Step, on connection: any Connection, _ report: inout MigrationReport) throws {
        let catalog = PhysicalCatalog(connection)
        switch step {
        case .createTable(let table, let columns):
            try create(table, columns, on: connection)
            for column in columns { try catalog.add(column, to: table) }
        case .addColumn(let table, let column):
            try add(column, to: table, on: connection)
        case .convert(let table, let from, let kept, let to):
            try connection.run(
                "ALTER TABLE \(identifier: table) RENAME COLUMN \(identifier: from.name) TO \(identifier: kept)")
            try catalog.rename(from.name, in: table, to: kept)
            try add(to, to: table, on: connection)
            let source = StoredColumn(name: kept, key: from.key, form: from.form)
            try ColumnConversion(table: table, from: source, to: to, connection: connection).run(&report)
        case .createIndex(let index):
            try create(index, on: connection)
            try catalog.add(index)
        case .dropIndex(let index):
            try connection.run("DROP INDEX IF EXISTS \(identifier: index.name)")
            try catalog.removeIndex(index.name)
        case .rederive(let object, let derived, let isNew):
            if !isNew { try rederive(object, on: connection) }
            try catalog.set(derived, of: object)
        }
    }

    private func create(_ table: String, _ columns: [StoredColumn], on connection: any Connection) throws {
        let required: Set<String> = ["version", "created_at", "updated_at", "record", "target"]
        let definitions = columns.map { column -> SQLFragment in
            let text: SQLFragment = "\(identifier: column.name) \(connection.dialect.type(column.kind))"
            if column.name == "id" { return text + " NOT NULL PRIMARY KEY" }
            return required.contains(column.name) ? text + " NOT NULL" : text
        }
        let list = definitions.joined(separator: ", ")
        try connection.run("CREATE TABLE \(identifier: table)(\(list))\(connection.dialect.tableSuffix)")
    }

    private func add(_ column: StoredColumn, to table: String, on connection: any Connection) throws {
        let type = connection.dialect.type(column.kind)
        try connection.run("ALTER TABLE \(identifier: table) ADD COLUMN \(identifier: column.name) \(type)")
        try PhysicalCatalog(connection).add(column, to: table)
    }

    private func create(_ index: PhysicalSchema.Index, on connection: any Connection) throws {
        let columns = index.columns.map { SQLFragment.identifier($0) }.joined(separator: ", ")
        let scope: SQLFragment
        switch index.scope {
        case .all: scope = ""
        case .live: scope = " WHERE deleted_at IS NULL"
        case .deleted: scope = " WHERE deleted_at IS NOT NULL"
        case .filled: scope = " WHERE \(columns) IS NOT NULL AND deleted_at IS NULL"
        }
        if index.isUnique {
            let double = try connection.row(
                """
                SELECT \(columns) FROM \(identifier: index.table)\(scope) GROUP BY \(columns) HAVING count(*) > 1 LIMIT 1
                """)
            if double != nil {
                throw StoreError.mismatch(
                    "\(index.table).\(index.columns.joined()) is to be unique, but a value stands there twice")
            }
        }
        let keys = index.columns.map { connection.dialect.indexed(.identifier($0)) }.joined(separator: ", ")
        let kind: SQLFragment = index.isUnique ? "UNIQUE INDEX" : "INDEX"
        try connection.run(
            "CREATE \(kind) \(identifier: index.name) ON \(identifier: index.table)(\(keys))\(scope)")
    }

    private func rederive(_ object: String, on connection: any Connection) throws {
        let records = RecordStore(connection, model: model)
        var after: RecordID?
        repeat {
            after = try records.reindexAll(object, after: after)
        } while after != nil
    }
}
