import Definitions
import Kernel
import Store
import Testing
import Values

/// Signing in, and who is kept out.
@Suite(.serialized) struct IdentityTests {
    private static let password = "correct horse 42"

    private struct Door {
        let house: TestHouse

        init() async throws {
            house = try await TestHouse.open()
            try await house.kernel.addAccount(
                login: "nora", name: "Nora", roles: ["sales"], password: IdentityTests.password)
        }

        func signIn(
            _ login: String = "nora", _ password: String = IdentityTests.password, code: String? = nil,
            from source: String = "10.0.0.1"
        ) async throws -> Pass {
            let credentials = Credentials(login: login, password: password, code: code, source: source)
            let outcome = try await house.kernel.perform(Command(.identity(.signIn(credentials))), as: .nobody)
            return try #require(outcome.pass)
        }

        func actor(_ token: String) async throws -> Actor? {
            try await house.kernel.answer(IdentifyActor(token: token, origin: .page), as: .nobody)
        }

        func perform(_ command: IdentityCommand, as actor: Actor) async throws -> Outcome {
            try await house.kernel.perform(Command(.identity(command)), as: actor)
        }
    }

    @Test("The right password opens; a wrong one, an unknown account and one without a password look the same")
    func signIn() async throws {
        let door = try await Door()
        let pass = try await door.signIn()
        #expect(try await door.actor(pass.token)?.login == "nora")
        #expect(try await door.signIn(" NORA ").user == pass.user)
        let wrong = try await refused { try await door.signIn("nora", "wrong horse 42") }
        let unknown = try await refused { try await door.signIn("nobody", "wrong horse 42") }
        let unset = try await refused { try await door.signIn("lin", "-") }
        #expect(wrong == unknown && wrong == unset)
        #expect(wrong.kind == .unauthenticated)
        for text in ["", String(repeating: "x", count: 5000), "\u{0}", "' OR 1=1 --"] {
            #expect(try await refused { try await door.signIn(text, text) } == wrong)
        }
        #expect(try await door.actor("") == nil)
        #expect(try await door.actor(pass.token + "x") == nil)
        await door.house.end()
    }

    @Test("Five wrong tries lock the pair of account and address; the owner comes in from elsewhere")
    func lockOut() async throws {
        let door = try await Door()
        for _ in 0..<5 { try await refused { try await door.signIn("nora", "wrong horse 42", from: "6.6.6.6") } }
        let locked = try await refused { try await door.signIn(from: "6.6.6.6") }
        #expect(locked.kind == .tooMany)
        #expect((locked.retryAfter ?? 0) > 0)
        _ = try await door.signIn(from: "10.0.0.1")
        // The attacker's address is not barred from other accounts, and an unknown account locks like a known one.
        for _ in 0..<5 { try await refused { try await door.signIn("ghost", "wrong horse 42", from: "6.6.6.6") } }
        let ghost = try await refused { try await door.signIn("ghost", "wrong horse 42", from: "6.6.6.6") }
        #expect(ghost.kind == .tooMany)
        door.house.clock.advance(seconds: 60)
        _ = try await door.signIn(from: "6.6.6.6")
        await door.house.end()
    }

    @Test("Time codes: needed once confirmed, each counts once, and who has the session can't drop them")
    func timeCodes() async throws {
        let door = try await Door()
        let nora = try #require(try await door.actor(try await door.signIn().token))
        let secret = try #require(try await door.perform(.enrolTimeCode, as: nora).pass?.token)
        _ = try await door.signIn()  // not confirmed yet
        try await refused { try await door.perform(.confirmTimeCode("000000"), as: nora) }
        _ = try await door.perform(.confirmTimeCode(door.house.code(of: secret)), as: nora)
        // The code that confirmed is used up.
        let used = door.house.code(of: secret)
        try await refused { try await door.signIn(code: used) }
        let missing = try await refused { try await door.signIn() }
        #expect(missing.code == "code_required")
        door.house.clock.advance(seconds: 30)
        let fresh = door.house.code(of: secret)
        _ = try await door.signIn(code: fresh)
        let replayed = try await refused { try await door.signIn(code: fresh) }
        #expect(replayed.kind == .unauthenticated)

        // A stolen session must not take the second factor away.
        let again = try await refused { try await door.perform(.enrolTimeCode, as: nora) }
        #expect(again.kind == .conflict)
        try await refused { try await door.perform(.dropTimeCode(password: "wrong horse 42"), as: nora) }
        #expect(try await refused { try await door.signIn() }.code == "code_required")
        _ = try await door.perform(.dropTimeCode(password: Self.password), as: nora)
        _ = try await door.signIn()
        await door.house.end()
    }

    @Test("Sessions and tokens end: by sign-out, by time, by revoking, by a new password, by disabling the account")
    func endings() async throws {
        let door = try await Door()
        let first = try await door.signIn()
        let nora = try #require(try await door.actor(first.token))
        _ = try await door.perform(.signOut, as: nora)
        #expect(try await door.actor(first.token) == nil)

        let second = try await door.signIn()
        let third = try await door.signIn()
        let keeper = try #require(try await door.actor(third.token))
        _ = try await door.perform(.changePassword(old: Self.password, new: "another horse 43"), as: keeper)
        #expect(try await door.actor(second.token) == nil, "a new password ends the other sessions")
        #expect(try await door.actor(third.token) != nil)
        try await refused { try await door.signIn() }

        let token = try #require(try await door.perform(.issueToken(name: "script", days: 2), as: keeper).pass)
        #expect(try await door.actor(token.token)?.login == "nora")
        door.house.clock.advance(seconds: 2 * 86_400 + 1)
        #expect(try await door.actor(token.token) == nil)
        door.house.clock.advance(seconds: 15 * 86_400)
        #expect(try await door.actor(third.token) == nil)
        await door.house.end()
    }

    @Test("A token's name has 1 to 100 characters and its time 1 to 365 days; else the field is named")
    func tokenTerms() async throws {
        let door = try await Door()
        let nora = try #require(try await door.actor(try await door.signIn().token))
        for (name, days, field) in [
            (String(repeating: "n", count: 101), 9, "name"), ("\u{200B}", 9, "name"), ("script", -5, "days"),
            ("script", 366, "days"),
        ] {
            let refusal = try await refused { try await door.perform(.issueToken(name: name, days: days), as: nora) }
            #expect(refusal.kind == .invalid && refusal.problems.first?.field == field)
        }
        await door.house.end()
    }

    @Test("A session whose token happens to begin like a program's is a session all the same")
    func unluckyToken() async throws {
        let house = try await TestHouse.open()
        let token = "bt_" + String(repeating: "x", count: 40)
        let now = house.clock.now
        try await house.database.write { connection in
            try Sessions(connection).open(
                SessionEntry(
                    hash: Secrets.digest(Array(token.utf8)), user: Staff.id("lin"), kind: "page", createdAt: now,
                    seenAt: now, expiresAt: now.adding(seconds: 600), address: "local", agent: "test"))
        }
        let actor = try await house.kernel.answer(IdentifyActor(token: token, origin: .page), as: .nobody)
        #expect(actor?.userID == Staff.id("lin"))
        #expect(actor?.session != nil)
        await house.end()
    }

    @Test("A disabled user is out at the next request, with session and token")
    func disabled() async throws {
        let door = try await Door()
        let pass = try await door.signIn()
        let nora = try #require(try await door.actor(pass.token))
        let token = try #require(try await door.perform(.issueToken(name: "script", days: 9), as: nora).pass)
        try await door.house.update("user", pass.user, Draft(["active": .bool(false)]), as: "ada")
        #expect(try await door.actor(pass.token) == nil)
        #expect(try await door.actor(token.token) == nil)
        let refusal = try await refused { try await door.signIn() }
        #expect(refusal.code == "wrong_credentials")
        try await door.house.update("user", pass.user, Draft(["active": .bool(true)]), as: "ada")
        #expect(try await door.actor(pass.token) != nil)
        await door.house.end()
    }

    @Test("Rights taken away are gone at the next request")
    func revoked() async throws {
        let door = try await Door()
        let pass = try await door.signIn()
        let before = try #require(try await door.actor(pass.token))
        _ = try await door.house.kernel.answer(ListRecords(object: "quotation"), as: before)
        try await door.house.update("user", pass.user, Draft(["roles": .list([.text("marketing")])]), as: "ada")
        let after = try #require(try await door.actor(pass.token))
        let refusal = try await refused {
            try await door.house.kernel.answer(ListRecords(object: "quotation"), as: after)
        }
        #expect(refusal.kind == .missing)
        await door.house.end()
    }

    @Test("Weak passwords are refused, and the demo company's password everywhere but in the demo")
    func policy() async throws {
        let door = try await Door()
        let nora = try #require(try await door.actor(try await door.signIn().token))
        for weak in ["short", "aaaaaaaaaaaaaa", "nora-nora-nora", "baton-demo", String(repeating: "ab", count: 600)] {
            let refusal = try await refused(weak) {
                try await door.perform(.changePassword(old: Self.password, new: weak), as: nora)
            }
            #expect(refusal.problems.map(\.code) == ["weak_password"])
        }
        let wang = try await door.house.actor("wang")
        #expect(
            try await refused {
                try await door.perform(.resetPassword(user: Staff.id("lin"), new: "new horse 4711"), as: wang)
            }.kind == .forbidden)
        _ = try await door.perform(
            .resetPassword(user: Staff.id("lin"), new: "new horse 4711"), as: try await door.house.actor("ada"))
        _ = try await door.signIn("lin", "new horse 4711")
        await door.house.end()
    }

    @Test("The first owner is made once")
    func owner() async throws {
        let house = try await TestHouse.empty()
        let create = IdentityCommand.createOwner(login: "boss", name: "Boss", password: Self.password)
        let pass = try #require(try await house.kernel.perform(Command(.identity(create)), as: .nobody).pass)
        let boss = try #require(
            try await house.kernel.answer(IdentifyActor(token: pass.token, origin: .page), as: .nobody))
        #expect(boss.roles.contains("admin"))
        let second = IdentityCommand.createOwner(login: "thief", name: "Thief", password: Self.password)
        #expect(
            try await refused { try await house.kernel.perform(Command(.identity(second)), as: .nobody) }.kind
                == .missing)
        await house.end()
    }

    @Test("Two first owners at once: one is made")
    func ownerRace() async throws {
        let house = try await TestHouse.empty()
        let kernel = house.kernel
        let made = await withTaskGroup(of: Int.self) { group in
            for index in 0..<4 {
                group.addTask {
                    let create = IdentityCommand.createOwner(
                        login: "boss\(index)", name: "Boss", password: IdentityTests.password)
                    do {
                        _ = try await kernel.perform(Command(.identity(create)), as: .nobody)
                        return 1
                    } catch {
                        return 0
                    }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(made == 1)
        await house.end()
    }

    @Test("Nobody may do anything before signing in")
    func nobody() async throws {
        let door = try await Door()
        let kernel = door.house.kernel
        let refusal = try await refused {
            try await kernel.perform(Command(.create(object: "task", Draft(["title": .text("x")]))), as: .nobody)
        }
        #expect(refusal.kind == .unauthenticated)
        for object in ["user", "company", "task", "quotation", "bank_account"] {
            let refusal = try await refused { try await kernel.answer(ListRecords(object: object), as: .nobody) }
            #expect(refusal.kind == .missing)
        }
        #expect(try await kernel.answer(SearchRecords(text: "lin"), as: .nobody).isEmpty)
        #expect(try await kernel.answer(EventsAfter(sequence: 0), as: .nobody).entries.isEmpty)
        for command: IdentityCommand in [
            .enrolTimeCode, .issueToken(name: "x", days: 1), .changePassword(old: "x", new: "y"),
            .resetPassword(user: Staff.id("lin"), new: "new horse 4711"), .revokeToken(id: "x"),
        ] {
            try await refused { try await door.perform(command, as: .nobody) }
        }
        await door.house.end()
    }
}
