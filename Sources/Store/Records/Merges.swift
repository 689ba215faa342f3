package import Values

/// Some records that were merged into one.
package struct MergeEntry: Sendable {
    package let id: RecordID
    package let object: String
    package let survivor: RecordID
    package let at: Instant
    package let by: RecordID?
    /// What went over and what stood there before: JSON, read by who wrote it.
    package let document: String
    package let undoneAt: Instant?

    package init(
        id: RecordID, object: String, survivor: RecordID, at: Instant, by: RecordID?, document: String,
        undoneAt: Instant? = nil
    ) {
        self.id = id
        self.object = object
        self.survivor = survivor
        self.at = at
        self.by = by
        self.document = document
        self.undoneAt = undoneAt
    }
}

/// Which records were merged into which, and how to take it back.
package struct Merges {
    /// How often a record may have been merged on: from A into B, from B into C.
    private static let reach = 8

    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    /// Keeps a merge; from now on the merged records lead to its survivor. One statement and one for each record.
    package func add(_ merge: MergeEntry, records: [RecordID]) throws {
        try connection.run(
            """
            INSERT INTO record_merge(id, object, survivor, at, by, document) VALUES (\
            \(merge.id), \(merge.object), \(merge.survivor), \(merge.at), \(SQLValue(merge.by)), \(merge.document))
            """)
        for record in records {
            try connection.run(
                """
                INSERT INTO merged_record(record, object, survivor, merge) \
                VALUES (\(record), \(merge.object), \(merge.survivor), \(merge.id))
                """)
        }
    }

    /// One merge. One statement.
    package func find(_ id: RecordID) throws -> MergeEntry? { try found("id = \(id)").first }

    /// What was merged into a record, newest first, at most 50. One statement.
    package func into(_ survivor: RecordID) throws -> [MergeEntry] {
        try found("survivor = \(survivor)")
    }

    /// The records of a merge that still lead to its survivor, by id. One statement.
    package func records(of merge: RecordID) throws -> [RecordID] {
        try connection.rows("SELECT record FROM merged_record WHERE merge = \(merge) ORDER BY record").map {
            try required($0[0])
        }
    }

    /// Marks a merge as taken back; its records lead nowhere any more. Two statements.
    ///
    /// - Returns: false when it was taken back before.
    package func undo(_ id: RecordID, at: Instant, by: RecordID?) throws -> Bool {
        let changed = try connection.run(
            """
            UPDATE record_merge SET undone_at = \(at), undone_by = \(SQLValue(by)) \
            WHERE id = \(id) AND undone_at IS NULL
            """)
        try connection.run("DELETE FROM merged_record WHERE merge = \(id)")
        return changed == 1
    }

    /// Where records that were merged away lead to in the end. A statement for each merge in a row, one at least.
    package func destinations(of records: [RecordID]) throws -> [RecordID: RecordID] {
        var out: [RecordID: RecordID] = [:]
        var waiting = Dictionary(records.map { ($0, [$0]) }, uniquingKeysWith: { first, _ in first })
        for _ in 0..<Self.reach where !waiting.isEmpty {
            var next: [RecordID: [RecordID]] = [:]
            for part in Array(waiting.keys).parts(of: 500) {
                let rows = try connection.rows(
                    "SELECT record, survivor FROM merged_record WHERE \(RecordStore.among(part, column: "record"))")
                for row in rows {
                    let (from, to) = (try required(row[0]), try required(row[1]))
                    for record in waiting[from] ?? [] {
                        out[record] = to
                        next[to, default: []].append(record)
                    }
                }
            }
            waiting = next
        }
        return out
    }

    /// The records that were merged into this one, directly and by way of others, by id. A statement for each merge in
    /// a row, one at least.
    package func records(into survivor: RecordID) throws -> [RecordID] {
        var out: [RecordID] = []
        var waiting = [survivor]
        for _ in 0..<Self.reach where !waiting.isEmpty {
            let rows = try connection.rows(
                "SELECT record FROM merged_record WHERE \(RecordStore.among(waiting, column: "survivor"))")
            waiting = try rows.map { try required($0[0]) }.filter { !out.contains($0) }
            out += waiting
        }
        return out.sorted()
    }

    private func found(_ condition: SQLFragment) throws -> [MergeEntry] {
        try connection.rows(
            """
            SELECT id, object, survivor, at, by, document, undone_at FROM record_merge \
            WHERE \(condition) ORDER BY at DESC, id DESC LIMIT 50
            """
        ).map { row in
            MergeEntry(
                id: try required(row[0]), object: row[1].string, survivor: try required(row[2]),
                at: Instant(milliseconds: row[3].integer ?? 0), by: row[4].id, document: row[5].string,
                undoneAt: row[6].instant)
        }
    }
}
