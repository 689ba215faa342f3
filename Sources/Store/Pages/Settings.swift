package import Values

/// Small values of the whole installation, by key.
package struct Settings {
    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    /// The value of a key; nil when it is not set. One statement.
    package func text(_ key: String) throws -> String? {
        try connection.row("SELECT value FROM setting WHERE key = \(key)")?[0].text
    }

    /// All settings whose key begins with `prefix`. One statement.
    package func all(prefix: String = "") throws -> [String: String] {
        let end = prefix + "\u{10FFFF}"
        let rows = try connection.rows("SELECT key, value FROM setting WHERE key >= \(prefix) AND key < \(end)")
        return Dictionary(rows.map { ($0[0].string, $0[1].string) }, uniquingKeysWith: { first, _ in first })
    }

    /// Sets a value; nil removes it. One statement.
    package func set(_ key: String, _ value: String?, at: Instant, by: RecordID?) throws {
        guard let value else {
            try connection.run("DELETE FROM setting WHERE key = \(key)")
            return
        }
        try connection.run(
            """
            INSERT INTO setting(key, value, updated_at, updated_by) VALUES (\(key), \(value), \(at), \(SQLValue(by))) \
            ON CONFLICT(key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at, \
            updated_by = excluded.updated_by
            """)
    }

    /// Writes a value that means nothing, to see that writing works. One statement.
    ///
    /// The value is another one each time: an engine may leave a page alone that would only get what it holds.
    package func touch(_ key: String) throws {
        try connection.run(
            """
            INSERT INTO setting(key, value, updated_at, updated_by) VALUES (\(key), 'tick', 0, NULL) \
            ON CONFLICT(key) DO UPDATE SET value = CASE WHEN setting.value = 'tick' THEN 'tock' ELSE 'tick' END
            """)
    }
}
