package import Calendars
package import Values

/// A length of time as people write it in a rule: `24h`, `3d`, `1wd`; `-14d` before, `0` at once.
package struct ClockSpan: Sendable, Hashable, CustomStringConvertible {
    package enum Unit: String, Sendable, Hashable, CaseIterable {
        case hours = "h"
        case days = "d"
        /// Ends at the closing of the n-th working day: one of them is not 24 hours, and not a day's working hours.
        case workingDays = "wd"
    }

    /// −10 000 ... 10 000.
    package let value: Int
    package let unit: Unit

    /// Nil for a value beyond ±10 000.
    package init?(_ value: Int, _ unit: Unit) {
        guard abs(value) <= 10_000 else { return nil }
        self.value = value
        self.unit = unit
    }

    /// Reads `2h`, `+3d`, `-3wd` or `0`; nil for anything else.
    package init?(_ text: some StringProtocol) {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == "-" || $0 == "+") }
        let tail = String(text.dropFirst(digits.count))
        guard let value = Int(digits), let unit = tail.isEmpty && value == 0 ? .hours : Unit(rawValue: tail) else {
            return nil
        }
        self.init(value, unit)
    }

    private init(known unit: Unit) {
        value = 0
        self.unit = unit
    }

    /// No time at all.
    package static let zero = ClockSpan(known: .hours)

    package var description: String { value == 0 ? "0" : String(value) + unit.rawValue }
}

extension WorkingCalendar {
    /// The instant that lies `span` away from another.
    ///
    /// On a work clock hours are working hours and days are working days; on a calendar clock hours are real ones and
    /// days end at the same time on the wall. What lies before its start keeps the time on the wall, on a working day
    /// if it is counted in those.
    ///
    /// - Throws: `CalendarError` when nothing opens within a year or the span is longer than one.
    /// - Complexity: O(days crossed).
    package func instant(
        _ span: ClockSpan, from start: Instant, counting kind: ClockRule.Kind
    ) throws(CalendarError) -> Instant {
        switch (span.unit, kind) {
        case (.hours, .work) where span.value >= 0: return try deadline(after: start, minutes: span.value * 60)
        case (.hours, _): return start.adding(seconds: span.value * 3600)
        case (.days, .calendar): return sameTime(as: start, on: zone.day(at: start).adding(days: span.value))
        case (.workingDays, _), (.days, .work):
            if span.value >= 0 { return try closing(after: start, workingDays: span.value) }
            return sameTime(as: start, on: try day(zone.day(at: start), plusWorkingDays: span.value))
        }
    }

    /// The closing of the n-th working day; the start itself when that day has closed already.
    func closing(after start: Instant, workingDays count: Int) throws(CalendarError) -> Instant {
        max(start, try deadline(after: start, workingDays: count))
    }

    private func sameTime(as instant: Instant, on day: Day) -> Instant {
        let second = zone.localTime(at: instant).secondOfDay
        let fraction = instant.milliseconds - instant.secondsSinceEpoch * 1000
        let moved = zone.opening(LocalTime(day: day, secondOfDay: second))
        return Instant(milliseconds: moved.milliseconds + fraction)
    }
}
