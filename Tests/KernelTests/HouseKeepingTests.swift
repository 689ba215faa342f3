import Definitions
import Foundation
import Kernel
import Store
import Testing
import Values

@Suite("Mail account, number patterns and proofs", .serialized) struct HouseKeepingTests {
    private let account = MailAccount(
        host: "smtp.example.com", port: 587, protection: .startTLS, user: "baton@example.com",
        sender: "baton@example.com", senderName: "宁波一号")

    private func perform(_ house: TestHouse, _ command: HouseCommand, as actor: Actor) async throws {
        _ = try await house.kernel.perform(Command(.house(command)), as: actor)
    }

    private func code(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch let rejection as Rejection {
            return rejection.problems.first?.code ?? rejection.code
        } catch {
            return "\(error)"
        }
    }

    @Test("The password of the mail account is kept and never told, neither by a question nor by the log")
    func secret() async throws {
        let house = try await TestHouse.open()
        let ada = try await house.actor("ada")
        try await perform(house, .setMail(MailAccountDraft(account, password: "s3cret-of-mail")), as: ada)
        let told = try await house.kernel.answer(MailAccountOf(), as: ada)
        #expect(told.account == account && told.hasPassword)
        #expect(try await house.kernel.mailAccount()?.password == "s3cret-of-mail")
        let events = try await house.database.read {
            try EventLog($0).events(after: 0, limit: 10_000, objects: ["user"])
        }
        #expect(events.contains { $0.kind == "house:mail_changed" })
        #expect(!events.contains { "\($0)".contains("s3cret-of-mail") })
        await house.end()
    }

    @Test("A kept password stays with its server and account; another server asks for it anew")
    func otherServer() async throws {
        let house = try await TestHouse.open()
        let ada = try await house.actor("ada")
        try await perform(house, .setMail(MailAccountDraft(account, password: "s3cret")), as: ada)
        var renamed = account
        renamed.senderName = "Baton"
        try await perform(house, .setMail(MailAccountDraft(renamed, password: "")), as: ada)
        #expect(try await house.kernel.mailAccount()?.password == "s3cret")
        var elsewhere = account
        elsewhere.host = "smtp.elsewhere.example"
        let refused = elsewhere
        let asked = await code { try await perform(house, .setMail(MailAccountDraft(refused, password: nil)), as: ada) }
        #expect(asked == "mail_password")
        #expect(try await house.kernel.mailAccount()?.account == renamed)
        try await perform(house, .dropMail, as: ada)
        #expect(try await house.kernel.mailAccount() == nil)
        await house.end()
    }

    @Test(
        "An account that can't work or would travel in the clear is refused at its field",
        arguments: [
            ("smtp://a", 587, MailAccount.Protection.startTLS, "a@example.com", "mail_host"),
            ("a.example", 0, .startTLS, "a@example.com", "mail_port"),
            ("a.example", 25, .none, "a@example.com", "mail_unprotected"),
            ("a.example", 587, .tls, "nobody", "mail_sender"),
        ])
    func wrong(host: String, port: Int, protection: MailAccount.Protection, sender: String, expected: String)
        async throws
    {
        let house = try await TestHouse.open()
        let ada = try await house.actor("ada")
        let draft = MailAccountDraft(
            MailAccount(
                host: host, port: port, protection: protection, user: "", sender: sender, senderName: ""),
            password: nil)
        #expect(await code { try await perform(house, .setMail(draft), as: ada) } == expected)
        await house.end()
    }

    @Test("Only who may define sets mail and patterns, or looks at them")
    func rights() async throws {
        let house = try await TestHouse.open()
        let lin = try await house.actor("lin")
        let draft = MailAccountDraft(account, password: "x")
        for command in [
            HouseCommand.setMail(draft), .dropMail, .setPattern(object: "quotation", field: "no", pattern: "A{###}"),
            .setUp(.close),
        ] {
            #expect(await code { try await perform(house, command, as: lin) } == "forbidden")
        }
        #expect(await code { _ = try await house.kernel.answer(MailAccountOf(), as: lin) } == "forbidden")
        #expect(try await house.kernel.answer(SetUpState(), as: lin) == nil)
        await house.end()
    }

    @Test("A pattern is looked at, taken, and goes on behind what reads like it; what was numbered stays")
    func pattern() async throws {
        let house = try await TestHouse.open()
        let ada = try await house.actor("ada")
        let company = try await house.customer("Acme GmbH", of: "lin")
        let lamp = try await house.lamp("L-1")
        func quotation() async throws -> RecordID {
            let made = try await house.quotation(for: company, product: lamp, as: "lin")
            return made.id
        }
        let first = try await quotation()
        let number = try await self.number(house, first)
        #expect(
            await code {
                try await perform(house, .setPattern(object: "quotation", field: "no", pattern: "Q{nn}"), as: ada)
            } == "bad_pattern")
        let look = try await house.kernel.answer(
            PreviewSeries(object: "quotation", field: "no", pattern: "QT-{yyyy}-{####}"), as: ada)
        #expect(look.next == 1 && look.numbers.first?.hasSuffix("-0001") == true && look.taken == 0)
        try await perform(house, .setPattern(object: "quotation", field: "no", pattern: "QT-{yyyy}-{####}"), as: ada)
        let second = try await quotation()
        #expect(try await self.number(house, second) == look.numbers.first)
        #expect(try await self.number(house, first) == number)
        try await perform(house, .setPattern(object: "quotation", field: "no", pattern: "Q{yymmdd}{###}"), as: ada)
        let third = try await quotation()
        #expect(try await self.number(house, third) > number)
        await house.end()
    }

    @Test("Each region and department counts its own papers, a code and its counter never read like another's")
    func places() async throws {
        let house = try await TestHouse.open()
        let ada = try await house.actor("ada")
        let company = try await house.customer("Acme GmbH", of: "lin")
        try await house.update("department", Staff.id("sales_east"), Draft(["code": .text("E1")]), as: "ada")
        func quotation(_ login: String) async throws -> String {
            let id = try await house.plant(
                "quotation", Draft(["company": .record(company), "fx_rate": .number("7.1")]), owner: login)
            return try await number(house, id)
        }
        for wrong in ["Q{region}{###}", "Q{region}1{###}", "Q{company}-{###}"] {
            #expect(
                await code {
                    try await perform(house, .setPattern(object: "quotation", field: "no", pattern: wrong), as: ada)
                } == "bad_pattern")
        }
        // One that reads like the new pattern stands already.
        _ = try await house.plant(
            "quotation",
            Draft([
                "company": .record(company), "fx_rate": .number("7.1"), "no": .value(.text("Qeurope-E1-26-007")),
            ]), owner: "lin")
        let pattern = "Q{region}-{department}-{yy}-{###}"
        let look = try await house.kernel.answer(
            PreviewSeries(object: "quotation", field: "no", pattern: pattern), as: ada)
        #expect(look.places == ["region", "department"] && look.numbers.first == "Qeurope--26-001")
        try await perform(house, .setPattern(object: "quotation", field: "no", pattern: pattern), as: ada)
        #expect(try await quotation("lin") == "Qeurope-E1-26-008")
        #expect(try await quotation("zhao") == "Qamerica--26-001")
        #expect(try await quotation("lin") == "Qeurope-E1-26-009")
        #expect(try await quotation("zhao") == "Qamerica--26-002")
        await house.end()
    }

    private func number(_ house: TestHouse, _ id: RecordID) async throws -> String {
        try await house.kernel.answer(ShowRecord(object: "quotation", id: id), as: .system("test"))["no"].text ?? ""
    }

    @Test("A proof beside a backup and one in the database are told, the newer one first")
    func proof() async throws {
        let house = try await TestHouse.open()
        let ada = try await house.actor("ada")
        #expect(try await house.kernel.answer(BackupState(), as: ada).restore == nil)
        let now = house.clock.now
        let old = RestoreProof(at: now, file: "a|b.sqlite", bytes: 5, events: 7, blocks: 1, seconds: 2)
        try await Kernel.note(old, in: house.database)
        #expect(try await house.kernel.answer(BackupState(), as: ada).restore == old)
        let folder = FileManager.default.temporaryDirectory.path + "/proofs-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let new = RestoreProof(
            at: now.adding(seconds: 60), file: "c.sqlite", bytes: 6, events: 8, blocks: 2, seconds: 3)
        try new.write(beside: folder + "/c.sqlite")
        try Data("nothing".utf8).write(to: URL(fileURLWithPath: folder + "/d.proof"))
        #expect(try await house.kernel.answer(BackupState(folder: folder), as: ada).restore == new)
        try FileManager.default.removeItem(atPath: folder)
        await house.end()
    }
}
