package import Values

/// A notice to one user inside the program.
package struct NotificationEntry: Sendable, Hashable {
    package let id: RecordID
    package let user: RecordID
    package let at: Instant
    package let kind: String
    package let object: String?
    package let record: RecordID?
    package let zh: String
    package let en: String
    package let readAt: Instant?
    /// `urgent`, `normal` or `digest`: how soon the person is to learn of it elsewhere.
    package let priority: String
    /// Its person did not want to hear of it: it stands in the list, nothing more.
    package let isMuted: Bool

    package init(
        id: RecordID, user: RecordID, at: Instant, kind: String, object: String? = nil, record: RecordID? = nil,
        zh: String, en: String, readAt: Instant? = nil, priority: String = "normal", isMuted: Bool = false
    ) {
        self.id = id
        self.user = user
        self.at = at
        self.kind = kind
        self.object = object
        self.record = record
        self.zh = zh
        self.en = en
        self.readAt = readAt
        self.priority = priority
        self.isMuted = isMuted
    }
}

/// The notices of all users.
package struct Notifications {
    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    /// The channel of the outbox by which a notice reaches its person outside the program.
    package static let channel = "notice"

    /// The key of a notice's delivery.
    package static func key(of notice: RecordID) -> String { "notice:\(notice)" }

    /// Adds a notice, and its delivery outside to the outbox. What its person has muted is read at once and goes nowhere;
    /// urgent notices can't be muted. Two statements.
    package func add(_ entry: NotificationEntry) throws {
        let muted = NoticeMutes.count(for: entry)
        let settled: SQLFragment = "CASE WHEN \(muted) > 0 THEN CAST(\(entry.at) AS bigint) END"
        try connection.send(
            """
            INSERT INTO notification(id, "user", at, kind, object, record, text_zh, text_en, priority, read_at, muted) \
            VALUES (\(entry.id), \(entry.user), \(entry.at), \(entry.kind), \(SQLValue(entry.object)), \
            \(SQLValue(entry.record)), \(entry.zh), \(entry.en), \(entry.priority), \(settled), \(muted))
            """)
        try connection.send(
            """
            INSERT INTO outbox(key, channel, payload, created_at, next_at, done_at) VALUES (\(Self.key(of: entry.id)), \
            \(Self.channel), \("\(entry.id)"), \(entry.at), \(entry.at), \(settled)) ON CONFLICT DO NOTHING
            """)
    }

    /// Those of the notices that are there. One statement.
    package func entries(_ ids: [RecordID]) throws -> [NotificationEntry] {
        guard !ids.isEmpty else { return [] }
        return try read(RecordStore.among(ids, column: "id"), limit: ids.count)
    }

    /// How many notices of each priority somebody got in a time, start included, end excluded. One statement.
    package func counts(of user: RecordID, from: Instant, until: Instant) throws -> [String: Int] {
        let rows = try connection.rows(
            """
            SELECT priority, count(*) FROM notification WHERE \(identifier: "user") = \(user) AND at >= \(from) \
            AND at < \(until) GROUP BY priority
            """)
        return Dictionary(rows.map { ($0[0].string, $0[1].count) }, uniquingKeysWith: +)
    }

    /// How often the person whom most was told alone since then was told. One statement over that time.
    package func mostInterrupted(since: Instant) throws -> Int {
        let row = try connection.row(
            """
            SELECT count(*) FROM notification WHERE interrupted_at >= \(since) \
            GROUP BY \(identifier: "user") ORDER BY 1 DESC LIMIT 1
            """)
        return row.map { $0[0].count } ?? 0
    }

    /// Notes that notices reached their people, each alone; the first time counts. One statement.
    ///
    /// - Parameter user: leaves those of others alone; nil for all.
    package func markInterrupted(_ ids: [RecordID], of user: RecordID? = nil, at: Instant) throws {
        guard !ids.isEmpty else { return }
        var statement: SQLFragment = "UPDATE notification SET interrupted_at = \(at) WHERE interrupted_at IS NULL AND "
        statement += RecordStore.among(ids, column: "id")
        if let user { statement += " AND \(identifier: "user") = \(user)" }
        try connection.run(statement)
    }

    /// When these people were told something alone, with its priority. One statement.
    ///
    /// - Parameter limit: the newest of them.
    package func interruptions(
        of users: [RecordID], from: Instant, until: Instant, limit: Int
    ) throws -> [(at: Instant, priority: String)] {
        guard !users.isEmpty else { return [] }
        return try connection.rows(
            """
            SELECT interrupted_at, priority FROM notification WHERE \(RecordStore.among(users, column: "\(identifier: "user")")) \
            AND interrupted_at >= \(from) AND interrupted_at < \(until) ORDER BY interrupted_at DESC LIMIT \(limit)
            """
        ).compactMap { row in row[0].instant.map { ($0, row[1].string) } }
    }

    /// The notices of a user, newest first. One statement.
    package func of(
        _ user: RecordID, unreadOnly: Bool = false, before: Instant? = nil, limit: Int
    ) throws -> [NotificationEntry] {
        var condition: SQLFragment = "\(identifier: "user") = \(user)"
        if unreadOnly { condition += " AND read_at IS NULL" }
        if let before { condition += " AND at < \(before)" }
        return try read(condition, limit: limit)
    }

    private func read(_ condition: SQLFragment, limit: Int) throws -> [NotificationEntry] {
        try connection.rows(
            """
            SELECT id, "user", at, kind, object, record, text_zh, text_en, read_at, priority, muted FROM notification \
            WHERE \(condition) ORDER BY at DESC, id DESC LIMIT \(limit)
            """
        ).map { row in
            NotificationEntry(
                id: try required(row[0]), user: try required(row[1]), at: Instant(milliseconds: row[2].integer ?? 0),
                kind: row[3].string, object: row[4].text, record: row[5].id, zh: row[6].string, en: row[7].string,
                readAt: row[8].instant, priority: row[9].string, isMuted: row[10].count > 0)
        }
    }

    /// How many notices a user has not read. One statement.
    package func unreadCount(of user: RecordID) throws -> Int {
        let query: SQLFragment =
            "SELECT count(*) FROM notification WHERE \(identifier: "user") = \(user) AND read_at IS NULL"
        return try connection.row(query).map { $0[0].count } ?? 0
    }

    /// Marks notices of a user as read, all with `ids` nil. One statement.
    package func markRead(of user: RecordID, ids: [RecordID]? = nil, at: Instant) throws {
        var statement = Self.read(of: user, at: at)
        if let ids { statement += " AND " + RecordStore.among(ids, column: "id") }
        try connection.run(statement)
    }

    /// Marks all notices of a user about a record as read. One statement.
    package func markRead(of user: RecordID, about record: RecordID, at: Instant) throws {
        try connection.run(Self.read(of: user, at: at) + " AND record = \(record)")
    }

    private static func read(of user: RecordID, at: Instant) -> SQLFragment {
        "UPDATE notification SET read_at = \(at) WHERE \(identifier: "user") = \(user) AND read_at IS NULL"
    }
}
