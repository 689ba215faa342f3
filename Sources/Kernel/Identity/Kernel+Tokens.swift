import Definitions
import Flow
import Store
import Values

extension Kernel {
    // MARK: Tokens

    /// - Throws: the rejection `forbidden` for who comes with a token: a leaked one must not make others that outlive it.
    ///   `invalid` at `name` or `days` for a name that says nothing or is longer than 100 characters, and for days beyond
    ///   1 to 365.
    func issueToken(_ name: String, days: Int, _ actor: Actor) async throws -> Outcome {
        guard let user = actor.userID, actor.session != nil else { throw Rejection.notAllowed }
        let name = try Self.tokenName(name)
        guard (1...365).contains(days) else {
            let message = Label(zh: "有效期为 1 到 365 天", en: "A token is good for 1 to 365 days")
            throw Rejection(
                .invalid, code: "out_of_range", message: message,
                problems: [Problem(field: "days", code: "out_of_range", message: message)])
        }
        let now = surroundings.now()
        let token = "bt_" + Secrets.token()
        let expires = now.adding(seconds: days * 86_400)
        let entry = APIToken(
            id: surroundings.ids.next(now), user: user, name: name, createdAt: now,
            expiresAt: expires)
        let sequence = try await account(as: actor) { connection, log in
            try APITokens(connection).add(entry, hash: Secrets.digest(Array(token.utf8)))
            return try log.note(.tokenMade, of: user, [Self.naming(entry, isThere: true)])
        }
        return Outcome(sequence: sequence, pass: Pass(token: token, user: user, expires: expires))
    }

    private static func tokenName(_ text: String) throws(Rejection) -> String {
        let name = try Remark.kept(text, at: "name")
        let problem: Problem? =
            if name.isEmpty {
                Problem(field: "name", code: "required", message: Label(zh: "请填写", en: "Please fill this in"))
            } else if name.unicodeScalars.count > 100 {
                .unreadable("name", .tooLong(100))
            } else if name.contains(where: \.isNewline) {
                .unreadable("name", .controlCharacter)
            } else {
                nil
            }
        guard let problem else { return name }
        throw Rejection(.invalid, code: problem.code, message: problem.message, problems: [problem])
    }

    func revokeToken(_ id: String, _ actor: Actor) async throws -> Outcome {
        guard let user = actor.userID, let id = RecordID(id) else { throw Rejection.noSuchRecord }
        return try await revoke(id, of: user, actor)
    }

    func revoke(_ id: RecordID, of user: RecordID, _ actor: Actor) async throws -> Outcome {
        let sequence = try await account(as: actor) { connection, log in
            let tokens = APITokens(connection)
            guard let token = try tokens.list(of: user).first(where: { $0.id == id }),
                try tokens.revoke(id, of: user, at: log.now)
            else { throw Rejection.noSuchRecord }
            return try log.note(.tokenRevoked, of: user, [Self.naming(token, isThere: false)])
        }
        return Outcome(sequence: sequence)
    }

    private static func naming(_ token: APIToken, isThere: Bool) -> FieldChange {
        let name = Value.text(token.name)
        return FieldChange(field: "token", before: isThere ? .null : name, after: isThere ? name : .null)
    }

    // MARK: Time codes

    func enrolTimeCode(_ actor: Actor) async throws -> Outcome {
        let credential = try await credential(of: actor)
        if let secret = credential.totpSecret, !secret.hasPrefix("pending:") {
            // Else whoever holds a session could put their own secret in the place of the owner's.
            throw Rejection(
                .conflict, code: "time_codes_on",
                message: Label(zh: "已启用验证器；先用密码停用，再重新绑定", en: "Time codes are on; drop them with the password first"))
        }
        let secret = Secrets.base32(Secrets.random(count: 20))
        _ = try await setTimeCode("pending:" + secret, usedStep: nil, credential, nil, by: actor)
        return Outcome(pass: Pass(token: secret, user: credential.user, expires: nil))
    }

    func confirmTimeCode(_ code: String, _ actor: Actor) async throws -> Outcome {
        let credential = try await credential(of: actor)
        guard let pending = credential.totpSecret, pending.hasPrefix("pending:") else { throw Rejection.noSuchRecord }
        let secret = String(pending.dropFirst(8))
        let bytes = Secrets.bytes(base32: secret) ?? []
        guard let step = TimeCode.match(code.trimmed, secret: bytes, at: surroundings.now()) else {
            throw Rejection.wrongCredentials
        }
        return try await setTimeCode(secret, usedStep: Int(step), credential, .timeCodesOn, by: actor)
    }

    func dropTimeCode(_ password: String, _ actor: Actor) async throws -> Outcome {
        let credential = try await proven(password, by: actor)
        guard credential.totpSecret != nil else { return Outcome() }
        return try await setTimeCode(nil, usedStep: nil, credential, .timeCodesOff, by: actor)
    }

    /// - Parameters:
    ///   - usedStep: of the code that was just given; it opens nothing any more.
    ///   - event: nil while the codes don't count yet.
    private func setTimeCode(
        _ secret: String?, usedStep: Int?, _ credential: Credential, _ event: AccountEvent?, by actor: Actor
    ) async throws -> Outcome {
        let place = Self.place(of: actor, credential)
        let sequence = try await account(as: actor) { connection, log -> Int64 in
            try Store.Credentials(connection).put(
                Credential(
                    user: credential.user, login: credential.login, password: credential.password, totpSecret: secret,
                    totpStep: usedStep, recovery: credential.recovery, mustChange: credential.mustChange,
                    changedAt: log.now))
            guard let event else { return 0 }
            try LoginFailures(connection).clear(login: place.login, address: place.source)
            return try log.note(event, of: credential.user)
        }
        return Outcome(sequence: sequence)
    }
}
