import Calendars
import Testing
import Values

@Suite("Working days over long spans") struct LongSpanTests {
    private let start = Day(number: 20_000)

    private func calendar() throws -> WorkingCalendar {
        let holidays = (0..<40).map { index in
            Holiday(day: start.adding(days: index * 23), kind: index % 3 == 0 ? .working : .off, name: "day \(index)")
        }
        let closed = try CalendarOverride(
            first: start.adding(days: 100), last: start.adding(days: 130), isWorking: false, name: "closed")
        let open = try CalendarOverride(
            first: start.adding(days: 125), last: start.adding(days: 127), isWorking: true, name: "open")
        return WorkingCalendar(holidays: holidays, overrides: [closed, open])
    }

    @Test("They are those that one counts day by day, forwards and backwards, from any day over any span")
    func sameAsCounting() throws {
        let calendar = try calendar()
        for first in stride(from: -20, through: 60, by: 3) {
            for length in [0, 1, 6, 7, 59, 60, 61, 62, 90, 365, 800, 1201] {
                let from = start.adding(days: first)
                let to = from.adding(days: length)
                let counted = (0..<length).count { calendar.isWorkingDay(from.adding(days: $0 + 1)) }
                #expect(calendar.workingDays(from: from, to: to) == counted, "\(first) \(length)")
                let back = (0..<length).count { calendar.isWorkingDay(from.adding(days: $0)) }
                #expect(calendar.workingDays(from: to, to: from) == -back, "\(first) \(length)")
            }
        }
    }

    @Test("Over thousands of years five of seven days are worked")
    func aMistypedYear() {
        let days = WorkingCalendar().workingDays(from: start, to: start.adding(days: 7 * 280_000))
        #expect(days == 5 * 280_000)
    }

    @Test(
        "Working time over any span is the sum of its days, also where the clocks change",
        arguments: [
            "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Africa/Casablanca", "Pacific/Apia",
        ])
    func timeIsSummed(zone: String) throws {
        let half = try CalendarOverride(
            first: start.adding(days: 200), last: start.adding(days: 204), isWorking: true,
            hours: WorkingHours("10:00-11:30"), name: "half")
        let night = try CalendarOverride(
            first: start.adding(days: 170), last: start.adding(days: 260), isWorking: true,
            hours: WorkingHours("00:00-06:00"), name: "night")
        let calendar = WorkingCalendar(
            holidays: (0..<40).map { Holiday(day: start.adding(days: $0 * 23), kind: .off, name: "day") },
            overrides: [night, half], hours: try WorkingHours("00:00-04:00 13:30-24:00"), zone: try Zone(zone))
        let base = Instant(day: start, secondOfDay: 0)
        for first in stride(from: 0, through: 400, by: 37) {
            for length in [3, 13, 15, 16, 29, 64, 180, 400] {
                let from = base.adding(seconds: first * 86_400 + first * 997)
                let to = from.adding(seconds: length * 86_400 + length * 1_009)
                var summed: Int64 = 0
                var next = from
                // Spans of a week and less are counted day by day.
                while next < to {
                    let end = min(to, next.adding(seconds: 6 * 86_400))
                    summed += calendar.workingMilliseconds(from: next, to: end)
                    next = end
                }
                #expect(calendar.workingMilliseconds(from: from, to: to) == summed, "\(first) \(length)")
            }
        }
    }
}
