package import Values

/// Two records of which somebody says that they are not the same.
package struct NotSamePair: Sendable, Hashable {
    package let object: String
    /// The smaller id first.
    package let first: RecordID
    package let second: RecordID
    /// What was compared then; when it differs now, the word no longer holds.
    package let print: String
    package let at: Instant
    package let by: RecordID?

    package init(object: String, _ one: RecordID, _ other: RecordID, print: String, at: Instant, by: RecordID?) {
        self.object = object
        first = min(one, other)
        second = max(one, other)
        self.print = print
        self.at = at
        self.by = by
    }
}

/// The pairs that are not the same.
package struct NotSame {
    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    /// One statement.
    package func put(_ pair: NotSamePair) throws {
        try connection.run(
            """
            INSERT INTO not_same(first, second, object, print, at, by) VALUES (\(pair.first), \(pair.second), \
            \(pair.object), \(pair.print), \(pair.at), \(SQLValue(pair.by))) ON CONFLICT(first, second) DO UPDATE SET \
            print = excluded.print, at = excluded.at, by = excluded.by
            """)
    }

    /// One statement.
    ///
    /// - Returns: false when nobody said so.
    package func remove(_ one: RecordID, _ other: RecordID) throws -> Bool {
        try connection.run(
            "DELETE FROM not_same WHERE first = \(min(one, other)) AND second = \(max(one, other))") > 0
    }

    /// The newest of an object. One statement.
    package func list(of object: String, limit: Int) throws -> [NotSamePair] {
        try pairs("object = \(object)", limit: limit)
    }

    /// Those in which one of these records stands. One statement for each 400.
    package func list(among records: [RecordID]) throws -> [NotSamePair] {
        var out: Set<NotSamePair> = []
        for part in records.parts(of: 400) {
            let first = RecordStore.among(part, column: "first")
            let second = RecordStore.among(part, column: "second")
            out.formUnion(try pairs("\(first) OR \(second)", limit: 5000))
        }
        return Array(out)
    }

    private func pairs(_ condition: SQLFragment, limit: Int) throws -> [NotSamePair] {
        try connection.rows(
            """
            SELECT object, first, second, print, at, by FROM not_same WHERE \(condition) \
            ORDER BY at DESC, first LIMIT \(limit)
            """
        ).map { row in
            NotSamePair(
                object: row[0].string, try required(row[1]), try required(row[2]), print: row[3].string,
                at: Instant(milliseconds: row[4].integer ?? 0), by: row[5].id)
        }
    }
}
