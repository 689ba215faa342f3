package import Values

/// Something to be delivered outside the transaction that decided it.
package struct OutboxItem: Sendable, Hashable {
    package let id: Int
    /// The same for every attempt: the receiver's key against doubles.
    package let key: String
    /// `mail`, `webhook` or `notice`.
    package let channel: String
    /// JSON, understood by the channel.
    package let payload: String
    package let createdAt: Instant
    /// Attempts begun, this one included.
    package let attempts: Int
}

/// Deliveries that wait, written in the transaction of the change that causes them.
package struct Outbox {
    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    /// Adds a delivery unless one with this key is there. One statement.
    ///
    /// - Returns: whether it was added.
    @discardableResult
    package func add(key: String, channel: String, payload: String, at: Instant) throws -> Bool {
        try connection.run(
            """
            INSERT INTO outbox(key, channel, payload, created_at, next_at) \
            VALUES (\(key), \(channel), \(payload), \(at), \(at)) ON CONFLICT DO NOTHING
            """) == 1
    }

    /// Claims what is due: nobody else gets it before the lease ends. One statement.
    package func due(at: Instant, limit: Int, lease seconds: Int) throws -> [OutboxItem] {
        try connection.rows(
            """
            UPDATE outbox SET attempts = attempts + 1, next_at = \(at.adding(seconds: seconds)) WHERE id IN \
            (SELECT id FROM outbox WHERE done_at IS NULL AND next_at <= \(at) ORDER BY next_at, id LIMIT \(limit)\(connection.dialect.passingOverTaken)) \
            RETURNING id, key, channel, payload, created_at, attempts
            """
        ).map(Self.item).sorted { $0.id < $1.id }
    }

    static func item(_ row: [SQLValue]) -> OutboxItem {
        OutboxItem(
            id: row[0].count, key: row[1].string, channel: row[2].string, payload: row[3].string,
            createdAt: Instant(milliseconds: row[4].integer ?? 0), attempts: row[5].count)
    }

    /// Marks a delivery as made. One statement.
    package func done(_ id: Int, at: Instant) throws {
        try connection.run("UPDATE outbox SET done_at = \(at), error = NULL WHERE id = \(id)")
    }

    /// Notes a failed attempt; with `retryAt` nil the delivery is given up. One statement.
    package func failed(_ id: Int, error: String, retryAt: Instant?, at: Instant) throws {
        if let retryAt {
            try connection.run("UPDATE outbox SET error = \(error), next_at = \(retryAt) WHERE id = \(id)")
        } else {
            try connection.run("UPDATE outbox SET error = \(error), done_at = \(at) WHERE id = \(id)")
        }
    }

    /// Deliveries that wait. One statement.
    package func waitingCount() throws -> Int {
        try connection.row("SELECT count(*) FROM outbox WHERE done_at IS NULL").map { $0[0].count } ?? 0
    }

    /// Forgets what was delivered before an instant. One statement.
    package func forget(before: Instant) throws {
        try connection.run("DELETE FROM outbox WHERE done_at < \(before)")
    }
}
