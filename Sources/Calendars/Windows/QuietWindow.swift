package import Values

/// Hours of the day in which messages wait, in the receiver's zone.
package struct QuietWindow: Sendable, Hashable {
    /// Local minute at which the quiet begins, 0 ... 1439.
    package let begins: Int
    /// Local minute at which it ends; before `begins` when the window passes midnight.
    package let ends: Int
    package let zone: Zone

    /// Reads `22:00-08:00`.
    ///
    /// - Throws: `CalendarError.malformedHours` for another form or for a window of no length.
    package init(_ text: String, zone: Zone) throws(CalendarError) {
        let halves = text.split(separator: "-", omittingEmptySubsequences: false)
        guard halves.count == 2, let begins = WorkingHours.minute(halves[0]), let ends = WorkingHours.minute(halves[1]),
            begins % 1440 != ends % 1440
        else { throw .malformedHours(text) }
        self.begins = begins % 1440
        self.ends = ends % 1440
        self.zone = zone
    }

    package func contains(_ instant: Instant) -> Bool {
        let minute = zone.localTime(at: instant).minuteOfDay
        return begins < ends ? (begins..<ends).contains(minute) : minute >= begins || minute < ends
    }

    /// When a message that is ready at `instant` may go out: at once, or when the window ends.
    package func release(_ instant: Instant) -> Instant {
        guard contains(instant) else { return instant }
        let local = zone.localTime(at: instant)
        let passesMidnight = begins > ends && local.minuteOfDay >= begins
        let day = passesMidnight ? local.day.adding(days: 1) : local.day
        return max(instant, zone.opening(LocalTime(day: day, secondOfDay: ends * 60)))
    }
}

/// The times of day at which collected messages go out together, in the receiver's zone.
package struct DigestTimes: Sendable, Hashable {
    /// Local minutes since midnight, sorted, at least one.
    package let minutes: [Int]
    package let zone: Zone

    /// Reads `09:30 13:30 16:30`.
    package init(_ text: String, zone: Zone) throws(CalendarError) {
        var minutes: [Int] = []
        for part in text.split(separator: " ") {
            guard let minute = WorkingHours.minute(part), minute < 1440 else { throw .malformedHours(text) }
            minutes.append(minute)
        }
        guard !minutes.isEmpty else { throw .malformedHours(text) }
        self.minutes = Set(minutes).sorted()
        self.zone = zone
    }

    /// The first digest after `instant`.
    package func next(after instant: Instant) -> Instant {
        let today = zone.day(at: instant)
        for offset in 0...2 {
            for minute in minutes {
                let time = LocalTime(day: today.adding(days: offset), secondOfDay: minute * 60)
                let candidate = zone.opening(time)
                if candidate > instant { return candidate }
            }
        }
        // Some digest lies within the next two days of every instant.
        return instant.adding(seconds: 86_400)
    }
}
