import Definitions
import Kernel
import Store
import Testing
import Values

/// Calendars that the company keeps itself.
@Suite("Working calendars of the company") struct WorkCalendarTests {
    private func calendar(_ house: TestHouse, _ more: [String: Input] = [:], days: [[String: Input]] = [])
        async throws -> RecordID
    {
        var draft = Draft(["name": .text("Works"), "country": .text("DE")])
        draft.fields.merge(more) { _, new in new }
        draft.lines["days"] = days.map { LineDraft($0) }
        return try await house.create("work_calendar", draft, as: "ada").id
    }

    /// Lets the house follow until nothing is left to do.
    private func settle(_ house: TestHouse) async throws {
        while try await house.kernel.adjustWorkTimes() > 0 {}
    }

    @Test("A leg of somebody whose region gets another calendar is due by that one, and rings by it")
    func follows() async throws {
        let relay = try await RelayHouse.open()
        let order = try await relay.order()
        // One working day after Friday 2026-11-20 is Monday evening.
        #expect(try await relay.current(order).dueAt == Instant("2026-11-23T10:00:00Z"))
        try await settle(relay.house)
        let works = try await calendar(
            relay.house, ["hours": .text("09:00-12:00 13:00-17:00")],
            days: [["first": .text("2026-11-23"), "name": .text("Stocktaking")]])
        try await relay.house.update(
            "region", Staff.id("europe"), Draft(["work_calendar": .record(works)]), as: "ada")
        try await settle(relay.house)
        // Monday is closed, and Tuesday ends at five.
        #expect(try await relay.current(order).dueAt == Instant("2026-11-24T09:00:00Z"))
        try await relay.wait(hours: 82)
        #expect(try await relay.notices("mei").allSatisfy { !$0.hasPrefix("“评审”已超时") })
        try await relay.wait(hours: 24)
        #expect(try await relay.notices("mei").filter { $0.hasPrefix("“评审”已超时") }.count == 1)
        await relay.house.end()
    }

    @Test("What would move is counted before it is saved, and nothing has moved then")
    func preview() async throws {
        let relay = try await RelayHouse.open()
        let order = try await relay.order()
        let works = try await calendar(relay.house)
        try await relay.house.update(
            "region", Staff.id("europe"), Draft(["work_calendar": .record(works)]), as: "ada")
        try await settle(relay.house)
        let before = try await relay.current(order).dueAt
        var draft = Draft(["name": .text("Works"), "country": .text("DE"), "hours": .text("09:00-18:00")])
        draft.lines["days"] = [LineDraft(["first": .text("2026-11-23"), "name": .text("Closed")])]
        let moves = try await relay.house.kernel.answer(
            WhatMoves(calendar: works, draft: draft), as: try await relay.house.actor("ada"))
        #expect(moves.legs >= 1 && moves.later >= 1 && moves.earlier == 0, "\(moves)")
        let review = try #require(moves.examples.first { $0.record == order })
        #expect(review.what.zh == "评审" && review.before == before)
        #expect(review.after == Instant("2026-11-24T10:00:00Z"))
        #expect(moves.lateAtOnce == 0)
        #expect(try await relay.current(order).dueAt == before)
        let none = try await relay.house.kernel.answer(
            WhatMoves(
                calendar: works,
                draft: Draft(["name": .text("Works"), "country": .text("DE"), "hours": .text("09:00-18:00")])),
            as: try await relay.house.actor("ada"))
        #expect(none.legs + none.clocks == 0 && none.looked > 0)
        await #expect(throws: Rejection.self) {
            _ = try await relay.house.kernel.answer(
                WhatMoves(calendar: works, draft: draft), as: try await relay.house.actor("lin"))
        }
        await relay.house.end()
    }

    @Test("A calendar that never opens is refused at the field, so are hours that can't be read")
    func neverOpens() async throws {
        let house = try await TestHouse.open()
        let closed = try await refused {
            _ = try await self.calendar(
                house,
                days: [
                    ["first": .text("2026-11-01"), "last": .text("2027-10-31"), "name": .text("Closed")],
                    ["first": .text("2027-11-01"), "last": .text("2028-10-31"), "name": .text("Closed")],
                ])
        }
        #expect(closed.problems.map(\.code) == ["never_opens"])
        #expect(closed.problems.map(\.field) == ["days"])
        for text in ["9-18", "18:00-09:00", "09:00-12:00 11:00-18:00", "always"] {
            let hours = try await refused { _ = try await self.calendar(house, ["hours": .text(text)]) }
            #expect(hours.problems.map(\.field) == ["hours"], "\(text)")
        }
        let span = try await refused {
            _ = try await self.calendar(
                house, days: [["first": .text("2026-11-23"), "last": .text("2026-11-20"), "name": .text("Back")]])
        }
        #expect(span.problems.map(\.field) == ["days[0].last"])
        await house.end()
    }

    @Test("Where whoever owes it finds no working time for a year, what would begin the limit is refused with the name")
    func noTimeLeft() async throws {
        let relay = try await RelayHouse.open()
        let house = relay.house
        // It opens now, so it is taken; from January on it is closed for two years.
        let closed = try await calendar(
            house,
            days: [
                ["first": .text("2027-01-01"), "last": .text("2027-12-31"), "name": .text("Closed")],
                ["first": .text("2028-01-01"), "last": .text("2028-12-31"), "name": .text("Closed")],
            ])
        try await house.update("user", Staff.id("mei"), Draft(["work_calendar": .record(closed)]), as: "ada")
        try await settle(house)
        house.clock.advance(seconds: 45 * 86_400)
        let refusal = try await refused { try await relay.order() }
        #expect(refusal.code == "calendar_never_opens" && refusal.kind == .conflict)
        #expect(refusal.message.zh.contains("MEI") && refusal.message.en.contains("MEI"))
        // Whoever has time takes it.
        let order = try await relay.order(["merchandiser": .record(Staff.id("gong"))])
        #expect(try await relay.current(order).holder == Staff.id("gong"))
        await house.end()
    }

    @Test("The year shows weekends, days of the company's own and who works by the calendar")
    func year() async throws {
        let house = try await TestHouse.open()
        let works = try await calendar(
            house, ["weekdays": .list(["1", "2", "3", "4", "5", "6"].map { .text($0) })],
            days: [
                ["first": .text("2026-12-24"), "last": .text("2026-12-26"), "name": .text("Holidays")],
                [
                    "first": .text("2026-12-20"), "working": .bool(true), "hours": .text("09:00-12:00"),
                    "name": .text("Loading"),
                ],
            ])
        try await house.update("user", Staff.id("mei"), Draft(["work_calendar": .record(works)]), as: "ada")
        let sheet = try await house.kernel.answer(
            CalendarSheet(id: works, year: 2026), as: try await house.actor("ada"))
        #expect(sheet.days.count == 365)
        func day(_ text: String) -> CalendarSheet.Day? { sheet.days.first { $0.day.description == text } }
        #expect(day("2026-12-19")?.kind == .working)
        #expect(day("2026-12-20")?.kind == .ownOpen && day("2026-12-20")?.hours == "09:00-12:00")
        #expect(day("2026-12-25")?.kind == .ownClosed && day("2026-12-25")?.name == "Holidays")
        #expect(day("2026-12-27")?.kind == .weekend)
        #expect(sheet.people.map(\.name) == ["MEI"] && sheet.people.allSatisfy(\.isOwn))
        #expect(sheet.mayEdit)
        let reader = try await house.kernel.answer(CalendarSheet(id: works), as: try await house.actor("lin"))
        #expect(!reader.mayEdit && !reader.mayCreate)
        await house.end()
    }

    @Test("A limit that is made shorter moves the legs that it measures")
    func limits() async throws {
        let relay = try await RelayHouse.open()
        let order = try await relay.order()
        try await settle(relay.house)
        let before = try #require(try await relay.current(order).dueAt)
        let sheet = try await relay.house.kernel.answer(HouseLimits(), as: try await relay.house.actor("ada"))
        let limit = try #require(
            sheet.limits.first { limit in
                limit.uses.contains { $0.process != nil && $0.object == "order" && $0.label.zh == "评审" }
            })
        #expect(limit.running == 1 && limit.late == 0)
        try await relay.house.update(
            "sla_rule", limit.record.id, Draft(["limit_value": .number("3")]), as: "ada")
        try await settle(relay.house)
        #expect(try #require(try await relay.current(order).dueAt) > before)
        await relay.house.end()
    }
}
