import Definitions
import Kernel
import Store
import Testing
import Values

/// What runs on records that become one, and pairs that are not the same.
@Suite("Merging beside running work") struct MergeWorkTests {
    @Test("An approval that runs on the one that goes goes on at the one that stays, and comes back with it")
    func approval() async throws {
        let house = try await TestHouse.open()
        let (gone, summary) = try await house.askedCredit("50000")
        let keep = try await house.customer("Nordlicht GmbH", of: "lin")
        let outcome = try await house.merged(keep, gone)
        #expect(outcome.merge != nil)
        let approval = try #require(summary.id)
        let target = try await house.show("approval", approval)
        #expect(target["target"].record == keep && target["status"].text == "pending")
        _ = try await house.kernel.perform(
            Command(.merging(.undo(try #require(outcome.merge)))), as: try await house.actor("chen"))
        let back = try await house.show("approval", approval)
        #expect(back["target"].record == gone && back["status"].text == "pending")
        await house.end()
    }

    @Test("Two that run the same approval are not merged, and it is said which; nothing was changed")
    func both() async throws {
        let house = try await TestHouse.open()
        let (gone, _) = try await house.askedCredit("50000")
        let keep = try await house.customer("Nordlicht GmbH", of: "lin")
        try await house.act(
            "request_credit", "company", keep,
            ["credit_requested": .number("60000"), "credit_reason": .text("new orders")], as: "lin")
        let refusal = try await refused { try await house.merged(keep, gone) }
        #expect(refusal.code == "merge_refused" && refusal.problems.map(\.code) == ["merge_running"])
        #expect(try await house.show("company", gone)["short_name"].text == "Nordlicht")
        await house.end()
    }

    @Test("What is not the same is no longer taken for it, until a compared field changes or the word is taken back")
    func apart() async throws {
        let house = try await TestHouse.open()
        let one = try await house.customer("Wombat GmbH", of: "lin")
        let other = try await house.customer("Wombat AG", of: "lin")
        let chen = try await house.actor("chen")
        #expect(try await house.suspects(chen) == 1)
        let stranger = try await house.actor("zhao")
        let refusal = try await refused {
            try await house.kernel.perform(
                Command(.merging(.setApart(object: "company", one, from: [other]))), as: stranger)
        }
        #expect(refusal.kind == .missing || refusal.kind == .forbidden)
        _ = try await house.kernel.perform(
            Command(.merging(.setApart(object: "company", one, from: [other]))), as: chen)
        #expect(try await house.suspects(chen) == 0)
        #expect(try await house.kernel.answer(SameRecords(object: "company", id: one), as: chen).isEmpty)
        let kept = try await house.kernel.answer(RecordsApart(object: "company"), as: chen)
        #expect(kept.map(\.by) == ["CHEN"])
        try await house.update("company", other, Draft(["city": .text("Kiel")]), as: "chen")
        #expect(try await house.suspects(chen) == 0)
        try await house.update("company", other, Draft(["name_en": .text("Wombat Holding AG")]), as: "chen")
        try await house.update("company", other, Draft(["name_en": .text("Wombat Ltd")]), as: "chen")
        #expect(try await house.suspects(chen) == 1)
        _ = try await house.kernel.perform(
            Command(.merging(.setApart(object: "company", one, from: [other]))), as: chen)
        _ = try await house.kernel.perform(
            Command(.merging(.putTogether(object: "company", other, one))), as: chen)
        #expect(try await house.suspects(chen) == 1)
        await house.end()
    }

    @Test("A list finds the one that stays by the words of the one that went; its owner hears of it")
    func words() async throws {
        let house = try await TestHouse.open()
        let keep = try await house.customer("Albatros GmbH", of: "lin")
        let gone = try await house.customer("Zugvogel Handel", of: "wang")
        _ = try await house.merged(keep, gone)
        for login in ["chen", "lin"] {
            let actor = try await house.actor(login)
            let found = try await house.kernel.answer(
                ListRecords(object: "company", search: "Zugvogel"), as: actor)
            #expect(found.rows.map(\.id) == [keep])
            let none = try await house.kernel.answer(
                ListRecords(object: "company", filters: ["country = \"FR\""], search: "Zugvogel"), as: actor)
            #expect(none.rows.isEmpty)
        }
        let told = try await house.kernel.answer(MyNotices(), as: try await house.actor("wang"))
        #expect(told.contains { $0.kind == "merge" && $0.text.contains("Zugvogel Handel") })
        await house.end()
    }
}

extension TestHouse {
    fileprivate func suspects(_ actor: Actor) async throws -> Int {
        try await kernel.answer(LikelyDuplicates(object: "company"), as: actor).count
    }

    fileprivate func merged(_ keep: RecordID, _ gone: RecordID) async throws -> Outcome {
        let chen = try await actor("chen")
        var wish = MergeWish(object: "company", survivor: keep, merged: [gone])
        for id in [keep, gone] { wish.versions[id] = try await show("company", id).version }
        return try await kernel.perform(Command(.merging(.merge(wish))), as: chen)
    }
}
