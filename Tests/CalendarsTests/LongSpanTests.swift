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
}
