import Definitions
import Kernel
import Values

/// What the reader is told: reminders meant for them, and what others did in their sight.
extension Desk {
    func notices() async throws -> Reply {
        let (frame, news) = try await ask(RecentNews())
        let eyes = presentation(frame)
        let words = TimelineWords(eyes: eyes, object: "", id: RecordID(high: 0, low: 0))
        let title = context[Words.notices]
        let content = NoticesPage(
            title: title, mine: mine(news.mine), unread: frame.unread,
            others: words.timeline(news.others, limit: .max))
        return page(content, frame, title: title, scripts: [])
    }

    func readNotices() async throws -> Reply {
        _ = try await kernel.perform(Command(.notices(.read(nil))), as: actor)
        return Reply.redirect(to: Paths.notices)
    }

    private func mine(_ notices: [MyNotices.Notice]) -> Timeline {
        let format = context.format
        var days: [Timeline.Day] = []
        for notice in notices {
            var event = Timeline.Event(
                kind: .task, subject: notice.text, time: format.time(notice.at), instant: notice.at.description)
            if let object = notice.object, let record = notice.record {
                event.subjectURL =
                    notice.kind == "approval"
                    ? Paths.approval(record.description) : Paths.record(object, record.description)
            }
            if !notice.isRead { event.tags = [Tag(context[Label(zh: "未读", en: "unread")], tone: .pri)] }
            let heading = format.dayHeading(format.localDay(notice.at))
            if let last = days.last, last.heading == heading {
                days[days.count - 1] = Timeline.Day(heading: heading, items: last.items + [.event(event)])
            } else {
                days.append(Timeline.Day(heading: heading, items: [.event(event)]))
            }
        }
        return Timeline(days: days, anchor: nil)
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
        return Answer(mine: try context.ask(MyNotices(limit: 30)), others: Array(others.prefix(50)))
    }
}

/// The page of notices.
struct NoticesPage: Markup {
    let title: String
    let mine: Timeline
    let unread: Int
    let others: Timeline

    func write(to html: inout HTML) {
        html.add(PageHead(title: title))
        html("div", .class("narrow")) { html in
            if !mine.days.isEmpty {
                let read = Button(
                    text: html.page[Label(zh: "全部已读", en: "Mark all as read")],
                    target: .post(Paths.notices + "/read", []), kind: .ghost)
                html.card(
                    html.page[Label(zh: "给我的提醒", en: "For me")], icon: "bell", action: unread > 0 ? read : nil
                ) { $0.add(mine) }
            }
            html.card(html.page[Label(zh: "别人最近做的事", en: "What others did lately")], icon: "history") { $0.add(others) }
        }
    }
}
