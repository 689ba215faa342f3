import Definitions
import Kernel
import Testing
import Values

/// A leg whose way on needs an approval, while that runs.
@Suite("An approval holds the baton") struct HeldByApprovalTests {
    private func released(_ relay: RelayHouse) async throws -> (RecordID, ApprovalSummary) {
        let order = try await relay.order(["stage": .value(.text("order_release"))])
        let outcome = try await relay.act("release", order, as: "mei")
        return (order, try #require(outcome.approval))
    }

    @Test("A release that waits is no way on: the panel says for whom, and who asked again hears it too")
    func waits() async throws {
        let relay = try await RelayHouse.open()
        let (order, approval) = try await released(relay)
        #expect(approval.status == "pending")
        let names = approval.approvers.map(\.name).joined(separator: "、")
        #expect(!names.isEmpty)
        let exit = try #require(try await relay.standing(order, as: "mei").exits.first { $0.action == "release" })
        #expect(exit.wait?.id == approval.id)
        #expect(exit.obstacle?.zh == "“订单下达审批”进行中，等 \(names)")
        #expect(try await relay.house.show("order", order, as: "mei").actions.contains("release") == false)
        let again = try await refused { try await relay.act("release", order, as: "mei") }
        #expect(again.code == "approval_running" && again.message.zh == exit.obstacle?.zh)
        await relay.house.end()
    }

    @Test("An approval is offered to whom it asks, on the record and in their day, and to nobody else")
    func offered() async throws {
        let house = try await TestHouse.open()
        let (id, approval) = try await house.submittedQuotation()
        #expect(approval.approvers.map(\.person) == [Staff.id("dong")])
        func isInDay(_ login: String) async throws -> Bool {
            let plan = try await house.kernel.answer(MyDay(), as: try await house.actor(login))
            let mine = plan.sections.first { $0.id == "my_turn" }
            return mine?.groups.contains { group in group.rows.contains { $0.id == id } } == true
        }
        // Who stands above those asked may decide, but it is not their turn.
        for (login, isAsked, mayDecide) in [("dong", true, true), ("chen", false, false), ("zong", false, true)] {
            let actions = try await house.show("quotation", id, as: login).actions
            #expect(actions.contains("approve") == mayDecide, "\(login)")
            #expect(actions.contains("return") == mayDecide, "\(login)")
            #expect(try await isInDay(login) == isAsked, "\(login)")
        }
        await house.end()
    }

    @Test("Days left are counted as the limit counts them")
    func daysLeft() async throws {
        let relay = try await RelayHouse.open()
        let order = try await relay.order()
        // Friday 10:00; one working day: until Monday evening.
        let now = try #require(try await relay.standing(order, as: "mei").now)
        #expect(now.daysLeft == 1 && now.dayLength == 9 * 3_600_000)
        relay.house.clock.advance(seconds: 3 * 86_400)
        let last = try #require(try await relay.standing(order, as: "mei").now)
        #expect(last.daysLeft == nil && last.left == 8 * 3_600_000)
        await relay.house.end()
    }
}
