import Calendars
import Definitions
import Expressions
import Store
import Values

/// How people are told: what the company says, and what each of them wants instead.
struct NoticePolicy: Sendable, Hashable {
    /// The word for no quiet hours at all.
    static let off = "off"
    /// The object with the company's one record.
    static let object = "notice_setting"

    var quietHours = "21:00-08:00"
    var digestTimes = "09:00"
    /// Whether urgent notices are mailed in quiet hours.
    var urgentPassesQuiet = true
    /// ISO weekday of what is collected for a week, Monday 1 ... Sunday 7.
    var weeklyDay = 1
    var channels: [String: NoticeChannel] = ["urgent": .mail, "normal": .mail, "digest": .mail]
    /// What a person chose for a kind; it goes before the priority of a notice, except of an urgent one.
    var paces: [NoticeKind: NoticePace] = [:]

    init() {}

    /// The company's settings; what is missing or can't be read is as above. One statement.
    init(_ context: ReadContext) throws {
        guard let definition = context.model.object(Self.object), !definition.retired else { return }
        let query = RecordQuery(
            object: definition.id, context: context.evaluation, fields: context.snapshot.ownPaths[definition.id] ?? [],
            sort: [SortKey(path: "id", descending: false)], limit: 1)
        guard let row = try context.connection.beyondSight({ try context.store.select(query) }).first else { return }
        adopt(NoticeWishes(row))
        if row[path: "urgent_passes_quiet"] == .bool(false) { urgentPassesQuiet = false }
    }

    /// The company's settings with what a person wants instead.
    func with(_ wishes: NoticeWishes) -> NoticePolicy {
        var own = self
        own.adopt(wishes)
        return own
    }

    private mutating func adopt(_ wishes: NoticeWishes) {
        if let hours = wishes.quietHours, Self.isQuiet(hours) { quietHours = hours }
        if let times = wishes.digestTimes, Self.isDigest(times) { digestTimes = times }
        if let day = wishes.weeklyDay, (1...7).contains(day) { weeklyDay = day }
        channels.merge(wishes.channels) { _, new in new }
        paces.merge(wishes.paces) { _, new in new }
    }

    /// How a notice reaches its person: by the pace of its kind if they chose one, else by its priority.
    func pace(of entry: NotificationEntry) -> NoticePace {
        if entry.priority != "urgent", let own = entry.subjectKind.flatMap({ paces[$0] }) { return own }
        if channels[entry.priority] == .app { return .app }
        return entry.priority == "digest" ? .daily : .now
    }

    /// Whether a notice goes out in one mail with others.
    func collects(_ entry: NotificationEntry) -> Bool { [.daily, .weekly].contains(pace(of: entry)) }

    /// When a notice may go out: urgent ones at once if the company lets them, others outside the quiet hours,
    /// collected ones at the next time for them.
    func release(_ entry: NotificationEntry, in zone: Zone, at now: Instant) -> Instant {
        switch pace(of: entry) {
        case .daily: return digest(after: entry.at, in: zone) ?? now
        case .weekly: return weekly(after: entry.at, in: zone) ?? now
        case .now, .app:
            if entry.priority == "urgent", urgentPassesQuiet { return now }
            // The hours were looked at when they were taken over; `off` has no window.
            return (try? QuietWindow(quietHours, zone: zone))?.release(now) ?? now
        }
    }

    private func digest(after instant: Instant, in zone: Zone) -> Instant? {
        // The times were looked at when they were taken over.
        (try? DigestTimes(digestTimes, zone: zone))?.next(after: instant)
    }

    private func weekly(after instant: Instant, in zone: Zone) -> Instant? {
        var next = digest(after: instant, in: zone)
        // At most six times a day, and eight days hold every weekday whole.
        for _ in 0..<48 {
            guard let time = next, zone.day(at: time).weekday != weeklyDay else { break }
            next = digest(after: time, in: zone)
        }
        return next
    }

    static func isQuiet(_ text: String) -> Bool {
        if text == off { return true }
        do throws(CalendarError) {
            _ = try QuietWindow(text, zone: Zones.zone("UTC"))
            return true
        } catch {
            return false
        }
    }

    static func isDigest(_ text: String) -> Bool {
        do throws(CalendarError) {
            return try DigestTimes(text, zone: Zones.zone("UTC")).minutes.count <= 6
        } catch {
            return false
        }
    }
}

extension NoticeWishes {
    /// The fields of a person, or of the company's record, that say it.
    static let fields =
        ["quiet_hours", "digest_times", "weekly_day", "notice_kinds"]
        + NoticeDefinition.Priority.allCases.map { "notice_" + $0.rawValue }

    init(_ row: RecordRow) {
        self.init(
            quietHours: row[path: "quiet_hours"].text, digestTimes: row[path: "digest_times"].text,
            weeklyDay: row[path: "weekly_day"].text.flatMap { Int($0) },
            paces: NoticePaces.read(row[path: "notice_kinds"].text ?? ""))
        for priority in NoticeDefinition.Priority.allCases {
            if let channel = row[path: "notice_" + priority.rawValue].text.flatMap(NoticeChannel.init(rawValue:)) {
                channels[priority.rawValue] = channel
            }
        }
    }
}
