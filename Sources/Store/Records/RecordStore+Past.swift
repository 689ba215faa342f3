package import Values

extension RecordStore {
    /// Says when a record of earlier times was changed last, by whom and how often. One statement.
    package func setPast(
        _ object: String, _ id: RecordID, version: Int, updatedAt: Instant, updatedBy: RecordID?
    ) throws {
        let table = try tables.table(object)
        try connection.run(
            """
            UPDATE \(identifier: table.name) SET version = \(version), updated_at = \(updatedAt), \
            updated_by = \(SQLValue(updatedBy)) WHERE id = \(id)
            """)
    }
}
