import Definitions
import Kernel
import Store
import Testing
import Values

/// What comes to somebody while their work is handed over, and after it.
@Suite("What comes after a hand-over") struct HandOverFollowTests {
    /// Passes what has come on, as the house does twice a minute.
    private func wait(_ house: TestHouse) async {
        house.clock.advance(seconds: 31)
        await house.kernel.workOnHandOvers()
    }

    private func leaver() -> HandOverWish {
        var wish = HandOverWish(person: Staff.id("lin"), usual: Staff.id("wang"))
        wish.follows = true
        return wish
    }

    @Test("What comes to a leaver while it runs goes along, before the account is switched off")
    func whileRunning() async throws {
        let house = try await TestHouse.open()
        for number in 0..<120 { _ = try await house.customer("Firm \(number)", of: "lin") }
        var wish = HandOverWish(person: Staff.id("lin"), usual: Staff.id("wang"))
        wish.endsAccount = true
        let id = try await house.planned(wish)
        _ = try await house.kernel.perform(Command(.handingOver(.start(id))), as: try await house.actor("ada"))
        let kernel = house.kernel
        let work = Task { await kernel.workOnHandOvers() }
        while try await house.handOver(id).state == .waiting { await Task.yield() }
        work.cancel()
        await work.value
        let late = try await house.customer("Late GmbH", of: "lin")
        await house.kernel.workOnHandOvers()
        let answer = try await house.handOver(id)
        #expect(answer.state == .done && answer.count("refused") == 0)
        #expect(try await house.owner("company", late) == Staff.id("wang"))
        #expect(try await house.show("user", Staff.id("lin"))["active"] == .bool(false))
        #expect(try await house.kernel.answer(LeftBehind(), as: try await house.actor("ada")).isEmpty)
        try await house.carry(.undo(id))
        #expect(try await house.owner("company", late) == Staff.id("lin"))
        await house.end()
    }

    @Test("While the account of who left is on, records, approvals and batons that come later go to the successor")
    func afterwards() async throws {
        let relay = try await RelayHouse.open()
        let house = relay.house
        var wish = HandOverWish(person: Staff.id("mei"), usual: Staff.id("chen"))
        wish.follows = true
        let id = try await house.planned(wish)
        // Nothing was in their hands yet, and the plan holds all the same.
        try await house.carry(.start(id))
        #expect(try await house.handOver(id).state == .following)
        let order = try await relay.order()
        #expect(try await relay.current(order).holder == Staff.id("mei"))
        await wait(house)
        #expect(try await relay.current(order).holder == Staff.id("chen"))
        #expect(try await house.show("order", order)["merchandiser"].record == Staff.id("chen"))
        let told = try await relay.notices("chen")
        #expect(told.contains { $0.hasPrefix("又有") && $0.contains("MEI") })
        try await house.update("user", Staff.id("mei"), Draft(["active": .bool(false)]), as: "ada")
        await wait(house)
        #expect(try await house.handOver(id).state == .done)
        await house.end()
    }

    @Test("An approval that asks who left asks the successor soon after")
    func approval() async throws {
        let before = try await TestHouse.open()
        let asked = try #require(try await before.submittedQuotation().1.approvers.first?.person)
        await before.end()
        let house = try await TestHouse.open()
        let other = asked == Staff.id("chen") ? "sun" : "chen"
        var wish = HandOverWish(person: asked)
        wish.groups["approval"] = .person(Staff.id(other))
        wish.follows = true
        try await house.carry(.start(try await house.planned(wish)))
        let (_, summary) = try await house.submittedQuotation()
        #expect(summary.approvers.map(\.person).contains(asked))
        await wait(house)
        let waiting = try await house.kernel.answer(
            HoldingsOf(person: Staff.id(other)), as: try await house.actor("ada"))
        #expect(waiting.approvals == 1)
        await house.end()
    }

    @Test("What the successor can't take stays, and who ordered it and the manager are told once")
    func leaderIsTold() async throws {
        let relay = try await RelayHouse.open()
        let house = relay.house
        var wish = HandOverWish(person: Staff.id("mei"))
        wish.groups["leg"] = .person(Staff.id("zhao"))
        wish.follows = true
        try await house.carry(.start(try await house.planned(wish)))
        let order = try await relay.order()
        await wait(house)
        #expect(try await relay.current(order).holder == Staff.id("mei"))
        for login in ["ada", "dong"] {
            #expect(try await relay.notices(login).filter { $0.contains("接手人接不了") }.count == 1)
        }
        _ = try await house.customer("Anything GmbH", of: "lin")
        await wait(house)
        #expect(try await relay.notices("dong").filter { $0.contains("接手人接不了") }.count == 1)
        await house.end()
    }

    @Test("It ends by hand, with the next hand-over, and what somebody gave back on purpose stays")
    func ends() async throws {
        let house = try await TestHouse.open()
        let first = try await house.customer("First GmbH", of: "lin")
        let id = try await house.planned(leaver())
        try await house.carry(.start(id))
        #expect(try await house.handOver(id).state == .following)
        try await house.act("assign", "company", first, ["owner": .record(Staff.id("lin"))], as: "chen")
        let second = try await house.customer("Second GmbH", of: "lin")
        await wait(house)
        #expect(try await house.owner("company", first) == Staff.id("lin"))
        #expect(try await house.owner("company", second) == Staff.id("wang"))
        var wish = leaver()
        wish.usual = Staff.id("chen")
        let next = try await house.planned(wish)
        try await house.carry(.start(next))
        #expect(try await house.handOver(id).state == .done)
        #expect(try await house.owner("company", first) == Staff.id("chen"))
        try await house.carry(.cancel(next))
        #expect(try await house.handOver(next).state == .done)
        let third = try await house.customer("Third GmbH", of: "lin")
        await wait(house)
        #expect(try await house.owner("company", third) == Staff.id("lin"))
        await house.end()
    }

    @Test("A baton goes to a successor who may take it, with its clock, and comes back as it was")
    func baton() async throws {
        let relay = try await RelayHouse.open()
        let house = relay.house
        let order = try await relay.order()
        let leg = try await relay.current(order)
        try await relay.perform(.accept(leg: leg.id), as: "mei")
        let before = try await relay.current(order)
        var wish = HandOverWish(person: Staff.id("mei"))
        wish.groups["leg"] = .person(Staff.id("chen"))
        let id = try await house.planned(wish)
        try await house.carry(.start(id))
        let during = try await relay.current(order)
        #expect(during.id == leg.id && during.holder == Staff.id("chen") && during.acceptedBy == Staff.id("chen"))
        #expect(during.status == "held" && during.dueAt == before.dueAt)
        #expect(try await house.handOver(id).count("refused") == 0)
        let kinds = try await house.kernel.answer(
            TimelineOf(object: "order", id: order, limit: 20), as: try await house.actor("chen")
        ).map(\.kind)
        #expect(kinds.contains("leg:passed"))
        try await house.carry(.undo(id))
        let after = try await relay.current(order)
        #expect(after.holder == before.holder && after.acceptedBy == before.acceptedBy)
        #expect(after.acceptedAt == before.acceptedAt && after.dueAt == before.dueAt)
        await house.end()
    }
}
