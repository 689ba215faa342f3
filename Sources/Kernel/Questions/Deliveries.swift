import Access
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
        /// Most notices that one person was told alone in the last 24 hours.
        package let mostInterrupted: Int
        /// Newest first, at most `limit`.
        package let dead: [Dead]
    }

    package let limit: Int

    package init(limit: Int = 50) { self.limit = limit }

    /// Three statements. For the house, and for who may define.
    ///
    /// - Throws: the rejection `not_allowed` for others.
    package func answer(in context: ReadContext) throws -> Answer {
        guard context.actor.isSystem || context.access.privileges.contains("define") else { throw Rejection.notAllowed }
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

/// How each way out of the house stands, for those who look after the system.
package struct DeliveryChannels: Question {
    /// One way out of the house.
    package struct Channel: Sendable, Hashable {
        /// `mail`, `webhook` or `notice`.
        package let id: String
        package let waiting: Int
        package let lateSeconds: Int
        package let dead: Int
        /// When something last got through; nil for never, or longer ago than it is kept.
        package let lastAt: Instant?
        /// What the last failed attempt said, of something that still waits.
        package let error: String?
    }

    package init() {}

    /// One statement over what is kept of deliveries.
    ///
    /// - Throws: the rejection `not_allowed` for who may not define.
    package func answer(in context: ReadContext) throws -> [Channel] {
        guard context.actor.isSystem || context.access.privileges.contains("define") else { throw Rejection.notAllowed }
        return try Outbox(context.connection).channels(at: context.now).map { channel in
            let late = channel.oldestDue.map { context.now.secondsSinceEpoch - $0.secondsSinceEpoch } ?? 0
            return Channel(
                id: channel.id, waiting: channel.waiting, lateSeconds: max(0, Int(late)), dead: channel.dead,
                lastAt: channel.lastDone, error: channel.lastError)
        }
    }
}
