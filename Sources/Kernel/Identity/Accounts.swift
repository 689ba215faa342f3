import Definitions
import Store
package import Values

extension Kernel {
    /// The first account of an empty database.
    func createOwner(login: String, name: String, password: String) async throws -> Outcome {
        let hasAccounts = try await database.read { try !Store.Credentials($0).isEmpty() }
        guard !hasAccounts else { throw Rejection.noSuchRecord }
        try acceptable(password, login: Self.canonical(login))
        try await addAccount(
            login: login, name: name, roles: ["admin", "general_manager"], hash: try await hashed(password),
            more: [:], onlyFirst: true)
        return try await perform(
            .signIn(Credentials(login: login, password: password, source: "local")), as: .nobody)
    }

    /// Adds a person with an account; the house's own doing, not a user's.
    package func addAccount(login: String, name: String, roles: [String], password: String) async throws {
        try acceptable(password, login: Self.canonical(login))
        try await addAccount(
            login: login, name: name, roles: roles, hash: try await hashed(password), more: [:])
    }

    /// - Parameters:
    ///   - more: further fields of the user.
    ///   - onlyFirst: refuse when there is an account already, looked at in the same transaction.
    @discardableResult
    package func addAccount(
        login: String, name: String, roles: [String], hash: String, more: [String: Input], id: RecordID? = nil,
        onlyFirst: Bool = false
    ) async throws -> RecordID {
        let canonical = Self.canonical(login)
        guard Self.isLogin(login) else { throw Rejection.invalid([.badLogin]) }
        var draft = Draft([
            "login": .text(canonical), "name": .text(name), "roles": .list(roles.map { .text($0) }),
            "active": .bool(true),
        ])
        draft.fields.merge(more) { _, new in new }
        let command = Command(.create(object: "user", draft), stamp: Stamp(id: id))
        let snapshot = snapshot
        let now = surroundings.now()
        let ids = surroundings.ids
        // The person and the account in one transaction: neither is there without the other.
        let made = try await translated {
            try await account(as: .system("account " + canonical)) { connection, log in
                let accounts = Store.Credentials(connection)
                if onlyFirst, try !accounts.isEmpty() { throw Rejection.noSuchRecord }
                let context = ReadContext(
                    connection: connection, snapshot: snapshot, actor: log.actor, now: now)
                let outcome = try Transaction(context: context, ids: ids, command: command).run()
                guard let user = outcome.created.first?.id else {
                    throw Fault(code: "account", detail: "no user was made")
                }
                try accounts.put(Credential(user: user, login: canonical, password: hash, changedAt: now))
                return (user, try log.note(.opened, of: user))
            }
        }
        await hub.publish(made.1)
        return made.0
    }

    /// Sets a password from the machine itself, for whoever has lost it, and ends all sessions.
    package func resetAccount(login: String, password: String) async throws {
        let canonical = Self.canonical(login)
        guard let credential = try await database.read({ try Store.Credentials($0).credential(login: canonical) })
        else {
            throw Rejection.noSuchRecord
        }
        _ = try await perform(.resetPassword(user: credential.user, new: password), as: .system("reset at the machine"))
    }

    /// A short session for the command line, which already has the database in its hands.
    package func localToken(for login: String) async throws -> String {
        let canonical = Self.canonical(login)
        let now = surroundings.now()
        let token = Secrets.token()
        return try await translated {
            try await database.write { connection in
                guard let credential = try Store.Credentials(connection).credential(login: canonical) else {
                    throw Rejection.noSuchRecord
                }
                try Sessions(connection).open(
                    SessionEntry(
                        hash: Secrets.digest(Array(token.utf8)), user: credential.user, kind: "local", createdAt: now,
                        seenAt: now, expiresAt: now.adding(seconds: 600), address: "local", agent: "baton"))
                return token
            }
        }
    }
}
