package import Values

/// A span of days that a company works, or does not work, against its country's calendar.
///
/// Factories close longer over the Spring Festival than the law says; a company enters that once a year.
package struct CalendarOverride: Sendable, Hashable {
    package let first: Day
    /// Inclusive.
    package let last: Day
    package let isWorking: Bool
    /// Other hours than the usual ones on these days, such as a half day; nil keeps the usual hours.
    package let hours: WorkingHours?
    package let name: String

    /// - Throws: `CalendarError.outOfRange` when the span runs backwards or over more than 366 days.
    package init(
        first: Day, last: Day, isWorking: Bool, hours: WorkingHours? = nil, name: String
    ) throws(CalendarError) {
        guard first <= last, last.number - first.number <= 366 else { throw .outOfRange(field: "override") }
        self.first = first
        self.last = last
        self.isWorking = isWorking
        self.hours = hours
        self.name = name
    }
}
