import Access
import Calendars
import Definitions
import Store
package import Values

/// What time it is where a partner is, whether they are at work, and when both sides are: of the record's own zone, else
/// of the zone of the company that it links to.
package struct PartnerTime: Question {
    package struct Clock: Sendable, Hashable {
        package enum State: String, Sendable, Hashable {
            case atWork, closed, dayOff
        }

        /// IANA name.
        package let zone: String
        package let state: State
        /// The next time, now included, in which both are at work; nil when there is none within a week.
        package let shared: Range<Instant>?
    }

    package var record: RecordView

    package init(record: RecordView) { self.record = record }

    /// Nil where there is no partner, or their zone is unknown or out of sight. One statement for a linked company, one
    /// more to know whether the people of the house are still the same.
    package func answer(in context: ReadContext) throws -> Clock? {
        guard let (zone, country) = try place(in: context) else { return nil }
        let partner = WorkingCalendar(
            country: country, holidays: context.snapshot.holidays, zone: Zones.zone(zone))
        let own = try context.peopleBook().calendar(of: context.actor.userID)
        let today = partner.zone.day(at: context.now)
        let state: Clock.State =
            partner.isOpen(at: context.now) ? .atWork : partner.isWorkingDay(today) ? .closed : .dayOff
        return Clock(zone: zone, state: state, shared: SharedHours(own, partner).next(from: context.now))
    }

    private func place(in context: ReadContext) throws -> (zone: String, country: String)? {
        guard let definition = context.model.object(record.object) else { return nil }
        if Self.hasZone(definition) { return Self.place(record) }
        guard definition.field("company")?.type.linkTarget == "company", let company = record["company"].record,
            context.model.object("company").map(Self.hasZone) == true
        else { return nil }
        let readable = context.access.grant("company").readable
        let found = try context.ask(
            RecordsByID(object: "company", ids: [company], columns: ["time_zone", "country"].filter(readable.contains)))
        return found[company].flatMap(Self.place)
    }

    private static func hasZone(_ definition: ObjectDefinition) -> Bool {
        guard definition.id != "user", definition.id != "region" else { return false }
        return definition.field("time_zone").map { !$0.retired } ?? false
    }

    private static func place(_ record: RecordView) -> (zone: String, country: String)? {
        guard let zone = record["time_zone"].text, !zone.isEmpty else { return nil }
        return (zone, record["country"].text ?? "")
    }
}

/// When two calendars are open at once.
struct SharedHours {
    private let one: WorkingCalendar
    private let other: WorkingCalendar

    /// Shorter than half an hour is no time to talk.
    static let least = 1800

    init(_ one: WorkingCalendar, _ other: WorkingCalendar) {
        self.one = one
        self.other = other
    }

    /// The first span that has not ended, as it is from now on.
    func next(from now: Instant) -> Range<Instant>? {
        let first = one.zone.day(at: now)
        for offset in 0..<7 {
            let day = first.adding(days: offset)
            let theirs = (-1...1).flatMap { Self.spans(other, day.adding(days: $0)) }
            for mine in Self.spans(one, day) {
                for their in theirs {
                    let start = max(mine.lowerBound, their.lowerBound)
                    let end = min(mine.upperBound, their.upperBound)
                    if end > now, start.adding(seconds: Self.least) <= end { return start..<end }
                }
            }
        }
        return nil
    }

    private static func spans(_ calendar: WorkingCalendar, _ day: Day) -> [Range<Instant>] {
        calendar.openHours(on: day).compactMap { hours in
            let opens = instant(hours.opens, day, calendar.zone)
            let closes = instant(hours.closes, day, calendar.zone)
            return opens < closes ? opens..<closes : nil
        }
    }

    private static func instant(_ minute: Int, _ day: Day, _ zone: Zone) -> Instant {
        let whole = minute / 1440
        return zone.opening(LocalTime(day: day.adding(days: whole), secondOfDay: (minute - whole * 1440) * 60))
    }
}
