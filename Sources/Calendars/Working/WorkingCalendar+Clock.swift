package import Values

/// Minutes on the clock of a working calendar.
extension WorkingCalendar {
    /// One open interval as instants.
    private struct OpenSpan {
        let opens: Instant
        let closes: Instant
    }

    /// The instant at which `minutes` working minutes have passed after `start`.
    ///
    /// Minutes are real ones between opening and closing, so a change of the clocks inside working hours shortens or
    /// lengthens that day. A budget that ends with the day ends at its closing, not at the next opening; a budget of
    /// zero ends at the start when open, else at the next opening.
    ///
    /// - Parameter minutes: 0 ... 525 600.
    /// - Throws: `CalendarError.noWorkingTime` if nothing opens within 366 days.
    /// - Complexity: O(days crossed).
    package func deadline(after start: Instant, minutes: Int) throws(CalendarError) -> Instant {
        guard (0...525_600).contains(minutes) else { throw .outOfRange(field: "minutes") }
        return try deadline(after: start, milliseconds: Int64(minutes) * 60_000)
    }

    /// The same for a budget in milliseconds, such as what is left of one after a pause.
    ///
    /// - Parameter milliseconds: 0 ... 525 600 minutes.
    /// - Throws: `CalendarError.noWorkingTime` if nothing opens within 366 days.
    /// - Complexity: O(days crossed).
    package func deadline(after start: Instant, milliseconds: Int64) throws(CalendarError) -> Instant {
        guard (0...525_600 * 60_000).contains(milliseconds) else { throw .outOfRange(field: "minutes") }
        var left = milliseconds
        // The day before can still be open when its hours end at midnight of a zone whose clocks changed.
        var day = zone.day(at: start).adding(days: -1)
        var idleDays = 0
        while idleDays <= Self.reachDays + 1 {
            idleDays += 1
            for span in spans(on: day) where span.closes > start {
                let from = max(span.opens, start)
                let available = span.closes.milliseconds - from.milliseconds
                if left <= available { return Instant(milliseconds: from.milliseconds + left) }
                left -= available
                idleDays = 0
            }
            day = day.adding(days: 1)
        }
        throw .noWorkingTime
    }

    /// Whole working minutes between two instants; negative when `end` is earlier.
    ///
    /// - Complexity: O(days crossed).
    package func workingMinutes(from start: Instant, to end: Instant) -> Int {
        Int(workingMilliseconds(from: start, to: end) / 60_000)
    }

    /// Working time between two instants in milliseconds; negative when `end` is earlier.
    ///
    /// - Complexity: O(days crossed) up to two weeks, O(weeks crossed) beyond.
    package func workingMilliseconds(from start: Instant, to end: Instant) -> Int64 {
        if end < start { return -workingMilliseconds(from: end, to: start) }
        func within(_ days: ClosedRange<Int>) -> Int64 {
            days.reduce(0) { total, number in
                spans(on: Day(number: number)).reduce(total) { total, span in
                    total + max(0, min(span.closes, end).milliseconds - max(span.opens, start).milliseconds)
                }
            }
        }
        // The day before can still be open when its hours end at midnight of a zone whose clocks changed.
        let first = zone.day(at: start).number - 1
        let last = zone.day(at: end).number
        guard last - first > 14 else { return within(first...last) }
        return within(first...first + 2) + whole(first + 3...last - 2) + within(last - 1...last)
    }

    /// Working time of whole days. A zone changes its offset at most once within ten days, so a week that lies between
    /// two equal offsets has no change.
    private func whole(_ days: ClosedRange<Int>) -> Int64 {
        func offset(_ number: Int) -> Int { zone.offset(at: Instant(day: Day(number: number), secondOfDay: 0)) }
        var total: Int64 = 0
        var steady = days.lowerBound
        var first = days.lowerBound
        func addSteady(before end: Int) {
            if steady < end { total += Int64(usualMinutes(steady...end - 1)) * 60_000 }
        }
        while first <= days.upperBound {
            let last = min(first + 6, days.upperBound)
            if offset(first - 1) != offset(last + 2) {
                addSteady(before: first)
                for number in first...last {
                    for span in spans(on: Day(number: number)) {
                        total += span.closes.milliseconds - span.opens.milliseconds
                    }
                }
                steady = last + 1
            }
            first = last + 1
        }
        addSteady(before: days.upperBound + 1)
        return total
    }

    /// Whether someone is at work at the instant.
    package func isOpen(at instant: Instant) -> Bool {
        spans(on: zone.day(at: instant)).contains { $0.opens <= instant && instant < $0.closes }
    }

    /// The instant itself when open, else the next opening.
    package func nextOpening(from instant: Instant) throws(CalendarError) -> Instant {
        try deadline(after: instant, minutes: 0)
    }

    /// The close of the working day that lies `count` working days after the local day of `start`: how a term such as
    /// "within 3 working days" is meant.
    package func deadline(after start: Instant, workingDays count: Int) throws(CalendarError) -> Instant {
        let target = try workingDay(onOrAfter: day(zone.day(at: start), plusWorkingDays: count))
        guard let close = spans(on: target).last?.closes else { throw .noWorkingTime }
        return close
    }

    private func spans(on day: Day) -> [OpenSpan] {
        let intervals = openHours(on: day)
        if intervals.isEmpty { return [] }
        let midnight = Instant(day: day, secondOfDay: 0)
        let offset = zone.offset(at: midnight.adding(seconds: -86_400))
        if zone.offset(at: midnight.adding(seconds: 2 * 86_400)) == offset {
            return intervals.map { interval in
                OpenSpan(
                    opens: midnight.adding(seconds: interval.opens * 60 - offset),
                    closes: midnight.adding(seconds: interval.closes * 60 - offset))
            }
        }
        return intervals.map { interval in
            OpenSpan(
                opens: zone.opening(LocalTime(day: day, secondOfDay: interval.opens * 60)),
                closes: zone.closing(LocalTime(day: day, secondOfDay: interval.closes * 60)))
        }
    }
}
