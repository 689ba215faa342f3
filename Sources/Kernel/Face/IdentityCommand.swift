package import Values

/// Commands about accounts. Secrets in them are never logged.
package enum IdentityCommand: Sendable {
    case signIn(Credentials)
    case signOut
    /// The first account of an empty database, with every right.
    case createOwner(login: String, name: String, password: String)
    /// Sets one's own password.
    case changePassword(old: String, new: String)
    /// Sets another's password, or opens the account of a user without one; needs the privilege `users` and all that
    /// the other's roles give.
    case resetPassword(user: RecordID, new: String)
    /// A token for scripts, shown once.
    case issueToken(name: String, days: Int)
    case revokeToken(id: String)
    /// Begins time codes: the pass carries the secret; they count once `confirmTimeCode` was right.
    case enrolTimeCode
    case confirmTimeCode(String)
    case dropTimeCode(password: String)
}

package struct Credentials: Sendable {
    package let login: String
    package let password: String
    /// Six digits, for accounts with time codes.
    package let code: String?
    /// Network address the attempt comes from.
    package let source: String

    package init(login: String, password: String, code: String? = nil, source: String) {
        self.login = login
        self.password = password
        self.code = code
        self.source = source
    }
}

/// A secret handed out once.
package struct Pass: Sendable {
    /// Session or API token, or the base-32 secret of time codes.
    package let token: String
    package let user: RecordID
    package let expires: Instant?

    package init(token: String, user: RecordID, expires: Instant?) {
        self.token = token
        self.user = user
        self.expires = expires
    }
}
