import Definitions
import Kernel
import Store
import Testing
import Values

/// People's accounts as those who manage them look after them.
@Suite(.serialized) struct AccountTests {
    private func state(_ door: AccountHouse, as actor: Actor) async throws -> AccountStanding {
        try await door.house.kernel.answer(AccountOf(door.nora), as: actor).person.account
    }

    @Test("A one-time password opens nothing but the choice of one's own, works until then and ends what was open")
    func oneTime() async throws {
        let door = try await AccountHouse()
        let before = try await door.signIn()
        let ada = try await door.house.actor("ada")
        #expect(try await state(door, as: ada).state == .active)
        let pass = try #require(try await door.perform(.invite(user: door.nora), as: ada).pass)
        #expect(try await state(door, as: ada).state == .invited)
        #expect(try await door.house.kernel.answer(AccountOf(door.nora), as: ada).sessions.isEmpty)
        let narrow = try await door.signIn(pass.token)
        #expect(narrow.session?.mustRenew == true && narrow.roles.isEmpty && before.roles == ["sales"])
        await #expect(throws: Rejection.self) {
            try await door.house.kernel.answer(ListRecords(object: "company"), as: narrow)
        }
        await #expect(throws: Rejection.self) {
            try await door.perform(.changePassword(old: "", new: pass.token), as: narrow)
        }
        let renewed = try await door.perform(.changePassword(old: "", new: "my very own horse"), as: narrow)
        let token = try #require(renewed.pass?.token)
        let full = try #require(try await door.actor(token))
        #expect(full.session?.mustRenew == false && full.roles == ["sales"])
        await #expect(throws: Rejection.self) { try await door.signIn(pass.token) }
        _ = try await door.signIn("my very own horse")
        #expect(try await state(door, as: ada).state == .active)
        await door.house.end()
    }

    @Test("A one-time password that nobody used is over after a week")
    func lapsed() async throws {
        let door = try await AccountHouse()
        let ada = try await door.house.actor("ada")
        let pass = try #require(try await door.perform(.invite(user: door.nora), as: ada).pass)
        door.house.clock.advance(seconds: 8 * 86_400)
        await #expect { try await door.signIn(pass.token) } throws: { error in
            (error as? Rejection)?.code == "one_time_password_over"
        }
        #expect(try await state(door, as: ada).state == .lapsed)
        await door.house.end()
    }

    @Test("Sessions are ended one by one or all but one's own; nobody ends another's without the privilege")
    func sessions() async throws {
        let door = try await AccountHouse()
        let mine = try await door.signIn()
        let other = try await door.signIn(from: "10.0.0.2")
        let lin = try await door.house.actor("lin")
        let seen = try await door.house.kernel.answer(AccountOf(door.nora), as: mine)
        #expect(seen.sessions.count == 2 && seen.sessions.count { $0.isThis } == 1)
        let handle = try #require(seen.sessions.first { $0.address == "10.0.0.2" }?.handle)
        #expect(other.session.map { !$0.id.contains(handle) } == true)
        await #expect(throws: Rejection.notPermitted) {
            try await door.perform(.endSession(user: door.nora, handle: handle), as: lin)
        }
        await #expect(throws: Rejection.notPermitted) {
            try await door.house.kernel.answer(AccountOf(door.nora), as: lin)
        }
        try await door.perform(.endSession(user: door.nora, handle: handle), as: mine)
        #expect(try await door.house.kernel.answer(AccountOf(door.nora), as: mine).sessions.count == 1)
        _ = try await door.signIn()
        try await door.perform(.endSessions(user: door.nora), as: mine)
        #expect(try await door.house.kernel.answer(AccountOf(door.nora), as: mine).sessions.map(\.isThis) == [true])
        await door.house.end()
    }

    @Test("Whoever is locked out is shown as locked and may try again once unlocked")
    func locked() async throws {
        let door = try await AccountHouse()
        let ada = try await door.house.actor("ada")
        for _ in 0..<5 { _ = try? await door.signIn("wrong one here") }  // refused on purpose
        #expect(try await state(door, as: ada).state == .locked)
        await #expect { try await door.signIn() } throws: { ($0 as? Rejection)?.code == "too_many_attempts" }
        try await door.perform(.unlock(user: door.nora), as: ada)
        _ = try await door.signIn()
        #expect(try await state(door, as: ada).state == .active)
        await door.house.end()
    }

    @Test("The use of a session is noted, at most every ten minutes, and prolongs it; so is that of a token")
    func use() async throws {
        let door = try await AccountHouse()
        let nora = try await door.signIn()
        let made = try await door.perform(.issueToken(name: "script", days: 3), as: nora)
        let start = door.house.clock.now
        door.house.clock.advance(seconds: 300)
        await door.house.kernel.noteUse(of: nora)
        #expect(try await door.house.kernel.answer(AccountOf(door.nora), as: nora).sessions.first?.seenAt == start)
        door.house.clock.advance(seconds: 600)
        await door.house.kernel.noteUse(of: nora)
        let program = try #require(
            try await door.house.kernel.answer(
                IdentifyActor(token: made.pass?.token ?? "", origin: .api), as: .nobody))
        await door.house.kernel.noteUse(of: program)
        let seen = try await door.house.kernel.answer(AccountOf(door.nora), as: nora)
        #expect(seen.sessions.first?.seenAt == door.house.clock.now)
        #expect(seen.tokens.first?.usedAt == door.house.clock.now)
        await door.house.end()
    }

    @Test("Who manages accounts touches none that may do more, and sees and revokes the tokens of the others")
    func beyond() async throws {
        let door = try await AccountHouse()
        let nora = try await door.signIn()
        try await door.perform(.issueToken(name: "script", days: 3), as: nora)
        let ada = try await door.house.actor("ada")
        let all = try await door.house.kernel.answer(AllTokens(), as: ada)
        let token = try #require(all.tokens.first { $0.name == "script" })
        #expect(all.names[token.user] == "Nora")
        await #expect(throws: Rejection.notPermitted) {
            try await door.house.kernel.answer(AllTokens(), as: nora)
        }
        await #expect(throws: Rejection.notPermitted) {
            try await door.house.kernel.answer(AccountsOf(), as: nora)
        }
        try await door.perform(.revokeTokenOf(user: door.nora, id: token.id), as: ada)
        #expect(
            try await door.house.kernel.answer(AccountOf(door.nora), as: nora).tokens.allSatisfy { $0.revokedAt != nil }
        )
        await door.house.end()
    }
}

extension Rejection {
    static var notPermitted: Rejection {
        Rejection(
            .forbidden, code: "forbidden",
            message: Label(zh: "当前角色不能做这件事", en: "Your role can't do this"))
    }
}
