package import Values

/// When a company works: weekend, holidays and make-up days of its country, its own exceptions, its hours, its zone.
package struct WorkingCalendar: Sendable {
    package let weekend: Weekend
    package let hours: WorkingHours
    package let zone: Zone
    private let holidays: [Day: Holiday]
    private let overrides: [CalendarOverride]

    /// How far a search for an open day goes.
    package static let reachDays = 366

    /// - Parameters:
    ///   - holidays: the rows of one country; `HolidayTable` gives them through the other initialiser.
    ///   - overrides: when two cover a day, the later element holds.
    package init(
        weekend: Weekend = .saturdaySunday, holidays: [Holiday] = [], overrides: [CalendarOverride] = [],
        hours: WorkingHours = .usual, zone: Zone = .utc
    ) {
        self.weekend = weekend
        self.hours = hours
        self.zone = zone
        self.overrides = overrides
        var table: [Day: Holiday] = [:]
        for holiday in holidays { table[holiday.day] = holiday }
        self.holidays = table
    }

    /// The calendar of a country by its ISO 3166 code: its weekend, unless another is given, and its rows in the table.
    package init(
        country: String, holidays: HolidayTable, weekend: Weekend? = nil, overrides: [CalendarOverride] = [],
        hours: WorkingHours = .usual, zone: Zone = .utc
    ) {
        self.weekend = weekend ?? .of(country: country)
        self.hours = hours
        self.zone = zone
        self.overrides = overrides
        self.holidays = holidays.days(of: country.uppercased())
    }

    /// Whether the day is worked: the company's exception decides, then the country's holiday, then the weekday.
    package func isWorkingDay(_ day: Day) -> Bool {
        if let exception = exception(on: day) { return exception.isWorking }
        if let holiday = holidays[day] { return holiday.kind.isWorking }
        return !weekend.contains(day)
    }

    /// Why the day is not as its weekday says: the name of the exception or of the holiday.
    package func occasion(on day: Day) -> String? { exception(on: day)?.name ?? holidays[day]?.name }

    /// The open intervals of a day; empty when it is not worked.
    package func openHours(on day: Day) -> [WorkingHours.Interval] {
        guard isWorkingDay(day) else { return [] }
        return (exception(on: day)?.hours ?? hours).intervals
    }

    /// The day that lies `count` working days after `start`, or before it when `count` is negative.
    ///
    /// The start itself is not counted and need not be a working day; a count of zero gives the start as it is.
    ///
    /// - Throws: `CalendarError.noWorkingTime` when no working day comes within 366 days.
    /// - Complexity: O(days crossed).
    package func day(_ start: Day, plusWorkingDays count: Int) throws(CalendarError) -> Day {
        guard abs(count) <= 10_000 else { throw .outOfRange(field: "working days") }
        var day = start
        for _ in 0..<abs(count) {
            let first = day.adding(days: count > 0 ? 1 : -1)
            day = try workingDay(from: first, step: count > 0 ? 1 : -1)
        }
        return day
    }

    /// The day itself when it is worked, else the next one that is.
    package func workingDay(onOrAfter day: Day) throws(CalendarError) -> Day { try workingDay(from: day, step: 1) }

    /// How many working days lie after `start` up to and including `end`; negative when `end` is earlier.
    ///
    /// The inverse of adding: `day(start, plusWorkingDays: n)` lies n working days after `start`.
    ///
    /// - Complexity: that of the days crossed up to two months, beyond that of the special days known: a mistyped year
    ///   costs no more than a right one.
    package func workingDays(from start: Day, to end: Day) -> Int {
        end < start ? -worked(end.number...start.number - 1) : start == end ? 0 : worked(start.number + 1...end.number)
    }

    /// How many of these days are worked.
    private func worked(_ days: ClosedRange<Int>) -> Int {
        func isWorked(_ number: Int) -> Int { isWorkingDay(Day(number: number)) ? 1 : 0 }
        guard days.count > 60 else { return days.reduce(0) { $0 + isWorked($1) } }
        func isUsual(_ number: Int) -> Int { weekend.contains(Day(number: number)) ? 0 : 1 }
        let (weeks, rest) = days.count.quotientAndRemainder(dividingBy: 7)
        let first = days.lowerBound
        var total = weeks * (first..<first + 7).reduce(0) { $0 + isUsual($1) }
        total += (first..<first + rest).reduce(0) { $0 + isUsual($1) }
        var special = Set(holidays.keys.map(\.number).filter(days.contains))
        for override in overrides where override.first.number <= days.upperBound {
            let last = min(override.last.number, days.upperBound)
            let first = max(override.first.number, days.lowerBound)
            if first <= last { special.formUnion(first...last) }
        }
        return special.reduce(total) { $0 + isWorked($1) - isUsual($1) }
    }

    /// Open minutes of these days when no clock changes.
    func usualMinutes(_ days: ClosedRange<Int>) -> Int {
        var special: Set<Int> = []
        for override in overrides where override.hours != nil {
            let first = max(override.first.number, days.lowerBound)
            let last = min(override.last.number, days.upperBound)
            if first <= last { special.formUnion(first...last) }
        }
        return special.reduce(worked(days) * hours.minutesPerDay) { total, number in
            let day = Day(number: number)
            let usual = isWorkingDay(day) ? hours.minutesPerDay : 0
            return total - usual + openHours(on: day).reduce(0) { $0 + $1.minutes }
        }
    }

    private func workingDay(from start: Day, step: Int) throws(CalendarError) -> Day {
        var day = start
        for _ in 0...Self.reachDays {
            if isWorkingDay(day) { return day }
            day = day.adding(days: step)
        }
        throw .noWorkingTime
    }

    private func exception(on day: Day) -> CalendarOverride? {
        overrides.last { $0.first <= day && day <= $0.last }
    }
}
