import Values

extension RecordStore {
    /// What changes whenever a record of one of these objects is written: by it something read before is known to hold
    /// still. One statement, of as many small scans: for objects with few records.
    package func stamp(of objects: [String]) throws -> [Int64] {
        let parts = try objects.map { object -> SQLFragment in
            let table = try tables.table(object)
            return "(SELECT count(*) FROM \(identifier: table.name)), "
                + "(SELECT CAST(COALESCE(sum(version), 0) AS bigint) FROM \(identifier: table.name))"
        }
        let row = try connection.row("SELECT " + parts.joined(separator: ", "))
        return (row ?? []).map { $0.integer ?? 0 }
    }
}
