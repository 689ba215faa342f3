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
    /// - Complexity: O(days crossed).
    package func workingMilliseconds(from start: Instant, to end: Instant) -> Int64 {
        if end < start { return -workingMilliseconds(from: end, to: start) }
        var total: Int64 = 0
        var day = zone.day(at: start).adding(days: -1)
        let last = zone.day(at: end)
        while day <= last {
            for span in spans(on: day) {
                let open = min(span.closes, end).milliseconds - max(span.opens, start).milliseconds
                if open > 0 { total += open }
            }
            day = day.adding(days: 1)
        }
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
        openHours(on: day).map { interval in
            OpenSpan(
                opens: zone.opening(LocalTime(day: day, secondOfDay: interval.opens * 60)),
                closes: zone.closing(LocalTime(day: day, secondOfDay: interval.closes * 60)))
        }
    }
}
