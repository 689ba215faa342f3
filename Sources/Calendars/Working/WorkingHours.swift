/// The hours of a working day, as local minutes.
package struct WorkingHours: Sendable, Hashable {
    /// One open interval of a day, local minutes since midnight: `opens` inclusive, `closes` exclusive.
    package struct Interval: Sendable, Hashable {
        package let opens: Int
        package let closes: Int

        package var minutes: Int { closes - opens }
    }

    /// Sorted, without overlap, at least one.
    package let intervals: [Interval]

    /// Reads `09:00-18:00` or `09:00-12:00 13:30-18:00`; `24:00` closes at midnight.
    ///
    /// - Throws: `CalendarError.malformedHours` for another form, an empty day, or intervals that overlap or go back.
    package init(_ text: String) throws(CalendarError) {
        var intervals: [Interval] = []
        for part in text.split(whereSeparator: { $0 == " " || $0 == "," }) {
            let halves = part.split(separator: "-", omittingEmptySubsequences: false)
            guard halves.count == 2, let opens = Self.minute(halves[0]), let closes = Self.minute(halves[1]),
                opens < closes, opens >= intervals.last?.closes ?? 0
            else { throw .malformedHours(text) }
            intervals.append(Interval(opens: opens, closes: closes))
        }
        guard !intervals.isEmpty else { throw .malformedHours(text) }
        self.intervals = intervals
    }

    private init(_ intervals: [Interval]) { self.intervals = intervals }

    /// 09:00 to 18:00 without a break.
    package static let usual = WorkingHours([Interval(opens: 540, closes: 1080)])

    /// Open minutes of one day without a clock change.
    package var minutesPerDay: Int { intervals.reduce(0) { $0 + $1.minutes } }

    /// Reads `09:00` ... `24:00`.
    static func minute(_ text: some StringProtocol) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2,
            parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60, hour * 60 + minute <= 1440
        else { return nil }
        return hour * 60 + minute
    }
}
