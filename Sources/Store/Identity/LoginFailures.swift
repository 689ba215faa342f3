package import Values

/// Failed logins, counted for each login and source address, so that nobody locks a colleague out from elsewhere.
package struct LoginFailures {
    /// What was counted.
    package struct Standing: Sendable, Hashable {
        package let failures: Int
        package let firstAt: Instant?
        package let lockedUntil: Instant?
    }

    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    /// The count of a login from an address. One statement.
    package func standing(login: String, address: String) throws -> Standing {
        let row = try connection.row(
            """
            SELECT failures, first_at, locked_until FROM login_failure \
            WHERE login = \(login) AND address = \(address)
            """)
        guard let row else { return Standing(failures: 0, firstAt: nil, lockedUntil: nil) }
        return Standing(failures: row[0].count, firstAt: row[1].instant, lockedUntil: row[2].instant)
    }

    /// Failures from one address since an instant, over all logins. One statement.
    package func failures(from address: String, since: Instant) throws -> Int {
        try connection.row(
            """
            SELECT \(connection.dialect.total(of: "failures")) FROM login_failure WHERE address = \(address) AND first_at >= \(since)
            """
        ).map { $0[0].count } ?? 0
    }

    /// Counts a failure; one that comes after `window` begins a new count. One statement.
    ///
    /// - Parameter lockedUntil: from when on it may be tried again, decided by the caller.
    package func record(
        login: String, address: String, at: Instant, windowSeconds: Int, lockedUntil: Instant?
    ) throws {
        let oldest = at.adding(seconds: -windowSeconds)
        try connection.run(
            """
            INSERT INTO login_failure(login, address, failures, first_at, locked_until) \
            VALUES (\(login), \(address), 1, \(at), \(SQLValue(lockedUntil))) \
            ON CONFLICT(login, address) DO UPDATE SET \
            failures = CASE WHEN login_failure.first_at < \(oldest) THEN 1 ELSE login_failure.failures + 1 END, \
            first_at = CASE WHEN login_failure.first_at < \(oldest) THEN \(at) ELSE login_failure.first_at END, \
            locked_until = excluded.locked_until
            """)
    }

    /// Forgets the count after a login that succeeded. One statement.
    package func clear(login: String, address: String) throws {
        try connection.run("DELETE FROM login_failure WHERE login = \(login) AND address = \(address)")
    }

    /// Forgets counts begun before an instant. One statement.
    package func forget(before: Instant) throws {
        try connection.run("DELETE FROM login_failure WHERE first_at < \(before)")
    }
}
