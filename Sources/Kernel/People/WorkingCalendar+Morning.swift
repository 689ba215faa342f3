import Calendars
import Values

extension Zone {
    /// When a day of a record begins for who works by it: nine in the morning there.
    func morning(of day: Day) -> Instant { opening(LocalTime(day: day, secondOfDay: 9 * 3600)) }
}
