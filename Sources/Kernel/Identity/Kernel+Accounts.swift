import Definitions
import Logging
import Store
import Values

/// What is done with the accounts of people, one's own sessions included.
extension Kernel {
    /// Seconds for which a password that works once opens the door.
    static let invitationSeconds = 7 * 86_400

    /// Hands out a password that works once and must then be changed; what the old one opened is ended.
    func invite(_ user: RecordID, _ actor: Actor) async throws -> Outcome {
        let account = try await manageable(user, by: actor)
        let password = Secrets.spoken()
        let outcome = try await setPassword(
            password, account.credential, account.isNew ? .opened : .invited, mustChange: true, by: actor)
        try await forgetFailures(account.credential.login)
        let expires = surroundings.now().adding(seconds: Self.invitationSeconds)
        return Outcome(
            sequence: outcome.sequence, pass: Pass(token: password, user: user, expires: expires))
    }

    func unlock(_ user: RecordID, _ actor: Actor) async throws -> Outcome {
        let account = try await manageable(user, by: actor)
        let login = account.credential.login
        let sequence = try await self.account(as: actor) { connection, log in
            try LoginFailures(connection).clear(login: login)
            return try log.note(.unlocked, of: user)
        }
        return Outcome(sequence: sequence)
    }

    private func forgetFailures(_ login: String) async throws {
        try await database.write { try LoginFailures($0).clear(login: login) }
    }

    // MARK: Sessions

    func endSession(_ handle: String, of user: RecordID, _ actor: Actor) async throws -> Outcome {
        if user != actor.userID { _ = try await manageable(user, by: actor) }
        let sequence = try await account(as: actor) { connection, log in
            let sessions = Sessions(connection)
            guard
                let entry = try sessions.list(of: user, at: log.now).first(where: {
                    AccountKeys.handle(of: $0.hash) == handle
                })
            else { throw Rejection.noSuchRecord }
            try sessions.close(hash: entry.hash)
            return try log.note(.sessionsEnded, of: user, [AccountLog.end(of: "sessions", 1)])
        }
        return Outcome(sequence: sequence)
    }

    func endSessions(of user: RecordID, _ actor: Actor) async throws -> Outcome {
        let isOwn = user == actor.userID
        if !isOwn { _ = try await manageable(user, by: actor) }
        let own = isOwn ? actor.session.flatMap { Secrets.bytes(hex: $0.id) } : nil
        let sequence = try await account(as: actor) { connection, log in
            try log.endSessions(of: user, except: own, withTokens: false)
        }
        return Outcome(sequence: sequence)
    }

    /// - Throws: as `resetPassword`, and `not_found` for a token that opens nothing.
    func revokeToken(_ id: RecordID, of user: RecordID, _ actor: Actor) async throws -> Outcome {
        _ = try await manageable(user, by: actor)
        return try await revoke(id, of: user, actor)
    }

    // MARK: Use

    /// Seconds after which a session or token is noted as used again.
    private static let useSeconds = 600

    /// Notes, at most every ten minutes, that the session or token behind somebody was used.
    ///
    /// Nothing depends on it, so that a database that takes no writes keeps nobody from reading.
    ///
    /// - Returns: whether it was noted now, which lets a session live on for as long as from its beginning.
    @discardableResult
    package func noteUse(of actor: Actor) async -> Bool {
        guard let use = actor.use else { return false }
        if let noted = use.notedAt, noted.adding(seconds: Self.useSeconds) > surroundings.now() { return false }
        do {
            _ = try await perform(Command(.identity(.noteUse)), as: actor)
            return true
        } catch {
            logger.debug("a use was not noted", metadata: ["detail": "\(error)"])
            return false
        }
    }

    func noteUse(_ actor: Actor) async throws -> Outcome {
        guard let use = actor.use else { return Outcome() }
        let now = surroundings.now()
        try await database.write { connection in
            switch use.key {
            case .session(let hash):
                try Sessions(connection).touch(
                    hash: hash, at: now, expires: now.adding(seconds: Self.sessionSeconds))
            case .token(let id): try APITokens(connection).touch(id, at: now)
            }
        }
        return Outcome()
    }
}

extension Secrets {
    /// Sixteen letters and digits in fours, none that is mistaken for another: 79 random bits, to be read out.
    static func spoken() -> String {
        let alphabet = Array("abcdefghjkmnpqrstuvwxyz23456789")
        var generator = SystemRandomNumberGenerator()
        let letters = (0..<16).map { _ in alphabet[Int.random(in: alphabet.indices, using: &generator)] }
        return stride(from: 0, to: 16, by: 4).map { String(letters[$0..<$0 + 4]) }.joined(separator: "-")
    }
}

extension Rejection {
    static let invitationOver = Rejection(
        .unauthenticated, code: "one_time_password_over",
        message: Label(
            zh: "一次性密码已过期，请管理员重新给一个", en: "This one-time password is over; ask an administrator for another"))

    /// What a session that must renew its password is told.
    package static let mustRenew = Rejection(
        .forbidden, code: "password_change_required",
        message: Label(zh: "先设定自己的密码", en: "Choose your own password first"))
}
