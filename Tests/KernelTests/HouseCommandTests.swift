import Definitions
import Kernel
import Store
import Testing
import Values

/// What is done with the house as a whole: who may, person by person, at the door itself.
@Suite("Commands of the house") struct HouseCommandTests {
    private static let account = MailAccount(
        host: "mail.example.com", port: 587, protection: .startTLS, user: "", sender: "baton@example.com",
        senderName: "")

    /// What each needs: the privilege that the roles of `Staff` hold or lack.
    private static let commands: [(name: String, who: Set<String>, HouseCommand)] = [
        ("prove the log", ["ada", "zong", "dong", "cai"], .proveLog),
        ("raise a number", ["ada"], .raiseNumber(object: "quotation", field: "no", next: 500)),
        ("set a pattern", ["ada"], .setPattern(object: "quotation", field: "no", pattern: "QX{yy}-{####}")),
        ("set the mail account", ["ada"], .setMail(MailAccountDraft(account, password: nil))),
        ("drop the mail account", ["ada"], .dropMail), ("skip a step", ["ada"], .setUp(.skip(.company))),
        ("close the steps", ["ada"], .setUp(.close)),
    ]

    @Test("Each command of the house is refused to everybody whose role does not hold its privilege")
    func doors() async throws {
        let house = try await TestHouse.open()
        for person in Staff.people where person.login != "ada" {
            let actor = try await house.actor(person.login)
            for (name, who, command) in Self.commands where !who.contains(person.login) {
                do {
                    _ = try await house.kernel.perform(Command(.house(command)), as: actor)
                    Issue.record("\(person.login) may \(name)")
                } catch let rejection as Rejection {
                    #expect(rejection.kind == .forbidden, "\(person.login) \(name): \(rejection.code)")
                }
            }
        }
        let ada = try await house.actor("ada")
        #expect(try await house.kernel.answer(MailAccountOf(), as: ada).account == nil)
        #expect(try await house.kernel.answer(SetUpState(), as: ada)?.isClosed == false)
        for (_, _, command) in Self.commands { _ = try await house.kernel.perform(Command(.house(command)), as: ada) }
        await house.end()
    }

    @Test("What the house's pages ask is answered to who looks after it alone")
    func questions() async throws {
        let house = try await TestHouse.open()
        for person in Staff.people {
            let actor = try await house.actor(person.login)
            let mayDefine = person.login == "ada"
            #expect(try await house.kernel.answer(SetUpState(), as: actor) == nil || mayDefine, "\(person.login)")
            let preview = PreviewSeries(object: "quotation", field: "no", pattern: "Q{yy}-{###}")
            if mayDefine {
                #expect(try await house.kernel.answer(preview, as: actor).numbers.count == 3)
                continue
            }
            #expect(try await refused { try await house.kernel.answer(MailAccountOf(), as: actor) }.kind == .forbidden)
            #expect(try await refused { try await house.kernel.answer(preview, as: actor) }.kind == .forbidden)
            #expect(try await refused { try await house.kernel.answer(Deliveries(), as: actor) }.kind == .forbidden)
        }
        await house.end()
    }
}
