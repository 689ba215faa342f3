import Calendars
import Store
package import Values

/// What waits to leave the house and what was given up, for those who look after the system.
package struct Deliveries: Question {
    package struct Dead: Sendable, Hashable {
        package let id: Int
        package let key: String
        package let channel: String
        package let endedAt: Instant
        package let attempts: Int
        package let error: String
    }

    package struct Answer: Sendable, Hashable {
        package let waiting: Int
        package let deadCount: Int
        /// Seconds that the oldest of those that are due has waited.
        package let lateSeconds: Int
        /// Most urgent and normal notices that one person got in the last 24 hours.
        package let mostInterrupted: Int
        /// Newest first, at most `limit`.
        package let dead: [Dead]
    }

    package let limit: Int

    package init(limit: Int = 50) { self.limit = limit }

    /// Three statements. Empty for who is not the house: keys and errors are for those at the machine.
    package func answer(in context: ReadContext) throws -> Answer {
        guard context.actor.isSystem else {
            return Answer(waiting: 0, deadCount: 0, lateSeconds: 0, mostInterrupted: 0, dead: [])
        }
        let outbox = Outbox(context.connection)
        let figures = try outbox.figures(at: context.now)
        let late = figures.oldestDue.map { context.now.secondsSinceEpoch - $0.secondsSinceEpoch } ?? 0
        return Answer(
            waiting: figures.waiting, deadCount: figures.dead, lateSeconds: max(0, Int(late)),
            mostInterrupted: try Notifications(context.connection).mostInterrupted(
                since: context.now.adding(seconds: -86_400)),
            dead: try outbox.dead(limit: Limits.rows(limit)).map {
                Dead(
                    id: $0.id, key: $0.key, channel: $0.channel, endedAt: $0.endedAt, attempts: $0.attempts,
                    error: $0.error)
            })
    }
}

/// How often the asker was interrupted on a day of theirs: urgent and normal notices one by one, a digest once.
package struct Interruptions: Question {
    package struct Answer: Sendable, Hashable {
        package let urgent: Int
        package let normal: Int
        /// Notices that came together.
        package let inDigest: Int

        package var interruptions: Int { urgent + normal + (inDigest > 0 ? 1 : 0) }
    }

    package let day: Day

    package init(on day: Day) { self.day = day }

    /// One statement; nothing for who is nobody's account.
    package func answer(in context: ReadContext) throws -> Answer {
        guard let user = context.actor.userID else { return Answer(urgent: 0, normal: 0, inDigest: 0) }
        let zone = Zones.zone(context.actor.timeZone)
        let counts = try Notifications(context.connection).counts(
            of: user, from: zone.opening(LocalTime(day: day, secondOfDay: 0)),
            until: zone.opening(LocalTime(day: day.adding(days: 1), secondOfDay: 0)))
        return Answer(
            urgent: counts["urgent"] ?? 0, normal: counts["normal"] ?? 0, inDigest: counts["digest"] ?? 0)
    }
}
