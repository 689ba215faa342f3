import Access
import Definitions
import Expressions
import Store
package import Values

/// What is said of a session or token instead of its secret.
package enum AccountKeys {
    /// Names a session among those of its person; says nothing of what opens it.
    static func handle(of hash: [UInt8]) -> String {
        String(Secrets.hex(Secrets.digest(hash + Array("handle".utf8))).prefix(16))
    }

    /// A session as its owner and who manages accounts see it.
    package struct Session: Sendable {
        package let handle: String
        /// `page`, `local` for the command line, or `renew`.
        package let kind: String
        package let createdAt: Instant
        package let seenAt: Instant
        package let address: String
        package let agent: String
        /// The one that asks.
        package let isThis: Bool

        init(_ entry: SessionEntry, of actor: Actor) {
            handle = AccountKeys.handle(of: entry.hash)
            kind = entry.kind
            createdAt = entry.createdAt
            seenAt = entry.seenAt
            address = entry.address
            agent = entry.agent
            isThis = actor.session?.id == Secrets.hex(entry.hash)
        }
    }

    /// A token as its owner and who manages accounts see it.
    package struct Token: Sendable {
        package let id: RecordID
        package let user: RecordID
        package let name: String
        package let createdAt: Instant
        package let expiresAt: Instant?
        package let usedAt: Instant?
        package let revokedAt: Instant?

        init(_ token: APIToken) {
            id = token.id
            user = token.user
            name = token.name
            createdAt = token.createdAt
            expiresAt = token.expiresAt
            usedAt = token.usedAt
            revokedAt = token.revokedAt
        }

        package func isLiving(at now: Instant) -> Bool { revokedAt == nil && expiresAt.map { $0 > now } ?? true }
    }
}

/// How somebody's account stands.
package struct AccountStanding: Sendable {
    package enum State: String, Sendable, CaseIterable {
        /// Signs in as usual.
        case active
        /// Has a password that works once and has not used it.
        case invited
        /// The one-time password was not used in time.
        case lapsed
        /// Has a password and never signed in.
        case neverSignedIn = "never"
        /// Too many wrong passwords somewhere; see `lockedUntil`.
        case locked
        /// A person without an account.
        case none
        /// Switched off.
        case disabled
    }

    package let state: State
    package let lockedUntil: Instant?
    package let signedInAt: Instant?
    package let seenAt: Instant?
    package let sessions: Int
    package let hasTimeCodes: Bool
}

/// The people of the house with how their accounts stand. For who holds the privilege `users`. Six statements.
package struct AccountsOf: Question {
    package struct Person: Sendable {
        package let record: RecordView
        package let account: AccountStanding
        /// The actor may hand out its passwords and end its sessions.
        package let isManageable: Bool
    }

    /// Part of a name, login or address; nil for everybody.
    package var search: String?

    package init(search: String? = nil) { self.search = search }

    /// Most people that are told at once.
    package static let most = 500

    /// - Throws: the rejection `forbidden` without the privilege.
    package func answer(in context: ReadContext) throws -> [Person] {
        guard context.actor.isSystem || context.access.has("users") else { throw Rejection.notAllowed }
        let wanted = ["name", "login", "email", "roles", "department", "region", "active", "language", "time_zone"]
        let rows = try context.ask(
            ListRecords(
                object: "user", columns: wanted.filter { context.access.grant("user").readable.contains($0) },
                sort: [SortKey(path: "name", descending: false)], search: search, limit: Self.most)
        ).rows
        return try AccountReader(context).people(rows)
    }
}

/// One person's account with its sessions and tokens: one's own, or with the privilege `users` another's.
package struct AccountOf: Question {
    package struct Answer: Sendable {
        package let person: AccountsOf.Person
        package let sessions: [AccountKeys.Session]
        /// Newest first, revoked ones included.
        package let tokens: [AccountKeys.Token]
    }

    package var user: RecordID

    package init(_ user: RecordID) { self.user = user }

    /// - Throws: the rejection `forbidden` for another's without the privilege; `not_found` for who is not in sight.
    package func answer(in context: ReadContext) throws -> Answer {
        guard context.actor.isSystem || user == context.actor.userID || context.access.has("users") else {
            throw Rejection.notAllowed
        }
        let record = try context.ask(ShowRecord(object: "user", id: user, withLines: false))
        guard let person = try AccountReader(context).people([record]).first else { throw Rejection.noSuchRecord }
        return try context.connection.beyondSight {
            Answer(
                person: person,
                sessions: try Sessions(context.connection).list(of: user, at: context.now)
                    .map { AccountKeys.Session($0, of: context.actor) },
                tokens: try APITokens(context.connection).list(of: user).map { AccountKeys.Token($0) })
        }
    }
}

/// The tokens of everybody whom the actor sees. For who holds the privilege `users`.
package struct AllTokens: Question {
    package struct Answer: Sendable {
        package let tokens: [AccountKeys.Token]
        /// Names of those who have them.
        package let names: [RecordID: String]
    }

    package init() {}

    /// - Throws: the rejection `forbidden` without the privilege.
    package func answer(in context: ReadContext) throws -> Answer {
        guard context.actor.isSystem || context.access.has("users") else { throw Rejection.notAllowed }
        let tokens = try context.connection.beyondSight {
            try APITokens(context.connection).all(at: context.now, limit: 500)
        }
        let names = try EventReader(context: context).titles(["user": Set(tokens.map(\.user))])
        return Answer(
            tokens: tokens.filter { names[$0.user] != nil }.map { AccountKeys.Token($0) }, names: names)
    }
}

/// Reads how accounts stand.
private struct AccountReader {
    let context: ReadContext
    private let credentials: [RecordID: CredentialStanding]
    private let sessions: [RecordID: SessionStanding]
    private let locks: [String: Instant]

    init(_ context: ReadContext) throws {
        self.context = context
        let connection = context.connection
        let now = context.now
        // Tables of secrets are closed to blocks in a person's name; what is read here opens nothing.
        (credentials, sessions, locks) = try connection.beyondSight {
            (
                try Store.Credentials(connection).standings(), try Sessions(connection).standings(at: now),
                try LoginFailures(connection).locks(at: now)
            )
        }
    }

    func people(_ records: [RecordView]) throws -> [AccountsOf.Person] {
        let ids = records.map(\.id)
        let signedIn = try context.connection.beyondSight {
            try EventLog(context.connection).latest(AccountEvent.signedIn.kind, of: ids)
        }
        var covered: [String: Bool] = [:]
        func covers(_ role: String) -> Bool {
            if let known = covered[role] { return known }
            let answer = context.access.covers(role: role)
            covered[role] = answer
            return answer
        }
        return records.map { record in
            AccountsOf.Person(
                record: record, account: standing(record, signedIn[record.id]),
                isManageable: (context.actor.isSystem || context.access.has("users"))
                    && record["roles"].codes.allSatisfy(covers))
        }
    }

    private func standing(_ record: RecordView, _ signedIn: Instant?) -> AccountStanding {
        let credential = credentials[record.id]
        let session = sessions[record.id]
        let lock = credential.flatMap { locks[$0.login] }
        let state: AccountStanding.State
        if record["active"] == .bool(false) {
            state = .disabled
        } else if let credential {
            if lock != nil {
                state = .locked
            } else if credential.mustChange {
                state =
                    credential.changedAt.adding(seconds: Kernel.invitationSeconds) < context.now ? .lapsed : .invited
            } else {
                state = signedIn == nil && session == nil ? .neverSignedIn : .active
            }
        } else {
            state = .none
        }
        return AccountStanding(
            state: state, lockedUntil: lock, signedInAt: signedIn,
            seenAt: [signedIn, session?.seenAt].compactMap(\.self).max(), sessions: session?.open ?? 0,
            hasTimeCodes: credential?.hasTimeCodes ?? false)
    }
}
