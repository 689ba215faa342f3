import Definitions
import Kernel
import Testing
import Values

/// Mails that are written once and filled in from each record.
@Suite(.serialized) struct MailTemplateTests {
    private func customer(_ house: TestHouse) async throws -> RecordID {
        try await house.create(
            "company",
            Draft([
                "name_en": .text("Nordlicht GmbH"), "short_name": .text("Nordlicht"),
                "roles": .list([.text("customer")]), "country": .text("DE"), "currency": .text("EUR"),
                "source": .text("fair"),
            ]), as: "lin"
        ).id
    }

    private func template(
        _ house: TestHouse, subject: String = "Hello", body: String, language: String = "en", sharing: String = "own",
        as login: String = "lin"
    ) async throws -> RecordID {
        try await house.create(
            "mail_template",
            Draft([
                "name": .text("Test"), "about": .text("company"), "language": .text(language),
                "sharing": .text(sharing), "subject": .text(subject), "body": .text(body),
            ]), as: login
        ).id
    }

    private func filled(
        _ house: TestHouse, _ company: RecordID, _ template: RecordID, to: RecordID? = nil, as login: String = "lin"
    ) async throws -> FilledMail.Answer {
        try await house.kernel.answer(
            FilledMail(object: "company", record: company, template: template, receiver: to),
            as: try await house.actor(login))
    }

    @Test("Names, choices, amounts and days stand in the mail as its language writes them, braces in quotes included")
    func filling() async throws {
        let house = try await TestHouse.open()
        let company = try await customer(house)
        let katrin = try await house.create(
            "contact",
            Draft(["company": .record(company), "name": .text("Katrin Vogel"), "email": .text("kv@n.example")]),
            as: "lin"
        ).id
        let body =
            "Dear {= receiver }, {=name_en} of {= code } is a {= status }; {= credit_limit } {= \"}\" }, {= TODAY() }; {= sender }"
        let english = try await template(house, subject: "For {= short_name }", body: body)
        let mail = try await filled(house, company, english, to: katrin)
        #expect(mail.subject == "For Nordlicht")
        #expect(mail.body.hasPrefix("Dear Katrin Vogel, Nordlicht GmbH of C"))
        #expect(mail.body.contains("is a Lead; CNY 0.00 }, 20 Nov 2026; LIN"), "\(mail.body)")
        #expect(mail.gaps == [])
        let chinese = try await template(house, body: "{= status }，{= TODAY() }", language: "zh")
        #expect(try await filled(house, company, chinese).body == "线索，2026-11-20")
        await house.end()
    }

    @Test("What has no value, what the sender may not read and what is no more stand in brackets and are told apart")
    func gaps() async throws {
        let house = try await TestHouse.open()
        let company = try await customer(house)
        let shared = try await template(
            house, body: "{= city } {= receiver } {= credit_limit }", sharing: "all", as: "chen")
        let own = try await filled(house, company, shared)
        #expect(own.body == "[City] [receiver] CNY 0.00")
        #expect(own.gaps.map(\.reason) == [.empty, .empty])
        #expect(own.gaps.map(\.label?.zh) == ["城市", nil])
        let other = try await filled(house, company, shared, as: "mei")
        #expect(other.body.hasSuffix("[Credit limit]"), "\(other.body)")
        #expect(other.gaps.last?.reason == .unseen)
        await house.end()
    }

    @Test("A bad place is refused at its field when the template is saved, with what was meant")
    func badPlaces() async throws {
        let house = try await TestHouse.open()
        for (body, code, word) in [
            ("Dear {= recever }", "bad_place", "receiver"), ("{= total_amount }", "bad_place", ""),
            ("Dear {= receiver ", "open_place", "}"), ("{= 1 + }", "bad_place", ""),
        ] {
            let rejection = await #expect(throws: Rejection.self) { _ = try await template(house, body: body) }
            let problem = rejection?.problems.first
            #expect(problem?.field == "body" && problem?.code == code, "\(body): \(String(describing: rejection))")
            #expect(word.isEmpty || problem?.message.en.contains(word) == true, "\(problem?.message.en ?? "")")
        }
        let good = try await template(house, body: "Dear {= receiver }")
        let rejection = await #expect(throws: Rejection.self) {
            _ = try await house.update("mail_template", good, Draft(["subject": .text("{= nothing_such }")]), as: "lin")
        }
        #expect(rejection?.problems.map(\.field) == ["subject"])
        await house.end()
    }

    @Test(
        "A template of one's own is for oneself, one for the department for colleagues of it, and others for everybody")
    func sharing() async throws {
        let house = try await TestHouse.open()
        let company = try await customer(house)
        let own = try await template(house, body: "mine")
        let shipped = try await house.kernel.answer(
            ListRecords(object: "mail_template", columns: ["about"], filters: ["sharing = \"all\""], limit: 100),
            as: try await house.actor("lin"))
        #expect(shipped.rows.count == 18)
        let rejection = await #expect(throws: Rejection.self) { _ = try await filled(house, company, own, as: "mei") }
        #expect(rejection?.kind == .missing)
        let first = try #require(shipped.rows.first { $0["about"].text == "order" })
        let wrong = await #expect(throws: Rejection.self) { _ = try await filled(house, company, first.id) }
        #expect(wrong?.code == "wrong_template")
        await house.end()
    }
}
