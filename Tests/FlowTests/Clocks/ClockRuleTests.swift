import Calendars
import Flow
import Testing
import Values

@Suite("Clock rules") struct ClockRuleTests {
    private func rungs(
        _ rule: ClockRule, from start: String, _ calendar: WorkingCalendar
    ) throws -> [String] {
        ClockCalendars.texts(
            try rule.rungs(startingAt: ClockCalendars.instant(start), calendar: calendar), calendar)
    }

    @Test("Spans are read as people write them, and nothing else")
    func spans() throws {
        for text in ["2h", "-14d", "-3wd", "1wd", "0"] { #expect(ClockSpan(text)?.description == text) }
        #expect(ClockSpan("+2h")?.description == "2h")
        #expect(ClockSpan("0d") != nil)
        for text in ["", "2", "h", "2 h", "1.5h", "2w", "99999h", "２h", "T+2h"] { #expect(ClockSpan(text) == nil) }
    }

    @Test("Escalations name a role, the stand-in or the next level, and how long after lateness")
    func escalations() throws {
        typealias Escalation = ClockRule.Escalation
        let two = try #require(ClockSpan("2h"))
        #expect(Escalation("T+2h general_manager") == Escalation(after: two, target: .role("general_manager")))
        #expect(Escalation("T+0 finance") == Escalation(after: .zero, target: .role("finance")))
        #expect(Escalation("delegate") == Escalation(after: .zero, target: .delegate))
        #expect(Escalation("T+2h next_level") == Escalation(after: two, target: .nextLevel))
        for text in ["", "T+2h", "2h manager", "T-2h manager", "T+2h a b", "T+2h Manager", "T+2x manager"] {
            #expect(Escalation(text) == nil)
        }
    }

    @Test("Two working hours late on a Friday end on Monday, and each rung has its moment")
    func workingHours() throws {
        let rule = try ClockCalendars.rule("2h", .work, warn: "0.5", "T+0 sales_director", "T+2h general_manager")
        let calendar = try ClockCalendars.china()
        #expect(
            try rungs(rule, from: "2026-11-20T17:30+08:00", calendar) == [
                "warn 2026-11-23T09:30", "late 2026-11-23T10:30", "escalate:1 2026-11-23T10:30",
                "escalate:2 2026-11-23T14:00",
            ])
    }

    @Test("A working day ends at the closing of the next one: neither 24 hours nor the hours of a day")
    func workingDay() throws {
        let rule = try ClockCalendars.rule("1wd", .work, warn: "0.75", "T+1wd sales_manager")
        let calendar = try ClockCalendars.china()
        // Thursday 10:00 to Friday 18:00 is 6.5 + 7.5 working hours; the warning comes after three quarters.
        #expect(
            try rungs(rule, from: "2026-11-19T10:00+08:00", calendar) == [
                "warn 2026-11-20T14:30", "late 2026-11-20T18:00", "escalate:1 2026-11-23T18:00",
            ])
    }

    @Test("Make-up days of China are worked, holidays are not")
    func makeUpDays() throws {
        let rule = try ClockCalendars.rule("3wd", .work)
        let calendar = try ClockCalendars.china()
        // Sunday 20 September 2026 is worked before the Mid-Autumn days off, 10 October is a worked Saturday.
        #expect(try rungs(rule, from: "2026-09-18T15:00+08:00", calendar) == ["late 2026-09-22T18:00"])
        #expect(try rungs(rule, from: "2026-09-30T15:00+08:00", calendar) == ["late 2026-10-10T18:00"])
        let hours = try ClockCalendars.rule("2h", .work)
        #expect(try rungs(hours, from: "2026-10-09T17:30+08:00", calendar) == ["late 2026-10-10T10:30"])
    }

    @Test("Calendar hours are real ones; calendar days keep the time on the wall when the clocks change")
    func calendarTime() throws {
        let calendar = try ClockCalendars.germany()
        let day = try ClockCalendars.rule("24h", .calendar, "T+24h sales_director")
        #expect(
            try rungs(day, from: "2026-10-24T12:00+02:00", calendar)
                == ["late 2026-10-25T11:00", "escalate:1 2026-10-26T11:00"])
        let three = try ClockCalendars.rule("3d", .calendar, "T+1d sales_manager")
        #expect(
            try rungs(three, from: "2026-10-24T12:00+02:00", calendar)
                == ["late 2026-10-27T12:00", "escalate:1 2026-10-28T12:00"])
        #expect(
            try rungs(three, from: "2026-03-26T02:30+01:00", calendar)
                == ["late 2026-03-29T03:30", "escalate:1 2026-03-30T03:30"])
    }

    @Test("No time at all is due at once, in working days at the closing of the day; a full share warns nobody")
    func nothing() throws {
        let calendar = try ClockCalendars.china()
        let bill = try ClockCalendars.rule("0d", .calendar, warn: "1", "T+3d sales_manager", "T+10d finance_director")
        #expect(
            try rungs(bill, from: "2026-11-20T09:00+08:00", calendar) == [
                "late 2026-11-20T09:00", "escalate:1 2026-11-23T09:00", "escalate:2 2026-11-30T09:00",
            ])
        let papers = try ClockCalendars.rule("0wd", .work, warn: "1", "T+0 merchandiser")
        #expect(
            try rungs(papers, from: "2026-11-20T09:00+08:00", calendar)
                == ["late 2026-11-20T18:00", "escalate:1 2026-11-20T18:00"])
    }

    @Test("What lies before a date keeps its time of day, in working days if it says so")
    func before() throws {
        let calendar = try ClockCalendars.china()
        let cutOff = try ClockCalendars.instant("2026-10-12T09:00+08:00")
        // Saturday 10 October, Friday 9 and Thursday 8 October are worked.
        let papers = try calendar.instant(#require(ClockSpan("-3wd")), from: cutOff, counting: .work)
        #expect(papers == (try ClockCalendars.instant("2026-10-08T09:00+08:00")))
        let booking = try calendar.instant(#require(ClockSpan("-14d")), from: cutOff, counting: .calendar)
        #expect(booking == (try ClockCalendars.instant("2026-09-28T09:00+08:00")))
    }

    @Test("Rules out of bounds are none")
    func bounds() throws {
        let span = try #require(ClockSpan("2h"))
        let escalation = try #require(ClockRule.Escalation("delegate"))
        #expect(ClockRule(limit: try #require(ClockSpan("-2h")), kind: .work) == nil)
        #expect(ClockRule(limit: span, kind: .work, warnShare: ExactDecimal("1.01")) == nil)
        #expect(ClockRule(limit: span, kind: .work, warnShare: ExactDecimal("-0.1")) == nil)
        #expect(
            ClockRule(limit: span, kind: .work, escalations: Array(repeating: escalation, count: 10)) == nil)
    }
}
