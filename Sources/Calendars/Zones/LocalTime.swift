package import Values

/// A wall clock reading: a day and a minute, without a zone.
package struct LocalTime: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let day: Day
    /// 0 ... 86 399.
    package let secondOfDay: Int

    /// - Parameter secondOfDay: may lie outside the day; the day is then moved.
    package init(day: Day, secondOfDay: Int) {
        let days = secondOfDay >= 0 ? secondOfDay / 86_400 : -((86_399 - secondOfDay) / 86_400)
        self.day = day.adding(days: days)
        self.secondOfDay = secondOfDay - days * 86_400
    }

    /// Reads `2026-09-24T17:30` with optional seconds; nil for anything else, also for a text with a zone.
    package init?(_ text: some StringProtocol) {
        // The reader of instants checks the form; a zone in the text would make it two and fail.
        guard !text.isEmpty, let instant = Instant(String(text) + "Z") else { return nil }
        self.init(utc: instant)
    }

    /// What a clock in UTC shows at the instant; milliseconds are cut.
    init(utc instant: Instant) {
        let day = instant.day
        self.day = day
        secondOfDay = Int(instant.secondsSinceEpoch - Int64(day.number) * 86_400)
    }

    package var minuteOfDay: Int { secondOfDay / 60 }

    /// `2026-09-24T17:30`, with seconds only when there are some.
    package var description: String {
        let text = Instant(day: day, secondOfDay: secondOfDay).description.dropLast()
        return String(text.hasSuffix(":00") ? text.dropLast(3) : text)
    }

    package static func < (left: LocalTime, right: LocalTime) -> Bool {
        (left.day, left.secondOfDay) < (right.day, right.secondOfDay)
    }
}
