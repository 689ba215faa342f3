package import Values

/// A deadline that fires once, also after a restart.
package struct TimerEntry: Sendable, Hashable {
    package let id: RecordID
    /// What it is for; unique with the record and the rung.
    package let kind: String
    package let object: String
    package let record: RecordID
    /// `remind`, `late`, `escalate:1`, ….
    package let rung: String
    package let fireAt: Instant
    /// JSON for who handles it.
    package let payload: String

    package init(
        id: RecordID, kind: String, object: String, record: RecordID, rung: String, fireAt: Instant, payload: String
    ) {
        self.id = id
        self.kind = kind
        self.object = object
        self.record = record
        self.rung = rung
        self.fireAt = fireAt
        self.payload = payload
    }
}

/// Timers as rows: polled by their instant, fired at most once for each record, kind and rung.
package struct Timers {
    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    /// Sets or moves a timer. One that has fired stays fired unless it moves to a later instant than the one it fired
    /// for. One statement.
    package func set(_ entry: TimerEntry) throws {
        try connection.send(
            """
            INSERT INTO timer(id, kind, object, record, rung, fire_at, payload) VALUES (\(entry.id), \(entry.kind), \
            \(entry.object), \(entry.record), \(entry.rung), \(entry.fireAt), \(entry.payload)) \
            ON CONFLICT(record, kind, rung) DO UPDATE SET payload = excluded.payload, fire_at = excluded.fire_at, \
            fired_at = CASE WHEN excluded.fire_at > timer.fire_at THEN NULL ELSE timer.fired_at END
            """)
    }

    /// Takes away the timers of a record that have not fired, of one kind or rung or all. One statement.
    package func cancel(record: RecordID, kind: String? = nil, rung: String? = nil) throws {
        var statement: SQLFragment = "DELETE FROM timer WHERE record = \(record) AND fired_at IS NULL"
        if let kind { statement += " AND kind = \(kind)" }
        if let rung { statement += " AND rung = \(rung)" }
        try connection.send(statement)
    }

    /// What is due, in order. One statement.
    package func due(at: Instant, limit: Int) throws -> [TimerEntry] {
        try connection.rows(
            """
            SELECT id, kind, object, record, rung, fire_at, payload FROM timer \
            WHERE fired_at IS NULL AND fire_at <= \(at) ORDER BY fire_at, id LIMIT \(limit)
            """
        ).map(Self.entry)
    }

    /// Timers of a record that have not fired, in order. One statement.
    package func waiting(record: RecordID) throws -> [TimerEntry] {
        try connection.rows(
            """
            SELECT id, kind, object, record, rung, fire_at, payload FROM timer \
            WHERE record = \(record) AND fired_at IS NULL ORDER BY fire_at, id
            """
        ).map(Self.entry)
    }

    /// Claims a timer in the transaction that does its work. One statement.
    ///
    /// - Returns: false when it has fired, was moved past `at` or is gone: do nothing then.
    package func fired(_ id: RecordID, at: Instant) throws -> Bool {
        try connection.run(
            """
            UPDATE timer SET fired_at = \(at) WHERE id = \(id) AND fired_at IS NULL AND fire_at <= \(at)
            """) == 1
    }

    private static func entry(_ row: [SQLValue]) throws -> TimerEntry {
        TimerEntry(
            id: try required(row[0]), kind: row[1].string, object: row[2].string, record: try required(row[3]),
            rung: row[4].string, fireAt: Instant(milliseconds: row[5].integer ?? 0), payload: row[6].string)
    }
}
