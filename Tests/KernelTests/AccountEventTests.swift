import Kernel
import Store
import Testing
import Values

/// Whatever happens to an account stands in the log, without its secrets.
@Suite(.serialized) struct AccountEventTests {
    @Test("Every change of an account leaves an event of its user, and none holds a secret")
    func complete() async throws {
        let door = try await AccountHouse()
        let nora = try await door.signIn()
        let other = try await door.signIn()
        try await door.perform(.changePassword(old: AccountHouse.password, new: "another horse 43"), as: nora)
        let made = try await door.perform(.issueToken(name: "script", days: 3), as: nora)
        let token = try #require(made.pass?.token)
        let id = try await door.house.database.read { [nora = door.nora] in
            try APITokens($0).list(of: nora).first?.id
        }
        try await door.perform(.revokeToken(id: try #require(id).description), as: nora)
        let secret = try #require(try await door.perform(.enrolTimeCode, as: nora).pass?.token)
        try await door.perform(.confirmTimeCode(door.house.code(of: secret)), as: nora)
        try await door.perform(.dropTimeCode(password: "another horse 43"), as: nora)
        try await door.perform(.issueToken(name: "second", days: 3), as: nora)
        let ada = try await door.house.actor("ada")
        try await door.perform(.resetPassword(user: door.nora, new: "third horse 44"), as: ada)
        try await door.perform(.signOut, as: try await door.signIn("third horse 44"))
        #expect(try await door.house.kernel.answer(IdentifyActor(token: token, origin: .api), as: .nobody) == nil)

        let log = try await door.events()
        #expect(
            log.map(\.kind).filter { $0 != "account:signed_in" }
                == [
                    "opened", "password_changed", "sessions_ended", "token_made", "token_revoked", "time_codes_on",
                    "time_codes_off", "token_made", "password_reset", "sessions_ended", "sessions_ended",
                ].map { "account:" + $0 })
        #expect(log.count { $0.kind == "account:signed_in" && $0.actor == door.nora } == 3)
        let reset = try #require(log.firstIndex { $0.kind == "account:password_reset" })
        #expect(log[reset].actor == Staff.id("ada") && log[3].actor == door.nora)
        #expect(log[reset + 1].changes.map(\.field) == ["sessions", "tokens"])
        let text = "\(log)"
        for hidden in [
            AccountHouse.password, "another horse 43", "third horse 44", token, secret, "argon2",
            try #require(other.session?.id), try #require(nora.session?.id),
        ] {
            #expect(!text.contains(hidden))
        }
        await door.house.end()
    }

    @Test("Roles and activity of a user stand in the log with what they were")
    func roles() async throws {
        let door = try await AccountHouse()
        try await door.house.update(
            "user", door.nora, .init(["roles": .list([.text("qc")]), "active": .bool(false)]), as: "ada")
        let log = try await door.house.database.read { try EventLog($0).events(after: 0, limit: 10_000) }
        let last = try #require(log.last)
        #expect(last.record == door.nora && last.actor == Staff.id("ada"))
        #expect(
            last.changes == [
                FieldChange(field: "roles", before: .list([.text("sales")]), after: .list([.text("qc")])),
                FieldChange(field: "active", before: .bool(true), after: .bool(false)),
            ])
        await door.house.end()
    }

    @Test("Events of an account are for its owner and for who manages accounts or audits, on timeline and feed")
    func whoSees() async throws {
        let door = try await AccountHouse()
        let nora = try await door.signIn()
        try await door.perform(.issueToken(name: "script", days: 3), as: nora)
        func kinds(_ actor: Actor) async throws -> [String] {
            let entries = try await door.house.kernel.answer(TimelineOf(object: "user", id: door.nora), as: actor)
            let feed = try await door.house.kernel.answer(
                EventsAfter(sequence: 0, limit: 1000, object: "user"), as: actor)
            let mine = feed.entries.filter { $0.record == door.nora && $0.kind.hasPrefix("account:") }
            let kinds = entries.map(\.kind).filter { $0.hasPrefix("account:") }
            #expect(mine.map(\.kind) == kinds.reversed())
            return kinds
        }
        for actor in [nora, try await door.house.actor("ada"), try await door.house.actor("dong")] {
            let told = try await kinds(actor)
            #expect(told == ["account:token_made", "account:signed_in", "account:opened"], "\(actor.login)")
        }
        #expect(try await kinds(door.house.actor("lin")).isEmpty)
        let shown = try await door.house.kernel.answer(TimelineOf(object: "user", id: door.nora, limit: 1), as: nora)
        #expect(shown.first?.changes.first?.after == .text("script"))
        await door.house.end()
    }
}
