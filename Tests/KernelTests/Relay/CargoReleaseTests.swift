import Definitions
import Kernel
import Store
import Testing
import Values

/// 放单: the goods are at sea and the balance is open.
@Suite("Release of cargo") struct CargoReleaseTests {
    @Test("An unpaid bill of lading is released after finance and the general manager, and the baton goes to finance")
    func scenario() async throws {
        let relay = try await RelayHouse.open()
        let house = relay.house
        let order = try await relay.order(["stage": .value(.text("documents")), "actual_etd": .text("2026-11-18")])
        let leg = try await relay.current(order)
        #expect(leg.leg == "documents" && leg.holder == Staff.id("dan") && leg.dueAt != nil)
        let money = try await house.plant(
            "receivable", Draft(["order": .record(order), "amount": .number("1646.4"), "fx_rate": .number("7.1")]))
        let bill = try await bill(of: order, in: house)
        try await house.act("confirm_draft", "bl", bill, as: "dan")
        let unpaid = try await refused { try await house.act("release", "bl", bill, as: "dan") }
        #expect(unpaid.kind == .conflict && unpaid.message.zh.contains("尾款"))

        let asked = try await house.act(
            "request_release", "bl", bill, ["release_note": .text("客户 20 年，周一付款")], as: "dan")
        let approval = try #require(asked.approval)
        // Whom the people of finance answer to, then the general manager.
        #expect(approval.level == 3)
        #expect(approval.approvers.map(\.person) == [Staff.id("dong")], "\(approval.approvers)")
        #expect(try await house.show("bl", bill)["release_approved"] == .bool(false))
        let second = try await house.decide("approve", approval.id, as: "dong")
        #expect(second.approval?.approvers.map(\.person) == [Staff.id("zong")])
        try await house.decide("approve", approval.id, as: "zong")
        #expect(try await house.show("bl", bill)["release_approved"] == .bool(true))
        try await house.act("release", "bl", bill, as: "dan")
        let released = try await house.show("bl", bill)
        #expect(released["status"] == .text("released") && released["released_at"] != .null)

        try await relay.perform(.accept(leg: leg.id), as: "dan")
        for item in ["set", "release"] {
            try await relay.perform(.tick(leg: leg.id, deliverable: item, done: true), as: "dan")
        }
        try await relay.act("documents_presented", order, as: "dan")
        let next = try await relay.current(order)
        #expect(next.leg == "collection" && next.holder == Staff.id("cai") && next.giver == Staff.id("dan"))
        let early = try await refused { try await relay.act("fully_paid", order, as: "cai") }
        #expect(early.message.zh.contains("未收款"))
        #expect(try await house.show("receivable", money)["status"] == .text("open"))
        await house.end()
    }

    private func bill(of order: RecordID, in house: TestHouse) async throws -> RecordID {
        let booking = try await house.plant(
            "booking",
            Draft([
                "orders": .list([.record(order)]), "pol": .text("CNNGB"), "pod": .text("DEHAM"),
                "packages": .number("10"), "gw_kg": .number("110"), "cbm": .number("0.72"),
                "cargo_ready": .text("2026-11-10"), "etd_wanted": .text("2026-11-18"),
            ]), owner: "luo")
        let shipment = try await house.plant("shipment", Draft(["booking": .record(booking)]), owner: "luo")
        return try await house.plant(
            "bl",
            Draft([
                "no": .text("NGB-1"), "shipment": .record(shipment), "order": .record(order),
                "shipper": .text("Test Lighting"), "consignee": .text("Nordlicht"), "notify": .text("Nordlicht"),
                "on_board": .text("2026-11-18"),
            ]), owner: "dan")
    }
}
