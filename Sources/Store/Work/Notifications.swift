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

    package init(
        id: RecordID, user: RecordID, at: Instant, kind: String, object: String? = nil, record: RecordID? = nil,
        zh: String, en: String, readAt: Instant? = nil, priority: String = "normal"
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
    }
}

/// The notices of all users.
package struct Notifications {
    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    /// Adds a notice. One statement.
    package func add(_ entry: NotificationEntry) throws {
        try connection.send(
            """
            INSERT INTO notification(id, "user", at, kind, object, record, text_zh, text_en, priority) VALUES (\(entry.id), \
            \(entry.user), \(entry.at), \(entry.kind), \(SQLValue(entry.object)), \(SQLValue(entry.record)), \
            \(entry.zh), \(entry.en), \(entry.priority))
            """)
    }

    /// The notices of a user, newest first. One statement.
    package func of(
        _ user: RecordID, unreadOnly: Bool = false, before: Instant? = nil, limit: Int
    ) throws -> [NotificationEntry] {
        var condition: SQLFragment = "\(identifier: "user") = \(user)"
        if unreadOnly { condition += " AND read_at IS NULL" }
        if let before { condition += " AND at < \(before)" }
        return try connection.rows(
            """
            SELECT id, "user", at, kind, object, record, text_zh, text_en, read_at, priority FROM notification \
            WHERE \(condition) ORDER BY at DESC, id DESC LIMIT \(limit)
            """
        ).map { row in
            NotificationEntry(
                id: try required(row[0]), user: try required(row[1]), at: Instant(milliseconds: row[2].integer ?? 0),
                kind: row[3].string, object: row[4].text, record: row[5].id, zh: row[6].string, en: row[7].string,
                readAt: row[8].instant, priority: row[9].string)
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
        var statement: SQLFragment =
            "UPDATE notification SET read_at = \(at) WHERE \(identifier: "user") = \(user) AND read_at IS NULL"
        if let ids { statement += " AND " + RecordStore.among(ids, column: "id") }
        try connection.run(statement)
    }
}
