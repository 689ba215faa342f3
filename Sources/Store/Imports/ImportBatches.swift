package import Values

/// One import of a file.
package struct ImportBatch: Sendable, Hashable {
    package let id: RecordID
    package let object: String
    package let fileName: String
    /// Recognises the same file when it comes again.
    package let fileHash: [UInt8]
    /// `waiting`, `running`, `stopped`, `failed`, `checked`, `done`, `undoing`, `undone`.
    package var state: String
    package let total: Int
    package let created: Int
    package let updated: Int
    package let flagged: Int
    /// What is to be done with which file, JSON.
    package var mapping: String
    /// How far it is, JSON.
    package var report: String
    package let at: Instant
    package let by: RecordID?
    package var undoneAt: Instant?

    package init(
        id: RecordID, object: String, fileName: String, fileHash: [UInt8], state: String, total: Int, created: Int = 0,
        updated: Int = 0, flagged: Int = 0, mapping: String, report: String = "[]", at: Instant, by: RecordID?,
        undoneAt: Instant? = nil
    ) {
        self.id = id
        self.object = object
        self.fileName = fileName
        self.fileHash = fileHash
        self.state = state
        self.total = total
        self.created = created
        self.updated = updated
        self.flagged = flagged
        self.mapping = mapping
        self.report = report
        self.at = at
        self.by = by
        self.undoneAt = undoneAt
    }
}

/// What an import did to one record, with what undoing it needs.
package struct ImportRow: Sendable, Hashable {
    package let line: Int
    /// Several records may come from one line: 0, 1, ….
    package let part: Int
    package let object: String
    package let record: RecordID
    package let created: Bool
    /// The version after the import: undoing stops at a record that was changed since.
    package let version: Int
    /// The values before the change; empty for a created record.
    package let before: [String: Value]

    package init(
        line: Int, part: Int = 0, object: String, record: RecordID, created: Bool, version: Int,
        before: [String: Value]
    ) {
        self.line = line
        self.part = part
        self.object = object
        self.record = record
        self.created = created
        self.version = version
        self.before = before
    }
}

/// The history of imports.
package struct ImportBatches {
    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    /// Adds a batch or brings its state, counts and report up to date. One statement.
    package func put(_ batch: ImportBatch) throws {
        try connection.run(
            """
            INSERT INTO import_batch(id, object, file_name, file_hash, state, total, created, updated, flagged, \
            mapping, report, at, by, undone_at) VALUES (\(batch.id), \(batch.object), \(batch.fileName), \
            \(SQLValue.blob(batch.fileHash)), \(batch.state), \(batch.total), \(batch.created), \(batch.updated), \
            \(batch.flagged), \(batch.mapping), \(batch.report), \(batch.at), \(SQLValue(batch.by)), \
            \(SQLValue(batch.undoneAt))) ON CONFLICT(id) DO UPDATE SET state = excluded.state, \
            total = excluded.total, created = excluded.created, updated = excluded.updated, \
            flagged = excluded.flagged, mapping = excluded.mapping, report = excluded.report, \
            undone_at = excluded.undone_at
            """)
    }

    /// One batch. One statement.
    package func batch(_ id: RecordID) throws -> ImportBatch? { try batches("id = \(id)", limit: 1).first }

    /// The newest batches, of one object or all. One statement.
    package func list(of object: String? = nil, limit: Int) throws -> [ImportBatch] {
        try batches(object.map { "object = \($0)" } ?? "1 = 1", limit: limit)
    }

    /// The batches in any of the states, oldest first. One statement.
    package func list(in states: [String], limit: Int) throws -> [ImportBatch] {
        let names = states.map { "\($0)" as SQLFragment }.joined(separator: ", ")
        return try batches("state IN (\(names))", limit: limit, order: "at")
    }

    /// The last finished import of the same file into the object. One statement.
    package func same(fileHash: [UInt8], object: String) throws -> ImportBatch? {
        try batches("object = \(object) AND file_hash = \(SQLValue.blob(fileHash)) AND state = 'done'", limit: 1).first
    }

    /// Notes what was done to records. One statement for each.
    package func add(_ rows: [ImportRow], to batch: RecordID) throws {
        for row in rows {
            try connection.run(
                """
                INSERT INTO import_batch_row(batch, line, part, object, record, created, version, before) VALUES \
                (\(batch), \(row.line), \(row.part), \(row.object), \(row.record), \(row.created ? 1 : 0), \
                \(row.version), \(ValuesText.text(row.before)))
                """)
        }
    }

    /// The rows of a batch before a place, last first: the order in which they are undone. One statement.
    package func rows(of batch: RecordID, before: (line: Int, part: Int)? = nil, limit: Int) throws -> [ImportRow] {
        var condition: SQLFragment = "batch = \(batch)"
        if let before {
            condition += " AND (line < \(before.line) OR (line = \(before.line) AND part < \(before.part)))"
        }
        return try connection.rows(
            """
            SELECT line, part, object, record, created, version, before FROM import_batch_row \
            WHERE \(condition) ORDER BY line DESC, part DESC LIMIT \(limit)
            """
        ).map { row in
            ImportRow(
                line: row[0].count, part: row[1].count, object: row[2].string, record: try required(row[3]),
                created: row[4].count == 1, version: row[5].count, before: try ValuesText.values(row[6].string))
        }
    }

    private func batches(
        _ condition: SQLFragment, limit: Int, order: SQLFragment = "at DESC"
    ) throws -> [ImportBatch] {
        try connection.rows(
            """
            SELECT id, object, file_name, file_hash, state, total, created, updated, flagged, mapping, report, at, by, \
            undone_at FROM import_batch WHERE \(condition) ORDER BY \(order) LIMIT \(limit)
            """
        ).map { row in
            ImportBatch(
                id: try required(row[0]), object: row[1].string, fileName: row[2].string, fileHash: row[3].bytes,
                state: row[4].string, total: row[5].count, created: row[6].count, updated: row[7].count,
                flagged: row[8].count, mapping: row[9].string, report: row[10].string,
                at: Instant(milliseconds: row[11].integer ?? 0), by: row[12].id, undoneAt: row[13].instant)
        }
    }
}

/// Which field a column header meant last time.
package struct ImportMappings {
    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    /// What these headers of one object meant last time: header → field. One statement for each 400 headers.
    package func mappings(of object: String, headers: [String]) throws -> [String: String] {
        var out: [String: String] = [:]
        for part in headers.parts(of: 400) {
            let list = part.map { "\($0)" as SQLFragment }.joined(separator: ", ")
            let rows = try connection.rows(
                "SELECT header, field FROM import_mapping WHERE object = \(object) AND header IN (\(list))")
            for row in rows { out[row[0].string] = row[1].string }
        }
        return out
    }

    /// Remembers what headers meant. One statement for each.
    package func remember(_ mappings: [String: String], of object: String, at: Instant) throws {
        for header in mappings.keys.sorted() {
            try connection.run(
                """
                INSERT INTO import_mapping(object, header, field, updated_at) \
                VALUES (\(object), \(header), \(mappings[header] ?? ""), \(at)) \
                ON CONFLICT(object, header) DO UPDATE SET field = excluded.field, updated_at = excluded.updated_at
                """)
        }
    }
}
