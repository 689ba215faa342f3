import Definitions
import Kernel
import Store
import Testing
import Values

/// The log knows every change, from what to what, by whom.
@Suite(.serialized) struct EventLogTests {
    private static let shared = Task { try await TestHouse.open() }

    private func events(_ house: TestHouse, after sequence: Int64 = 0) async throws -> [EventEntry] {
        try await house.database.read { try EventLog($0).events(after: Int(sequence), limit: 10_000) }
    }

    @Test("Every kind of write has one event, with what it changed from and to")
    func complete() async throws {
        let house = try await Self.shared.value
        let company = try await house.customer("Event GmbH", of: "lin")
        let start = try await house.kernel.answer(Vitals(), as: .nobody).lastSequence
        let inquiry = try await house.create(
            "inquiry", Draft(["source": .text("other"), "company": .record(company)]), as: "lin")
        let id = inquiry.id
        try await house.update("inquiry", id, Draft(["next_note": .text("call")]), as: "lin")
        try await house.update("inquiry", id, Draft(["next_note": .text("call")]), as: "lin")
        _ = try await house.act("contact_made", "inquiry", id, ["next_action": .text("2026-12-01")], as: "lin")
        _ = try await house.act("assign", "inquiry", id, ["owner": .record(Staff.id("wang"))], as: "chen")
        let zong = try await house.actor("zong")
        _ = try await house.kernel.perform(
            Command(.delete(object: "inquiry", id: id, expecting: nil), reason: "twice"), as: zong)
        _ = try await house.kernel.perform(Command(.restore(object: "inquiry", id: id)), as: zong)
        try await refused { try await house.update("inquiry", id, Draft(["stage": .text("won")]), as: "zong") }

        // Who holds the baton is told beside each change, not instead of it.
        let log = try await events(house, after: start).filter { !$0.kind.hasPrefix("leg:") }
        #expect(
            log.map(\.kind) == [
                "created", "updated", "action:contact_made", "action:assign", "deleted", "restored",
            ])
        #expect(log.allSatisfy { $0.record == id && $0.object == "inquiry" })
        #expect(log.map(\.actor) == ["lin", "lin", "lin", "chen", "zong", "zong"].map { Staff.id($0) })
        #expect(log[1].changes == [FieldChange(field: "next_note", before: .null, after: .text("call"))])
        let stage = try #require(log[2].changes.first { $0.field == "stage" })
        #expect(stage.before == .text("new") && stage.after == .text("contacted"))
        #expect(log[3].changes.contains { $0.field == "owner" && $0.after == .record(Staff.id("wang")) })
        #expect(log[4].reason == "twice")
        #expect(Set(log.map(\.command)).count == 6)
        #expect(log.map(\.sequence) == log.map(\.sequence).sorted() && log[0].sequence == Int(start) + 1)
    }

    @Test("A stage is as old as the last move into it, whatever else changes; out of sight there is none")
    func valueSince() async throws {
        let house = try await TestHouse.open()
        let company = try await house.customer("Since GmbH", of: "lin")
        let made = house.clock.now
        let draft = Draft(["source": .text("other"), "company": .record(company)])
        let moved = try await house.create("inquiry", draft, as: "lin").id
        let still = try await house.create("inquiry", draft, as: "lin").id
        house.clock.advance(seconds: 3 * 86_400)
        let entered = house.clock.now
        _ = try await house.act("contact_made", "inquiry", moved, ["next_action": .text("2026-12-01")], as: "lin")
        house.clock.advance(seconds: 2 * 86_400)
        try await house.update("inquiry", moved, Draft(["next_note": .text("call the \"stage\"")]), as: "lin")

        let question = ValueSince(object: "inquiry", field: "stage", ids: [moved, still])
        let seen = try await house.kernel.answer(question, as: try await house.actor("lin"))
        #expect(seen == [moved: entered, still: made])
        #expect(try await house.kernel.answer(question, as: try await house.actor("qin")).isEmpty)
        #expect(try await house.kernel.answer(question, as: try await house.actor("wang")) == [still: made])
        await house.end()
    }

    @Test("What an action sets about the record itself is stored and logged: a claimed customer has a new owner")
    func claim() async throws {
        let house = try await Self.shared.value
        let company = try await house.customer("Pool GmbH", of: "lin")
        _ = try await house.act("release", "company", company, as: "lin")
        let free = try await house.show("company", company)
        #expect(free["pool"] == .text("public"))
        #expect(free["owner"] == .null)
        _ = try await house.act("claim", "company", company, as: "zhao")
        let claimed = try await house.show("company", company)
        #expect(claimed["owner"] == .record(Staff.id("zhao")))
        #expect(claimed["department"] == .record(Staff.id("sales_west")), "the record goes to the claimer's team")
        #expect(claimed["region"] == .record(Staff.id("america")))
        let entries = try await house.kernel.answer(
            TimelineOf(object: "company", id: company, merged: false), as: try await house.actor("zhao"))
        let change = try #require(entries.first { $0.kind == "action:claim" }?.changes.first { $0.field == "owner" })
        #expect(change.after == .record(Staff.id("zhao")))
        try await refused { try await house.show("company", company, as: "lin") }
    }

    @Test("A change of lines is logged place by place")
    func lines() async throws {
        let house = try await Self.shared.value
        try await house.rate("USD", "7.1")
        let lamp = try await house.lamp("E-1")
        let company = try await house.customer("Lines GmbH", of: "lin")
        let quotation = try await house.quotation(for: company, product: lamp, as: "lin")
        let line = try #require(quotation.lines["lines"]?.first)
        let start = try await house.kernel.answer(Vitals(), as: .nobody).lastSequence
        var change = Draft()
        change.lines["lines"] = [
            LineDraft(id: line.id, ["price": .number("9.5")]),
            LineDraft(["product": .record(lamp), "qty": .number("24"), "price": .number("11")]),
        ]
        try await house.update("quotation", quotation.id, change, as: "lin")
        let changes = try #require(try await events(house, after: start).first?.changes)
        let price = try #require(changes.first { $0.field == "lines[0].price" })
        #expect(price.before.decimal?.shortest == "9.8" && price.after.decimal?.shortest == "9.5")
        #expect(changes.contains { $0.field == "lines[1].price" && $0.before == .null })
        #expect(changes.contains { $0.field == "total" })
    }

    @Test("The log proves itself, sealed or not, and every command of a storm is in it")
    func sound() async throws {
        let house = try await Self.shared.value
        let lin = try await house.actor("lin")
        let kernel = house.kernel
        let start = try await kernel.answer(Vitals(), as: lin).lastSequence
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<100 {
                group.addTask {
                    let draft = Draft(["title": .text("s\(index)"), "due": .text("2026-12-01T00:00:00Z")])
                    _ = try await kernel.perform(Command(.create(object: "task", draft)), as: lin)
                }
            }
            try await group.waitForAll()
        }
        #expect(try await kernel.answer(Vitals(), as: lin).lastSequence == start + 100)
        #expect(try await kernel.verify().isSound)
        await kernel.keepHouse()
        let vitals = try await kernel.answer(Vitals(), as: lin)
        #expect(vitals.unsealed == 0)
        #expect(try await kernel.verify().isSound)
    }

    @Test("Changes of definitions stand in the log and are read with the privilege audit")
    func definitions() async throws {
        let house = try await Self.shared.value
        let start = try await house.kernel.answer(Vitals(), as: .nobody).lastSequence
        _ = try await house.define([
            .relabelField(object: "task", field: "note", label: Label(zh: "备注", en: "Remark"), help: nil)
        ])
        let log = try await events(house, after: start)
        #expect(log.map(\.object) == ["definition"])
        #expect(log.first?.actor == Staff.id("ada"))
        #expect(log.first.map { "\($0.changes)".contains("Remark") } == true)
    }
}
