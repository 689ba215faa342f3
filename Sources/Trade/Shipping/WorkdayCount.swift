package import Values

/// How this room counts working days: the calendars live elsewhere and come in as two functions.
package struct WorkdayCount: Sendable {
    private let adding: @Sendable (Day, Int) -> Day?
    private let onOrAfter: @Sendable (Day) -> Day?

    /// - Parameters:
    ///   - adding: the day a number of working days after (or, negative, before) a day; nil when none is in reach.
    ///   - onOrAfter: the day itself when it is a working day, else the next one; nil when none is in reach.
    package init(
        adding: @escaping @Sendable (Day, Int) -> Day?, onOrAfter: @escaping @Sendable (Day) -> Day?
    ) {
        self.adding = adding
        self.onOrAfter = onOrAfter
    }

    func day(_ start: Day, plus count: Int) throws(TradeError) -> Day {
        guard let day = adding(start, count) else { throw .noWorkingDay }
        return day
    }

    func firstWorkday(from start: Day) throws(TradeError) -> Day {
        guard let day = onOrAfter(start) else { throw .noWorkingDay }
        return day
    }
}
