package import Values

/// Answers by key, so that a request sent twice has one effect and the same answer.
package struct Idempotency {
    /// What became of a key.
    package enum Standing: Sendable, Hashable {
        /// The key is new and now taken: do the work, then `finish` or `release`.
        case started
        /// The same request is being worked on.
        case inFlight
        case done(status: Int, body: [UInt8])
        /// The key was used for another request.
        case differs
    }

    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    /// Takes the key for a user, or tells what became of it. One or two statements.
    ///
    /// - Parameter requestHash: of method, path and body.
    package func begin(user: RecordID, key: String, requestHash: [UInt8], at: Instant) throws -> Standing {
        let taken = try connection.run(
            """
            INSERT INTO idempotency("user", key, request_hash, state, created_at) \
            VALUES (\(user), \(key), \(SQLValue.blob(requestHash)), 'in_flight', \(at)) ON CONFLICT DO NOTHING
            """)
        if taken == 1 { return .started }
        let row = try connection.row(
            """
            SELECT request_hash, state, status, body FROM idempotency WHERE "user" = \(user) AND key = \(key)
            """)
        guard let row else { throw StoreError.broken("an idempotency key came and went") }
        guard row[0].bytes == requestHash else { return .differs }
        return row[1].string == "done" ? .done(status: row[2].count, body: row[3].bytes) : .inFlight
    }

    /// Keeps the answer. One statement.
    package func finish(user: RecordID, key: String, status: Int, body: [UInt8]) throws {
        try connection.send(
            """
            UPDATE idempotency SET state = 'done', status = \(status), body = \(SQLValue.blob(body)) \
            WHERE "user" = \(user) AND key = \(key)
            """)
    }

    /// Gives the key back after work that had no effect. One statement.
    package func release(user: RecordID, key: String) throws {
        try connection.run(
            "DELETE FROM idempotency WHERE \(identifier: "user") = \(user) AND key = \(key) AND state = 'in_flight'")
    }

    /// Forgets keys taken before an instant. One statement.
    @discardableResult
    package func forget(before: Instant) throws -> Int {
        try connection.run("DELETE FROM idempotency WHERE created_at < \(before)")
    }
}
