import Definitions
import Expressions
import Store
import Values

extension Kernel {
    /// Seconds a session lives without use.
    package static let sessionSeconds = 14 * 86_400
    /// Seconds in which who came with a password that works once chooses their own.
    private static let renewalSeconds = 3600

    func perform(_ command: IdentityCommand, as actor: Actor) async throws -> Outcome {
        try await translated {
            switch command {
            case .signIn(let credentials): return try await signIn(credentials)
            case .signOut: return try await signOut(actor)
            case .createOwner(let login, let name, let password):
                return try await createOwner(login: login, name: name, password: password)
            case .changePassword(let old, let new): return try await changePassword(old, new, actor)
            case .resetPassword(let user, let new): return try await resetPassword(user, new, actor)
            case .invite(let user): return try await invite(user, actor)
            case .addPeople(let people): return try await addPeople(people, actor)
            case .endSession(let user, let handle): return try await endSession(handle, of: user, actor)
            case .endSessions(let user): return try await endSessions(of: user, actor)
            case .unlock(let user): return try await unlock(user, actor)
            case .noteUse: return try await noteUse(actor)
            case .revokeTokenOf(let user, let id): return try await revokeToken(id, of: user, actor)
            case .issueToken(let name, let days): return try await issueToken(name, days: days, actor)
            case .revokeToken(let id): return try await revokeToken(id, actor)
            case .enrolTimeCode: return try await enrolTimeCode(actor)
            case .confirmTimeCode(let code): return try await confirmTimeCode(code, actor)
            case .dropTimeCode(let password): return try await dropTimeCode(password, actor)
            }
        }
    }

    /// One canonical rule for logins: trimmed, full width to half, ASCII letters to lower case. What no engine can
    /// store is nobody's.
    static func canonical(_ login: String) -> String {
        var out = ""
        for scalar in login.trimmed.unicodeScalars {
            switch scalar.value {
            case 0: return ""
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
        guard login.utf8.count <= 200, given.password.utf8.count <= 1000 else { throw Rejection.wrongCredentials }
        return try await guessing(at: Guesses.Place(login: login, source: given.source)) {
            let credential = try await database.read { try Store.Credentials($0).credential(login: login) }
            guard try await isRight(given.password, credential?.password), let credential else {
                throw Rejection.wrongCredentials
            }
            if let secret = credential.totpSecret, !secret.hasPrefix("pending:") {
                try await checkTimeCode(given.code, secret: secret, credential)
            }
            return try await openSession(credential, source: given.source, agent: given.agent)
        }
    }

    private func checkTimeCode(_ code: String?, secret: String, _ credential: Credential) async throws {
        guard let code, !code.isEmpty else {
            throw Rejection(
                .unauthenticated, code: "code_required",
                message: Label(zh: "请输入验证器上的六位数字", en: "Enter the six digits of your authenticator"))
        }
        let bytes = Secrets.bytes(base32: secret) ?? []
        guard let step = TimeCode.match(code.trimmed, secret: bytes, at: surroundings.now()),
            try await database.write({
                try Store.Credentials($0).useTOTP(user: credential.user, step: Int(step))
            })
        else { throw Rejection.wrongCredentials }
    }

    /// A session of somebody who has proved who they are; with a password that works once it opens nothing but the
    /// choice of another.
    func openSession(_ credential: Credential, source: String, agent: String) async throws -> Outcome {
        let now = surroundings.now()
        let (user, renews) = (credential.user, credential.mustChange)
        if renews, credential.changedAt.adding(seconds: Self.invitationSeconds) < now { throw Rejection.invitationOver }
        let token = Secrets.token()
        let expires = now.adding(seconds: renews ? Self.renewalSeconds : Self.sessionSeconds)
        let snapshot = snapshot
        let who = try await database.read { connection in
            try Self.activeName(user, connection, snapshot, now)
        }
        guard let who else { throw Rejection.wrongCredentials }
        let sequence = try await account(as: who) { connection, log in
            try LoginFailures(connection).clear(login: credential.login, address: source)
            try Sessions(connection).open(
                SessionEntry(
                    hash: Secrets.digest(Array(token.utf8)), user: user,
                    kind: renews ? Self.renewalKind : "page", createdAt: now, seenAt: now, expiresAt: expires,
                    address: source, agent: agent))
            return try log.note(
                .signedIn, of: user, [FieldChange(field: "address", before: .null, after: .text(source))])
        }
        return Outcome(sequence: sequence, pass: Pass(token: token, user: user, expires: expires))
    }

    /// Kind of the sessions that must renew their password.
    static let renewalKind = "renew"

    /// Who signs in, as the log names them; nil for who is gone or disabled.
    private static func activeName(
        _ user: RecordID, _ connection: any Connection, _ snapshot: Snapshot, _ now: Instant
    ) throws -> Actor? {
        let context = ReadContext(connection: connection, snapshot: snapshot, actor: .system("sign-in"), now: now)
        return try ActorReader(context: context).actor(user, origin: .page, session: nil)
    }

    private func signOut(_ actor: Actor) async throws -> Outcome {
        guard let user = actor.userID, let session = actor.session, let hash = Secrets.bytes(hex: session.id) else {
            return Outcome()
        }
        let sequence = try await account(as: actor) { connection, log in
            try Sessions(connection).close(hash: hash)
            let change = FieldChange(
                field: "sessions", before: .decimal(ExactDecimal(1)), after: .decimal(ExactDecimal(0)))
            return try log.note(.sessionsEnded, of: user, [change])
        }
        return Outcome(sequence: sequence)
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
