package import Values

/// What waits in the outbox, in figures.
package struct OutboxFigures: Sendable, Hashable {
    package let waiting: Int
    /// Given up, for a person to look at.
    package let dead: Int
    /// Since when the oldest of those that are due waits.
    package let oldestDue: Instant?
}

/// What became of one channel's deliveries.
package struct OutboxChannel: Sendable, Hashable {
    package let id: String
    package let waiting: Int
    package let dead: Int
    package let oldestDue: Instant?
    package let lastDone: Instant?
    /// Of one that waits.
    package let lastError: String?
}

/// A delivery that was given up.
package struct DeadDelivery: Sendable, Hashable {
    package let id: Int
    package let key: String
    package let channel: String
    package let createdAt: Instant
    package let endedAt: Instant
    package let attempts: Int
    package let error: String
}

extension Outbox {
    /// Lets claimed deliveries wait; the attempt doesn't count. One statement.
    package func postpone(_ ids: [Int], until: Instant) throws {
        guard !ids.isEmpty else { return }
        try connection.run(
            "UPDATE outbox SET next_at = \(until), attempts = attempts - 1 WHERE id IN (\(Self.list(ids)))")
    }

    /// Lets deliveries that wait be looked at now; those that are under way or were tried stay as they are. One
    /// statement.
    package func hasten(_ keys: [String], at: Instant) throws {
        guard let first = keys.first else { return }
        var list: SQLFragment = "\(first)"
        for key in keys.dropFirst() { list += ", \(key)" }
        try connection.run(
            """
            UPDATE outbox SET next_at = \(at) WHERE done_at IS NULL AND attempts = 0 AND next_at > \(at) \
            AND key IN (\(list))
            """)
    }

    /// Claims deliveries by their keys, those that are still to be made. One statement.
    package func claim(_ keys: [String], until: Instant) throws -> [OutboxItem] {
        guard let first = keys.first else { return [] }
        var list: SQLFragment = "\(first)"
        for key in keys.dropFirst() { list += ", \(key)" }
        return try connection.rows(
            """
            UPDATE outbox SET attempts = attempts + 1, next_at = \(until) WHERE done_at IS NULL AND key IN (\(list)) \
            RETURNING id, key, channel, payload, created_at, attempts
            """
        ).map(Self.item).sorted { $0.id < $1.id }
    }

    /// Marks deliveries as made. One statement.
    package func done(_ ids: [Int], at: Instant) throws {
        guard !ids.isEmpty else { return }
        try connection.run("UPDATE outbox SET done_at = \(at), error = NULL WHERE id IN (\(Self.list(ids)))")
    }

    /// What waits and what was given up. One statement.
    package func figures(at now: Instant) throws -> OutboxFigures {
        let row = try connection.row(
            """
            SELECT count(CASE WHEN done_at IS NULL THEN 1 END), count(CASE WHEN done_at IS NOT NULL THEN 1 END), \
            min(CASE WHEN done_at IS NULL AND next_at <= \(now) THEN next_at END) \
            FROM outbox WHERE done_at IS NULL OR error IS NOT NULL
            """)
        return OutboxFigures(
            waiting: row?[0].count ?? 0, dead: row?[1].count ?? 0,
            oldestDue: row?[2].integer.map { Instant(milliseconds: $0) })
    }

    /// What waits, was given up and went out by each channel. One statement over what is kept.
    package func channels(at now: Instant) throws -> [OutboxChannel] {
        try connection.rows(
            """
            SELECT channel, count(CASE WHEN done_at IS NULL THEN 1 END), \
            count(CASE WHEN done_at IS NOT NULL AND error IS NOT NULL THEN 1 END), \
            min(CASE WHEN done_at IS NULL AND next_at <= \(now) THEN next_at END), \
            max(CASE WHEN error IS NULL THEN done_at END), max(CASE WHEN done_at IS NULL THEN error END) \
            FROM outbox GROUP BY channel ORDER BY channel
            """
        ).map { row in
            OutboxChannel(
                id: row[0].string, waiting: row[1].count, dead: row[2].count, oldestDue: row[3].instant,
                lastDone: row[4].instant, lastError: row[5].text)
        }
    }

    /// What was given up, newest first. One statement.
    package func dead(limit: Int) throws -> [DeadDelivery] {
        try connection.rows(
            """
            SELECT id, key, channel, created_at, done_at, attempts, error FROM outbox \
            WHERE done_at IS NOT NULL AND error IS NOT NULL ORDER BY done_at DESC, id DESC LIMIT \(limit)
            """
        ).map { row in
            DeadDelivery(
                id: row[0].count, key: row[1].string, channel: row[2].string,
                createdAt: Instant(milliseconds: row[3].integer ?? 0),
                endedAt: Instant(milliseconds: row[4].integer ?? 0),
                attempts: row[5].count, error: row[6].string)
        }
    }

    /// Tries again what was given up, with its key. One statement.
    ///
    /// - Returns: whether there is such a one.
    package func revive(_ id: Int, at: Instant) throws -> Bool {
        try connection.run(
            """
            UPDATE outbox SET done_at = NULL, error = NULL, attempts = 0, next_at = \(at) \
            WHERE id = \(id) AND done_at IS NOT NULL AND error IS NOT NULL
            """) == 1
    }

    private static func list(_ ids: [Int]) -> SQLFragment {
        var list: SQLFragment = "\(ids[0])"
        for id in ids.dropFirst() { list += ", \(id)" }
        return list
    }
}
