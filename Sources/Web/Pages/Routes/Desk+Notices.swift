import Definitions
import Kernel
import Values

/// What the reader is told, record by record: what they have not read, all of it, and what others did in their sight.
extension Desk {
    func notices(_ rest: [String]) async throws -> Reply {
        switch (rest.first, rest.count, isPost) {
        case (nil, _, false): return try await noticeList()
        case ("read"?, 1, true): return try await readNotices()
        case ("mute"?, 1, true): return try await muteRecord()
        case (let text?, 1, false):
            guard let id = RecordID(text) else { throw Rejection.noSuchPath }
            return try await followNotice(id)
        default: throw Rejection.noSuchPath
        }
    }

    private func noticeList() async throws -> Reply {
        let (frame, news) = try await ask(RecentNews())
        let unreadOnly = exchange[query: "show"] != "all" && news.mine.contains { !$0.isRead }
        let eyes = presentation(frame)
        let words = TimelineWords(eyes: eyes, object: "", id: RecordID(high: 0, low: 0))
        let title = context[Words.notices]
        let content = NoticesPage(
            title: title, groups: NoticeGroup.all(news.mine.filter { !unreadOnly || !$0.isRead }), unread: frame.unread,
            unreadOnly: unreadOnly, others: words.timeline(.init(entries: news.others, next: nil)),
            isWhole: exchange[query: "all"] == "1")
        return page(content, frame, title: title)
    }

    /// All of them, or those about one record.
    private func readNotices() async throws -> Reply {
        let step: NoticeCommand
        if let record = RecordID(field("record")) {
            step = .readAbout(record)
        } else if let id = RecordID(field("id")) {
            step = .read([id])
        } else {
            step = .read(nil)
        }
        _ = try await kernel.perform(Command(.notices(step)), as: actor)
        return Reply.redirect(to: Paths.notices)
    }

    private func muteRecord() async throws -> Reply {
        guard let record = RecordID(field("record")), let days = Int(field("days")), (1...365).contains(days) else {
            throw Rejection.noSuchPath
        }
        let until = kernel.now.adding(seconds: days * 86_400)
        _ = try await kernel.perform(
            Command(.notices(.mute(.record(object: field("object"), record), until: until))), as: actor)
        _ = try await kernel.perform(Command(.notices(.readAbout(record))), as: actor)
        return done(
            Paths.notices,
            context[
                Label(
                    zh: "\(context.format.instant(until)) 前不再提醒此单",
                    en: "No more notices about it until \(context.format.instant(until))")])
    }

    /// To where one acts on it; what it is about counts as read.
    private func followNotice(_ id: RecordID) async throws -> Reply {
        guard let notice = try await kernel.answer(MyNotice(id), as: actor) else { throw Rejection.noSuchPath }
        if exchange.method == "GET" {
            let step: NoticeCommand = notice.record.map { .readAbout($0) } ?? .read([id])
            _ = try await kernel.perform(Command(.notices(step)), as: actor)
        }
        return Reply.redirect(to: try await Self.place(of: notice) { try await kernel.answer($0, as: actor) })
    }

    private static func place(
        of notice: MyNotices.Notice, sight: (VisibleModel) async throws -> ModelSight
    ) async throws -> String {
        if notice.kind == NoticeKind.handOver.rawValue, let id = notice.record { return Paths.handOver(id) }
        guard let object = notice.object, let record = notice.record else { return Paths.notices }
        switch notice.kind {
        case "approval": return Paths.approval(record.description)
        case "leg":
            // The panel beside the board, where a baton is taken, given back or handed on.
            let isRun = try await sight(VisibleModel()).model.processes.contains { !$0.legs(of: object).isEmpty }
            return isRun ? Paths.leg(record.description) : Paths.record(object, record.description)
        default: return Paths.record(object, record.description)
        }
    }
}

/// The notices about one record, newest first; one that is about none stands alone.
struct NoticeGroup: Sendable {
    let object: String?
    let record: RecordID?
    var notices: [MyNotices.Notice]

    var newest: MyNotices.Notice { notices[0] }
    var unread: Int { notices.count { !$0.isRead } }

    /// In the order of their newest.
    static func all(_ notices: [MyNotices.Notice]) -> [NoticeGroup] {
        var groups: [NoticeGroup] = []
        var places: [RecordID: Int] = [:]
        for notice in notices {
            if let record = notice.record, let place = places[record] {
                groups[place].notices.append(notice)
            } else {
                if let record = notice.record { places[record] = groups.count }
                groups.append(NoticeGroup(object: notice.object, record: notice.record, notices: [notice]))
            }
        }
        return groups
    }
}

/// The reader's notices, and what others did lately with the records in their sight, newest first.
struct RecentNews: Question {
    struct Answer: Sendable {
        let mine: [MyNotices.Notice]
        let others: [TimelineEntry]
    }

    func answer(in context: ReadContext) throws -> Answer {
        let last = try context.ask(Vitals()).lastSequence
        let page = try context.ask(EventsAfter(sequence: max(0, last - 300), limit: 300))
        let others = page.entries.reversed().filter {
            $0.actor != context.actor.userID && $0.kind != "updated" && $0.kind != "reminded"
        }
        return Answer(mine: try context.ask(MyNotices(limit: 200)), others: Array(others.prefix(50)))
    }
}
