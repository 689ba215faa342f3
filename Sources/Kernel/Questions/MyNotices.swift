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
        /// `urgent`, `normal` or `digest`.
        package let priority: String
        package let isRead: Bool
        /// The asker had muted it when it came.
        package let isMuted: Bool

        init(_ entry: NotificationEntry, _ language: Language) {
            id = entry.id
            at = entry.at
            kind = entry.kind
            object = entry.object
            record = entry.record
            text = language == .zh ? entry.zh : entry.en
            priority = entry.priority
            isRead = entry.readAt != nil
            isMuted = entry.isMuted
        }
    }

    package let unreadOnly: Bool
    package let limit: Int

    package init(unreadOnly: Bool = false, limit: Int = 50) {
        self.unreadOnly = unreadOnly
        self.limit = limit
    }

    /// None for who is nobody's account. One statement.
    package func answer(in context: ReadContext) throws -> [Notice] {
        guard let user = context.actor.userID else { return [] }
        return try Notifications(context.connection).of(user, unreadOnly: unreadOnly, limit: Limits.rows(limit)).map {
            Notice($0, context.actor.language)
        }
    }
}

/// One of the asker's notices; nil for somebody else's, or one that is gone. One statement.
package struct MyNotice: Question {
    package let id: RecordID

    package init(_ id: RecordID) { self.id = id }

    package func answer(in context: ReadContext) throws -> MyNotices.Notice? {
        guard let user = context.actor.userID else { return nil }
        return try Notifications(context.connection).entries([id]).first { $0.user == user }.map {
            MyNotices.Notice($0, context.actor.language)
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
