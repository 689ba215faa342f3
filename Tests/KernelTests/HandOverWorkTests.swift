import Definitions
import Kernel
import Store
import Testing
import Values

/// What is in somebody's hands besides records, and who may know of it.
@Suite("Handing over what is under way") struct HandOverWorkTests {
    @Test("A baton in hand, an approval, a stand-in and a shared view go over and come back")
    func work() async throws {
        let relay = try await RelayHouse.open()
        let house = relay.house
        let order = try await relay.order()
        let leg = try await relay.current(order)
        try await relay.perform(.accept(leg: leg.id), as: "mei")
        try await house.delegate(from: "gong", to: "mei", cap: nil)
        _ = try await house.kernel.perform(
            Command(.views(.keep(id: nil, object: "order", name: "Ours", audience: .team, content: "{}"))),
            as: try await house.actor("mei"))
        let before = try await relay.current(order)
        let id = try await house.planned(HandOverWish(person: Staff.id("mei"), usual: Staff.id("peng")))
        // Who is in purchasing would not see the order and its baton: it stays and says why.
        try await house.carry(.start(id))
        let refused = try await house.kernel.answer(
            HandOverItems(id, problemsOnly: true), as: try await house.actor("ada"))
        #expect(refused.items.allSatisfy { $0.problem != nil })
        try await house.carry(.undo(id))
        let after = try await relay.current(order)
        #expect(after.holder == before.holder && after.acceptedBy == before.acceptedBy && after.dueAt == before.dueAt)
        let held = try await house.kernel.answer(
            HoldingsOf(person: Staff.id("mei")), as: try await house.actor("ada"))
        #expect(held.delegations == 1 && held.views == 1)
        await house.end()
    }

    @Test("An approval that waits for somebody waits for their successor")
    func approval() async throws {
        let house = try await TestHouse.open()
        let (_, summary) = try await house.submittedQuotation()
        let asked = try #require(summary.approvers.first?.person)
        let other = asked == Staff.id("chen") ? "sun" : "chen"
        var wish = HandOverWish(person: asked)
        wish.groups["approval"] = .person(Staff.id(other))
        let id = try await house.planned(wish)
        try await house.carry(.start(id))
        #expect(try await house.handOver(id).count("done") == 1)
        let waiting = try await house.kernel.answer(
            HoldingsOf(person: Staff.id(other)), as: try await house.actor("ada"))
        #expect(waiting.approvals == 1)
        try await house.carry(.undo(id))
        let back = try await house.kernel.answer(HoldingsOf(person: asked), as: try await house.actor("ada"))
        #expect(back.approvals == 1)
        await house.end()
    }

    @Test("Who leaves holds nothing at the end, and nothing opens the door to them any more")
    func leaves() async throws {
        let house = try await TestHouse.open()
        _ = try await house.customer("Left GmbH", of: "lin")
        let token = try await house.kernel.localToken(for: "lin")
        try await house.delegate(from: "lin", to: "wang", cap: nil)
        var wish = HandOverWish(person: Staff.id("lin"), usual: Staff.id("wang"))
        wish.endsAccount = true
        let id = try await house.planned(wish)
        try await house.carry(.start(id))
        let held = try await house.kernel.answer(
            HoldingsOf(person: Staff.id("lin")), as: try await house.actor("ada"))
        #expect(held.isEmpty && !held.isActive)
        #expect(try await house.kernel.answer(IdentifyActor(token: token, origin: .page), as: .nobody) == nil)
        #expect(try await house.kernel.answer(LeftBehind(), as: try await house.actor("ada")).isEmpty)
        await house.end()
    }

    @Test("Before it goes it says what the successor would not see or do, asked of the rights in force")
    func limits() async throws {
        let house = try await TestHouse.open()
        _ = try await house.customer("Seen GmbH", of: "lin")
        let id = try await house.planned(HandOverWish(person: Staff.id("lin"), usual: Staff.id("luo")))
        let limit = try #require(try await house.handOver(id).limits.first { $0.object == "company" })
        #expect(limit.receiver == Staff.id("luo") && limit.looked == 1)
        #expect(limit.unseen == 1 || limit.lacking.contains("update"))
        let fine = try await house.planned(HandOverWish(person: Staff.id("lin"), usual: Staff.id("wang")))
        #expect(try await house.handOver(fine).limits.isEmpty)
        await house.end()
    }

    @Test("Only who is above plans it, only who gets something accepts it, and sees no more than that")
    func sight() async throws {
        let house = try await TestHouse.open()
        _ = try await house.customer("Mine GmbH", of: "lin")
        let wish = HandOverWish(person: Staff.id("lin"), usual: Staff.id("wang"))
        #expect(try await refused { try await house.planned(wish, as: "zhao") }.kind == .missing)
        let nobody = try await refused { try await house.planned(HandOverWish(person: Staff.id("lin"))) }
        #expect(nobody.problems.map(\.code) == ["required"])
        var bad = wish
        bad.rules = [.init(object: "company", condition: "colour = 1", to: Staff.id("wang"))]
        #expect(try await refused { try await house.planned(bad) }.problems.map(\.field) == ["rules[0]"])
        let id = try await house.planned(wish)
        #expect(try await refused { try await house.handOver(id, as: "wang") }.kind == .missing)
        try await house.carry(.start(id))
        let own = try await house.handOver(id, as: "wang")
        #expect(own.ownCount == 1 && own.wish == nil && !own.mayManage)
        #expect(try await refused { try await house.carry(.undo(id), as: "wang") }.kind == .missing)
        #expect(try await refused { try await house.carry(.accept(id), as: "zhao") }.kind == .missing)
        try await house.carry(.accept(id), as: "wang")
        #expect(try await house.handOver(id).receipts.map(\.acceptedAt) == [house.clock.now])
        await house.end()
    }
}
