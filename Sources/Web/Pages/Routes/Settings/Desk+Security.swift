import Definitions
import Kernel
import Values

/// The reader's own sign-in: password, time codes, devices, tokens.
extension Desk {
    func security(_ rest: [String]) async throws -> Reply {
        switch (rest.joined(separator: "/"), isPost) {
        case ("", false): return try await securityPage()
        case ("password", true): return try await changeOwnPassword()
        case ("codes", true): return try await enrolCodes()
        case ("codes/confirm", true): return try await confirmCodes()
        case ("codes/drop", true): return try await dropCodes()
        case ("sessions/end", true): return try await endOwnSessions()
        case ("tokens", true): return try await makeToken()
        case ("tokens/revoke", true):
            return try await securely(
                "tokens", .revokeToken(id: field("token")), Label(zh: "令牌已作废", en: "The token is revoked"))
        default: throw Rejection.noSuchPath
        }
    }

    private func securityPage(
        _ problems: [String: [String]] = [:], secret: String? = nil, made: (name: String, secret: String)? = nil,
        status: Int = 200
    ) async throws -> Reply {
        guard let me = actor.userID else { throw Rejection.noSuchPath }
        let (frame, account) = try await ask(AccountOf(me))
        var content = SecurityPage(account: account, now: kernel.now, problems: problems)
        content.pendingSecret = secret
        content.login = actor.login
        content.made = made
        content.tokenName = problems["token"] == nil ? "" : field("name")
        return settingsPage(content, frame, title: context[Words.security], status: status)
    }

    /// Does a step and goes on with a sentence, or shows what was wrong in its card.
    private func securely(_ card: String, _ command: IdentityCommand, _ said: Label) async throws -> Reply {
        do {
            _ = try await kernel.perform(Command(.identity(command)), as: actor)
            return done(Paths.security + "#" + card, context[said])
        } catch let rejection as Rejection where rejection.kind != .missing {
            return try await securityPage([card: words(rejection)], status: 422)
        }
    }

    private func words(_ rejection: Rejection) -> [String] {
        if rejection.code == "wrong_credentials" { return [context[Label(zh: "密码不对", en: "The password is wrong")]] }
        return rejection.problems.isEmpty
            ? [context[rejection.message]] : rejection.problems.map { context[$0.message] }
    }

    private func changeOwnPassword() async throws -> Reply {
        try await securely(
            "password", .changePassword(old: field("old"), new: field("new")),
            Label(zh: "密码已修改，其他设备已退出登录", en: "The password is changed; other devices are signed out"))
    }

    private func enrolCodes() async throws -> Reply {
        do {
            let outcome = try await kernel.perform(Command(.identity(.enrolTimeCode)), as: actor)
            return try await securityPage(secret: outcome.pass?.token)
        } catch let rejection as Rejection {
            return try await securityPage(["codes": words(rejection)], status: 422)
        }
    }

    private func confirmCodes() async throws -> Reply {
        do {
            _ = try await kernel.perform(Command(.identity(.confirmTimeCode(field("code")))), as: actor)
            return done(Paths.security + "#codes", context[Label(zh: "动态验证码已启用", en: "The codes are on")])
        } catch let rejection as Rejection where rejection.kind == .unauthenticated {
            let text = Label(zh: "这六位数字不对，看验证器现在显示的", en: "These digits are not right; look at what the app shows now")
            return try await securityPage(["codes": [context[text]]], secret: field("secret"), status: 422)
        }
    }

    private func dropCodes() async throws -> Reply {
        try await securely(
            "codes", .dropTimeCode(password: field("password")), Label(zh: "动态验证码已停用", en: "The codes are off"))
    }

    private func endOwnSessions() async throws -> Reply {
        guard let me = actor.userID else { throw Rejection.noSuchPath }
        let all = field("session") == "others"
        return try await securely(
            "sessions", all ? .endSessions(user: me) : .endSession(user: me, handle: field("session")),
            Label(zh: "已退出登录", en: "Signed out there"))
    }

    private func makeToken() async throws -> Reply {
        let name = field("name")
        do {
            let outcome = try await kernel.perform(
                Command(.identity(.issueToken(name: name, days: Int(field("days")) ?? 0))), as: actor)
            return try await securityPage(made: (name, outcome.pass?.token ?? ""))
        } catch let rejection as Rejection where rejection.kind == .invalid {
            return try await securityPage(["token": words(rejection)], status: 422)
        }
    }
}
