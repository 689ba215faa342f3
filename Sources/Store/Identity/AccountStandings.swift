package import Values

/// How an account stands, without anything that opens it.
package struct CredentialStanding: Sendable, Hashable {
    package let login: String
    /// The password works once and must then be changed.
    package let mustChange: Bool
    package let hasTimeCodes: Bool
    package let changedAt: Instant
}

extension Credentials {
    /// How every account stands, by user. One statement.
    package func standings() throws -> [RecordID: CredentialStanding] {
        let rows = try connection.rows(
            """
            SELECT "user", login, must_change, changed_at, \
            CASE WHEN totp_secret IS NULL OR substr(totp_secret, 1, 8) = 'pending:' THEN 0 ELSE 1 END FROM credential
            """)
        return Dictionary(
            try rows.map { row in
                (
                    try required(row[0]),
                    CredentialStanding(
                        login: row[1].string, mustChange: row[2].count == 1, hasTimeCodes: row[4].count == 1,
                        changedAt: Instant(milliseconds: row[3].integer ?? 0))
                )
            }, uniquingKeysWith: { first, _ in first })
    }
}

/// How many sessions somebody has open, and when the last of them was used.
package struct SessionStanding: Sendable, Hashable {
    package let open: Int
    package let seenAt: Instant?
}

extension Sessions {
    /// The open sessions of everybody who has one, by user. One statement.
    package func standings(at: Instant) throws -> [RecordID: SessionStanding] {
        let rows = try connection.rows(
            """
            SELECT "user", count(*), max(seen_at) FROM session WHERE expires_at > \(at) GROUP BY \(identifier: "user")
            """)
        return Dictionary(
            try rows.map { (try required($0[0]), SessionStanding(open: $0[1].count, seenAt: $0[2].instant)) },
            uniquingKeysWith: { first, _ in first })
    }
}

extension APITokens {
    /// Tokens of all users, those that still open something first, then newest first. One statement.
    package func all(at: Instant, limit: Int) throws -> [APIToken] {
        try tokens(
            "1 = 1",
            order: """
                CASE WHEN revoked_at IS NULL AND (expires_at IS NULL OR expires_at > \(at)) THEN 0 ELSE 1 END, \
                created_at DESC LIMIT \(limit)
                """)
    }
}

extension LoginFailures {
    /// Until when a login is locked somewhere, by login. One statement.
    package func locks(at: Instant) throws -> [String: Instant] {
        let rows = try connection.rows(
            "SELECT login, max(locked_until) FROM login_failure WHERE locked_until > \(at) GROUP BY login")
        return Dictionary(
            rows.compactMap { row in row[1].instant.map { (row[0].string, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// Forgets the counts of a login at every address. One statement.
    package func clear(login: String) throws {
        try connection.run("DELETE FROM login_failure WHERE login = \(login)")
    }
}
