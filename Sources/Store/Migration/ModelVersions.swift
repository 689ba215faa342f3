package import Values

/// Which models this database has had.
package struct ModelVersions {
    /// A model that was applied.
    package struct Entry: Sendable, Hashable {
        package let version: Int
        /// `base 1.2, trade 1.4`.
        package let packs: String
        package let digest: String
        package let appliedAt: Instant
    }

    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    /// The model the tables have now; nil in a new database. One statement.
    package func current() throws -> Entry? {
        let row = try connection.row(
            """
            SELECT version, packs, digest, applied_at FROM model_version ORDER BY version DESC LIMIT 1
            """)
        return row.map { row in
            Entry(
                version: row[0].count, packs: row[1].string, digest: row[2].string,
                appliedAt: Instant(milliseconds: row[3].integer ?? 0))
        }
    }

    /// Records the model that was just applied, in the same transaction as its plan. One statement.
    package func record(version: Int, packs: String, digest: String, at: Instant) throws {
        try connection.run(
            """
            INSERT INTO model_version(version, packs, digest, applied_at) \
            VALUES (\(version), \(packs), \(digest), \(at))
            """)
    }
}

/// The customer's own definitions, one JSON document each.
package struct Overlays {
    /// One document of the overlay.
    package struct Entry: Sendable, Hashable {
        /// `objects`, `lists`, `roles`, `menu`, or `overlay` for one document that holds all.
        package let kind: String
        package let key: String
        package let document: String
        package let modelVersion: Int
        package let updatedAt: Instant
        package let updatedBy: RecordID?
    }

    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    /// All documents, by kind and key. One statement.
    package func all() throws -> [Entry] {
        try connection.rows(
            """
            SELECT kind, key, document, model_version, updated_at, updated_by FROM overlay ORDER BY kind, key
            """
        ).map { row in
            Entry(
                kind: row[0].string, key: row[1].string, document: row[2].string, modelVersion: row[3].count,
                updatedAt: Instant(milliseconds: row[4].integer ?? 0), updatedBy: row[5].id)
        }
    }

    /// Adds or replaces a document; nil removes it. One statement.
    package func put(
        kind: String, key: String, document: String?, modelVersion: Int, at: Instant, by: RecordID?
    ) throws {
        guard let document else {
            try connection.run("DELETE FROM overlay WHERE kind = \(kind) AND key = \(key)")
            return
        }
        try connection.run(
            """
            INSERT INTO overlay(kind, key, document, model_version, updated_at, updated_by) \
            VALUES (\(kind), \(key), \(document), \(modelVersion), \(at), \(SQLValue(by))) \
            ON CONFLICT(kind, key) DO UPDATE SET document = excluded.document, \
            model_version = excluded.model_version, updated_at = excluded.updated_at, updated_by = excluded.updated_by
            """)
    }
}

/// Which of a pack's default records were loaded, so that a later version adds only new ones.
package struct DefaultRecords {
    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    /// Key → record, of one pack and object. One statement.
    package func loaded(pack: String, object: String) throws -> [String: RecordID] {
        let rows = try connection.rows(
            """
            SELECT key, record FROM default_record WHERE pack = \(pack) AND object = \(object)
            """)
        return Dictionary(try rows.map { ($0[0].string, try required($0[1])) }, uniquingKeysWith: { first, _ in first })
    }

    /// Notes that a default record was loaded. One statement.
    package func add(pack: String, object: String, key: String, record: RecordID) throws {
        try connection.run(
            """
            INSERT INTO default_record(pack, object, key, record) VALUES (\(pack), \(object), \(key), \(record))
            """)
    }
}
