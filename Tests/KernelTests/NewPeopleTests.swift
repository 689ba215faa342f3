import Definitions
import Kernel
import Store
import Testing
import Values

@Suite("People added together", .serialized) struct NewPeopleTests {
    private func person(_ login: String, _ roles: [String] = ["sales"], manager: NewPerson.Manager? = nil) -> NewPerson
    {
        NewPerson(
            [
                "name": .text(login + " " + login), "login": .text(login), "roles": .list(roles.map { .text($0) }),
                "active": .bool(true),
            ], manager: manager)
    }

    @Test("All get an account and a password that works once, superiors of the same list included")
    func together() async throws {
        let door = try await AccountHouse()
        let ada = try await door.house.actor("ada")
        let made = try await door.perform(
            .addPeople([person("Tom", manager: .listed(1)), person("tina", manager: .person(door.nora))]), as: ada)
        #expect(made.passes.count == 2 && made.created.map(\.id) == made.passes.map(\.user))
        let credentials = Credentials(login: "tom", password: made.passes[0].token, source: "10.0.0.9")
        let entered = try await door.house.kernel.perform(Command(.identity(.signIn(credentials))), as: .nobody)
        let token = try #require(entered.pass?.token)
        let actor = try #require(try await door.actor(token))
        #expect(actor.session?.mustRenew == true)
        let tom = try await door.house.kernel.answer(
            ShowRecord(object: "user", id: made.passes[0].user), as: .system("test"))
        #expect(tom["manager"].record == made.passes[1].user && tom["login"].text == "tom")
        await door.house.end()
    }

    @Test("What is refused of one refuses all and stands at that one; nobody is made")
    func none() async throws {
        let door = try await AccountHouse()
        let ada = try await door.house.actor("ada")
        let before = try await door.house.kernel.answer(CountRecords(object: "user"), as: .system("test")).count
        await #expect {
            try await door.perform(.addPeople([person("tom"), person("nora")]), as: ada)
        } throws: { error in
            (error as? Rejection)?.problems.first?.field == "people[1].login"
        }
        await #expect {
            try await door.perform(.addPeople([person("tom"), person("no blank")]), as: ada)
        } throws: { error in
            (error as? Rejection)?.problems.first?.field == "people[1].login"
        }
        let after = try await door.house.kernel.answer(CountRecords(object: "user"), as: .system("test")).count
        #expect(after == before)
        await door.house.end()
    }

    @Test("Nobody adds people without the privilege, or with roles beyond their own")
    func rights() async throws {
        let door = try await AccountHouse()
        let lin = try await door.house.actor("lin")
        await #expect(throws: Rejection.self) { try await door.perform(.addPeople([person("tom")]), as: lin) }
        let ada = try await door.house.actor("ada")
        await #expect(throws: Rejection.self) { try await door.perform(.addPeople([]), as: ada) }
        await door.house.end()
    }
}
