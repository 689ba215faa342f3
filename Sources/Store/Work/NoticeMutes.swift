package import Values

/// Something that a person does not want to hear of.
package struct NoticeMute: Sendable, Hashable {
    package enum Subject: Sendable, Hashable {
        /// Notices of a kind, such as `leg` or `approval`.
        case kind(String)
        /// Notices about one record.
        case record(object: String, RecordID)

        /// The same for the same subject; its key.
        var text: String {
            switch self {
            case .kind(let kind): "kind:" + kind
            case .record(_, let id): "record:\(id)"
            }
        }
    }

    package let subject: Subject
    package let since: Instant
    /// When it ends, excluded; nil until it is taken back.
    package let until: Instant?

    package init(subject: Subject, since: Instant, until: Instant?) {
        self.subject = subject
        self.since = since
        self.until = until
    }
}

/// What the people of the house do not want to hear of.
package struct NoticeMutes {
    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    /// Mutes a subject, or gives it another end. One statement.
    package func put(_ mute: NoticeMute, of user: RecordID) throws {
        var place: (object: String?, record: RecordID?) = (nil, nil)
        if case .record(let object, let id) = mute.subject { place = (object, id) }
        try connection.run(
            """
            INSERT INTO notice_mute("user", subject, object, record, at, until) VALUES (\(user), \
            \(mute.subject.text), \(SQLValue(place.object)), \(SQLValue(place.record)), \(mute.since), \
            \(SQLValue(mute.until))) ON CONFLICT("user", subject) DO UPDATE SET at = excluded.at, until = excluded.until
            """)
    }

    /// One statement.
    package func remove(_ subject: NoticeMute.Subject, of user: RecordID) throws {
        try connection.run(
            "DELETE FROM notice_mute WHERE \(identifier: "user") = \(user) AND subject = \(subject.text)")
    }

    /// What a user has muted now, the newest first. One statement.
    package func of(_ user: RecordID, at now: Instant) throws -> [NoticeMute] {
        try connection.rows(
            """
            SELECT subject, object, record, at, until FROM notice_mute WHERE \(identifier: "user") = \(user) \
            AND (until IS NULL OR until > \(now)) ORDER BY at DESC, subject
            """
        ).compactMap { row in
            let subject: NoticeMute.Subject
            if let object = row[1].text, let record = row[2].id {
                subject = .record(object: object, record)
            } else {
                subject = .kind(String(row[0].string.dropFirst("kind:".count)))
            }
            return NoticeMute(
                subject: subject, since: Instant(milliseconds: row[3].integer ?? 0), until: row[4].instant)
        }
    }

    /// Forgets what ended before an instant. One statement.
    package func forget(before: Instant) throws {
        try connection.run("DELETE FROM notice_mute WHERE until < \(before)")
    }

    /// 1 when its person has muted the kind of a notice or its record, else 0. `clock:x` is of the kind `clock`.
    static func count(for entry: NotificationEntry) -> SQLFragment {
        guard entry.priority != "urgent" else { return "0" }
        let kind = NoticeMute.Subject.kind(String(entry.kind.prefix { $0 != ":" })).text
        let record = entry.record.map { NoticeMute.Subject.record(object: "", $0).text } ?? kind
        return """
            (SELECT CASE WHEN count(*) > 0 THEN 1 ELSE 0 END FROM notice_mute WHERE \(identifier: "user") = \(entry.user) \
            AND subject IN (\(kind), \(record)) AND (until IS NULL OR until > \(entry.at)))
            """
    }
}
