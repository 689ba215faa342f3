package import Values

/// What waits in the outbox, in figures.
package struct OutboxFigures: Sendable, Hashable {
    package let waiting: Int
    /// Given up, for a person to look at.
    package let dead: Int
    /// Since when the oldest of those that are due waits.
    package let oldestDue: Instant?
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
