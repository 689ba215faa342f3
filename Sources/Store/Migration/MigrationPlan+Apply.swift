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
        if !isEmpty { try connection.takeTime() }
        for step in steps { try apply(step, on: connection, &report) }
        return report
    }

    private func apply(_ step: Step, on connection: any Connection, _ report: inout MigrationReport) throws {
        let (catalog, schema) = (PhysicalCatalog(connection), SchemaWriter(connection))
        switch step {
        case .createTable(let table, let columns):
            try schema.create(table, columns)
        case .addColumn(let table, let column):
            try schema.add(column, to: table)
        case .convert(let table, let from, let kept, let to):
            try connection.run(
                "ALTER TABLE \(identifier: table) RENAME COLUMN \(identifier: from.name) TO \(identifier: kept)")
            try catalog.rename(from.name, in: table, to: kept)
            try schema.add(to, to: table)
            let source = StoredColumn(name: kept, key: from.key, form: from.form)
            try ColumnConversion(table: table, from: source, to: to, connection: connection).run(&report)
        case .createIndex(let index):
            try schema.create(index)
        case .dropIndex(let index):
            try connection.run("DROP INDEX IF EXISTS \(identifier: index.name)")
            try catalog.removeIndex(index.name)
        case .rederive(let object, let derived, let isNew):
            if !isNew { try rederive(object, on: connection) }
            try catalog.set(derived, of: object)
        }
    }

    private func rederive(_ object: String, on connection: any Connection) throws {
        let records = RecordStore(connection, model: model)
        var after: RecordID?
        repeat {
            after = try records.reindexAll(object, after: after)
        } while after != nil
    }
}
