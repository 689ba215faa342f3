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
    /// Gives a person a password that works once, in the pass; opens their account if they have none. Same rights as
    /// `resetPassword`.
    case invite(user: RecordID)
    /// Makes people with their accounts, all or none; the passes hold a password that works once for each, same order.
    /// Needs the privilege `users` and all that their roles give.
    case addPeople([NewPerson])
    /// Ends a session: one's own, or another's with the rights of `resetPassword`. The handle is that of `AccountKeys`.
    case endSession(user: RecordID, handle: String)
    /// Ends all sessions of a person, but the one that asks.
    case endSessions(user: RecordID)
    /// Lets somebody try to sign in again at once.
    case unlock(user: RecordID)
    /// Notes that the actor's session or token was used.
    case noteUse
    /// A token for scripts, shown once.
    case issueToken(name: String, days: Int)
    case revokeToken(id: String)
    /// Revokes a token of another; same rights as `resetPassword`.
    case revokeTokenOf(user: RecordID, id: RecordID)
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
    /// What the browser or program calls itself; at most 200 characters are kept.
    package let agent: String

    package init(login: String, password: String, code: String? = nil, source: String, agent: String = "") {
        self.login = login
        self.password = password
        self.code = code
        self.source = source
        self.agent = String(agent.prefix(200))
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
