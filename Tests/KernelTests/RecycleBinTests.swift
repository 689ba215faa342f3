import Definitions
import Kernel
import Testing
import Values

@Suite(.serialized) struct RecycleBinTests {
    @Test("A deleted record is in the bin only, and comes back as it was")
    func bin() async throws {
        let house = try await TestHouse.open()
        let company = try await house.customer("Bin GmbH", of: "lin", ["website": .text("bin.example")])
        let zong = try await house.actor("zong")
        let before = try await house.show("company", company)
        _ = try await house.kernel.perform(
            Command(.delete(object: "company", id: company, expecting: before.version)), as: zong)

        let refusal = try await refused { try await house.show("company", company) }
        #expect(refusal.kind == .missing)
        let live = try await house.kernel.answer(
            ListRecords(object: "company", columns: ["id"], search: "Bin GmbH"), as: zong)
        #expect(live.rows.isEmpty)
        #expect(try await house.kernel.answer(SearchRecords(text: "Bin GmbH"), as: zong).isEmpty)
        let bin = try await house.kernel.answer(
            ListRecords(object: "company", columns: ["id"], deleted: true), as: zong)
        #expect(bin.rows.map(\.id) == [company])
        for kind: Command.Kind in [
            .update(object: "company", id: company, Draft(["city": .text("x")]), expecting: nil),
            .delete(object: "company", id: company, expecting: nil),
            .act(object: "company", id: company, action: "to_prospect", Draft(), expecting: nil),
        ] {
            let refusal = try await refused { try await house.kernel.perform(Command(kind), as: zong) }
            #expect(refusal.kind == .missing)
        }
        // A new record can't link to what is in the bin.
        let link = try await refused {
            try await house.create(
                "inquiry", Draft(["source": .text("other"), "company": .record(company)]), as: "zong")
        }
        #expect(link.problems.map(\.field) == ["company"])

        let restored = try await house.kernel.perform(Command(.restore(object: "company", id: company)), as: zong)
        let view = try #require(restored.record)
        for (path, value) in before.values where !["version", "updated_at", "updated_by"].contains(path) {
            #expect(view[path] == value, "\(path)")
        }
        #expect(try await house.kernel.answer(SearchRecords(text: "Bin GmbH"), as: zong).count == 1)
        let twice = try await refused {
            try await house.kernel.perform(Command(.restore(object: "company", id: company)), as: zong)
        }
        #expect(twice.kind == .missing)
        await house.end()
    }

    @Test("Who may not delete can't restore; a value taken meanwhile is named")
    func limits() async throws {
        let house = try await TestHouse.open()
        let zong = try await house.actor("zong")
        let first = try await house.lamp("TAKEN-1")
        _ = try await house.kernel.perform(Command(.delete(object: "product", id: first, expecting: nil)), as: zong)
        let lin = try await house.actor("lin")
        let refusal = try await refused {
            try await house.kernel.perform(Command(.restore(object: "product", id: first)), as: lin)
        }
        #expect([.forbidden, .missing].contains(refusal.kind))
        do {
            _ = try await house.lamp("TAKEN-1")
            let taken = try await refused {
                try await house.kernel.perform(Command(.restore(object: "product", id: first)), as: zong)
            }
            #expect(taken.problems.map(\.field) == ["sku"])
        } catch let refusal as Rejection {
            // A value stays taken while its record lies in the bin: as good, if it says so.
            #expect(refusal.problems.map(\.field) == ["sku"])
        }
        await house.end()
    }
}
