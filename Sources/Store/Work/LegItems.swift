package import Values

/// Something that was missing when a leg was handed over, owed by a date.
package struct LegItem: Sendable, Hashable {
    package let id: RecordID
    /// The leg that took over with it open.
    package let leg: RecordID
    package let record: RecordID
    /// Of the leg that owes it; empty for one written by hand.
    package let deliverable: String
    package let text: String
    package let owedBy: RecordID?
    package let dueAt: Instant
    package var settledAt: Instant?

    package init(
        id: RecordID, leg: RecordID, record: RecordID, deliverable: String, text: String, owedBy: RecordID?,
        dueAt: Instant, settledAt: Instant? = nil
    ) {
        self.id = id
        self.leg = leg
        self.record = record
        self.deliverable = deliverable
        self.text = text
        self.owedBy = owedBy
        self.dueAt = dueAt
        self.settledAt = settledAt
    }
}

package struct LegItems {
    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    /// One statement.
    package func add(_ item: LegItem) throws {
        try connection.send(
            """
            INSERT INTO leg_item(id, leg, record, deliverable, text, owed_by, due_at, settled_at) VALUES \
            (\(item.id), \(item.leg), \(item.record), \(item.deliverable), \(item.text), \(SQLValue(item.owedBy)), \
            \(item.dueAt), \(SQLValue(item.settledAt)))
            """)
    }

    /// The items of records, open and settled, by their dates. One statement.
    package func all(of records: [RecordID]) throws -> [LegItem] {
        if records.isEmpty { return [] }
        return try connection.rows(
            """
            SELECT id, leg, record, deliverable, text, owed_by, due_at, settled_at FROM leg_item \
            WHERE \(RecordStore.among(records, column: "record")) ORDER BY due_at, id
            """
        ).map { row in
            LegItem(
                id: try required(row[0]), leg: try required(row[1]), record: try required(row[2]),
                deliverable: row[3].string, text: row[4].string, owedBy: row[5].id,
                dueAt: Instant(milliseconds: row[6].integer ?? 0), settledAt: row[7].instant)
        }
    }

    /// One statement.
    ///
    /// - Returns: false when it is settled already, or isn't there.
    package func settle(_ id: RecordID, of record: RecordID, at: Instant) throws -> Bool {
        try connection.run(
            "UPDATE leg_item SET settled_at = \(at) WHERE id = \(id) AND record = \(record) AND settled_at IS NULL")
            == 1
    }
}

/// Processes as they were when records set out, by the digest of their document.
package struct ProcessVersions {
    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    /// Keeps a version unless it is kept already. One statement.
    package func keep(_ version: String, process: String, document: String, at: Instant) throws {
        try connection.send(
            """
            INSERT INTO process_version(version, process, document, created_at) VALUES (\(version), \(process), \
            \(document), \(at)) ON CONFLICT(version) DO NOTHING
            """)
    }

    /// The document of a version. One statement.
    package func document(_ version: String) throws -> String? {
        try connection.row("SELECT document FROM process_version WHERE version = \(version)").map { $0[0].string }
    }
}
