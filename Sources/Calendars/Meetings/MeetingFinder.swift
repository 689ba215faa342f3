package import Values

/// Finds times at which people of several zones can meet, so that nobody carries the odd hours alone.
package struct MeetingFinder: Sendable {
    /// Somebody who is to come.
    package struct Person: Sendable {
        package let id: RecordID
        package let calendar: WorkingCalendar
        /// Minutes outside their own hours in the last meetings of the same people.
        package let carried: Int

        package init(id: RecordID, calendar: WorkingCalendar, carried: Int = 0) {
            self.id = id
            self.calendar = calendar
            self.carried = carried
        }
    }

    /// How a time suits one person.
    package struct Seat: Sendable, Hashable {
        package enum Fit: String, Sendable, Hashable {
            /// At work all the time.
            case inside
            /// Awake, before or after work on a working day.
            case edge
            /// A day off.
            case dayOff = "day_off"
            /// Asleep: between 22:00 and 7:00.
            case night
        }

        package let person: RecordID
        package let local: LocalTime
        package let fit: Fit
        /// Minutes of the meeting outside their hours.
        package let outside: Int
    }

    package struct Slot: Sendable, Hashable {
        package let starts: Instant
        package let ends: Instant
        /// 100 is everybody at work; 0 and less is nobody's wish.
        package let score: Int
        package let seats: [Seat]
    }

    package let people: [Person]
    /// Length, 5 ... 480 minutes.
    package let minutes: Int

    /// Proposals of one day, so that there is a choice of days.
    private static let mostPerDay = 2
    private static let step = 30

    package init(people: [Person], minutes: Int) {
        self.people = people
        self.minutes = min(max(minutes, 5), 480)
    }

    /// The best times within `days` days, the best first.
    ///
    /// - Parameter start: not before this instant; proposals begin at full and half hours.
    /// - Complexity: O(days × people).
    package func best(_ count: Int, from start: Instant, days: Int = 14) -> [Slot] {
        guard !people.isEmpty else { return [] }
        let raster = Int64(Self.step) * 60_000
        let first = (start.milliseconds + raster - 1) / raster * raster
        let places = min(max(days, 1), 60) * 24 * 60 / Self.step
        let zone = people[0].calendar.zone
        var perDay: [Day: Int] = [:]
        let slots = (0..<places).map { slot(Instant(milliseconds: first + Int64($0) * raster)) }
        var out: [Slot] = []
        for slot in slots.sorted(by: { ($0.score, $1.starts) > ($1.score, $0.starts) }) {
            let day = zone.day(at: slot.starts)
            guard perDay[day, default: 0] < Self.mostPerDay else { continue }
            perDay[day, default: 0] += 1
            out.append(slot)
            if out.count == count { break }
        }
        return out
    }

    /// How well one time suits everybody.
    package func slot(_ starts: Instant) -> Slot {
        let ends = starts.adding(seconds: minutes * 60)
        let seats = people.map { Self.seat($0, starts, ends) }
        let cost = zip(people, seats).reduce(0) { $0 + Self.cost($1.1) * Self.weight($1.0, among: people) / 100 }
        // The mean, and the worst seat once more: one person at night is not outweighed by many at their desks.
        let worst = seats.map(Self.cost).max() ?? 0
        return Slot(starts: starts, ends: ends, score: 100 - cost / people.count - worst / 2, seats: seats)
    }

    /// Minutes of a past meeting that a person sat outside their hours.
    package static func outside(_ person: Person, from starts: Instant, to ends: Instant) -> Int {
        seat(person, starts, ends).outside
    }

    private static func seat(_ person: Person, _ starts: Instant, _ ends: Instant) -> Seat {
        let calendar = person.calendar
        let local = calendar.zone.localTime(at: starts)
        let close = calendar.zone.localTime(at: ends)
        let length = Int((ends.milliseconds - starts.milliseconds) / 60_000)
        let outside = length - calendar.workingMinutes(from: starts, to: ends)
        let fit: Seat.Fit =
            if outside <= 0 {
                .inside
            } else if isNight(local) || isNight(close) && close.secondOfDay != 22 * 3600 {
                .night
            } else if !calendar.isWorkingDay(local.day) {
                .dayOff
            } else {
                .edge
            }
        return Seat(person: person.id, local: local, fit: fit, outside: max(0, outside))
    }

    private static func isNight(_ time: LocalTime) -> Bool {
        time.secondOfDay < 7 * 3600 || time.secondOfDay >= 22 * 3600
    }

    private static func cost(_ seat: Seat) -> Int {
        switch seat.fit {
        case .inside: return 0
        case .edge:
            // An hour before work is less than an evening.
            let hour = seat.local.secondOfDay / 3600
            return hour < 12 ? 10 + max(0, 9 - hour) * 6 : 10 + max(0, hour - 17) * 6
        case .dayOff: return 80
        case .night: return 120
        }
    }

    /// 100 for who carried as much as the others, up to 400 for who carried the most.
    private static func weight(_ person: Person, among people: [Person]) -> Int {
        let least = people.map(\.carried).min() ?? 0
        return 100 + min(300, (person.carried - least) * 3)
    }
}
