import Access
import Definitions
import Expressions
import Store
import Values

extension Kernel {
    /// Seconds a session lives without use.
    private static let sessionSeconds = 14 * 86_400
    private static let windowSeconds = 900

    func perform(_ command: IdentityCommand, as actor: Actor) async throws -> Outcome {
        try await translated {
            switch command {
            case .signIn(let credentials): return try await signIn(credentials)
            case .signOut: return try await signOut(actor)
            case .createOwner(let login, let name, let password):
                return try await createOwner(login: login, name: name, password: password)
            case .changePassword(let old, let new): return try await changePassword(old, new, actor)
            case .resetPassword(let user, let new): return try await resetPassword(user, new, actor)
            case .issueToken(let name, let days): return try await issueToken(name, days: days, actor)
            case .revokeToken(let id): return try await revokeToken(id, actor)
            case .enrolTimeCode: return try await enrolTimeCode(actor)
            case .confirmTimeCode(let code): return try await confirmTimeCode(code, actor)
            case .dropTimeCode(let password): return try await dropTimeCode(password, actor)
            }
        }
    }

    /// One canonical rule for logins: trimmed, full width to half, ASCII letters to lower case.
    static func canonical(_ login: String) -> String {
        var out = ""
        for scalar in login.trimmed.unicodeScalars {
            switch scalar.value {
            case 0x41...0x5A: out.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value + 32)))
            case 0xFF01...0xFF5E:
                let half = UInt8(scalar.value - 0xFEE0)
                out.unicodeScalars.append(Unicode.Scalar((0x41...0x5A).contains(half) ? half + 32 : half))
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    // MARK: Sign-in

    private func signIn(_ given: Credentials) async throws -> Outcome {
        let login = Self.canonical(given.login)
        let now = surroundings.now()
        guard login.utf8.count <= 200, given.password.utf8.count <= 1000 else { throw Rejection.wrongCredentials }
        let (credential, standing, fromAddress) = try await database.read { connection in
            let failures = LoginFailures(connection)
            return (
                try Store.Credentials(connection).credential(login: login),
                try failures.standing(login: login, address: given.source),
                try failures.failures(from: given.source, since: now.adding(seconds: -Self.windowSeconds))
            )
        }
        // Locked is the pair of account and address: whoever attacks from elsewhere does not lock the owner out.
        if let until = standing.lockedUntil, until > now { throw Rejection.locked(until: until, now: now) }
        if fromAddress > 200 { throw Rejection.locked(until: now.adding(seconds: 60), now: now) }
        let isRight: Bool
        do {
            isRight = try await passwords.verify(given.password, against: credential?.password)
        } catch PasswordWorker.Failure.busy {
            throw Rejection.locked(until: now.adding(seconds: 5), now: now)
        }
        guard isRight, let credential else {
            try await countFailure(login, given.source, standing.failures + 1, now)
            throw Rejection.wrongCredentials
        }
        if let secret = credential.totpSecret, !secret.hasPrefix("pending:") {
            try await checkTimeCode(given.code, secret: secret, credential, source: given.source, standing, now)
        }
        return try await openSession(credential.user, source: given.source, login: login, now)
    }

    private func countFailure(_ login: String, _ source: String, _ failures: Int, _ now: Instant) async throws {
        // Five free tries, then waits that double: 30 s, 1 min, … up to 15 min.
        let wait = failures < 5 ? 0 : min(30 << min(failures - 5, 5), 900)
        try await database.write { connection in
            try LoginFailures(connection).record(
                login: login, address: source, at: now, windowSeconds: Self.windowSeconds,
                lockedUntil: wait == 0 ? nil : now.adding(seconds: wait))
        }
    }

    private func checkTimeCode(
        _ code: String?, secret: String, _ credential: Credential, source: String, _ standing: LoginFailures.Standing,
        _ now: Instant
    ) async throws {
        guard let code, !code.isEmpty else {
            throw Rejection(
                .unauthenticated, code: "code_required",
                message: Label(zh: "请输入验证器上的六位数字", en: "Enter the six digits of your authenticator"))
        }
        let bytes = Secrets.bytes(base32: secret) ?? []
        if let step = TimeCode.match(code.trimmed, secret: bytes, at: now) {
            let fresh = try await database.write {
                try Store.Credentials($0).useTOTP(user: credential.user, step: Int(step))
            }
            if fresh { return }
        }
        try await countFailure(credential.login, source, standing.failures + 1, now)
        throw Rejection.wrongCredentials
    }

    private func openSession(_ user: RecordID, source: String, login: String, _ now: Instant) async throws -> Outcome {
        let token = Secrets.token()
        let expires = now.adding(seconds: Self.sessionSeconds)
        let snapshot = snapshot
        try await database.write { connection in
            guard try Self.isActive(user, connection, snapshot, now) else { throw Rejection.wrongCredentials }
            try LoginFailures(connection).clear(login: login, address: source)
            try Sessions(connection).open(
                SessionEntry(
                    hash: Secrets.digest(Array(token.utf8)), user: user, kind: "page", createdAt: now, seenAt: now,
                    expiresAt: expires, address: source, agent: ""))
        }
        return Outcome(pass: Pass(token: token, user: user, expires: expires))
    }

    static func isActive(
        _ user: RecordID, _ connection: any Connection, _ snapshot: Snapshot, _ now: Instant
    ) throws -> Bool {
        let context = ReadContext(connection: connection, snapshot: snapshot, actor: .system("sign-in"), now: now)
        let row = try context.store.find(
            "user", user, fields: [FieldPath(["active"])], context: context.evaluation)
        return row != nil && row?[path: "active"] != .bool(false)
    }

    private func signOut(_ actor: Actor) async throws -> Outcome {
        guard let session = actor.session, let hash = Secrets.bytes(hex: session.id) else { return Outcome() }
        try await database.write { try Sessions($0).close(hash: hash) }
        return Outcome()
    }

    // MARK: Passwords

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

    private func changePassword(_ old: String, _ new: String, _ actor: Actor) async throws -> Outcome {
        let credential = try await credential(of: actor)
        guard try await passwords.verify(old, against: credential.password) else { throw Rejection.wrongCredentials }
        try acceptable(new, login: credential.login)
        try await setPassword(new, credential, keeping: actor.session)
        return Outcome()
    }

    private func resetPassword(_ user: RecordID, _ new: String, _ actor: Actor) async throws -> Outcome {
        guard actor.isSystem || snapshot.access(of: actor).has("users") else { throw Rejection.notAllowed }
        guard let credential = try await database.read({ try Store.Credentials($0).credential(user: user) }) else {
            throw Rejection.noSuchRecord
        }
        try acceptable(new, login: credential.login)
        try await setPassword(new, credential, keeping: nil)
        return Outcome()
    }

    private func setPassword(_ password: String, _ credential: Credential, keeping session: SessionInfo?) async throws {
        let hash = try await passwords.hash(password)
        let now = surroundings.now()
        try await database.write { connection in
            try Store.Credentials(connection).put(
                Credential(
                    user: credential.user, login: credential.login, password: hash, totpSecret: credential.totpSecret,
                    totpStep: credential.totpStep, recovery: credential.recovery, mustChange: false, changedAt: now))
            try Sessions(connection).closeAll(
                of: credential.user, except: session.flatMap { Secrets.bytes(hex: $0.id) })
        }
    }

    func credential(of actor: Actor) async throws -> Credential {
        guard let user = actor.userID,
            let credential = try await database.read({ try Store.Credentials($0).credential(user: user) })
        else { throw Rejection.wrongCredentials }
        return credential
    }

    // MARK: Tokens

    private func issueToken(_ name: String, days: Int, _ actor: Actor) async throws -> Outcome {
        guard let user = actor.userID else { throw Rejection.notAllowed }
        let now = surroundings.now()
        let token = "bt_" + Secrets.token()
        let expires = now.adding(seconds: min(max(days, 1), 365) * 86_400)
        let id = surroundings.ids.next(now)
        try await database.write { connection in
            try APITokens(connection).add(
                APIToken(id: id, user: user, name: String(name.prefix(100)), createdAt: now, expiresAt: expires),
                hash: Secrets.digest(Array(token.utf8)))
        }
        return Outcome(pass: Pass(token: token, user: user, expires: expires))
    }

    private func revokeToken(_ id: String, _ actor: Actor) async throws -> Outcome {
        guard let user = actor.userID, let id = RecordID(id) else { throw Rejection.noSuchRecord }
        let now = surroundings.now()
        guard try await database.write({ try APITokens($0).revoke(id, of: user, at: now) }) else {
            throw Rejection.noSuchRecord
        }
        return Outcome()
    }

    // MARK: Time codes

    private func enrolTimeCode(_ actor: Actor) async throws -> Outcome {
        let credential = try await credential(of: actor)
        if let secret = credential.totpSecret, !secret.hasPrefix("pending:") {
            // Else whoever holds a session could put their own secret in the place of the owner's.
            throw Rejection(
                .conflict, code: "time_codes_on",
                message: Label(zh: "已启用验证器；先用密码停用，再重新绑定", en: "Time codes are on; drop them with the password first"))
        }
        let secret = Secrets.base32(Secrets.random(count: 20))
        try await setTimeCode("pending:" + secret, usedStep: nil, credential)
        return Outcome(pass: Pass(token: secret, user: credential.user, expires: nil))
    }

    private func confirmTimeCode(_ code: String, _ actor: Actor) async throws -> Outcome {
        let credential = try await credential(of: actor)
        guard let pending = credential.totpSecret, pending.hasPrefix("pending:") else { throw Rejection.noSuchRecord }
        let secret = String(pending.dropFirst(8))
        let bytes = Secrets.bytes(base32: secret) ?? []
        guard let step = TimeCode.match(code.trimmed, secret: bytes, at: surroundings.now()) else {
            throw Rejection.wrongCredentials
        }
        try await setTimeCode(secret, usedStep: Int(step), credential)
        return Outcome()
    }

    private func dropTimeCode(_ password: String, _ actor: Actor) async throws -> Outcome {
        let credential = try await credential(of: actor)
        guard try await passwords.verify(password, against: credential.password) else {
            throw Rejection.wrongCredentials
        }
        try await setTimeCode(nil, usedStep: nil, credential)
        return Outcome()
    }

    /// - Parameter usedStep: of the code that was just given; it opens nothing any more.
    private func setTimeCode(_ secret: String?, usedStep: Int?, _ credential: Credential) async throws {
        let now = surroundings.now()
        try await database.write { connection in
            try Store.Credentials(connection).put(
                Credential(
                    user: credential.user, login: credential.login, password: credential.password, totpSecret: secret,
                    totpStep: usedStep, recovery: credential.recovery, mustChange: credential.mustChange,
                    changedAt: now))
        }
    }
}

extension Rejection {
    /// The same for an unknown account and a wrong password.
    static let wrongCredentials = Rejection(
        .unauthenticated, code: "wrong_credentials",
        message: Label(zh: "账号或密码不对", en: "The account or the password is wrong"))

    static func locked(until: Instant, now: Instant) -> Rejection {
        let seconds = max(1, Int(until.secondsSinceEpoch - now.secondsSinceEpoch))
        return Rejection(
            .tooMany, code: "too_many_attempts",
            message: Label(zh: "尝试太多，请 \(seconds) 秒后再试", en: "Too many attempts; try again in \(seconds) seconds"),
            retryAfter: seconds)
    }
}
