package import Values

/// A file at a record.
package struct Attachment: Sendable, Hashable {
    package let id: RecordID
    package let object: String
    package let record: RecordID
    /// The files field it stands in.
    package let field: String
    package let position: Int
    package let name: String
    package let mediaType: String
    package let size: Int
    /// SHA-256 of the content.
    package let hash: [UInt8]
    package let createdAt: Instant
    package let createdBy: RecordID?

    package init(
        id: RecordID, object: String, record: RecordID, field: String, position: Int, name: String, mediaType: String,
        size: Int, hash: [UInt8], createdAt: Instant, createdBy: RecordID?
    ) {
        self.id = id
        self.object = object
        self.record = record
        self.field = field
        self.position = position
        self.name = name
        self.mediaType = mediaType
        self.size = size
        self.hash = hash
        self.createdAt = createdAt
        self.createdBy = createdBy
    }
}

/// Files at records. The bytes are in the database, each content once: they commit, back up and come back with the
/// records they belong to.
package struct Attachments {
    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    /// SHA-256 of a content, by which it is stored.
    package static func hash(of content: [UInt8]) throws -> [UInt8] { try SHA256Digest.of(content) }

    /// Adds a file with its content. Two statements.
    package func add(_ attachment: Attachment, content: [UInt8]) throws {
        let hash = SQLValue.blob(attachment.hash)
        try connection.run(
            """
            INSERT INTO attachment_content(hash, size, content) \
            VALUES (\(hash), \(content.count), \(SQLValue.blob(content))) ON CONFLICT DO NOTHING
            """)
        try connection.run(
            """
            INSERT INTO attachment(id, object, record, field, position, name, media_type, size, hash, created_at, \
            created_by) VALUES (\(attachment.id), \(attachment.object), \(attachment.record), \(attachment.field), \
            \(attachment.position), \(attachment.name), \(attachment.mediaType), \(attachment.size), \(hash), \
            \(attachment.createdAt), \(SQLValue(attachment.createdBy)))
            """)
    }

    /// One file that was not taken off. One statement.
    package func attachment(_ id: RecordID) throws -> Attachment? { try found("id = \(id)").first }

    /// The files of a record, of one field or all, in order. One statement.
    package func list(of record: RecordID, field: String? = nil) throws -> [Attachment] {
        var condition: SQLFragment = "record = \(record)"
        if let field { condition += " AND field = \(field)" }
        return try found(condition)
    }

    /// How many files each record has. One statement for each 500 records.
    package func counts(of records: [RecordID]) throws -> [RecordID: Int] {
        var counts: [RecordID: Int] = [:]
        for part in records.parts(of: 500) {
            let rows = try connection.rows(
                """
                SELECT record, count(*) FROM attachment WHERE \(RecordStore.among(part, column: "record")) \
                AND deleted_at IS NULL GROUP BY record
                """)
            for row in rows { counts[try required(row[0])] = row[1].count }
        }
        return counts
    }

    /// The bytes of a content. One statement.
    package func content(hash: [UInt8]) throws -> [UInt8]? {
        try connection.row("SELECT content FROM attachment_content WHERE hash = \(SQLValue.blob(hash))")?[0].blob
    }

    /// Takes a file off its record; it can be brought back until it is purged. One statement.
    ///
    /// - Parameter at: nil brings it back.
    package func setDeleted(_ id: RecordID, _ at: Instant?) throws -> Bool {
        try connection.run("UPDATE attachment SET deleted_at = \(SQLValue(at)) WHERE id = \(id)") == 1
    }

    /// Removes files taken off before an instant, and contents no file has. Two statements.
    package func purge(before: Instant) throws {
        try connection.run("DELETE FROM attachment WHERE deleted_at < \(before)")
        try connection.run(
            """
            DELETE FROM attachment_content WHERE hash NOT IN (SELECT hash FROM attachment)
            """)
    }

    private func found(_ condition: SQLFragment) throws -> [Attachment] {
        try connection.rows(
            """
            SELECT id, object, record, field, position, name, media_type, size, hash, created_at, created_by \
            FROM attachment WHERE \(condition) AND deleted_at IS NULL ORDER BY field, position, id
            """
        ).map { row in
            Attachment(
                id: try required(row[0]), object: row[1].string, record: try required(row[2]), field: row[3].string,
                position: row[4].count, name: row[5].string, mediaType: row[6].string, size: row[7].count,
                hash: row[8].bytes, createdAt: Instant(milliseconds: row[9].integer ?? 0), createdBy: row[10].id)
        }
    }
}
