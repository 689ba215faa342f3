import Access
import Definitions
import Expressions
import Store
import Values

extension Kernel {
    /// - Throws: the rejection of a password that is too easy, or that belongs to the demo company.
    func acceptable(_ password: String, login: String) throws(Rejection) {
        let weak: Label?
        switch password {
        case "baton-demo":
            weak = Label(zh: "这是演示公司的密码，请另选", en: "This is the demo company's password; choose another")
        case _ where password.unicodeScalars.count < 10:
            weak = Label(zh: "密码至少 10 个字符", en: "A password needs at least 10 characters")
        case _ where password.utf8.count > 1000:
            weak = Label(zh: "密码太长", en: "The password is too long")
        case _ where password.lowercased().contains(login) && login.count >= 3:
            weak = Label(zh: "密码里不要含账号名", en: "Don't put the account's name in the password")
        case _ where Set(password).count < 4:
            weak = Label(zh: "密码太简单", en: "The password is too simple")
        default: weak = nil
        }
        if let weak { throw .invalid([Problem(field: "password", code: "weak_password", message: weak)]) }
    }

    func changePassword(_ old: String, _ new: String, _ actor: Actor) async throws -> Outcome {
        if let session = actor.session, session.mustRenew { return try await renewPassword(new, session, actor) }
        let credential = try await proven(old, by: actor)
        try acceptable(new, login: credential.login)
        return try await setPassword(new, credential, .passwordChanged, by: actor)
    }

    /// The password that works once was given at the door; it makes way for one's own, and a full session for the
    /// narrow one.
    private func renewPassword(_ new: String, _ session: SessionInfo, _ actor: Actor) async throws -> Outcome {
        let credential = try await credential(of: actor)
        try acceptable(new, login: credential.login)
        guard credential.mustChange, try await !isRight(new, credential.password) else {
            let message = Label(zh: "请换一个和一次性密码不同的密码", en: "Choose another password than the one-time one")
            throw Rejection.invalid([Problem(field: "password", code: "weak_password", message: message)])
        }
        let now = surroundings.now()
        let hash = Secrets.bytes(hex: session.id) ?? []
        let entry = try await database.read { try Sessions($0).find(hash: hash, at: now) }
        _ = try await setPassword(new, credential, .passwordChanged, by: actor)
        let renewed = try await self.credential(of: actor)
        return try await openSession(renewed, source: entry?.address ?? "", agent: entry?.agent ?? "")
    }

    /// Sets the password of another's account; who has none yet gets one, under the login of their record.
    ///
    /// - Throws: the rejections `forbidden` without the privilege `users` and `roles_beyond_own` for the account of
    ///   somebody who may do more: who can set their password could act as them.
    func resetPassword(_ user: RecordID, _ new: String, _ actor: Actor) async throws -> Outcome {
        let account = try await manageable(user, by: actor)
        try acceptable(new, login: account.credential.login)
        return try await setPassword(new, account.credential, account.isNew ? .opened : .passwordReset, by: actor)
    }

    /// The account of somebody whom the actor may manage; a fresh one for who has none.
    ///
    /// - Throws: as `resetPassword`.
    func manageable(_ user: RecordID, by actor: Actor) async throws -> (credential: Credential, isNew: Bool) {
        let access = snapshot.access(of: actor)
        guard actor.isSystem || access.has("users") else { throw Rejection.notAllowed }
        let (found, row) = try await database.read { [snapshot, surroundings] connection in
            let context = ReadContext(
                connection: connection, snapshot: snapshot, actor: .system("reset"), now: surroundings.now())
            let row = try context.store.find(
                "user", user, fields: [FieldPath(["roles"]), FieldPath(["login"])], context: context.evaluation)
            return (try Store.Credentials(connection).credential(user: user), row)
        }
        guard let row else { throw Rejection.noSuchRecord }
        let beyond = row[path: "roles"].codes.filter { !access.covers(role: $0) }
        guard beyond.isEmpty else { throw Rejection.invalid([.beyondOwn(beyond, snapshot.model)]) }
        if let found { return (found, false) }
        let login = row[path: "login"].text ?? ""
        guard Self.isLogin(login) else { throw Rejection.invalid([.badLogin]) }
        let fresh = Credential(
            user: user, login: Self.canonical(login), password: "", changedAt: surroundings.now())
        return (fresh, true)
    }

    /// A change keeps the session it comes from; a reset ends everything that the old password opened, and from the
    /// machine itself also the time codes, for whoever has lost their authenticator.
    func setPassword(
        _ password: String, _ credential: Credential, _ event: AccountEvent, mustChange: Bool = false, by actor: Actor
    ) async throws -> Outcome {
        let hash = try await hashed(password)
        let isReset = event != .passwordChanged
        let dropsCodes = isReset && actor.isSystem && credential.totpSecret != nil
        let session = isReset ? nil : actor.session.flatMap { Secrets.bytes(hex: $0.id) }
        let place = Self.place(of: actor, credential)
        let sequence = try await account(as: actor) { connection, log in
            try Store.Credentials(connection).put(
                Credential(
                    user: credential.user, login: credential.login, password: hash,
                    totpSecret: dropsCodes ? nil : credential.totpSecret,
                    totpStep: dropsCodes ? nil : credential.totpStep, recovery: credential.recovery,
                    mustChange: mustChange, changedAt: log.now))
            try LoginFailures(connection).clear(login: place.login, address: place.source)
            var sequence = try log.note(event, of: credential.user)
            if dropsCodes { sequence = try log.note(.timeCodesOff, of: credential.user) }
            return max(
                sequence, try log.endSessions(of: credential.user, except: session, withTokens: isReset))
        }
        return Outcome(sequence: sequence)
    }

    func credential(of actor: Actor) async throws -> Credential {
        guard let user = actor.userID,
            let credential = try await database.read({ try Store.Credentials($0).credential(user: user) })
        else { throw Rejection.wrongCredentials }
        return credential
    }

    /// The account of somebody signed in who gives its password once more. Wrong ones count as at the door, but for
    /// this session alone: a stolen one locks nobody out.
    func proven(_ password: String, by actor: Actor) async throws -> Credential {
        let credential = try await credential(of: actor)
        return try await guessing(at: Self.place(of: actor, credential)) {
            guard password.utf8.count <= 1000, try await isRight(password, credential.password) else {
                throw Rejection.wrongCredentials
            }
            return credential
        }
    }

    static func place(of actor: Actor, _ credential: Credential) -> Guesses.Place {
        Guesses.Place(
            login: credential.login, source: actor.session.map { "session:" + $0.id.prefix(16) } ?? "token")
    }
}
