import Calendars
import Testing
import Values

@Suite("Working minutes")
struct WorkingClockTests {
    private func instant(_ text: String) throws -> Instant { try #require(Instant(text)) }

    private func calendar(
        _ country: String = "CN", hours: String = "09:00-12:00 13:30-18:00", zone: String = "Asia/Shanghai",
        overrides: [CalendarOverride] = []
    ) throws -> WorkingCalendar {
        try WorkingCalendar(
            country: country, holidays: HolidayTableTests.own(), overrides: overrides, hours: WorkingHours(hours),
            zone: Zone(zone))
    }

    @Test("A deadline is the instant at which the minutes have passed, minute by minute over three weeks")
    func slowDefinition() throws {
        let calendar = try calendar()
        // The slow definition: walk every minute and count the open ones. The weeks hold a holiday and a make-up day.
        let start = try instant("2026-09-14T00:00:00Z")
        var counted = 0
        for minute in 0..<(21 * 1440) {
            let now = start.adding(seconds: minute * 60)
            if minute % 7 == 0 {
                #expect(calendar.workingMinutes(from: start, to: now) == counted)
                if calendar.isOpen(at: now) { #expect(try calendar.deadline(after: start, minutes: counted) <= now) }
            }
            if calendar.isOpen(at: now) { counted += 1 }
        }
    }

    @Test("The minutes up to a deadline are the budget, from 2,000 random starts")
    func inverse() throws {
        let calendar = try calendar()
        var seed: UInt64 = 42
        let base = try instant("2026-01-01T00:00:00Z")
        for _ in 0..<2000 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let start = base.adding(seconds: Int(seed >> 33) % 28_000_000)
            let minutes = Int(seed >> 20) % 3000
            let deadline = try calendar.deadline(after: start, minutes: minutes)
            #expect(deadline >= start)
            #expect(calendar.workingMinutes(from: start, to: deadline) == minutes)
            #expect(calendar.workingMinutes(from: deadline, to: start) == -minutes)
        }
    }

    @Test("A budget that ends with the day ends at its closing; zero waits for the opening")
    func edges() throws {
        let calendar = try calendar(hours: "09:00-18:00")
        #expect(
            try calendar.deadline(after: instant("2026-11-20T16:00+08:00"), minutes: 120)
                == instant("2026-11-20T18:00+08:00"))
        #expect(
            try calendar.deadline(after: instant("2026-11-20T19:00+08:00"), minutes: 0)
                == instant("2026-11-23T09:00+08:00"))
        #expect(try calendar.nextOpening(from: instant("2026-11-20T10:00+08:00")) == instant("2026-11-20T10:00+08:00"))
        #expect(try !calendar.isOpen(at: instant("2026-11-20T18:00+08:00")))
    }

    @Test("A pause at noon is not counted")
    func noon() throws {
        #expect(
            try calendar().deadline(after: instant("2026-11-20T11:30+08:00"), minutes: 60)
                == instant("2026-11-20T14:00+08:00"))
    }

    @Test("A night shift over the change of the clocks has an hour more or less")
    func clockChange() throws {
        let night = try calendar(
            "DE", hours: "00:00-06:00", zone: "Europe/Berlin",
            overrides: [
                CalendarOverride(
                    first: #require(Day("2026-03-29")), last: #require(Day("2026-03-29")), isWorking: true,
                    name: "night"),
                CalendarOverride(
                    first: #require(Day("2026-10-25")), last: #require(Day("2026-10-25")), isWorking: true,
                    name: "night"),
            ])
        #expect(try night.workingMinutes(from: instant("2026-03-28T22:00Z"), to: instant("2026-03-29T12:00Z")) == 300)
        #expect(try night.workingMinutes(from: instant("2026-10-24T20:00Z"), to: instant("2026-10-25T12:00Z")) == 420)
    }

    @Test("Hours that end at midnight join the next day's")
    func midnight() throws {
        let round = try calendar(hours: "00:00-24:00")
        #expect(
            try round.deadline(after: instant("2026-11-18T23:00+08:00"), minutes: 120)
                == instant("2026-11-19T01:00+08:00"))
    }

    @Test("Working days end with the close of the day")
    func workingDays() throws {
        #expect(
            try calendar().deadline(after: instant("2026-09-29T15:00+08:00"), workingDays: 3)
                == instant("2026-10-09T18:00+08:00"))
        #expect(
            try calendar().deadline(after: instant("2026-11-21T15:00+08:00"), workingDays: 0)
                == instant("2026-11-23T18:00+08:00"))
    }

    @Test("A half day has its own hours")
    func halfDay() throws {
        let eve = try CalendarOverride(
            first: #require(Day("2026-12-24")), last: #require(Day("2026-12-24")), isWorking: true,
            hours: WorkingHours("09:00-12:00"), name: "half day")
        let calendar = try calendar(overrides: [eve])
        #expect(
            try calendar.deadline(after: instant("2026-12-24T11:00+08:00"), minutes: 90)
                == instant("2026-12-25T09:30+08:00"))
    }

    @Test(
        "Hours out of form are refused",
        arguments: [
            "", "9-18", "09:00-09:00", "18:00-09:00", "09:00-12:00 11:00-18:00", "09:00-24:01", "09:60-10:00",
            "09:00-12:00-13:00", "0９:00-10:00",
        ])
    func malformed(text: String) {
        #expect(throws: CalendarError.malformedHours(text)) { try WorkingHours(text) }
    }

    @Test("A budget outside a year is refused", arguments: [-1, 525_601])
    func budget(minutes: Int) throws {
        #expect(throws: CalendarError.outOfRange(field: "minutes")) {
            try calendar().deadline(after: Instant(milliseconds: 0), minutes: minutes)
        }
    }
}

@Suite("Quiet windows and digests")
struct QuietWindowTests {
    private func instant(_ text: String) throws -> Instant { try #require(Instant(text)) }

    @Test("A message of the night waits for the morning, one of the day goes at once")
    func night() throws {
        let window = try QuietWindow("22:00-08:00", zone: Zone("Asia/Shanghai"))
        #expect(try window.release(instant("2026-11-20T23:00+08:00")) == instant("2026-11-21T08:00+08:00"))
        #expect(try window.release(instant("2026-11-21T01:00+08:00")) == instant("2026-11-21T08:00+08:00"))
        #expect(try window.release(instant("2026-11-21T08:00+08:00")) == instant("2026-11-21T08:00+08:00"))
        #expect(try window.release(instant("2026-11-21T12:00+08:00")) == instant("2026-11-21T12:00+08:00"))
        #expect(try !window.contains(instant("2026-11-21T21:59+08:00")))
    }

    @Test("A window within the day ends on that day")
    func noon() throws {
        let window = try QuietWindow("12:00-13:00", zone: .utc)
        #expect(try window.release(instant("2026-11-21T12:30Z")) == instant("2026-11-21T13:00Z"))
    }

    @Test("The next digest is later than now, today or tomorrow")
    func digests() throws {
        let digests = try DigestTimes("16:30 09:30 13:30", zone: Zone("Asia/Shanghai"))
        #expect(try digests.next(after: instant("2026-11-21T09:30+08:00")) == instant("2026-11-21T13:30+08:00"))
        #expect(try digests.next(after: instant("2026-11-21T17:00+08:00")) == instant("2026-11-22T09:30+08:00"))
        #expect(try digests.next(after: instant("2026-11-21T01:00+08:00")) == instant("2026-11-21T09:30+08:00"))
    }

    @Test(
        "Windows and digests out of form are refused", arguments: ["", "22:00", "22:00-22:00", "22-08", "00:00-24:00"])
    func malformed(text: String) {
        #expect(throws: CalendarError.malformedHours(text)) { try QuietWindow(text, zone: .utc) }
    }

    @Test("Every calendar error has a code and a text in both languages")
    func errors() throws {
        let errors: [CalendarError] = [
            .noWorkingTime, .unknownZone("a"), .ambiguousLocalTime(try #require(LocalTime("2026-01-01T00:00"))),
            .malformedHours("a"), .malformedHolidays(line: 1, text: "a"), .outOfRange(field: "a"),
        ]
        #expect(Set(errors.map(\.code)).count == errors.count)
        #expect(errors.allSatisfy { !$0.explanation.zh.isEmpty && !$0.explanation.en.isEmpty })
    }
}
