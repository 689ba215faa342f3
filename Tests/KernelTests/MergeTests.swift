import Definitions
import Kernel
import Store
import Testing
import Values

/// One record of several that are the same, and back.
@Suite(.serialized) struct MergeTests {
    @Test("Of two customers one stays: it is filled up, what pointed to the other follows, and the old one leads to it")
    func merge() async throws {
        let house = try await TestHouse.open()
        let pair = try await house.pair()
        let chen = try await house.actor("chen")
        let outcome = try await house.merge(pair.keep, [pair.gone], as: chen)
        let kept = try #require(outcome.record)
        #expect(kept["website"].text == "https://wombat.example")
        #expect(kept["city"].text == "Bremen")
        #expect(kept["short_name"].text == "Wombat GmbH")
        #expect(kept["roles"] == .list([.text("customer"), .text("supplier")]))
        #expect(kept.number("open_inquiries") == "2")
        for (object, id) in [("contact", pair.contact), ("inquiry", pair.inquiry)] {
            #expect(try await house.show(object, id)["company"].record == pair.keep)
        }
        let gone = try await refused { try await house.show("company", pair.gone) }
        #expect(gone.kind == .missing)
        let way = try await house.kernel.answer(MergedInto(object: "company", id: pair.gone), as: chen)
        #expect(way?.id == pair.keep)
        let hits = try await house.kernel.answer(SearchRecords(text: "Wombat Trading"), as: chen)
        #expect(hits.map(\.id) == [pair.keep])
        #expect(hits.first?.subtitle.contains("Wombat Trading") == true)
        await house.end()
    }

    @Test("The timeline of the record that stays tells what happened to the other, and that it went in")
    func timeline() async throws {
        let house = try await TestHouse.open()
        let pair = try await house.pair()
        let chen = try await house.actor("chen")
        try await house.update("company", pair.gone, Draft(["city": .text("Kiel")]), as: "chen")
        try await house.merge(pair.keep, [pair.gone], as: chen)
        let entries = try await house.kernel.answer(
            TimelineOf(object: "company", id: pair.keep, limit: 100, merged: false), as: chen)
        #expect(entries.contains { $0.record == pair.gone && $0.changes.contains { $0.after == .text("Kiel") } })
        let event = try #require(entries.first { $0.kind == "merged" })
        #expect(event.changes.map(\.after) == [.record(pair.gone)])
        #expect(event.titles[pair.gone] == "Wombat Trading")
        // That what is around it links elsewhere now is told once, by the merge, and at each of those records.
        let all = TimelineOf(object: "company", id: pair.keep, limit: 100)
        let around = { (entries: [TimelineEntry]) in entries.filter { $0.object != "company" && $0.kind == "updated" } }
        #expect(around(try await house.kernel.answer(all, as: chen)).isEmpty)
        let inquiry = TimelineOf(object: "inquiry", id: pair.inquiry, limit: 100, merged: false)
        #expect(around(try await house.kernel.answer(inquiry, as: chen)).count == 1)
        try await house.update("inquiry", pair.inquiry, Draft(["next_note": .text("call")]), as: "chen")
        #expect(around(try await house.kernel.answer(all, as: chen)).count == 1)
        await house.end()
    }

    @Test("Chosen field by field: whose value stays is what its author said, and no field that is not theirs to set")
    func choices() async throws {
        let house = try await TestHouse.open()
        let pair = try await house.pair()
        let chen = try await house.actor("chen")
        let choices: [String: MergeChoice] = [
            "short_name": .of(pair.gone), "roles": .of(pair.keep), "website": .of(pair.keep),
        ]
        let kept = try #require(try await house.merge(pair.keep, [pair.gone], choices, as: chen).record)
        #expect(kept["short_name"].text == "Wombat Trading")
        #expect(kept["roles"] == .list([.text("customer")]))
        #expect(kept["website"].isNull)
        let other = try await house.customer("Wombat B.V.", of: "lin")
        let refusal = try await refused {
            try await house.merge(pair.keep, [other], ["code": .of(other), "nothing": .of(other)], as: chen)
        }
        #expect(refusal.code == "merge_refused")
        #expect(Set(refusal.problems.map(\.field)) == ["code", "nothing"])
        await house.end()
    }

    @Test("Merged and taken back is as if nothing had been: every row, link, file, key and word", arguments: 0..<6)
    func roundTrip(seed: Int) async throws {
        let house = try await TestHouse.open()
        let pair = try await house.pair()
        let third = try await house.customer(
            "Wombat Holding", of: "wang", seed % 2 == 0 ? ["co_owners": .list([.record(Staff.id("lin"))])] : [:])
        _ = try await house.plant("contact", Draft(["name": .text("Ada"), "company": .record(third)]), owner: "wang")
        let chen = try await house.actor("chen")
        // A figure that was never computed is nothing; computed over nothing it is none.
        try await house.kernel.refreshAllRollups(reason: "test")
        let before = try await house.rows()
        let all = [pair.keep, pair.gone, third]
        let keep = all[seed % 3]
        let gone = all.filter { $0 != keep }.prefix(seed < 3 ? 2 : 1)
        let choices: [String: MergeChoice] = seed % 2 == 1 ? ["short_name": .of(gone[gone.startIndex])] : [:]
        let id = try #require(try await house.merge(keep, Array(gone), choices, as: chen).merge)
        #expect(try await house.rows() != before)
        let undone = try await house.kernel.perform(Command(.merging(.undo(id))), as: chen)
        #expect(undone.warnings.isEmpty)
        let after = try await house.rows()
        for (table, rows) in before {
            #expect(Set(after[table] ?? []).symmetricDifference(rows).sorted() == [], "\(table)")
        }
        let twice = try await refused { try await house.kernel.perform(Command(.merging(.undo(id))), as: chen) }
        #expect(twice.code == "merge_undone")
        await house.end()
    }

    @Test("What somebody changed since the merge stays when it is taken back, and is named")
    func changedSince() async throws {
        let house = try await TestHouse.open()
        let pair = try await house.pair()
        let chen = try await house.actor("chen")
        let other = try await house.customer("Numbat AG", of: "lin")
        let id = try #require(try await house.merge(pair.keep, [pair.gone], as: chen).merge)
        try await house.update("company", pair.keep, Draft(["website": .text("https://new.example")]), as: "chen")
        try await house.update("contact", pair.contact, Draft(["company": .record(other)]), as: "chen")
        let undone = try await house.kernel.perform(Command(.merging(.undo(id))), as: chen)
        #expect(undone.warnings.map(\.code) == ["left_as_is", "left_as_is"])
        #expect(try await house.show("company", pair.keep)["website"].text == "https://new.example")
        #expect(try await house.show("contact", pair.contact)["company"].record == other)
        #expect(try await house.show("inquiry", pair.inquiry)["company"].record == pair.gone)
        await house.end()
    }

    @Test("After thirty days a merge stays, and the merged record does not come out of the bin by itself")
    func limits() async throws {
        let house = try await TestHouse.open()
        let pair = try await house.pair()
        let chen = try await house.actor("chen")
        let id = try #require(try await house.merge(pair.keep, [pair.gone], as: chen).merge)
        let restored = try await refused {
            try await house.kernel.perform(Command(.restore(object: "company", id: pair.gone)), as: chen)
        }
        #expect(restored.code == "already_merged")
        house.clock.advance(seconds: 30 * 86_400)
        let late = try await refused {
            try await house.kernel.perform(Command(.merging(.undo(id))), as: try await house.actor("chen"))
        }
        #expect(late.code == "merge_too_old")
        await house.end()
    }

    @Test("Who may not delete is told which roles may; what is out of sight is not there")
    func rights() async throws {
        let house = try await TestHouse.open()
        let pair = try await house.pair()
        let lin = try await house.actor("lin")
        let refusal = try await refused { try await house.merge(pair.keep, [pair.gone], as: lin) }
        #expect(refusal.problems.map(\.code) == ["merge_needs_delete"])
        #expect(refusal.problems.first?.message.zh.contains("业务经理") == true)
        let far = try await house.customer("Wombat West", of: "zhao")
        let chen = try await house.actor("chen")
        let hidden = try await refused {
            try await house.kernel.perform(
                Command(
                    .merging(
                        .merge(
                            MergeWish(
                                object: "company", survivor: pair.keep, merged: [far],
                                versions: [pair.keep: 1, far: 1])))), as: chen)
        }
        #expect(hidden.kind == .missing)
        let groups = try await house.kernel.answer(LikelyDuplicates(object: "company"), as: chen)
        #expect(groups.map { Set($0.records.map(\.id)) } == [[pair.keep, pair.gone]])
        let none = try await house.kernel.answer(LikelyDuplicates(object: "company"), as: try await house.actor("sun"))
        #expect(none.isEmpty)
        await house.end()
    }

    @Test("Of two who merge the same record at once one wins; an old version and a missing one are refused")
    func race() async throws {
        let house = try await TestHouse.open()
        let pair = try await house.pair()
        let other = try await house.customer("Wombat B.V.", of: "lin")
        let chen = try await house.actor("chen")
        let stale = MergeWish(
            object: "company", survivor: pair.keep, merged: [pair.gone], versions: [pair.keep: 99, pair.gone: 1])
        #expect(
            try await refused { try await house.kernel.perform(Command(.merging(.merge(stale))), as: chen) }.kind
                == .stale)
        let blind = MergeWish(object: "company", survivor: pair.keep, merged: [pair.gone])
        #expect(
            try await refused { try await house.kernel.perform(Command(.merging(.merge(blind))), as: chen) }.code
                == "version_required")
        async let one = house.tried(pair.keep, [pair.gone], as: chen)
        async let two = house.tried(other, [pair.gone], as: chen)
        let codes = try await [one, two]
        #expect(codes.sorted() == ["", "already_merged"])
        await house.end()
    }

    @Test("A preview says what follows and writes nothing; the same key merges once")
    func preview() async throws {
        let house = try await TestHouse.open()
        let pair = try await house.pair()
        let chen = try await house.actor("chen")
        let before = try await house.rows()
        let wish = MergeWish(object: "company", survivor: pair.keep, merged: [pair.gone])
        let preview = try await house.kernel.answer(MergePreview(wish), as: chen)
        #expect(preview.problems.isEmpty)
        #expect(preview.links.map(\.object).sorted() == ["contact", "inquiry"])
        #expect(preview.fields.first { $0.field.id == "website" }?.choice == .of(pair.gone))
        #expect(preview.fields.first { $0.field.id == "roles" }?.choice == .all)
        #expect(preview.fields.first { $0.field.id == "code" }?.isOpen == false)
        #expect(try await house.rows() == before)
        var seen = wish
        seen.versions = [pair.keep: preview.sides[0].version, pair.gone: preview.sides[1].version]
        let command = Command(.merging(.merge(seen)), idempotencyKey: "once")
        let first = try await house.kernel.perform(command, as: chen)
        let second = try await house.kernel.perform(command, as: chen)
        #expect(first.merge != nil)
        #expect(first.merge == second.merge)
        await house.end()
    }
}

extension TestHouse {
    struct Pair {
        let keep: RecordID
        let gone: RecordID
        let contact: RecordID
        let inquiry: RecordID
    }

    /// Two records of one customer, with a contact and an inquiry at the second and an inquiry at the first.
    fileprivate func pair() async throws -> Pair {
        let keep = try await customer("Wombat GmbH", of: "lin", ["city": .text("Bremen")])
        let gone = try await customer(
            "Wombat GmbH & Co. KG", of: "lin",
            [
                "short_name": .text("Wombat Trading"), "website": .text("https://wombat.example"),
                "roles": .list([.text("customer"), .text("supplier")]),
                "co_owners": .list([.record(Staff.id("wang"))]),
            ])
        let contact = try await plant(
            "contact", Draft(["name": .text("Erika Wombat"), "company": .record(gone)]), owner: "lin")
        func inquiry(_ company: RecordID) async throws -> RecordID {
            try await plant("inquiry", Draft(["source": .text("other"), "company": .record(company)]), owner: "lin")
        }
        _ = try await inquiry(keep)
        return Pair(keep: keep, gone: gone, contact: contact, inquiry: try await inquiry(gone))
    }

    @discardableResult
    fileprivate func merge(
        _ keep: RecordID, _ gone: [RecordID], _ choices: [String: MergeChoice] = [:], as actor: Actor
    ) async throws -> Outcome {
        var wish = MergeWish(object: "company", survivor: keep, merged: gone, choices: choices)
        for id in [keep] + gone {
            let view = try await kernel.answer(
                ShowRecord(object: "company", id: id, withLines: false, deleted: false), as: .system("test"))
            wish.versions[id] = view.version
        }
        return try await kernel.perform(Command(.merging(.merge(wish))), as: actor)
    }

    /// The code of the refusal; empty when it was done.
    fileprivate func tried(_ keep: RecordID, _ gone: [RecordID], as actor: Actor) async throws -> String {
        let wish = MergeWish(
            object: "company", survivor: keep, merged: gone,
            versions: Dictionary(uniqueKeysWithValues: ([keep] + gone).map { ($0, 1) }))
        do {
            _ = try await kernel.perform(Command(.merging(.merge(wish))), as: actor)
            return ""
        } catch let rejection as Rejection {
            return rejection.code
        }
    }

    /// Every row of the objects that can have to do with a customer, without what every write moves.
    fileprivate func rows() async throws -> [String: [String]] {
        let model = try await kernel.answer(CurrentModel(), as: .system("test"))
        return try await database.read { connection in
            var out: [String: [String]] = [:]
            func keep(_ name: String, _ columns: [String], _ query: SQLFragment) throws {
                out[name] = try connection.rows(query).flatMap { row in
                    zip(columns, row).map { "\(row[0]) \($0): \($1)" }
                }
            }
            for name in ["company", "contact", "inquiry", "task", "followup"] {
                guard let object = model.object(name) else { continue }
                let own = object.fields.filter { !$0.isSystem }.flatMap(\.storedColumns).map(\.name)
                let names = ["id", "owner", "department", "region", "deleted_at", "created_at"] + own
                let list = names.map { SQLFragment.identifier($0) }.joined(separator: ", ")
                try keep(name, names, "SELECT \(list) FROM \(identifier: object.table) ORDER BY id")
            }
            try keep(
                "links", ["record", "position", "target"],
                "SELECT record, position, target FROM l_company_co_owners ORDER BY record, position")
            try keep(
                "words", ["record", "title", "text"], "SELECT record, title, text FROM search_document ORDER BY record")
            try keep(
                "keys", ["kind", "key", "record"],
                "SELECT kind, key, record FROM duplicate_key ORDER BY kind, key, record")
            try keep("ways", ["record", "survivor"], "SELECT record, survivor FROM merged_record")
            return out
        }
    }
}
