import Access
import Definitions
import Flow
import Store
import Values

extension Transaction {
    /// A person's steps with their own notices; nobody's but their own. One or two statements, more for `prefer`.
    func notices(_ step: NoticeCommand) throws -> Outcome {
        guard let user = context.actor.userID else { throw Rejection.notAllowed }
        let notifications = Notifications(context.connection)
        switch step {
        case .read(let ids): try notifications.markRead(of: user, ids: ids, at: context.now)
        case .readAbout(let record): try notifications.markRead(of: user, about: record, at: context.now)
        case .shown(let ids): try notifications.markInterrupted(ids, of: user, at: context.now)
        case .mute(let subject, let until): try mute(subject, until: until, of: user)
        case .unmute(let subject): try NoticeMutes(context.connection).remove(subject.muted, of: user)
        case .prefer(let wishes): return try prefer(wishes, of: user)
        }
        return Outcome()
    }

    private func mute(_ subject: NoticeSubject, until: Instant?, of user: RecordID) throws {
        switch subject {
        case .kind: break
        case .record(let object, _):
            guard context.model.object(object) != nil else { throw Rejection.noSuchRecord }
            let limit = context.now.adding(seconds: 366 * 86_400)
            guard let until, until > context.now, until <= limit else {
                throw Rejection.invalid([
                    Problem(
                        field: "until", code: "mute_end",
                        message: Label(zh: "不再提醒要有结束时间，最长一年", en: "A record is muted until a time within a year"))
                ])
            }
        }
        let mutes = NoticeMutes(context.connection)
        guard try mutes.of(user, at: context.now).count < Self.mostMutes else {
            throw Rejection(
                .conflict, code: "too_many_mutes",
                message: Label(
                    zh: "静音已有 \(Self.mostMutes) 项，请先取消一些",
                    en: "\(Self.mostMutes) things are muted; take some back first"))
        }
        try mutes.put(NoticeMute(subject: subject.muted, since: context.now, until: until), of: user)
    }

    private static let mostMutes = 500

    /// A person's wishes stand in their own record, which the house writes for them.
    private func prefer(_ wishes: NoticeWishes, of user: RecordID) throws -> Outcome {
        var problems: [Problem] = []
        if let hours = wishes.quietHours, !NoticePolicy.isQuiet(hours) {
            problems.append(
                Problem(
                    field: "quiet_hours", code: "quiet_hours",
                    message: Label(
                        zh: "免打扰时段写成 21:00-08:00，开始和结束不能相同",
                        en: "Quiet hours are written 21:00-08:00, with two different times")))
        }
        if let times = wishes.digestTimes, !NoticePolicy.isDigest(times) {
            problems.append(
                Problem(
                    field: "digest_times", code: "digest_times",
                    message: Label(
                        zh: "汇总时间写成 09:00 或 09:00 16:30，最多 6 个",
                        en: "Digest times are written 09:00 or 09:00 16:30, at most six")))
        }
        if let day = wishes.weeklyDay, !(1...7).contains(day) {
            problems.append(
                Problem(
                    field: "weekly_day", code: "out_of_range",
                    message: Label(zh: "每周汇总选星期一到星期日", en: "The weekly digest has a day from Monday to Sunday")))
        }
        guard problems.isEmpty else { throw Rejection.invalid(problems) }
        guard let definition = context.model.object("user") else { throw Rejection.noSuchRecord }
        var change = RecordChange()
        change.values["quiet_hours"] = wishes.quietHours.map { .text($0) } ?? .null
        change.values["digest_times"] = wishes.digestTimes.map { .text($0) } ?? .null
        change.values["weekly_day"] = wishes.weeklyDay.map { .text(String($0)) } ?? .null
        change.values["notice_kinds"] = wishes.paces.isEmpty ? .null : .text(NoticePaces.text(wishes.paces))
        for priority in NoticeDefinition.Priority.allCases {
            change.values["notice_" + priority.rawValue] =
                wishes.channels[priority.rawValue].map { .text($0.rawValue) } ?? .null
        }
        change.values = change.values.filter { definition.field($0.key) != nil }
        let house = ReadContext(
            connection: context.connection, snapshot: context.snapshot, actor: .system("notices"), now: context.now)
        var kept = Command(.notices(.prefer(wishes)))
        kept.stamp = Stamp(by: user, byName: context.actor.name)
        let writer = RecordWriter(context: house, ids: ids, command: kept, commandID: commandID)
        let (stored, _) = try writer.load(definition, user)
        let written = try writer.update(definition, stored, .update(change), kind: "updated", problems: [])
        try lookAgain(user)
        return Outcome(sequence: written.sequence)
    }

    /// What already waits for a person goes by their new wishes. Two statements.
    private func lookAgain(_ user: RecordID) throws {
        let waiting = try Notifications(context.connection).of(user, unreadOnly: true, limit: 200)
        try Outbox(context.connection).hasten(waiting.map { Notifications.key(of: $0.id) }, at: context.now)
    }

    /// Steps with what leaves the house; for whoever may define.
    func deliveries(_ step: DeliveryCommand) throws -> Outcome {
        guard context.actor.isSystem || context.access.privileges.contains("define") else { throw Rejection.notAllowed }
        switch step {
        case .again(let id):
            guard try Outbox(context.connection).revive(id, at: context.now) else { throw Rejection.noSuchRecord }
        }
        return Outcome()
    }
}

extension NoticeSubject {
    var muted: NoticeMute.Subject {
        switch self {
        case .kind(let kind): .kind(kind.rawValue)
        case .record(let object, let id): .record(object: object, id)
        }
    }

    /// Nil for a kind that is no longer known.
    init?(_ subject: NoticeMute.Subject) {
        switch subject {
        case .kind(let text):
            guard let kind = NoticeKind(rawValue: text) else { return nil }
            self = .kind(kind)
        case .record(let object, let id): self = .record(object: object, id)
        }
    }
}
