import Calendars
import Flow
import Foundation
import Testing
import Values

/// Calendars of the tests of clocks.
enum ClockCalendars {
    static func holidays() throws -> HolidayTable {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        return try HolidayTable(
            csv: String(contentsOf: root.appending(path: "Resources/holidays-own.csv"), encoding: .utf8))
    }

    static func china(hours: String = "09:00-12:00 13:30-18:00") throws -> WorkingCalendar {
        try WorkingCalendar(
            country: "CN", holidays: holidays(), hours: WorkingHours(hours), zone: Zone("Asia/Shanghai"))
    }

    static func germany() throws -> WorkingCalendar { try WorkingCalendar(hours: .usual, zone: Zone("Europe/Berlin")) }

    static func rule(
        _ limit: String, _ kind: ClockRule.Kind, warn: String? = nil, _ escalations: String...
    ) throws -> ClockRule {
        let span = try #require(ClockSpan(limit))
        let rungs = escalations.compactMap { ClockRule.Escalation($0) }
        return try #require(
            ClockRule(
                limit: span, kind: kind, warnShare: warn.flatMap { ExactDecimal($0) }, escalations: rungs))
    }

    static func instant(_ text: String) throws -> Instant { try #require(Instant(text)) }

    /// `id at`, in the zone of the calendar.
    static func texts(_ rungs: [Rung], _ calendar: WorkingCalendar) -> [String] {
        rungs.map { $0.id + " " + calendar.zone.localTime(at: $0.at).description }
    }
}
