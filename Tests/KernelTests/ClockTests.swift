import Definitions
import Kernel
import Store
import Testing
import Values

/// Clocks of the trade: who is told when, and that it is told once.
@Suite("Clocks of records") struct ClockTests {
    private func notices(_ house: TestHouse, _ login: String) async throws -> [String] {
        try await house.kernel.answer(MyNotices(), as: try await house.actor(login)).map(\.text)
    }

    /// Moves the clock on in steps, as a house that is watched does.
    private func pass(_ house: TestHouse, hours: Int, steps: Int = 1) async -> Int {
        var effects = 0
        for step in 0..<steps {
            house.clock.advance(seconds: hours * 3600 * (step + 1) / steps - hours * 3600 * step / steps)
            effects += await house.kernel.keepTime()
        }
        return effects
    }

    /// How often somebody was told what a clock of a sample says; the relay's legs tell their own.
    private func asked(_ house: TestHouse, _ login: String) async throws -> Int {
        try await notices(house, login).filter { $0.contains("样品寄出后还没有询问") }.count
    }

    @discardableResult
    private func shippedSample(_ house: TestHouse, at text: String, of name: String = "Sample Ltd") async throws
        -> RecordID
    {
        let company = try await house.customer(name, of: "lin", [:])
        let draft = Draft([
            "company": .record(company), "due": .text("2026-12-10"), "status": .text("shipped"),
        ])
        let id = try await house.plant("sample", draft, owner: "lin")
        _ = try await house.update("sample", id, Draft(["shipped_at": .text(text)]), as: "lin")
        return id
    }

    private func tasks(_ house: TestHouse) async throws -> [RecordView] {
        let page = try await house.kernel.answer(
            ListRecords(object: "task", columns: ["title", "assignee", "status"], limit: 50), as: .system("test"))
        return page.rows
    }

    @Test(
        "Three days after a sample has left, who owns it gets a task to ask, once; a day later the manager hears of it")
    func sampleLeft() async throws {
        let house = try await TestHouse.open()
        let id = try await shippedSample(house, at: "2026-11-20T02:00:00Z")
        _ = await pass(house, hours: 71)
        #expect(try await tasks(house).isEmpty)
        _ = await pass(house, hours: 1)
        _ = await pass(house, hours: 1, steps: 4)
        let made = try await tasks(house)
        #expect(made.map { $0["assignee"].record } == [Staff.id("lin")])
        #expect(try await asked(house, "lin") == 1)
        #expect(try await asked(house, "chen") == 0)
        _ = await pass(house, hours: 24)
        #expect(try await notices(house, "chen").filter { $0.contains("LIN 超时未完成") }.count == 1)
        #expect(try await tasks(house).count == 1)
        let entries = try await house.kernel.answer(
            TimelineOf(object: "sample", id: id, merged: false), as: try await house.actor("lin"))
        #expect(entries.filter { $0.kind == "reminded" }.count == 2)
        await house.end()
    }

    @Test("Who has written a follow-up about the sample is not asked, and nobody above hears of it")
    func answered() async throws {
        let house = try await TestHouse.open()
        let id = try await shippedSample(house, at: "2026-11-20T02:00:00Z")
        _ = await pass(house, hours: 24)
        let note = Draft([
            "target": .text("sample/" + id.description), "summary": .text("Asked: they test it this week"),
        ])
        _ = try await house.create("followup", note, as: "lin")
        _ = await pass(house, hours: 24 * 10, steps: 10)
        #expect(try await tasks(house).isEmpty)
        #expect(try await asked(house, "lin") + asked(house, "chen") == 0)
        // Another sample date begins it anew.
        let later = house.clock.now.description
        _ = try await house.update("sample", id, Draft(["shipped_at": .text(later)]), as: "lin")
        _ = await pass(house, hours: 72)
        #expect(try await asked(house, "lin") == 1)
        await house.end()
    }

    @Test("A date that is moved later rings again, one moved earlier rings once for what has come, in order")
    func movedSource() async throws {
        let house = try await TestHouse.open()
        let id = try await shippedSample(house, at: "2026-11-20T02:00:00Z")
        _ = await pass(house, hours: 72)
        #expect(try await asked(house, "lin") == 1)
        let later = house.clock.now.adding(seconds: 3600).description
        _ = try await house.update("sample", id, Draft(["shipped_at": .text(later)]), as: "lin")
        _ = await pass(house, hours: 72)
        #expect(try await asked(house, "lin") == 1)
        _ = await pass(house, hours: 1)
        #expect(try await asked(house, "lin") == 2)
        let earlier = house.clock.now.adding(seconds: -30 * 86_400).description
        _ = try await house.update("sample", id, Draft(["shipped_at": .text(earlier)]), as: "lin")
        // It was late before and stays so; the manager has not heard of it yet.
        for _ in 0..<3 { await house.kernel.keepTime() }
        #expect(try await asked(house, "lin") == 2)
        #expect(try await asked(house, "chen") == 1)
        #expect(try await tasks(house).count == 2)
        await house.end()
    }

    @Test("A quotation that was sent a week ago and that nobody followed up gives a task, then tells the manager")
    func quotationSent() async throws {
        let house = try await TestHouse.open()
        let company = try await house.customer("Quote Ltd", of: "lin", [:])
        let quotation = try await house.plant(
            "quotation",
            Draft([
                "company": .record(company), "currency": .text("USD"), "incoterm": .text("FOB"),
                "status": .text("approved"), "valid_until": .text("2027-02-01"),
            ]), owner: "lin")
        _ = try await house.act("send", "quotation", quotation, as: "lin")
        func told() async throws -> Int {
            try await notices(house, "chen").filter { $0.contains("报价发出后还没有跟进") }.count
        }
        _ = await pass(house, hours: 24 * 7 - 1, steps: 7)
        #expect(try await tasks(house).isEmpty)
        _ = await pass(house, hours: 1)
        #expect(try await tasks(house).count == 1)
        #expect(try await told() == 0)
        _ = await pass(house, hours: 24)
        #expect(try await told() == 1)
        // The customer's answer ends it.
        let other = try await house.plant(
            "quotation",
            Draft([
                "company": .record(company), "currency": .text("USD"), "incoterm": .text("FOB"),
                "status": .text("approved"), "valid_until": .text("2027-02-01"),
            ]), owner: "lin")
        _ = try await house.act("send", "quotation", other, as: "lin")
        _ = try await house.act("accept", "quotation", other, as: "lin")
        _ = await pass(house, hours: 24 * 9, steps: 9)
        #expect(try await told() == 1)
        await house.end()
    }

    @Test("A changed rule of the company moves the clocks that run, at the next pass of the house")
    func changedRule() async throws {
        let house = try await TestHouse.open()
        _ = try await shippedSample(house, at: "2026-11-20T02:00:00Z")
        let rules = try await house.kernel.defaultRecords(of: "sla_rule", by: ["step"])
        let rule = try #require(rules["sample.followup"])
        _ = try await house.update("sla_rule", rule, Draft(["limit_value": .text("1")]), as: "ada")
        await house.kernel.keepHouse()
        _ = await pass(house, hours: 23)
        #expect(try await asked(house, "lin") == 0)
        _ = await pass(house, hours: 1)
        #expect(try await asked(house, "lin") == 1)
        // Longer again: what was due by the old rule rings by the new one only.
        _ = try await shippedSample(house, at: house.clock.now.description, of: "Other Ltd")
        _ = try await house.update("sla_rule", rule, Draft(["limit_value": .text("5")]), as: "ada")
        let before = try await tasks(house).count
        _ = await pass(house, hours: 48, steps: 2)
        #expect(try await tasks(house).count == before)
        _ = try await house.update("sla_rule", rule, Draft(["active": .value(.bool(false))]), as: "ada")
        await house.kernel.keepHouse()
        _ = await pass(house, hours: 24 * 9, steps: 3)
        #expect(try await tasks(house).count == before)
        await house.end()
    }

    @Test("A customer of a grade is to be followed up in its cadence; each follow-up starts it anew")
    func cadence() async throws {
        let house = try await TestHouse.open()
        let company = try await house.customer("Cadence Ltd", of: "lin", ["grade": .text("A")])
        func told(_ login: String) async throws -> Int {
            try await notices(house, login).filter { $0.contains("A 级客户跟进：") }.count
        }
        _ = await pass(house, hours: 24 * 5, steps: 5)
        #expect(try await told("lin") == 0)
        let note = Draft([
            "target": .text("company/" + company.description), "company": .record(company),
            "summary": .text("Called about the autumn order"),
        ])
        _ = try await house.create("followup", note, as: "lin")
        _ = await pass(house, hours: 24 * 5, steps: 5)
        #expect(try await told("lin") == 0)
        // The warning after four fifths of seven days, then the limit.
        _ = await pass(house, hours: 48, steps: 4)
        #expect(try await told("lin") == 2)
        _ = await pass(house, hours: 72, steps: 3)
        #expect(try await told("chen") == 1)
        await house.end()
    }

    @Test("While somebody is away, their stand-in hears of it")
    func standIn() async throws {
        let house = try await TestHouse.open()
        _ = try await shippedSample(house, at: "2026-11-20T02:00:00Z")
        _ = try await house.plant(
            "delegation",
            Draft([
                "from": .record(Staff.id("lin")), "to": .record(Staff.id("chen")),
                "start": .text("2026-11-20T00:00:00Z"), "end": .text("2026-12-20T00:00:00Z"),
            ]))
        _ = await pass(house, hours: 72)
        #expect(try await asked(house, "lin") == 0)
        #expect(try await asked(house, "chen") == 1)
        await house.end()
    }

    @Test("Records brought in from elsewhere tell nobody what has come already, only what comes")
    func imported() async throws {
        let house = try await TestHouse.open()
        let company = try await house.customer("Old Ltd", of: "lin", [:])
        for shipped in ["2026-10-01T02:00:00Z", "2026-11-19T02:00:00Z"] {
            let draft = Draft([
                "company": .record(company), "due": .text("2026-12-10"), "status": .text("shipped"),
                "shipped_at": .text(shipped),
            ])
            _ = try await house.plant("sample", draft, owner: "lin")
        }
        await house.kernel.keepTime()
        #expect(try await asked(house, "lin") == 0)
        _ = await pass(house, hours: 48)
        #expect(try await asked(house, "lin") == 1)
        await house.end()
    }
}
