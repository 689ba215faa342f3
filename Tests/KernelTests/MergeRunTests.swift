import Definitions
import Kernel
import Store
import Testing
import Values

/// Batons and workflows of records that become one.
@Suite("Merging what is on its way") struct MergeRunTests {
    private func merged(_ house: TestHouse, _ object: String, _ keep: RecordID, _ gone: RecordID) async throws
        -> Outcome
    {
        var wish = MergeWish(object: object, survivor: keep, merged: [gone])
        for id in [keep, gone] { wish.versions[id] = try await house.show(object, id).version }
        return try await house.kernel.perform(
            Command(.merging(.merge(wish))), as: try await house.actor("chen"))
    }

    @Test("A workflow goes on at the record that stays, to its end; undone, it runs where it began")
    func workflow() async throws {
        let world = try await WorkflowHouse.open()
        let house = world.house
        try await world.bring(WorkflowFiles.onboarding)
        let run = try await world.start()
        let keep = try await house.customer("Nordlicht GmbH", of: "lin")
        let outcome = try await merged(house, "company", keep, world.company)
        #expect(try await world.detail(run).run.record == keep)
        #expect(try await world.mine("lin").map(\.name) == ["核对资料"])
        _ = try await house.kernel.perform(
            Command(.merging(.undo(try #require(outcome.merge)))), as: try await house.actor("chen"))
        #expect(try await world.detail(run).run.record == world.company)
        let again = try await merged(house, "company", keep, world.company)
        #expect(again.merge != nil)
        try await world.complete("check", in: run, as: "lin")
        try await world.complete("simple", in: run, as: "lin")
        #expect(try await world.detail(run).run.status == "done")
        let told = try await house.kernel.answer(
            TimelineOf(object: "company", id: keep, limit: 50), as: try await house.actor("lin"))
        #expect(told.contains { $0.kind == "workflow:done" })
        await house.end()
    }

    @Test("Two that run the same workflow are not merged; it is said which")
    func sameWorkflow() async throws {
        let world = try await WorkflowHouse.open()
        try await world.bring(WorkflowFiles.onboarding)
        _ = try await world.start()
        let keep = try await world.house.customer("Nordlicht GmbH", of: "lin")
        try await world.perform(
            .start(workflow: "onboarding", record: RecordReference(object: "company", id: keep)), as: "lin")
        let refusal = try await refused { try await merged(world.house, "company", keep, world.company) }
        #expect(refusal.code == "merge_refused" && refusal.problems.map(\.code) == ["merge_running"])
        await world.house.end()
    }

    @Test("A baton goes along to the record that stays, and back; two batons stand against merging")
    func baton() async throws {
        let house = try await TestHouse.open(
            adding: "duplicates: [[{exact: company}, {exact: competitor}]]\n", to: "objects/inquiry.yaml")
        let company = try await house.customer("Baton GmbH", of: "lin")
        func inquiry() async throws -> RecordID {
            try await house.plant(
                "inquiry",
                Draft(["source": .text("other"), "company": .record(company), "competitor": .text("Rival")]),
                owner: "lin")
        }
        let (keep, gone) = (try await inquiry(), try await inquiry())
        let refusal = try await refused { try await merged(house, "inquiry", keep, gone) }
        #expect(refusal.problems.map(\.code) == ["merge_running"])
        // The one that stays is from before there was a relay: it has no baton.
        try await house.database.write { connection in
            guard var leg = try Legs(connection).current(of: keep) else { return }
            leg.endedAt = house.clock.now
            leg.status = "ended"
            _ = try Legs(connection).change(leg)
        }
        let leg = try #require(try await house.database.read { try Legs($0).current(of: gone) })
        let outcome = try await merged(house, "inquiry", keep, gone)
        let moved = try #require(try await house.database.read { try Legs($0).current(of: keep) })
        #expect(moved.id == leg.id && moved.holder == leg.holder && moved.dueAt == leg.dueAt)
        _ = try await house.kernel.perform(
            Command(.merging(.undo(try #require(outcome.merge)))), as: try await house.actor("chen"))
        #expect(try await house.database.read { try Legs($0).current(of: gone) }?.id == leg.id)
        #expect(try await house.database.read { try Legs($0).current(of: keep) } == nil)
        await house.end()
    }
}
