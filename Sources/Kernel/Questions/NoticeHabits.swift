import Definitions
import Expressions
import Store
package import Values

/// How the asker is told: what the company says, what they want instead, and what they have muted.
package struct NoticeHabits: Question {
    package struct Mute: Sendable {
        package let subject: NoticeSubject
        /// The record's name as the asker may read it; empty for a kind.
        package let title: String
        package let until: Instant?
    }

    package struct Answer: Sendable {
        package let company: NoticeWishes
        /// Whether urgent notices are mailed in quiet hours.
        package let urgentPassesQuiet: Bool
        package let own: NoticeWishes
        /// Where their mail goes; nil when there is none.
        package let email: String?
        package let timeZone: String
        package let mutes: [Mute]
    }

    package init() {}

    /// Three statements, and one for each muted record.
    ///
    /// - Throws: the rejection `not_allowed` for who is nobody's account.
    package func answer(in context: ReadContext) throws -> Answer {
        guard let user = context.actor.userID, let definition = context.model.object("user") else {
            throw Rejection.notAllowed
        }
        let policy = try NoticePolicy(context)
        let names = (["email"] + NoticeWishes.fields).filter { definition.field($0) != nil }
        // One's own wishes may be read by whoever has them, whatever their role says of accounts.
        let row = try context.connection.beyondSight {
            try context.store.find(
                definition.id, user, fields: names.map { FieldPath([$0]) }, context: context.evaluation)
        }
        let mutes = try NoticeMutes(context.connection).of(user, at: context.now).compactMap { mute -> Mute? in
            guard let subject = NoticeSubject(mute.subject) else { return nil }
            return Mute(subject: subject, title: try title(of: subject, in: context), until: mute.until)
        }
        return Answer(
            company: NoticeWishes(
                quietHours: policy.quietHours, digestTimes: policy.digestTimes, channels: policy.channels,
                weeklyDay: policy.weeklyDay),
            urgentPassesQuiet: policy.urgentPassesQuiet, own: row.map { NoticeWishes($0) } ?? NoticeWishes(),
            email: row?[path: "email"].text, timeZone: context.actor.timeZone, mutes: mutes)
    }

    private func title(of subject: NoticeSubject, in context: ReadContext) throws -> String {
        guard case .record(let object, let id) = subject else { return "" }
        do {
            return try context.ask(ShowRecord(object: object, id: id, fields: [], withLines: false)).title
        } catch let refusal as Rejection where refusal.kind == .missing || refusal.kind == .forbidden {
            return ""
        }
    }
}
