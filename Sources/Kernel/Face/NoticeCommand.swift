package import Values

/// Steps with one's own notices.
package enum NoticeCommand: Sendable {
    /// Marks notices as read, all with nil. Somebody else's stay as they are.
    case read([RecordID]?)
    /// Marks all notices about a record as read.
    case readAbout(RecordID)
    /// Notes that notices were shown on an open page by themselves: each interrupted its person.
    case shown([RecordID])
    /// Mutes a kind until it is taken back, or a record until an instant, which is required for it.
    case mute(NoticeSubject, until: Instant?)
    /// Takes a mute back.
    case unmute(NoticeSubject)
    /// Sets how one wants to be told.
    case prefer(NoticeWishes)
}

/// What one may not want to hear of.
package enum NoticeSubject: Sendable, Hashable {
    case kind(NoticeKind)
    case record(object: String, RecordID)
}

/// Steps with what leaves the house, for those who look after the system.
package enum DeliveryCommand: Sendable {
    /// Tries again what was given up.
    case again(Int)
}

/// How a person wants to be told; nil leaves it to the company.
package struct NoticeWishes: Sendable, Hashable {
    /// `21:00-08:00` where they live, or `off`.
    package var quietHours: String?
    /// Times of day such as `09:00 16:30`.
    package var digestTimes: String?
    /// Priority → where its notices reach them.
    package var channels: [String: NoticeChannel]
    /// ISO weekday on which what is collected for a week goes out, Monday 1 ... Sunday 7.
    package var weeklyDay: Int?
    /// Kind → when its notices are mailed; a kind without one goes by how urgent each notice is.
    package var paces: [NoticeKind: NoticePace]

    package init(
        quietHours: String? = nil, digestTimes: String? = nil, channels: [String: NoticeChannel] = [:],
        weeklyDay: Int? = nil, paces: [NoticeKind: NoticePace] = [:]
    ) {
        self.quietHours = quietHours
        self.digestTimes = digestTimes
        self.channels = channels
        self.weeklyDay = weeklyDay
        self.paces = paces
    }
}

/// Where a notice reaches its person.
package enum NoticeChannel: String, Sendable, Hashable, CaseIterable {
    /// In the program alone.
    case app
    /// In the program and by mail.
    case mail
}
