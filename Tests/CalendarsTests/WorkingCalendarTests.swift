import Calendars
import Testing
import Values

@Suite("Working days")
struct WorkingCalendarTests {
    private func day(_ text: String) throws -> Day { try #require(Day(text)) }

    private func china(_ overrides: [CalendarOverride] = []) throws -> WorkingCalendar {
        try WorkingCalendar(country: "CN", holidays: HolidayTableTests.own(), overrides: overrides)
    }

    @Test("A make-up Sunday is worked, a holiday on a weekday is not")
    func makeUp() throws {
        let calendar = try china()
        #expect(try calendar.isWorkingDay(day("2026-09-20")))
        #expect(try !calendar.isWorkingDay(day("2026-09-25")))
        #expect(try calendar.occasion(on: day("2026-09-25")) == "中秋节")
        #expect(try calendar.occasion(on: day("2026-09-24")) == nil)
    }

    @Test("A company's own closing goes before the country, and a later exception before an earlier one")
    func overrides() throws {
        let closing = try CalendarOverride(
            first: day("2026-02-05"), last: day("2026-02-28"), isWorking: false, name: "春节停工")
        let shift = try CalendarOverride(first: day("2026-02-07"), last: day("2026-02-07"), isWorking: true, name: "赶货")
        let calendar = try china([closing, shift])
        #expect(try !calendar.isWorkingDay(day("2026-02-14")))
        #expect(try calendar.isWorkingDay(day("2026-02-07")))
        #expect(try calendar.occasion(on: day("2026-02-10")) == "春节停工")
        #expect(try calendar.day(day("2026-02-04"), plusWorkingDays: 2).description == "2026-03-02")
    }

    @Test("Counting goes back what adding went forward, from every day of a year")
    func inverse() throws {
        let calendar = try china()
        let start = try day("2026-01-01")
        for offset in 0..<330 {
            let from = start.adding(days: offset)
            for count in [1, 2, 5, 9, 20] {
                let to = try calendar.day(from, plusWorkingDays: count)
                #expect(calendar.workingDays(from: from, to: to) == count)
                #expect(calendar.isWorkingDay(to))
                let back = try calendar.day(from, plusWorkingDays: -count)
                #expect(calendar.workingDays(from: from, to: back) == -count)
            }
        }
    }

    @Test("The n-th working day is the n-th day of a list of working days made one by one")
    func listed() throws {
        let calendar = try china()
        let start = try day("2026-01-15")
        let listed = (1...300).map { start.adding(days: $0) }.filter { calendar.isWorkingDay($0) }
        for count in 1...listed.count {
            #expect(try calendar.day(start, plusWorkingDays: count) == listed[count - 1])
        }
    }

    @Test("Zero days are the day itself; the next working day is another question")
    func zero() throws {
        let calendar = try china()
        let sunday = try day("2026-11-22")
        #expect(try calendar.day(sunday, plusWorkingDays: 0) == sunday)
        #expect(try calendar.workingDay(onOrAfter: sunday).description == "2026-11-23")
    }

    @Test(
        "Weekends differ by country",
        arguments: [
            ("CN", [6, 7]), ("SA", [5, 6]), ("AE", [6, 7]), ("IR", [5]), ("NP", [6]), ("BN", [5, 7]), ("ZZ", [6, 7]),
        ])
    func weekends(country: String, weekdays: [Int]) {
        #expect(Weekend.of(country: country).weekdays == Set(weekdays))
    }

    @Test("A calendar that is closed for good is an error, not a hang")
    func closed() throws {
        let overrides = try (0..<3).map {
            try CalendarOverride(
                first: day("2026-01-01").adding(days: 366 * $0), last: day("2026-01-01").adding(days: 366 * $0 + 366),
                isWorking: false, name: "closed")
        }
        let calendar = try china(overrides)
        #expect(throws: CalendarError.noWorkingTime) { try calendar.day(day("2026-01-05"), plusWorkingDays: 1) }
        let start = Instant(day: try day("2026-01-05"))
        #expect(throws: CalendarError.noWorkingTime) { try calendar.deadline(after: start, minutes: 1) }
    }

    @Test("A week without a working day, a span that runs backwards and too many days are refused")
    func refused() throws {
        #expect(throws: CalendarError.outOfRange(field: "weekend")) { try Weekend(weekdays: Set(1...7)) }
        #expect(throws: CalendarError.outOfRange(field: "weekend")) { try Weekend(weekdays: [8]) }
        #expect(throws: CalendarError.outOfRange(field: "override")) {
            try CalendarOverride(first: day("2026-02-02"), last: day("2026-02-01"), isWorking: false, name: "")
        }
        #expect(throws: CalendarError.outOfRange(field: "working days")) {
            try china().day(day("2026-02-02"), plusWorkingDays: 10_001)
        }
    }
}
