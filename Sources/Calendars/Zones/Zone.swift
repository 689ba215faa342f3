import Foundation
package import Values

/// A zone of the time zone database: turns instants into local times and back.
package struct Zone: Sendable, Hashable {
    /// `Asia/Shanghai`.
    package let identifier: String
    private let rules: TimeZone

    package static let utc = Zone(identifier: "UTC", rules: .gmt)

    /// - Throws: `CalendarError.unknownZone` for an identifier that the database lacks.
    package init(_ identifier: String) throws(CalendarError) {
        // Foundation also takes abbreviations ("EST") and offsets ("GMT+8"); a stored zone has to be a region.
        let isRegion = identifier.contains("/") || identifier == "UTC"
        guard isRegion, let rules = TimeZone(identifier: identifier) else { throw .unknownZone(identifier) }
        self.init(identifier: identifier, rules: rules)
    }

    private init(identifier: String, rules: TimeZone) {
        self.identifier = identifier
        self.rules = rules
    }

    /// Seconds east of UTC in force at the instant.
    package func offset(at instant: Instant) -> Int {
        rules.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000))
    }

    /// What the wall clock shows at the instant.
    package func localTime(at instant: Instant) -> LocalTime {
        LocalTime(utc: instant.adding(seconds: offset(at: instant)))
    }

    /// The local date at the instant.
    package func day(at instant: Instant) -> Day { localTime(at: instant).day }

    /// The instants at which the wall clock shows `time`.
    package func resolve(_ time: LocalTime) -> LocalResolution {
        let asUTC = Instant(day: time.day, secondOfDay: time.secondOfDay)
        // A zone changes its offset at most once within the two days around a reading.
        let before = offset(at: asUTC.adding(seconds: -86_400))
        let after = offset(at: asUTC.adding(seconds: 86_400))
        let first = asUTC.adding(seconds: -before)
        if before == after { return .once(first) }
        let second = asUTC.adding(seconds: -after)
        switch (offset(at: first) == before, offset(at: second) == after) {
        case (true, true): return .twice(earlier: min(first, second), later: max(first, second))
        case (true, false): return .once(first)
        case (false, true): return .once(second)
        case (false, false): return .never(shifted: first)
        }
    }

    /// The instant of a local time typed by a person.
    ///
    /// A time that the clocks skip is shifted forward by the gap (02:30 becomes 03:30 where they go from 02 to 03).
    ///
    /// - Throws: `CalendarError.ambiguousLocalTime` for a time that occurs twice.
    package func instant(of time: LocalTime) throws(CalendarError) -> Instant {
        switch resolve(time) {
        case .once(let instant), .never(let instant): return instant
        case .twice: throw .ambiguousLocalTime(time)
        }
    }

    /// The instant at which an interval that begins at the local time opens: the earlier of two.
    package func opening(_ time: LocalTime) -> Instant {
        switch resolve(time) {
        case .once(let instant), .never(let instant), .twice(let instant, _): instant
        }
    }

    /// The instant at which an interval that ends at the local time closes: the later of two.
    package func closing(_ time: LocalTime) -> Instant {
        switch resolve(time) {
        case .once(let instant), .never(let instant), .twice(_, let instant): instant
        }
    }

    /// The identifiers of the database, sorted.
    package static var identifiers: [String] {
        TimeZone.knownTimeZoneIdentifiers.filter { $0.contains("/") }.sorted()
    }
}

/// How often a local time occurs in a zone.
package enum LocalResolution: Sendable, Hashable {
    case once(Instant)
    /// The clocks go back over it.
    case twice(earlier: Instant, later: Instant)
    /// The clocks jump over it; the instant is as far after the jump as the time lies in the gap.
    case never(shifted: Instant)
}
