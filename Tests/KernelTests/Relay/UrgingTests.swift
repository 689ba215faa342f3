import Definitions
import Kernel
import Store
import Testing
import Values

/// 催办: asking whoever has the baton to get on with it.
@Suite("Somebody waits for the baton") struct UrgingTests {
    @Test("Who gave it, owns the record or is above the holder may urge, once an hour; the holder is told")
    func urge() async throws {
        let relay = try await RelayHouse.open()
        let order = try await relay.order()
        let leg = try await relay.current(order)
        #expect(try await relay.standing(order, as: "lin").now?.mayUrge == true)
        #expect(try await relay.standing(order, as: "mei").now?.mayUrge == false)
        try await relay.perform(.urge(leg: leg.id), as: "lin")
        #expect(try await relay.notices("mei").first?.hasPrefix("LIN 催你办“评审”") == true)
        #expect(try await refused { try await relay.perform(.urge(leg: leg.id), as: "dong") }.code == "urged_already")
        relay.house.clock.advance(seconds: 3601)
        try await relay.perform(.urge(leg: leg.id), as: "dong")
        #expect(try await relay.notices("mei").count { $0.contains("催你办") } == 2)
        let row = try #require(try await relay.board(as: "dong").rows.first { $0.record == order })
        #expect(row.now?.mayUrge == true)
        let log = try await relay.house.kernel.answer(
            TimelineOf(object: "order", id: order, limit: 50), as: try await relay.house.actor("lin"))
        #expect(log.count { $0.kind == "leg:urged" } == 2)
        await relay.house.end()
    }

    @Test("Holders don't urge themselves, colleagues beside don't urge, and what is over can't be urged")
    func refusals() async throws {
        let relay = try await RelayHouse.open()
        let order = try await relay.order()
        let leg = try await relay.current(order)
        #expect(try await refused { try await relay.perform(.urge(leg: leg.id), as: "mei") }.kind == .forbidden)
        #expect(try await refused { try await relay.perform(.urge(leg: leg.id), as: "cai") }.kind == .forbidden)
        #expect(try await refused { try await relay.perform(.urge(leg: leg.id), as: "zhao") }.kind == .missing)
        try await relay.act("pass_review", order, as: "mei")
        #expect(try await refused { try await relay.perform(.urge(leg: leg.id), as: "lin") }.code == "baton_moved")
        let next = try await relay.current(order)
        try await relay.perform(.urge(leg: next.id), as: "mei")
        #expect(try await relay.notices("cai").contains { $0.hasPrefix("MEI 催你办“定金”") })
        await relay.house.end()
    }
}
