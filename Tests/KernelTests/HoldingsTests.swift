import Definitions
import Kernel
import Testing
import Values

/// What somebody holds, and who may know.
@Suite(.serialized) struct HoldingsTests {
    @Test("What a person holds is counted by object: records that are not over; and who sees how many")
    func counted() async throws {
        let house = try await TestHouse.open()
        let company = try await house.customer("Held GmbH", of: "lin")
        _ = try await house.customer("Elsewhere GmbH", of: "zhao")
        for source in ["other", "fair"] {
            _ = try await house.plant(
                "inquiry", Draft(["source": .text(source), "company": .record(company)]), owner: "lin")
        }
        let over = try await house.plant(
            "inquiry",
            Draft(["source": .text("other"), "company": .record(company), "stage": .value(.text("won"))]),
            owner: "lin")
        #expect(try await house.show("inquiry", over)["stage"].text == "won")
        let held = try await house.kernel.answer(HoldingsOf(person: Staff.id("lin")), as: try await house.actor("ada"))
        let counts = Dictionary(
            held.groups.map { ($0.object + "." + $0.field.id, $0.count) }, uniquingKeysWith: { first, _ in first })
        #expect(counts["company.owner"] == 1)
        #expect(counts["inquiry.owner"] == 2)
        #expect(held.isActive)
        let own = try await house.kernel.answer(HoldingsOf(person: Staff.id("lin")), as: try await house.actor("lin"))
        #expect(own.groups.first { $0.object == "inquiry" }?.inSight == 2)
        let stranger = try await refused {
            try await house.kernel.answer(HoldingsOf(person: Staff.id("lin")), as: try await house.actor("zhao"))
        }
        #expect(stranger.kind == .missing)
        await house.end()
    }

    @Test("Nothing stays unseen on an account that is off: who manages accounts is told who still holds what")
    func leftBehind() async throws {
        let house = try await TestHouse.open()
        _ = try await house.customer("Forgotten GmbH", of: "lin")
        let ada = try await house.actor("ada")
        #expect(try await house.kernel.answer(LeftBehind(), as: ada).isEmpty)
        try await house.update("user", Staff.id("lin"), Draft(["active": .bool(false)]), as: "ada")
        let left = try await house.kernel.answer(LeftBehind(), as: try await house.actor("ada"))
        #expect(left.map(\.person) == [Staff.id("lin")])
        #expect(left.map(\.count) == [1])
        #expect(try await house.kernel.answer(LeftBehind(), as: try await house.actor("chen")).isEmpty)
        await house.end()
    }
}
