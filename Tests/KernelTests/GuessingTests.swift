import Kernel
import Testing
import Values

/// How often a secret may be guessed.
@Suite(.serialized) struct GuessingTests {
    private func wrong(_ door: AccountHouse, _ actor: Actor, _ command: IdentityCommand) async throws -> Rejection {
        try await refused { try await door.perform(command, as: actor) }
    }

    @Test("Who is signed in guesses the password no more often than at the door, and locks nobody out by it")
    func signedIn() async throws {
        let door = try await AccountHouse()
        let thief = try await door.signIn()
        let owner = try await door.signIn()
        let guess = IdentityCommand.changePassword(old: "wrong horse 42", new: "another horse 43")
        for _ in 0..<3 { #expect(try await wrong(door, thief, guess).code == "wrong_credentials") }
        for _ in 0..<2 {
            #expect(try await wrong(door, thief, .dropTimeCode(password: "wrong horse")).code == "wrong_credentials")
        }
        let locked = try await wrong(door, thief, guess)
        #expect(locked.code == "too_many_attempts" && locked.kind == .tooMany)
        let right = IdentityCommand.changePassword(old: AccountHouse.password, new: "another horse 43")
        #expect(try await wrong(door, thief, right).code == "too_many_attempts")
        #expect(try await wrong(door, thief, .dropTimeCode(password: AccountHouse.password)).kind == .tooMany)

        // Neither the door nor the owner's own session is closed by it.
        _ = try await door.signIn()
        try await door.perform(right, as: owner)
        await door.house.end()
    }

    @Test("Guesses all at once are no more than one after the other")
    func atOnce() async throws {
        let door = try await AccountHouse()
        let codes = await withTaskGroup(of: String.self) { group in
            for _ in 0..<30 {
                group.addTask {
                    do {
                        _ = try await door.signIn("wrong horse 42", from: "6.6.6.6")
                        return "in"
                    } catch { return (error as? Rejection)?.code ?? "\(error)" }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes.count { $0 == "wrong_credentials" } == 5)
        #expect(codes.count { $0 == "too_many_attempts" } == 25)
        await door.house.end()
    }

    @Test("A token makes no other tokens")
    func tokens() async throws {
        let door = try await AccountHouse()
        let nora = try await door.signIn()
        let token = try #require(try await door.perform(.issueToken(name: "script", days: 1), as: nora).pass?.token)
        let script = try #require(try await door.actor(token))
        #expect(try await wrong(door, script, .issueToken(name: "for ever", days: 365)).kind == .forbidden)
        await door.house.end()
    }

    @Test("One address with many accounts leaves room for others to sign in")
    func storm() async throws {
        let door = try await AccountHouse()
        let refusals = await withTaskGroup(of: String.self) { group in
            for number in 0..<100 {
                group.addTask {
                    let guess = Credentials(login: "ghost\(number)", password: "wrong horse", source: "6.6.6.6")
                    do {
                        _ = try await door.house.kernel.perform(Command(.identity(.signIn(guess))), as: .nobody)
                        return "in"
                    } catch { return (error as? Rejection)?.code ?? "\(error)" }
                }
            }
            group.addTask {
                do {
                    _ = try await door.signIn()
                    return "nora is in"
                } catch { return "nora: \(error)" }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(refusals.contains("nora is in"))
        #expect(!refusals.contains("in") && refusals.contains("too_many_attempts"))
        await door.house.end()
    }

    @Test("One's tokens are listed without what they hold, and can be revoked")
    func listed() async throws {
        let door = try await AccountHouse()
        let nora = try await door.signIn()
        let token = try #require(try await door.perform(.issueToken(name: "script", days: 1), as: nora).pass?.token)
        let listed = try await door.house.kernel.answer(MyTokens(), as: nora)
        #expect(listed.map(\.name) == ["script"])
        try await door.perform(.revokeToken(id: try #require(listed.first).id.description), as: nora)
        #expect(try await door.actor(token) == nil)
        #expect(try await door.house.kernel.answer(MyTokens(), as: nora).first?.revokedAt != nil)
        await door.house.end()
    }
}
