import Definitions
import Kernel
import Store
import Testing
import Values

/// Clocks of legs: warned, late, escalated, each once, and not while the clock stands.
@Suite("The clocks of legs") struct LegClockTests {
    /// 2026-11-20 is a Friday, 10:00 in Shanghai; the people of the test company keep German holidays and live in
    /// Shanghai's time.
    @Test(
        "A frozen leg makes noise: the holder is warned, then late, then those above, each once, also after a restart")
    func ladder() async throws {
        let relay = try await RelayHouse.open()
        let order = try await relay.order()
        let leg = try await relay.current(order)
        // One working day after Friday is Monday evening.
        #expect(leg.dueAt == Instant("2026-11-23T10:00:00Z"))
        try await relay.wait(hours: 76)
        #expect(try await relay.notices("mei").contains { $0.hasPrefix("“评审”快到期") })
        try await relay.wait(hours: 5)
        #expect(try await relay.notices("mei").contains { $0.hasPrefix("“评审”已超时") })
        #expect(try await relay.notices("chen").contains { $0.contains("超时未交，在 MEI 手里") })
        #expect(try await relay.notices("zong").isEmpty)
        try await relay.wait(hours: 30)
        #expect(try await relay.notices("zong").contains { $0.contains("超时未交，在 MEI 手里") })
        let told = try await relay.notices("mei").count + relay.notices("chen").count + relay.notices("zong").count
        for _ in 0..<5 { try await relay.wait(hours: 24) }
        let later = try await relay.notices("mei").count + relay.notices("chen").count + relay.notices("zong").count
        #expect(later == told)
        let events = try await relay.house.kernel.answer(
            TimelineOf(object: "order", id: order, merged: false), as: try await relay.house.actor("zong"))
        #expect(events.filter { $0.kind == "leg:late" }.count == 1)
        #expect(events.filter { $0.kind == "leg:warned" }.count == 1)
        await relay.house.end()
    }

    @Test("While the clock stands nothing rings; it goes on with what was left")
    func pause() async throws {
        let relay = try await RelayHouse.open()
        let order = try await relay.order()
        try await relay.act("pass_review", order, as: "mei")
        let leg = try await relay.current(order)
        let due = try #require(leg.dueAt)
        try await relay.perform(.pause(leg: leg.id, reason: "客户改唛头"), as: "cai")
        #expect(try await relay.current(order).dueAt == nil)
        for _ in 0..<12 { try await relay.wait(hours: 24) }
        #expect(try await relay.notices("cai").allSatisfy { !$0.hasPrefix("“定金”快") && !$0.hasPrefix("“定金”已") })
        #expect(try await relay.standing(order, as: "cai").now?.tone == .paused)
        try await relay.perform(.resume(leg: leg.id), as: "cai")
        let resumed = try #require(try await relay.current(order).dueAt)
        #expect(resumed == due.adding(seconds: 12 * 86_400))
        let twice = try await refused { try await relay.perform(.resume(leg: leg.id), as: "cai") }
        #expect(twice.code == "runs_already")
        for _ in 0..<8 { try await relay.wait(hours: 24) }
        #expect(try await relay.notices("cai").contains { $0.hasPrefix("“定金”已超时") })
        await relay.house.end()
    }

    @Test("A leg that is handed on in time rings no more")
    func silent() async throws {
        let relay = try await RelayHouse.open()
        let order = try await relay.order()
        try await relay.act("pass_review", order, as: "mei")
        for _ in 0..<5 { try await relay.wait(hours: 24) }
        #expect(
            try await relay.notices("mei").allSatisfy {
                !$0.contains("“评审”") || $0.contains("交给你") || $0.contains("轮到你")
            })
        await relay.house.end()
    }
}
