/// One frozen step of the tables that the kernel itself needs. Released steps are never edited.
package struct KernelMigration: Sendable {
    package let number: Int
    package let name: String
    /// Statements in the words of the engine.
    package let script: String

    package init(number: Int, name: String, script: String) {
        self.number = number
        self.name = name
        self.script = script
    }
}

/// Brings the kernel tables of a database up to date, one numbered step after the other. Never loads a Model.
package struct KernelTables {
    private let migrations: [KernelMigration]

    /// - Parameter migrations: the engine's steps, numbered 1, 2, 3, ….
    package init(migrations: [KernelMigration]) { self.migrations = migrations }

    /// Applies the missing steps in the current transaction.
    ///
    /// - Throws: `StoreError.mismatch` when the database knows steps that this program does not.
    package func bringUpToDate(on connection: any Connection) throws {
        try connection.runScript(
            "CREATE TABLE IF NOT EXISTS kernel_migration(number bigint PRIMARY KEY, name TEXT NOT NULL)")
        let applied = try Self.appliedCount(on: connection)
        guard applied <= migrations.count else {
            throw StoreError.mismatch(
                "the database has kernel tables of step \(applied), this program knows \(migrations.count): "
                    + "start the newer program, or restore a backup made before the upgrade")
        }
        for migration in migrations.dropFirst(applied) {
            try connection.runScript(migration.script)
            try connection.run(
                "INSERT INTO kernel_migration(number, name) VALUES (\(Int64(migration.number)), \(migration.name))")
        }
    }

    private static func appliedCount(on connection: any Connection) throws -> Int {
        let row = try connection.row("SELECT count(*) FROM kernel_migration")
        return row.map { $0[0].count } ?? 0
    }
}
