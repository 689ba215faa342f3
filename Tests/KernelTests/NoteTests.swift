import Definitions
import Kernel
import Testing
import Values

/// What somebody writes at a record, with all that goes with it.
@Suite(.serialized) struct NoteTests {
    private func customer(_ house: TestHouse) async throws -> RecordID {
        try await house.create(
            "company",
            Draft([
                "name_en": .text("Nordlicht GmbH"), "short_name": .text("Nordlicht"),
                "roles": .list([.text("customer")]),
                "country": .text("DE"), "currency": .text("USD"), "source": .text("fair"),
            ]), as: "lin"
        ).id
    }

    private func contact(_ house: TestHouse, _ company: RecordID, _ email: String?) async throws -> RecordID {
        var draft = Draft([
            "company": .record(company), "name": .text("Katrin Vogel"), "phone": .text("+49 40 1234567"),
        ])
        if let email { draft.fields["email"] = .text(email) }
        return try await house.create("contact", draft, as: "lin").id
    }

    private func write(
        _ house: TestHouse, _ company: RecordID, _ fields: [String: Input], as login: String = "lin",
        _ change: (inout NoteCommand) -> Void = { _ in }
    ) async throws -> Outcome {
        var note = NoteCommand(object: "company", record: company, fields: Draft(fields))
        change(&note)
        return try await house.kernel.perform(Command(.note(note)), as: try await house.actor(login))
    }

    private func notices(_ house: TestHouse, _ login: String) async throws -> [MyNotices.Notice] {
        try await house.kernel.answer(MyNotices(unreadOnly: true, limit: 20), as: try await house.actor(login))
            .filter { $0.kind == "mention" }
    }

    @Test("Whoever is named and sees the record is told; who does not see it is not, and the author hears of it")
    func mentions() async throws {
        let house = try await TestHouse.open()
        let company = try await customer(house)
        let outcome = try await write(
            house, company, ["summary": .text("价格谈到 11.90，请 @CHEN 看一下，@ZHAO 也知道一下")])
        #expect(try await notices(house, "chen").count == 1)
        #expect(try await notices(house, "chen").first?.text.contains("价格谈到 11.90") == true)
        #expect(try await notices(house, "zhao").isEmpty)
        #expect(outcome.warnings.map(\.code) == ["mention_unseen"])
        #expect(outcome.warnings.first?.message.zh.contains("ZHAO") == true)
        #expect(outcome.warnings.first?.message.zh.contains("CHEN") == false)
        let choices = try await house.kernel.answer(
            MentionChoices(object: "company", id: company, language: .zh) { ["CHEN", "ZHAO"].contains($0) },
            as: try await house.actor("lin"))
        #expect(choices.first { $0.name == "CHEN" }?.sees == true)
        #expect(choices.first { $0.name == "ZHAO" }?.sees == false)
        await house.end()
    }

    @Test("A role is told by its name: all who hold it and see the record, nobody else")
    func roles() async throws {
        let house = try await TestHouse.open()
        let company = try await customer(house)
        let manager = try #require(
            try await house.kernel.answer(VisibleModel(), as: .system("test")).model.role("sales_manager"))
        let outcome = try await write(house, company, ["summary": .text("请 @\(manager.label.zh) 定一下价格底线")])
        #expect(try await notices(house, "chen").count == 1)
        #expect(try await notices(house, "sun").isEmpty)
        #expect(outcome.warnings.isEmpty)
        await house.end()
    }

    @Test("A mail waits in the outbox with its files, goes out in the author's name and says at the note that it did")
    func mail() async throws {
        let house = try await TestHouse.open()
        let lin = try #require(try await house.actor("lin").userID)
        _ = try await house.update("user", lin, Draft(["email": .text("lin@example.com")]), as: "zong")
        let company = try await customer(house)
        let katrin = try await contact(house, company, "kv@nordlicht.example")
        let outcome = try await write(
            house, company,
            [
                "summary": .text("Dear Katrin, please find our offer attached."), "kind": .text("email"),
                "subject": .text("Offer"),
            ]
        ) {
            $0.mail = .init(to: [katrin])
            $0.files = [.init(name: "报价.pdf", content: Array("%PDF-1.7 offer".utf8))]
        }
        let note = try #require(outcome.record)
        #expect(note["mail_state"].text == "waiting" && note["mail_to"].text == "Katrin Vogel <kv@nordlicht.example>")
        let messages = try await house.kernel.takeDeliveries(limit: 12, lease: 150, sendsMail: true, address: "")
        let message = try #require(messages.first { $0.content.isMail })
        guard case .personal(let mail) = message.content else {
            Issue.record("not a personal mail")
            return
        }
        #expect(mail.to == ["kv@nordlicht.example"] && mail.replyTo == "lin@example.com" && mail.subject == "Offer")
        #expect(mail.files.map(\.name) == ["报价.pdf"] && mail.files.first?.mediaType == "application/pdf")
        try await house.kernel.delivered(message)
        #expect(try await house.show("followup", note.id, as: "lin")["mail_state"].text == "sent")
        #expect(try await house.kernel.takeDeliveries(limit: 12, lease: 150, sendsMail: true, address: "").isEmpty)
        await house.end()
    }

    @Test("A mail that is given up is marked as not sent; without address or subject nothing at all is kept")
    func unsent() async throws {
        let house = try await TestHouse.open()
        let lin = try #require(try await house.actor("lin").userID)
        let company = try await customer(house)
        let katrin = try await contact(house, company, "kv@nordlicht.example")
        let mute = try await contact(house, company, nil)
        let text: Input = .text("Dear Katrin, please find our offer attached.")
        let first = try await refused("no own address, no subject") {
            try await write(house, company, ["summary": text, "kind": .text("email")]) { $0.mail = .init(to: [mute]) }
        }
        #expect(Set(first.problems.map(\.code)) == ["no_address", "required", "no_reply_address"])
        let known = try await house.kernel.answer(
            CountRecords(object: "followup"), as: .system("test")
        ).count
        #expect(known == 0)
        _ = try await house.update("user", lin, Draft(["email": .text("lin@example.com")]), as: "zong")
        let sent = try await write(
            house, company, ["summary": text, "kind": .text("email"), "subject": .text("Offer")]
        ) { $0.mail = .init(to: [katrin]) }
        let message = try #require(
            try await house.kernel.takeDeliveries(limit: 12, lease: 150, sendsMail: true, address: "").first)
        try await house.kernel.deliveryFailed(message, error: "no such mailbox", retryAt: nil)
        let note = try #require(sent.record?.id)
        #expect(try await house.show("followup", note, as: "lin")["mail_state"].text == "failed")
        await house.end()
    }

    @Test("A new date takes the place of the earlier one; what was arranged for today is done by writing")
    func next() async throws {
        let house = try await TestHouse.open()
        let company = try await customer(house)
        let first = try await write(
            house, company,
            ["summary": .text("约好下周再谈交期和价格"), "next_at": .text("2026-11-24T01:00:00Z")])
        let second = try await write(
            house, company,
            ["summary": .text("客户改期，推到月底再谈交期"), "next_at": .text("2026-11-30T01:00:00Z")])
        #expect(second.warnings.map(\.code) == ["followup_moved"])
        let earlier = try #require(first.record?.id)
        let later = try #require(second.record?.id)
        #expect(try await house.show("followup", earlier, as: "lin")["next_at"].isNull)
        #expect(
            try await house.show("followup", later, as: "lin")["next_at"].instant?.description.prefix(10)
                == "2026-11-30")
        house.clock.advance(seconds: 10 * 86_400)
        let done = try await write(house, company, ["summary": .text("按约谈了交期，客户同意 35 天")])
        #expect(done.warnings.map(\.code) == ["followup_done"])
        #expect(try await house.show("followup", later, as: "lin")["next_at"].isNull)
        await house.end()
    }

    @Test("Somebody else's next step is a task of theirs, if they see the record")
    func nextOfAnother() async throws {
        let house = try await TestHouse.open()
        let company = try await customer(house)
        let day: Input = .text("2026-11-25T01:00:00Z")
        let outcome = try await write(house, company, ["summary": .text("请主管回访客户谈框架协议"), "next_at": day]) {
            $0.nextOwner = Staff.id("chen")
        }
        let note = try #require(outcome.record)
        #expect(note["next_at"].isNull)
        let task = try #require(note["next_task"].record)
        let shown = try await house.show("task", task)
        #expect(shown["assignee"].record == Staff.id("chen") && shown["source"].text == "followup")
        #expect(try await notices(house, "chen").count == 1)
        let blind = try await refused("who does not see the record") {
            try await write(house, company, ["summary": .text("请西区同事回访客户谈协议"), "next_at": day]) {
                $0.nextOwner = Staff.id("zhao")
            }
        }
        #expect(blind.problems.map(\.code) == ["next_out_of_sight"])
        await house.end()
    }

    @Test("Who does not see a record writes nothing there, and one press is one note")
    func rights() async throws {
        let house = try await TestHouse.open()
        let company = try await customer(house)
        let other = try await refused("of another team") {
            try await write(house, company, ["summary": .text("这不是我的客户，但我想写")], as: "zhao")
        }
        #expect(other.kind == .missing)
        let note = NoteCommand(
            object: "company", record: company, fields: Draft(["summary": .text("同一次按两下，只该有一条")]))
        for _ in 0..<2 {
            _ = try await house.kernel.perform(
                Command(.note(note), idempotencyKey: "one press"), as: try await house.actor("lin"))
        }
        #expect(try await house.kernel.answer(CountRecords(object: "followup"), as: .system("test")).count == 1)
        await house.end()
    }
}
