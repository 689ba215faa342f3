import Definitions
import Kernel
import Values

/// What people set for themselves, and what those who look after the system look at.
extension Desk {
    func settings(_ name: String, _ rest: [String]) async throws -> Reply {
        switch (name, rest.first, isPost) {
        case ("notices", nil, false): return try await noticeSettings()
        case ("notices", nil, true): return try await setNoticeWishes()
        case ("notices", "mute", true): return try await muteKind()
        case ("notices", "unmute", true): return try await unmute()
        case ("deliveries", nil, false): return try await deliveries()
        case ("deliveries", "again", true): return try await sendAgain()
        default: throw Rejection.noSuchPath
        }
    }

    // MARK: Notices

    private func noticeSettings(_ problems: [Problem] = [], status: Int = 200) async throws -> Reply {
        let (frame, sheet) = try await ask(NoticeSheet(today: context.format.today))
        let content = NoticeSettingsPage(
            habits: sheet.habits, mine: sheet.mine, team: sheet.team, problems: problems,
            typed: status == 200 ? nil : fields)
        return page(content, frame, title: context[Words.noticeSettings], backURL: Paths.notices, status: status)
    }

    private func setNoticeWishes() async throws -> Reply {
        func text(_ name: String) -> String? {
            let text = field(name).split(whereSeparator: { $0.isWhitespace }).joined(separator: " ")
            return text.isEmpty ? nil : text
        }
        var wishes = NoticeWishes(digestTimes: text("digest_times"))
        switch field("quiet") {
        case "own": wishes.quietHours = field("quiet_from") + "-" + field("quiet_until")
        case "off": wishes.quietHours = "off"
        default: break
        }
        for priority in NoticeDefinition.Priority.allCases {
            wishes.channels[priority.rawValue] = NoticeChannel(rawValue: field("notice_" + priority.rawValue))
        }
        wishes.weeklyDay = Int(field("weekly_day"))
        for kind in NoticeKind.allCases {
            wishes.paces[kind] = NoticePace(rawValue: field(NoticeSettingsPage.name(of: kind)))
        }
        do {
            _ = try await kernel.perform(Command(.notices(.prefer(wishes))), as: actor)
            return done(Paths.noticeSettings, context[Words.saved])
        } catch let rejection as Rejection where rejection.kind == .invalid {
            return try await noticeSettings(rejection.problems, status: 422)
        }
    }

    private func muteKind() async throws -> Reply {
        guard let kind = NoticeKind(rawValue: field("kind")) else { throw Rejection.noSuchPath }
        _ = try await kernel.perform(Command(.notices(.mute(.kind(kind), until: nil))), as: actor)
        return done(Paths.noticeSettings + "#mutes", context[Label(zh: "已静音", en: "Muted")])
    }

    private func unmute() async throws -> Reply {
        let subject: NoticeSubject
        if let kind = NoticeKind(rawValue: field("kind")) {
            subject = .kind(kind)
        } else if let record = RecordID(field("record")) {
            subject = .record(object: field("object"), record)
        } else {
            throw Rejection.noSuchPath
        }
        _ = try await kernel.perform(Command(.notices(.unmute(subject))), as: actor)
        return done(Paths.noticeSettings + "#mutes", context[Label(zh: "恢复提醒", en: "You are told again")])
    }

    // MARK: Deliveries

    private func deliveries() async throws -> Reply {
        let (frame, sheet) = try await ask(DeliverySheet())
        let content = DeliveriesPage(channels: sheet.channels, state: sheet.state)
        return page(content, frame, title: context[Words.deliveries], backURL: Paths.day)
    }

    private func sendAgain() async throws -> Reply {
        guard let id = Int(field("id")) else { throw Rejection.noSuchPath }
        do {
            _ = try await kernel.perform(Command(.deliveries(.again(id))), as: actor)
        } catch let rejection as Rejection where rejection.kind == .missing {
            return done(
                Paths.deliveries, context[Label(zh: "这条已不在失败之列", en: "It is no longer among the failed ones")],
                isError: true)
        }
        return done(Paths.deliveries, context[Label(zh: "会再送一次", en: "It will be tried again")])
    }
}

/// How the reader is told, and how often they were interrupted.
struct NoticeSheet: Question {
    struct Answer: Sendable {
        let habits: NoticeHabits.Answer
        let mine: Interruptions.Answer
        /// Of those who answer to the reader; without people when there are none.
        let team: Interruptions.Answer
    }

    let today: Day

    func answer(in context: ReadContext) throws -> Answer {
        Answer(
            habits: try context.ask(NoticeHabits()),
            mine: try context.ask(Interruptions(until: today, days: 7)),
            team: try context.ask(Interruptions(of: .team, until: today, days: 7)))
    }
}

/// What leaves the house.
struct DeliverySheet: Question {
    struct Answer: Sendable {
        let channels: [DeliveryChannels.Channel]
        let state: Deliveries.Answer
    }

    func answer(in context: ReadContext) throws -> Answer {
        Answer(channels: try context.ask(DeliveryChannels()), state: try context.ask(Deliveries(limit: 100)))
    }
}
