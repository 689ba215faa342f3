import Calendars
import Values

/// Times of day in Ningbo, eight hours ahead of UTC all year.
enum Clock {
    /// Nobody works before and after these hours.
    static let opening = 8
    static let closing = 19

    static func ningbo(_ day: Day, hour: Int, minute: Int = 0, second: Int = 0) -> Instant {
        Instant(day: day, secondOfDay: (hour - 8) * 3600 + minute * 60 + second)
    }

    static func day(of instant: Instant) -> Day { instant.adding(seconds: 8 * 3600).day }
}

extension World {
    /// The working day that lies `count` working days after the day, or the day itself moved on to the next one worked.
    func workday(_ day: Day, plus count: Int = 0) -> Day {
        var current = day
        var left = count
        while !calendar.isWorkingDay(current) { current = current.adding(days: 1) }
        while left > 0 {
            current = current.adding(days: 1)
            if calendar.isWorkingDay(current) { left -= 1 }
        }
        while left < 0 {
            current = current.adding(days: -1)
            if calendar.isWorkingDay(current) { left += 1 }
        }
        return current
    }

    /// A moment of the day while people are at work; on a day off, of the next working day.
    mutating func officeTime(_ day: Day) -> Instant {
        let hour = dice.weighted([
            (8, 6), (9, 18), (10, 19), (11, 13), (13, 10), (14, 16), (15, 16), (16, 15), (17, 12), (18, 3),
        ])
        let minute = hour == 8 ? dice.int(32...59) : dice.int(0...59)
        return Clock.ningbo(workday(day), hour: hour, minute: minute, second: dice.int(0...59))
    }

    /// A moment after another, some working hours on: the same day or the next one worked.
    mutating func officeTime(after instant: Instant, hours: ClosedRange<Int>) -> Instant {
        let later = instant.adding(
            seconds: dice.int(hours.lowerBound * 60...hours.upperBound * 60) * 60 + dice.int(5...55))
        let day = Clock.day(of: later)
        let second = (later.secondsSinceEpoch + 8 * 3600) % 86_400
        if calendar.isWorkingDay(day), (8 * 3600 + 1800...18 * 3600 + 1800).contains(Int(second)) { return later }
        let next = second > 18 * 3600 ? workday(day, plus: 1) : workday(day)
        return max(officeTime(Clock.day(of: later) == next ? next : next), later)
    }

    /// The moment itself when people are at work then, otherwise early on the next morning worked.
    func atWork(_ instant: Instant) -> Instant {
        let day = Clock.day(of: instant)
        let opens = Clock.ningbo(day, hour: Clock.opening)
        let isBefore = instant < opens
        if calendar.isWorkingDay(day), !isBefore, instant <= Clock.ningbo(day, hour: Clock.closing) { return instant }
        let next = isBefore ? workday(day) : workday(day, plus: calendar.isWorkingDay(day) ? 1 : 0)
        let spread = Int(instant.secondsSinceEpoch % 2400)
        return Clock.ningbo(next, hour: 8, minute: 31).adding(seconds: spread)
    }

    /// A moment some working hours after another, sooner when that would not have happened yet; nil when nobody has
    /// been at work since.
    mutating func pastTime(after instant: Instant, hours: ClosedRange<Int>) -> Instant? {
        let next = officeTime(after: instant, hours: hours)
        guard next > horizon else { return next }
        let room = Int(horizon.secondsSinceEpoch - instant.secondsSinceEpoch)
        guard room > 600 else { return nil }
        for _ in 0..<12 {
            let at = instant.adding(seconds: dice.int(300...room))
            if atWork(at) == at { return at }
        }
        return nil
    }

    /// A moment of the customer's day, whenever that is here.
    mutating func anyTime(_ day: Day) -> Instant {
        Clock.ningbo(
            day,
            hour: dice.weighted([
                (1, 4), (4, 3), (7, 4), (10, 8), (14, 9), (16, 12), (18, 10), (20, 11), (22, 9), (23, 6),
            ]), minute: dice.int(0...59), second: dice.int(0...59))
    }
}
