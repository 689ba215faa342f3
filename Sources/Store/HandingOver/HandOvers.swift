package import Values

/// Work of one person that goes to others, now or on a day.
package struct HandOverEntry: Sendable, Hashable {
    package let id: RecordID
    /// Whose work it is.
    package let person: RecordID
    /// `draft`, `scheduled`, `waiting`, `running`, `stopped`, `failed`, `done`, `undoing`, `undone`, `cancelled`.
    package var state: String
    /// Who gets what: JSON, read by who wrote it.
    package var wish: String
    /// When it is to be done; nil for at once.
    package var fireAt: Instant?
    package let at: Instant
    package let by: RecordID?
    package var begunAt: Instant?
    package var endedAt: Instant?
    package var undoneAt: Instant?
    /// Why it did not go on: Chinese and English, parted by a line's end.
    package var failure: String?

    package init(
        id: RecordID, person: RecordID, state: String, wish: String, fireAt: Instant? = nil, at: Instant,
        by: RecordID?, begunAt: Instant? = nil, endedAt: Instant? = nil, undoneAt: Instant? = nil,
        failure: String? = nil
    ) {
        self.id = id
        self.person = person
        self.state = state
        self.wish = wish
        self.fireAt = fireAt
        self.at = at
        self.by = by
        self.begunAt = begunAt
        self.endedAt = endedAt
        self.undoneAt = undoneAt
        self.failure = failure
    }
}

/// The hand-overs of the house.
package struct HandOvers {
    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    private static let columns: SQLFragment =
        "id, person, state, wish, fire_at, at, by, begun_at, ended_at, undone_at, failure"

    /// Adds a hand-over or brings it up to date. One statement.
    package func put(_ entry: HandOverEntry) throws {
        try connection.run(
            """
            INSERT INTO hand_over(\(Self.columns)) VALUES (\(entry.id), \(entry.person), \(entry.state), \
            \(entry.wish), \(SQLValue(entry.fireAt)), \(entry.at), \(SQLValue(entry.by)), \(SQLValue(entry.begunAt)), \
            \(SQLValue(entry.endedAt)), \(SQLValue(entry.undoneAt)), \(SQLValue(entry.failure))) \
            ON CONFLICT(id) DO UPDATE SET state = excluded.state, wish = excluded.wish, \
            fire_at = excluded.fire_at, begun_at = excluded.begun_at, ended_at = excluded.ended_at, \
            undone_at = excluded.undone_at, failure = excluded.failure
            """)
    }

    /// One statement.
    package func find(_ id: RecordID) throws -> HandOverEntry? {
        try connection.row("SELECT \(Self.columns) FROM hand_over WHERE id = \(id)").map(Self.entry)
    }

    /// Those in any of the states, the oldest first. One statement.
    package func list(in states: [String], limit: Int) throws -> [HandOverEntry] {
        let names = states.map { "\($0)" as SQLFragment }.joined(separator: ", ")
        return try connection.rows(
            "SELECT \(Self.columns) FROM hand_over WHERE state IN (\(names)) ORDER BY at, id LIMIT \(limit)"
        ).map(Self.entry)
    }

    /// The first that waits for its day and whose day has come. One statement.
    package func due(at: Instant) throws -> HandOverEntry? {
        try connection.row(
            """
            SELECT \(Self.columns) FROM hand_over WHERE state = 'scheduled' AND fire_at <= \(at) \
            ORDER BY fire_at, id LIMIT 1
            """
        ).map(Self.entry)
    }

    /// The newest, of one person or all. One statement.
    package func newest(of person: RecordID? = nil, limit: Int) throws -> [HandOverEntry] {
        let filter: SQLFragment = person.map { "WHERE person = \($0)" } ?? ""
        return try connection.rows(
            "SELECT \(Self.columns) FROM hand_over \(filter) ORDER BY at DESC, id DESC LIMIT \(limit)"
        ).map(Self.entry)
    }

    /// Who accepted what came to them, and when. One statement.
    package func receipts(of id: RecordID) throws -> [RecordID: Instant] {
        var out: [RecordID: Instant] = [:]
        for row in try connection.rows("SELECT receiver, at FROM hand_over_receipt WHERE hand_over = \(id)") {
            out[try required(row[0])] = Instant(milliseconds: row[1].integer ?? 0)
        }
        return out
    }

    /// One statement.
    package func accept(_ id: RecordID, by receiver: RecordID, at: Instant) throws {
        try connection.run(
            """
            INSERT INTO hand_over_receipt(hand_over, receiver, at) VALUES (\(id), \(receiver), \(at)) \
            ON CONFLICT(hand_over, receiver) DO NOTHING
            """)
    }

    private static func entry(_ row: [SQLValue]) throws -> HandOverEntry {
        HandOverEntry(
            id: try required(row[0]), person: try required(row[1]), state: row[2].string, wish: row[3].string,
            fireAt: row[4].instant, at: Instant(milliseconds: row[5].integer ?? 0), by: row[6].id,
            begunAt: row[7].instant, endedAt: row[8].instant, undoneAt: row[9].instant, failure: row[10].text)
    }
}
