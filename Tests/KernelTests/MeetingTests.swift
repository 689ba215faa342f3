import Definitions
import Kernel
import Testing
import Values

/// Meetings: times that suit people of several zones, and what becomes of decisions.
@Suite("Meetings") struct MeetingTests {
    @Test("Decisions with a person become tasks, each once, linked from their lines")
    func decisions() async throws {
        let house = try await TestHouse.open()
        var draft = Draft([
            "title": .text("Weekly"), "attendees": .list([.record(Staff.id("lin")), .record(Staff.id("mei"))]),
        ])
        draft.lines["decisions"] = [
            LineDraft([
                "text": .text("Book the vessel"), "person": .record(Staff.id("mei")), "due": .text("2026-11-27"),
            ]),
            LineDraft(["text": .text("Prices stay")]),
        ]
        let id = try await house.create("meeting", draft, as: "lin").id
        _ = try await house.act("make_tasks", "meeting", id, as: "lin")
        func tasks() async throws -> [RecordView] {
            try await house.kernel.answer(
                ListRecords(object: "task", columns: ["title", "assignee", "due", "source", "target"]),
                as: .system("test")
            ).rows
        }
        let made = try await tasks()
        #expect(made.map { $0["title"] } == [.text("Book the vessel")])
        #expect(made.first?["assignee"] == .record(Staff.id("mei")))
        #expect(made.first?["due"].instant?.day == Day("2026-11-27"))
        #expect(made.first?["target"] == .record(id))
        let lines = try #require(try await house.show("meeting", id).lines["decisions"])
        #expect(lines.map { $0["task"] } == [.record(try #require(made.first?.id)), .null])
        #expect(
            try await refused { try await house.act("make_tasks", "meeting", id, as: "lin") }.code
                == "condition_not_met")
        #expect(try await tasks().count == 1)
        await house.end()
    }

    @Test("Times are proposed within everybody's hours where there are any, with each one's local time")
    func proposals() async throws {
        let house = try await TestHouse.open()
        _ = try await house.update(
            "user", Staff.id("zhao"), Draft(["time_zone": .text("America/New_York")]), as: "ada")
        let lin = try await house.actor("lin")
        let slots = try await house.kernel.answer(
            FindMeeting(attendees: [Staff.id("lin"), Staff.id("mei")], minutes: 30), as: lin)
        #expect(slots.count == 5)
        #expect(slots.allSatisfy { $0.seats.allSatisfy { $0.fit == "inside" } })
        let far = try await house.kernel.answer(
            FindMeeting(attendees: [Staff.id("lin"), Staff.id("zhao")], minutes: 30), as: lin)
        #expect(far.first?.seats.contains { $0.fit != "inside" } == true)
        #expect(far.first?.seats.allSatisfy { $0.fit != "night" } == true)
        #expect(
            try await refused {
                try await house.kernel.answer(FindMeeting(attendees: [Staff.id("lin")]), as: lin)
            }.code == "no_attendees")
        await house.end()
    }

    @Test("Who sat outside their hours last time is spared the next time")
    func rotates() async throws {
        let house = try await TestHouse.open()
        _ = try await house.update(
            "user", Staff.id("zhao"), Draft(["time_zone": .text("Europe/Berlin")]), as: "ada")
        let lin = try await house.actor("lin")
        let pair = [Staff.id("lin"), Staff.id("zhao")]
        let first = try #require(
            try await house.kernel.answer(FindMeeting(attendees: pair, minutes: 180), as: lin).first)
        let gave = try #require(first.seats.first { $0.fit != "inside" })
        _ = try await house.plant(
            "meeting",
            Draft([
                "title": .text("Last time"), "attendees": .list(pair.map { .record($0) }), "max_minutes": .text("180"),
                "starts_at": .text(first.starts.description),
            ]), owner: "lin")
        house.clock.advance(seconds: 15 * 86_400)
        let next = try #require(
            try await house.kernel.answer(FindMeeting(attendees: pair, minutes: 180), as: lin).first)
        #expect(next.seats.first { $0.person == gave.person }?.carried == 60)
        #expect(next.seats.first { $0.person == gave.person }?.fit == "inside")
        #expect(next.seats.first { $0.person != gave.person }?.fit == "edge")
        #expect(next.why.zh.contains("这次轮换"))
        await house.end()
    }
}
