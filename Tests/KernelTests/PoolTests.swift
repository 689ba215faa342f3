import Definitions
import Kernel
import Store
import Testing
import Values

/// The public pool 公海: who works on a customer keeps it, and nobody loses one silently.
@Suite("The public pool at work") struct PoolTests {
    private func notices(_ house: TestHouse, _ login: String) async throws -> [String] {
        try await house.kernel.answer(MyNotices(), as: try await house.actor(login)).map(\.text).filter {
            $0.contains("公海")
        }
    }

    private func days(_ house: TestHouse, _ count: Int) async throws -> Int {
        var gone = 0
        for _ in 0..<count {
            house.clock.advance(seconds: 86_400)
            try await house.kernel.refreshDailyFigures()
            gone += try await house.kernel.keepPool()
            gone += try await house.kernel.keepPool()
        }
        return gone
    }

    @Test("A customer without a follow-up goes back, its owner warned once three days before and told in the end")
    func recycling() async throws {
        let house = try await TestHouse.open()
        let company = try await house.customer("Quiet Ltd", of: "lin", ["grade": .text("B")])
        #expect(try await days(house, 17) == 0)
        #expect(try await notices(house, "lin").isEmpty)
        #expect(try await days(house, 3) == 0)
        #expect(try await notices(house, "lin").count == 1)
        #expect(try await days(house, 1) == 1)
        let now = try await house.show("company", company)
        #expect(now["pool"].text == "public" && now["owner"].isNull)
        #expect(now["released_by"].record == Staff.id("lin"))
        #expect(try await notices(house, "lin").count == 2)
        #expect(try await days(house, 10) == 0)
        await house.end()
    }

    @Test("A follow-up, a valid quotation, a sample on its way or a protection keep it")
    func exemptions() async throws {
        let house = try await TestHouse.open()
        var kept: [RecordID] = []
        for name in ["Followed", "Quoted", "Sampled", "Protected"] {
            kept.append(try await house.customer(name + " Ltd", of: "lin", ["grade": .text("B")]))
        }
        _ = try await house.plant(
            "quotation",
            Draft([
                "company": .record(kept[1]), "currency": .text("USD"), "incoterm": .text("FOB"),
                "status": .text("sent"), "valid_until": .text("2026-12-25"),
            ]), owner: "lin")
        _ = try await house.plant(
            "sample",
            Draft(["company": .record(kept[2]), "due": .text("2026-12-10"), "status": .text("shipped")]),
            owner: "lin")
        _ = try await house.act("protect", "company", kept[3], as: "lin")
        #expect(try await days(house, 15) == 0)
        let note = Draft([
            "target": .text("company/" + kept[0].description), "company": .record(kept[0]),
            "summary": .text("Talked about the new catalogue"),
        ])
        _ = try await house.create("followup", note, as: "lin")
        #expect(try await days(house, 15) == 0)
        // The quotation ends on the 25th, thirty-five days after the start; only then is its owner warned.
        #expect(try await days(house, 5) == 0)
        let before = try await notices(house, "lin").count
        // The one that was followed up goes, warned in time; the quoted one is warned of.
        #expect(try await days(house, 1) == 1)
        #expect(try await notices(house, "lin").count == before + 2)
        #expect(try await days(house, 2) == 0)
        #expect(try await days(house, 1) == 1)
        #expect(try await house.show("company", kept[1])["pool"].text == "public")
        #expect(try await house.show("company", kept[2])["pool"].text == "private")
        #expect(try await house.show("company", kept[3])["pool"].text == "protected")
        await house.end()
    }

    @Test("Claims have a limit a day, customers without an order a limit at all, and who let one go waits")
    func claims() async throws {
        let house = try await TestHouse.open()
        var companies: [RecordID] = []
        for number in 0..<7 {
            let id = try await house.customer("Pool \(number) Ltd", of: "wang", ["grade": .text("C")])
            _ = try await house.act("release", "company", id, as: "wang")
            companies.append(id)
        }
        let locked = try await refused { try await house.act("claim", "company", companies[0], as: "wang") }
        #expect(locked.code == "reclaim_lock")
        for id in companies.prefix(5) { _ = try await house.act("claim", "company", id, as: "lin") }
        #expect(
            try await refused { try await house.act("claim", "company", companies[5], as: "lin") }.code == "claim_cap")
        house.clock.advance(seconds: 86_400)
        _ = try await house.act("claim", "company", companies[5], as: "lin")
        house.clock.advance(seconds: 3 * 86_400)
        _ = try await house.act("claim", "company", companies[6], as: "wang")
        let rules = try await house.kernel.defaultRecords(of: "pool_rule", by: ["grade"])
        let rule = try #require(rules["C"])
        _ = try await house.update("pool_rule", rule, Draft(["hold_cap": .text("6")]), as: "ada")
        _ = try await house.act("release", "company", companies[6], as: "wang")
        #expect(
            try await refused { try await house.act("claim", "company", companies[6], as: "lin") }.code == "hold_cap")
        await house.end()
    }

    @Test("A protection lasts as long as the pool's rule for the customer says")
    func protection() async throws {
        let house = try await TestHouse.open()
        let rules = try await house.kernel.defaultRecords(of: "pool_rule", by: ["grade"])
        let rule = try #require(rules["B"])
        _ = try await house.update("pool_rule", rule, Draft(["protect_max_days": .text("30")]), as: "ada")
        let short = try await house.customer("Short Ltd", of: "lin", ["grade": .text("B")])
        let long = try await house.customer("Long Ltd", of: "lin", ["grade": .text("A")])
        for id in [short, long] { _ = try await house.act("protect", "company", id, as: "lin") }
        #expect(try await house.show("company", short)["protected_until"] == .day(try #require(Day("2026-12-20"))))
        #expect(try await house.show("company", long)["protected_until"] == .day(try #require(Day("2027-02-18"))))
        await house.end()
    }
}
