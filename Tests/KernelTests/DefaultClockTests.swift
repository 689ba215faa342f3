import Definitions
import Kernel
import Testing
import Values

/// The limits that the trade pack brings, each from its beginning to the moment at which somebody hears that it is late.
@Suite("Default clocks of the trade") struct DefaultClockTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let object: String
        let clock: String
        let fields: [String: Input]
        /// When it is late.
        let due: String
        /// Who hears of it.
        let told: String

        var testDescription: String { object + " " + clock }
    }

    // The house opens on Friday 2026-11-20 at 10:00 in Shanghai, where everybody works from 9 to 18.
    static let cases: [Case] = [
        Case(
            object: "contract", clock: "review", fields: ["status": .text("review")], due: "2026-11-23T18:00+08:00",
            told: "mei"),
        Case(
            object: "production_plan", clock: "progress",
            fields: ["status": .text("running"), "start": .text("2026-11-20"), "end": .text("2026-12-20")],
            due: "2026-11-25T18:00+08:00", told: "mei"),
        Case(
            object: "inspection", clock: "report",
            fields: ["inspected_at": .text("2026-11-20"), "inspector": .record(Staff.id("qin"))],
            due: "2026-11-23T18:00+08:00", told: "qin"),
        Case(object: "bl", clock: "check", fields: [:], due: "2026-11-23T18:00+08:00", told: "dan"),
        Case(
            object: "bl", clock: "present", fields: ["on_board": .text("2026-11-20")], due: "2026-11-30T09:00+08:00",
            told: "dan"),
        Case(
            object: "shipment", clock: "advice", fields: ["atd": .text("2026-11-20T02:00:00Z")],
            due: "2026-11-21T10:00+08:00", told: "dan"),
        Case(
            object: "receivable", clock: "collect",
            fields: ["event_date": .text("2026-11-25"), "amount": .text("100"), "currency": .text("USD")],
            due: "2026-11-25T09:00+08:00", told: "lin"),
        Case(
            object: "tax_refund", clock: "declare", fields: ["export_date": .text("2026-11-20")],
            due: "2026-12-20T09:00+08:00", told: "cai"),
        Case(object: "claim", clock: "acknowledge", fields: [:], due: "2026-11-21T10:00+08:00", told: "lin"),
        Case(object: "claim", clock: "cause", fields: [:], due: "2026-11-27T18:00+08:00", told: "qin"),
        Case(
            object: "change_request", clock: "assess", fields: ["status": .text("assessing"), "kind": .text("qty")],
            due: "2026-11-23T18:00+08:00", told: "mei"),
        Case(
            object: "change_request", clock: "decide",
            fields: ["status": .text("assessing"), "kind": .text("qty"), "emergency": .value(.bool(true))],
            due: "2026-11-20T14:00+08:00", told: "lin"),
        Case(
            object: "exception", clock: "acknowledge", fields: ["due": .text("2026-11-30T02:00:00Z")],
            due: "2026-11-20T12:00+08:00", told: "lin"),
        Case(
            object: "quotation", clock: "approve",
            fields: ["status": .text("in_approval"), "submitted_at": .text("2026-11-20T02:00:00Z")],
            due: "2026-11-20T14:00+08:00", told: "lin"),
        Case(
            object: "quotation", clock: "expire",
            fields: ["status": .text("sent"), "valid_until": .text("2026-11-30")], due: "2026-11-27T09:00+08:00",
            told: "lin"),
        Case(
            object: "booking", clock: "place", fields: ["etd_wanted": .text("2026-12-20")],
            due: "2026-12-06T09:00+08:00", told: "luo"),
        Case(
            object: "booking", clock: "papers",
            fields: ["status": .text("confirmed"), "doc_cutoff": .text("2026-11-30T08:00:00Z")],
            due: "2026-11-25T18:00+08:00", told: "dan"),
    ]

    @Test("Who owes it is told when it is late: not before, and once", arguments: cases)
    func rings(_ one: Case) async throws {
        let house = try await TestHouse.open()
        let company = try await house.customer("Clock Ltd", of: "lin", [:])
        var fields = one.fields
        let model = try await house.kernel.answer(CurrentModel(), as: .system("test"))
        let definition = try #require(model.object(one.object))
        if definition.field("company") != nil { fields["company"] = .record(company) }
        if case .link("order")? = definition.field("order")?.type {
            // Whoever works on an order sees what belongs to it.
            let order = Draft([
                "company": .record(company), "merchandiser": .record(Staff.id("mei")), "currency": .text("USD"),
                "confirmed_etd": .text("2027-01-20"),
            ])
            fields["order"] = .record(try await house.plant("order", order, owner: "lin"))
        }
        let id = try await house.plant(one.object, Draft(fields), owner: "lin")
        let clock = try #require(
            try await house.kernel.answer(ClocksOf(object: one.object, id: id), as: .system("test")).first {
                $0.id == one.clock
            })
        let due = try #require(Instant(one.due))
        #expect(clock.dueAt == due)
        let label = try #require(definition.clocks.first { $0.id == one.clock }).label.zh + "：已到时限"
        func told(_ login: String) async throws -> Int {
            try await house.kernel.answer(MyNotices(limit: 200), as: try await house.actor(login)).filter {
                $0.record == id && $0.text.hasPrefix(label)
            }.count
        }
        house.clock.advance(seconds: Int(due.secondsSinceEpoch - house.clock.now.secondsSinceEpoch) - 1)
        await house.kernel.keepTime()
        #expect(try await told(one.told) == 0)
        house.clock.advance(seconds: 1)
        await house.kernel.keepTime()
        await house.kernel.keepTime()
        var heard: [String] = []
        for person in Staff.people where try await told(person.login) > 0 { heard.append(person.login) }
        #expect(heard == [one.told])
        #expect(try await told(one.told) == 1)
        await house.end()
    }
}
