import Calendars
import Definitions
import Flow
import Store
import Values

/// A calendar that the company keeps itself: whose public holidays, which weekdays, which hours, and days of its own.
struct WorkCalendar: Sendable {
    let country: String
    /// Nil for the weekend of the country.
    let weekend: Weekend?
    let hours: WorkingHours
    /// In the order in which they were written; the later one holds where two cover a day.
    let ownDays: [CalendarOverride]
    /// All of it in few characters, to tell whether it has changed.
    let mark: String

    static let object = "work_calendar"

    /// The same by the clock of a zone.
    func calendar(holidays: HolidayTable, zone: Zone) -> WorkingCalendar {
        WorkingCalendar(
            country: country, holidays: holidays, weekend: weekend, overrides: ownDays, hours: hours, zone: zone)
    }

    /// What a record says, or what is wrong with it, each finding at its field.
    ///
    /// - Parameter lines: its own days, in order.
    init(_ values: [String: Value], lines: [[String: Value]]) throws(CalendarFindings) {
        var findings: [Problem] = []
        country = values["country"]?.text ?? "CN"
        var worked: Set<Int> = []
        if case .list(let codes)? = values["weekdays"] {
            // Codes of the list `weekday`, Monday 1.
            worked = Set(codes.compactMap { $0.text.flatMap { Int($0) } }.filter { (1...7).contains($0) })
        }
        weekend = worked.isEmpty ? nil : try? Weekend(weekdays: Set(1...7).subtracting(worked))  // some day is worked
        hours = Self.hours(values["hours"], at: "hours", &findings) ?? .usual
        var days: [CalendarOverride] = []
        for (place, line) in lines.enumerated() {
            if let day = Self.ownDay(line, at: "days[\(place)]", &findings) { days.append(day) }
        }
        ownDays = days
        guard findings.isEmpty else { throw CalendarFindings(problems: findings) }
        let named = days.map { "\($0.first)…\($0.last) \($0.isWorking) \(Self.text($0.hours))" }
        mark =
            country + " " + worked.sorted().map { String($0) }.joined() + " " + Self.text(hours) + " "
            + named.joined(separator: ";")
    }

    /// `09:00-12:00 13:30-18:00`, as people write it.
    static func text(_ hours: WorkingHours?) -> String {
        (hours?.intervals ?? []).map { Self.clock($0.opens) + "-" + Self.clock($0.closes) }.joined(separator: " ")
    }

    private static func clock(_ minute: Int) -> String {
        let parts = [minute / 60, minute % 60].map { ($0 < 10 ? "0" : "") + String($0) }
        return parts.joined(separator: ":")
    }

    private static func hours(_ value: Value?, at field: String, _ findings: inout [Problem]) -> WorkingHours? {
        guard let text = value?.text, !text.trimmed.isEmpty else { return nil }
        do throws(CalendarError) {
            return try WorkingHours(text)
        } catch {
            findings.append(.badHours(field))
            return nil
        }
    }

    private static func ownDay(_ line: [String: Value], at place: String, _ findings: inout [Problem])
        -> CalendarOverride?
    {
        let hours = hours(line["hours"], at: place + ".hours", &findings)
        // A line without its day is refused as incomplete already.
        guard let first = line["first"]?.day else { return nil }
        do throws(CalendarError) {
            return try CalendarOverride(
                first: first, last: line["last"]?.day ?? first, isWorking: line["working"] == .bool(true),
                hours: hours, name: line["name"]?.text ?? "")
        } catch {
            findings.append(.badSpan(place + ".last"))
            return nil
        }
    }
}

/// What is wrong with a calendar.
struct CalendarFindings: Error {
    let problems: [Problem]
}

extension WorkCalendar {
    /// What stands against it besides its form: a calendar that never opens would let every limit run for ever.
    ///
    /// - Complexity: O(366 days).
    func obstacles(holidays: HolidayTable, at now: Instant) -> [Problem] {
        let opens = { (calendar: WorkingCalendar) in (try? calendar.nextOpening(from: now)) != nil }  // no year without
        if opens(calendar(holidays: holidays, zone: .utc)) { return [] }
        let plain = WorkingCalendar(country: country, holidays: holidays, weekend: weekend, hours: hours)
        return [.neverOpens(opens(plain) ? "days" : "weekdays")]
    }
}

extension RecordWriter {
    /// What is wrong with a working calendar as it would be written; nothing for other objects.
    func calendarProblems(_ definition: ObjectDefinition, _ after: RecordState) -> [Problem] {
        guard definition.id == WorkCalendar.object else { return [] }
        do throws(CalendarFindings) {
            let calendar = try WorkCalendar(after.values, lines: (after.lines["days"] ?? []).map(\.values))
            return calendar.obstacles(holidays: context.snapshot.holidays, at: context.now)
        } catch {
            return error.problems
        }
    }
}

extension Problem {
    static func badHours(_ field: String) -> Problem {
        Problem(
            field: field, code: "bad_hours",
            message: Label(
                zh: "时段写成 09:00-18:00，有休息时写成 09:00-12:00 13:30-18:00，从早到晚、不重叠",
                en: "Write hours as 09:00-18:00, with a break as 09:00-12:00 13:30-18:00, in order and without overlap")
        )
    }

    static func badSpan(_ field: String) -> Problem {
        Problem(
            field: field, code: "bad_span",
            message: Label(zh: "结束日不能早于开始日，最长一年", en: "The last day is not before the first, and within a year of it"))
    }

    static func neverOpens(_ field: String) -> Problem {
        Problem(
            field: field, code: "never_opens",
            message: Label(
                zh: "这样一整年没有一个上班时段，时限永远走不完", en: "This leaves no working time for a whole year; no limit would ever end"
            ))
    }
}
