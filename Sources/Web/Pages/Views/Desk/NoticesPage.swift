import Definitions
import Kernel
import Values

/// The page of notices: one row for each record.
struct NoticesPage: Markup {
    let title: String
    let groups: [NoticeGroup]
    let unread: Int
    let unreadOnly: Bool
    let others: Timeline
    /// Every group at once; otherwise a link leads to the others.
    var isWhole = false

    private static let drawn = 50

    func write(to html: inout HTML) {
        html.add(head(html.page))
        html("div", .class("narrow nt")) { html in
            html.card(
                html.page[unreadOnly ? Label(zh: "未读", en: "Unread") : Label(zh: "给我的提醒", en: "For me")], icon: "bell",
                id: "mine", action: unread > 0 ? readAll(html.page) : nil
            ) { html in
                if groups.isEmpty {
                    html("p", .class("mut none-p"), say: Label(zh: "还没有提醒。", en: "Nothing yet."))
                }
                let first = isWhole ? groups.count : min(groups.count, Self.drawn)
                html("ul") { html in for group in groups.prefix(first) { write(group, &html) } }
                if first < groups.count {
                    let all = Paths.notices + (unreadOnly ? "?all=1" : "?show=all&all=1")
                    html("p", .class("rb-all")) { html in
                        html("a", .class("btn g"), .href(all), text: html.page[Words.allRows(groups.count)])
                    }
                }
            }
            html.card(html.page[Label(zh: "别人最近做的事", en: "What others did lately")], icon: "history") { $0.add(others) }
        }
    }

    private func readAll(_ page: PageContext) -> Button {
        Button(
            text: page[Label(zh: "全部已读", en: "Mark all as read")], target: .post(Paths.notices + "/read", []),
            kind: .ghost, icon: "check")
    }

    private func head(_ page: PageContext) -> PageHead {
        let label = page[Label(zh: "未读", en: "Unread")]
        var head = PageHead(title: title)
        head.views = [
            Tabs.Tab(
                label: unread > 0 ? label + " " + page.format.count(unread) : label, url: Paths.notices,
                isCurrent: unreadOnly),
            Tabs.Tab(label: page[Label(zh: "全部", en: "All")], url: Paths.notices + "?show=all", isCurrent: !unreadOnly),
        ]
        head.actions.append(
            Button(
                text: page[Words.noticeSettings], target: .link(Paths.noticeSettings), kind: .ghost, icon: "sliders"))
        return head
    }

    private func write(_ group: NoticeGroup, _ html: inout HTML) {
        let newest = group.newest
        html("li", .class(group.unread > 0 ? "it nt-u" : "it")) { html in
            html("span", .class("it-i")) { $0.icon(Self.icon(of: newest.kind)) }
            html("div", .class("it-t")) { html in
                html("a", .class("rt"), .href(Paths.notice(newest.id.description))) { $0.user(newest.text) }
                html("p", .class("mut num"), text: when(newest, html.page))
                if group.notices.count > 1 { earlier(group, &html) }
            }
            if newest.priority == "urgent", group.unread > 0 {
                html.add(Tag(html.page[Label(zh: "紧急", en: "urgent")], tone: .bad))
            } else if newest.isMuted {
                html.add(Tag(html.page[Label(zh: "已静音", en: "muted")]))
            } else if group.unread > 0 {
                html.add(Tag(html.page[Label(zh: "未读", en: "unread")], tone: .pri))
            }
            steps(group, &html)
        }
    }

    private func when(_ notice: MyNotices.Notice, _ page: PageContext) -> String {
        let format = page.format
        let kind = NoticeKind(rawValue: notice.kind).map { page[$0.label] } ?? ""
        return [format.dayHeading(format.localDay(notice.at)) + " " + format.time(notice.at), kind]
            .filter { !$0.isEmpty }.joined(separator: " · ")
    }

    private func earlier(_ group: NoticeGroup, _ html: inout HTML) {
        html("details", .class("nt-m")) { html in
            let count = group.notices.count - 1
            html("summary", .class("ln"), say: Label(zh: "之前还有 \(count) 条", en: "\(count) before"))
            html("ul") { html in
                for notice in group.notices.dropFirst().prefix(20) {
                    html("li") { html in
                        html("span") { $0.user(notice.text) }
                        html("small", .class("mut num"), text: when(notice, html.page))
                    }
                }
            }
        }
    }

    private func steps(_ group: NoticeGroup, _ html: inout HTML) {
        html("div", .class("it-a")) { html in
            if group.unread > 0 {
                let fields =
                    group.record.map { [(name: "record", value: $0.description)] }
                    ?? [(name: "id", value: group.newest.id.description)]
                html.add(
                    Button(
                        text: html.page[Label(zh: "标为已读", en: "Mark as read")],
                        target: .post(Paths.notices + "/read", fields), icon: "check", isIconOnly: true))
            }
            guard let object = group.object, let record = group.record else { return }
            html.menu(html.page[Label(zh: "不再提醒此单", en: "No more about this")], classes: "end", icon: "moon") { html in
                html(
                    "p", .class("menu-h"),
                    say: Label(zh: "不再提醒此单（紧急的仍会提醒）", en: "No more about this, but what is urgent"))
                for (days, label) in Self.spans {
                    html.menuPost(
                        html.page[label], icon: "clock", url: Paths.notices + "/mute",
                        fields: [("object", object), ("record", record.description), ("days", String(days))])
                }
            }
        }
    }

    private static let spans: [(Int, Label)] = [
        (1, Label(zh: "1 天", en: "For a day")), (7, Label(zh: "1 周", en: "For a week")),
        (30, Label(zh: "30 天", en: "For 30 days")),
    ]

    static func icon(of kind: String) -> String {
        switch NoticeKind(rawValue: kind) {
        case .leg: "relay"
        case .approval: "stamp"
        case .clock: "clock"
        case .reminder: "check-circle"
        case .ladder: "alert-triangle"
        case .rule: "zap"
        case .pool: "inbox"
        case .mention: "at"
        case .merge: "copy"
        case .handOver: "repeat"
        case .recurrence: "repeat"
        case .emergency: "flag"
        case nil: "bell"
        }
    }
}
