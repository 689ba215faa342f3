package import Values

/// A long-lived token for programs. Only its hash is stored.
package struct APIToken: Sendable, Hashable {
    package let id: RecordID
    package let user: RecordID
    package let name: String
    package let createdAt: Instant
    package let expiresAt: Instant?
    package let usedAt: Instant?
    package let revokedAt: Instant?

    package init(
        id: RecordID, user: RecordID, name: String, createdAt: Instant, expiresAt: Instant? = nil,
        usedAt: Instant? = nil, revokedAt: Instant? = nil
    ) {
        self.id = id
        self.user = user
        self.name = name
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.usedAt = usedAt
        self.revokedAt = revokedAt
    }
}

/// The tokens of all users.
package struct APITokens {
    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    /// Adds a token. One statement.
    package func add(_ token: APIToken, hash: [UInt8]) throws {
        try connection.run(
            """
            INSERT INTO api_token(id, hash, "user", name, created_at, expires_at) VALUES (\(token.id), \
            \(SQLValue.blob(hash)), \(token.user), \(token.name), \(token.createdAt), \(SQLValue(token.expiresAt)))
            """)
    }

    /// The token with this hash that is neither expired nor revoked. One statement.
    package func find(hash: [UInt8], at: Instant) throws -> APIToken? {
        try tokens(
            """
            hash = \(SQLValue.blob(hash)) AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > \(at))
            """
        ).first
    }

    /// All tokens of a user, revoked ones included, newest first. One statement.
    package func list(of user: RecordID) throws -> [APIToken] { try tokens("\(identifier: "user") = \(user)") }

    /// - Returns: false when the user has no such living token.
    package func revoke(_ id: RecordID, of user: RecordID, at: Instant) throws -> Bool {
        try connection.run(
            """
            UPDATE api_token SET revoked_at = \(at) WHERE id = \(id) AND "user" = \(user) AND revoked_at IS NULL
            """) == 1
    }

    /// Revokes every token of a user. One statement.
    package func revokeAll(of user: RecordID, at: Instant) throws {
        try connection.run(
            "UPDATE api_token SET revoked_at = \(at) WHERE \(identifier: "user") = \(user) AND revoked_at IS NULL")
    }

    /// Notes that a token was used. One statement.
    package func touch(_ id: RecordID, at: Instant) throws {
        try connection.run("UPDATE api_token SET used_at = \(at) WHERE id = \(id)")
    }

    func tokens(_ condition: SQLFragment, order: SQLFragment = "created_at DESC") throws -> [APIToken] {
        try connection.rows(
            """
            SELECT id, "user", name, created_at, expires_at, used_at, revoked_at FROM api_token \
            WHERE \(condition) ORDER BY \(order)
            """
        ).map { row in
            APIToken(
                id: try required(row[0]), user: try required(row[1]), name: row[2].string,
                createdAt: Instant(milliseconds: row[3].integer ?? 0), expiresAt: row[4].instant,
                usedAt: row[5].instant, revokedAt: row[6].instant)
        }
    }
}
