import Definitions
import Kernel
import Store
import Testing
import Values

/// Where batons rest, what the figures say and to whom, and why an order may miss its day.
@Suite("The relay's figures") struct RelayForecastTests {
    private func invoice(_ relay: RelayHouse) async throws -> RecordID {
        let offer = try await relay.house.plant(
            "quotation",
            Draft([
                "company": .record(try await relay.house.customer("Opener", of: "lin")), "fx_rate": .number("7.1"),
                "status": .value(.text("approved")),
            ]), owner: "lin")
        return try await relay.house.plant(
            "pi", Draft(["quotation": .record(offer), "fx_rate": .number("7.1"), "status": .value(.text("sent"))]),
            owner: "lin")
    }

    @Test("A proforma invoice hands its baton to the order that it becomes, and takes it back when that is deleted")
    func invoiceRests() async throws {
        let relay = try await RelayHouse.open()
        let pi = try await invoice(relay)
        #expect(try await relay.current(pi).leg == "pi_deposit")
        let order = try await relay.order(["pi": .record(pi)])
        #expect(try await relay.leg(of: pi) == nil)
        #expect(try await relay.runs(of: pi).map(\.status) == ["done"])
        #expect(try await relay.current(order).leg == "contract_review")
        _ = try await relay.house.kernel.perform(
            Command(.delete(object: "order", id: order, expecting: nil)), as: try await relay.house.actor("ada"))
        #expect(try await relay.current(pi).leg == "pi_deposit")
        await relay.house.end()
    }

    @Test("How long legs take is told of orders in sight only")
    func figuresInSight() async throws {
        let relay = try await RelayHouse.open()
        let order = try await relay.order()
        try await relay.act("pass_review", order, as: "mei")
        #expect(try await relay.board(as: "cai").columns[0].actualDays != nil)
        let blind = try await relay.board(as: "zhao")
        #expect(blind.columns.allSatisfy { $0.actualDays == nil && $0.count == 0 })
        #expect(blind.onTime == nil)
        await relay.house.end()
    }

    @Test("An order whose legs need more days than are left says so, with the leg that takes most of them")
    func risk() async throws {
        let relay = try await RelayHouse.open()
        let soon = try await relay.order([
            "confirmed_etd": .text("2026-12-10"), "current_etd": .text("2026-12-10"),
        ])
        let far = try await relay.order(["current_etd": .text("2027-06-30")])
        let rows = try await relay.board(as: "lin").rows
        let risk = try #require(rows.first { $0.record == soon }?.risk)
        #expect(risk.longest.en == "Production" && risk.longestDays == 25)
        #expect(risk.forecast > risk.promised && risk.needed > risk.left)
        #expect(rows.first { $0.record == far }?.risk == nil)
        let standing = try await relay.standing(soon, as: "lin")
        #expect(standing.risk?.forecast == risk.forecast && standing.forecast == risk.forecast)
        await relay.house.end()
    }

    @Test("Colleagues tell who is away until when, who stands in, and how much everybody has in hand")
    func colleagues() async throws {
        let relay = try await RelayHouse.open()
        _ = try await relay.order()
        let now = relay.house.clock.now
        _ = try await relay.house.plant(
            "delegation",
            Draft([
                "from": .record(Staff.id("cai")), "to": .record(Staff.id("qin")),
                "start": .text(now.adding(seconds: -60).description),
                "end": .text(now.adding(seconds: 86_400).description),
            ]), owner: "cai")
        let people = try await relay.house.kernel.answer(Colleagues(), as: try await relay.house.actor("lin"))
        let cai = try #require(people.first { $0.id == Staff.id("cai") })
        #expect(cai.awayUntil == now.adding(seconds: 86_400) && cai.standIn == "QIN")
        let mei = try #require(people.first { $0.id == Staff.id("mei") })
        #expect(mei.open == 1 && mei.late == 0 && mei.awayUntil == nil)
        #expect(mei.roles == ["merchandiser"])
        await relay.house.end()
    }

    @Test("A baton is found by its run or its record, by whoever may see the record")
    func place() async throws {
        let relay = try await RelayHouse.open()
        let order = try await relay.order()
        let run = try await relay.current(order).id
        for id in [run, order] {
            let found = try await relay.house.kernel.answer(LegPlace(id), as: try await relay.house.actor("mei"))
            #expect(found == RecordReference(object: "order", id: order))
            #expect(try await relay.house.kernel.answer(LegPlace(id), as: try await relay.house.actor("zhao")) == nil)
        }
        await relay.house.end()
    }

    @Test("The last step of a grave exception calls who holds the steering position, not the owner's superior")
    func steering() async throws {
        let relay = try await RelayHouse.open()
        try await relay.house.update(
            "user", Staff.id("gong"), Draft(["roles": .list([.text("sales"), .text("steering")])]), as: "ada")
        let order = try await relay.order()
        let id = try await relay.house.plant(
            "exception",
            Draft([
                "kind": .text("booking"), "order": .record(order), "severity": .text("S1"),
                "reported_by": .record(Staff.id("mei")), "due": .text("2027-01-10T08:00:00Z"),
            ]), owner: "mei")
        try await relay.wait(hours: 5)
        let lanes = try await relay.house.kernel.answer(
            LadderBoard(object: "exception"), as: try await relay.house.actor("zong"))
        let card = try #require(lanes.flatMap(\.cards).first { $0.record.id == id })
        #expect(card.next?.step == "l3" && card.next?.name == "GONG")
        await relay.house.end()
    }
}
