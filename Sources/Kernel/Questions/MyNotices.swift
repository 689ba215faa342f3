import Definitions
import Store
package import Values

/// The asker's own notices, newest first.
package struct MyNotices: Question {
    package struct Notice: Sendable {
        package let id: RecordID
        package let at: Instant
        /// `reminder`.
        package let kind: String
        package let object: String?
        package let record: RecordID?
        package let text: String
        package let isRead: Bool
    }

    package let limit: Int

    package init(limit: Int = 50) { self.limit = limit }

    /// None for who is nobody's account. One statement.
    package func answer(in context: ReadContext) throws -> [Notice] {
        guard let user = context.actor.userID else { return [] }
        return try Notifications(context.connection).of(user, limit: Limits.rows(limit)).map { entry in
            Notice(
                id: entry.id, at: entry.at, kind: entry.kind, object: entry.object, record: entry.record,
                text: context.actor.language == .zh ? entry.zh : entry.en, isRead: entry.readAt != nil)
        }
    }
}

/// How many of the asker's notices are unread. One statement.
package struct UnreadNotices: Question {
    package init() {}

    package func answer(in context: ReadContext) throws -> Int {
        guard let user = context.actor.userID else { return 0 }
        return try Notifications(context.connection).unreadCount(of: user)
    }
}
