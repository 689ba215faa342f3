package import Values

/// A login that lasts. Only the hash of its secret is stored.
package struct SessionEntry: Sendable, Hashable {
    package let hash: [UInt8]
    package let user: RecordID
    /// `page` or `api`.
    package let kind: String
    package let createdAt: Instant
    package let seenAt: Instant
    package let expiresAt: Instant
    package let address: String
    package let agent: String

    package init(
        hash: [UInt8], user: RecordID, kind: String, createdAt: Instant, seenAt: Instant, expiresAt: Instant,
        address: String, agent: String
    ) {
        self.hash = hash
        self.user = user
        self.kind = kind
        self.createdAt = createdAt
        self.seenAt = seenAt
        self.expiresAt = expiresAt
        self.address = address
        self.agent = agent
    }
}

/// All open sessions.
package struct Sessions {
    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    /// Adds a session. One statement.
    package func open(_ entry: SessionEntry) throws {
        try connection.run(
            """
            INSERT INTO session(hash, "user", kind, created_at, seen_at, expires_at, address, agent) VALUES \
            (\(SQLValue.blob(entry.hash)), \(entry.user), \(entry.kind), \(entry.createdAt), \(entry.seenAt), \
            \(entry.expiresAt), \(entry.address), \(entry.agent))
            """)
    }

    /// The session with this hash that has not expired. One statement.
    package func find(hash: [UInt8], at: Instant) throws -> SessionEntry? {
        try entries("hash = \(SQLValue.blob(hash)) AND expires_at > \(at)").first
    }

    /// The open sessions of a user, last seen first. One statement.
    package func list(of user: RecordID, at: Instant) throws -> [SessionEntry] {
        try entries("\(identifier: "user") = \(user) AND expires_at > \(at)")
    }

    /// Notes that a session was used and how long it lasts now. One statement.
    package func touch(hash: [UInt8], at: Instant, expires: Instant) throws {
        try connection.run(
            """
            UPDATE session SET seen_at = \(at), expires_at = \(expires) WHERE hash = \(SQLValue.blob(hash))
            """)
    }

    /// Ends a session. One statement.
    package func close(hash: [UInt8]) throws {
        try connection.run("DELETE FROM session WHERE hash = \(SQLValue.blob(hash))")
    }

    /// Ends all sessions of a user, but the one with the hash `except`. One statement.
    package func closeAll(of user: RecordID, except: [UInt8]? = nil) throws {
        var statement: SQLFragment = "DELETE FROM session WHERE \(identifier: "user") = \(user)"
        if let except { statement += " AND hash <> \(SQLValue.blob(except))" }
        try connection.run(statement)
    }

    /// Forgets sessions that expired before an instant. One statement.
    package func forget(before: Instant) throws {
        try connection.run("DELETE FROM session WHERE expires_at < \(before)")
    }

    private func entries(_ condition: SQLFragment) throws -> [SessionEntry] {
        try connection.rows(
            """
            SELECT hash, "user", kind, created_at, seen_at, expires_at, address, agent FROM session \
            WHERE \(condition) ORDER BY seen_at DESC
            """
        ).map { row in
            SessionEntry(
                hash: row[0].bytes, user: try required(row[1]), kind: row[2].string,
                createdAt: Instant(milliseconds: row[3].integer ?? 0),
                seenAt: Instant(milliseconds: row[4].integer ?? 0),
                expiresAt: Instant(milliseconds: row[5].integer ?? 0), address: row[6].string, agent: row[7].string)
        }
    }
}
