package import Values

/// How a user proves who they are.
package struct Credential: Sendable, Hashable {
    package let user: RecordID
    /// Canonical form: the Kernel folds it before it asks.
    package let login: String
    /// Argon2 hash in PHC form.
    package let password: String
    /// Base32; nil without a second factor.
    package let totpSecret: String?
    /// The last time step whose code was used: a code works once.
    package let totpStep: Int?
    /// Hashes of recovery codes, a JSON list.
    package let recovery: String
    /// The password must be changed at the next login.
    package let mustChange: Bool
    package let changedAt: Instant

    package init(
        user: RecordID, login: String, password: String, totpSecret: String? = nil, totpStep: Int? = nil,
        recovery: String = "[]", mustChange: Bool = false, changedAt: Instant
    ) {
        self.user = user
        self.login = login
        self.password = password
        self.totpSecret = totpSecret
        self.totpStep = totpStep
        self.recovery = recovery
        self.mustChange = mustChange
        self.changedAt = changedAt
    }
}

/// The credentials of all users who can log in.
package struct Credentials {
    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    /// By the canonical login. One statement.
    package func credential(login: String) throws -> Credential? { try found("login = \(login)") }
    /// Of a user; nil when they can't log in. One statement.
    package func credential(user: RecordID) throws -> Credential? { try found("\(identifier: "user") = \(user)") }

    /// Whether nobody can log in yet: the first-run page is shown.
    package func isEmpty() throws -> Bool { try connection.row("SELECT 1 FROM credential LIMIT 1") == nil }

    /// Adds or replaces a user's credential. One statement.
    ///
    /// - Throws: `StoreError.duplicate(field: "login")` when another user has the login.
    package func put(_ credential: Credential) throws {
        try connection.run(
            """
            INSERT INTO credential("user", login, password, totp_secret, totp_step, recovery, must_change, changed_at) \
            VALUES (\(credential.user), \(credential.login), \(credential.password), \
            \(SQLValue(credential.totpSecret)), \(SQLValue(credential.totpStep)), \(credential.recovery), \
            \(credential.mustChange ? 1 : 0), \(credential.changedAt)) ON CONFLICT("user") DO UPDATE SET \
            login = excluded.login, password = excluded.password, totp_secret = excluded.totp_secret, \
            totp_step = excluded.totp_step, recovery = excluded.recovery, must_change = excluded.must_change, \
            changed_at = excluded.changed_at
            """)
    }

    /// The user can't log in any more. One statement.
    package func remove(user: RecordID) throws {
        try connection.run("DELETE FROM credential WHERE \(identifier: "user") = \(user)")
    }

    /// Uses up a time step of the second factor. One statement.
    ///
    /// - Returns: false when this step or a later one was used already.
    package func useTOTP(user: RecordID, step: Int) throws -> Bool {
        try connection.run(
            """
            UPDATE credential SET totp_step = \(step) \
            WHERE "user" = \(user) AND (totp_step IS NULL OR totp_step < \(step))
            """) == 1
    }

    private func found(_ condition: SQLFragment) throws -> Credential? {
        let row = try connection.row(
            """
            SELECT "user", login, password, totp_secret, totp_step, recovery, must_change, changed_at \
            FROM credential WHERE \(condition)
            """)
        guard let row else { return nil }
        return Credential(
            user: try required(row[0]), login: row[1].string, password: row[2].string, totpSecret: row[3].text,
            totpStep: row[4].int, recovery: row[5].string, mustChange: row[6].count == 1,
            changedAt: Instant(milliseconds: row[7].integer ?? 0))
    }
}
