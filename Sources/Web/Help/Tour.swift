import Definitions
import Kernel

/// A walk through the product on the pages themselves: at each stop a card says what one sees. A page is at a stop when its
/// address says `tour=3`; without scripts the card stands at the foot of the page, with them beside what it speaks of.
enum Tour {
    struct Stop: Sendable {
        /// The page; `recordPlace` leads to some record of the reader.
        let url: String
        /// What the card points at, as a selector.
        let target: String
        let title: Label
        let text: Label
    }

    static let query = "tour"
    static let cookie = "baton_tour"
    static let recordPlace = Paths.tour + "?at=record"

    /// The stops that this reader can go to, in order.
    static func stops(for sight: ModelSight) -> [Stop] {
        var out = [day, search]
        if sight.canRead(recordObject) { out += [list, record] }
        if RelayProcess.first(sight) != nil { out.append(relay) }
        if sight.model.object("approval_step")?.field("state") != nil { out.append(approvals) }
        return out + [create, keys]
    }

    /// The address of a stop of the tour.
    static func address(_ position: Int, in stops: [Stop]) -> String {
        let url = stops[position].url
        return url + (url.contains("?") ? "&" : "?") + query + "=" + String(position + 1)
    }

    static let recordObject = "company"

    private static let day = Stop(
        url: Paths.day, target: "main .day .day-s", title: Label(zh: "轮到我", en: "My turn"),
        text: Label(
            zh: "打开就看到现在该我动的事，最急的在最前，右边的按钮就是下一步。",
            en:
                """
                What is on you now, most urgent first; the button at the right is the next step.
                """))
    private static let search = Stop(
        url: Paths.day, target: "header.bar a[data-do=palette]:not(.only-m), header.bar a.only-m[data-do=palette]",
        title: Label(zh: "什么都能搜", en: "Find anything"),
        text: Label(
            zh: "按 Ctrl K，输入客户、单号、同事或命令；中文可打拼音首字母。",
            en:
                """
                Press Ctrl K and type a customer, a number, a colleague or a command; Chinese also by pinyin \
                initials.
                """))
    private static let list = Stop(
        url: Paths.list(recordObject), target: "main .tb", title: Label(zh: "像表格一样的列表", en: "Lists like sheets"),
        text: Label(
            zh: "筛选、分组、存成视图；单元格直接改，能和 Excel 互相复制；同一份数据还能看成看板和日历。",
            en:
                """
                Filter, group and keep as a view; edit cells, copy from and to spreadsheets; the same records \
                as a board or a calendar.
                """))
    private static let record = Stop(
        url: recordPlace, target: "main .hd", title: Label(zh: "一页看全一个客户", en: "One page for one customer"),
        text: Label(
            zh: "资料、动态、报价、订单、下一步都在这里。每个数字点一下就说明怎么算。",
            en:
                """
                Facts, timeline, quotations, orders and next steps are here. Press a figure to learn how it is \
                counted.
                """))
    private static let relay = Stop(
        url: Paths.relay, target: "main .rst", title: Label(zh: "棒在谁手里", en: "Who holds the baton"),
        text: Label(
            zh: "每张单的每一步都有人、有交付、有时限；橙色是现在该动的人。快超时的先提醒，再找上级。",
            en:
                """
                Each step of each deal has a holder, a deliverable and a limit; orange is whoever acts now. \
                Nearly late is told first, then the superior hears of it.
                """))
    private static let approvals = Stop(
        url: Paths.approvals, target: "main .hd", title: Label(zh: "审批说得清", en: "Approvals that explain themselves"),
        text: Label(
            zh: "为什么是我、为什么是这一级、和上次差在哪，都在卡片上。A 同意，R 退回。",
            en: "Why you, why this level and what changed stand on the card. A approves, R returns."))
    private static let create = Stop(
        url: Paths.day, target: "header.bar a[data-do=make]", title: Label(zh: "随手新建", en: "New from anywhere"),
        text: Label(
            zh: "按 C，贴上名片或邮件签名，系统填好并查重。",
            en:
                """
                Press C and paste a card or a mail signature: it is filled in and compared with what there is.
                """))
    private static let keys = Stop(
        url: Paths.help, target: ".hp-n", title: Label(zh: "手册在这里", en: "The manual is here"),
        text: Label(
            zh: "每章讲一件事。忘了快捷键，任何时候按 ?。", en: "A chapter for each thing. Forgot a key? Press ? anywhere."))
}

/// The card of one stop.
struct TourCard: Markup {
    let stops: [Tour.Stop]
    /// 0-based.
    let position: Int
    /// The page without the tour.
    let leaveURL: String

    func write(to html: inout HTML) {
        let stop = stops[position]
        html(
            "aside", .class("tour"), .id("tour"), .data("target", stop.target), .aria("labelledby", "tour-t"),
            .named("tabindex", "-1")
        ) { html in
            html("header") { html in
                html("small", .class("num"), say: Words.tourPlace(position + 1, of: stops.count))
                html("span", .class("sp")) { _ in }
                html("a", .class("ib"), .href(leaveURL), .label(html.page[Words.close]), .data("key", "Escape")) {
                    $0.icon("x")
                }
            }
            html("h2", .id("tour-t"), say: stop.title)
            html("p", say: stop.text)
            html("footer") { html in
                if position > 0 {
                    html.add(
                        Button(
                            text: html.page[Words.previous], target: .link(Tour.address(position - 1, in: stops)),
                            kind: .ghost))
                }
                html("span", .class("sp")) { _ in }
                if position + 1 < stops.count {
                    html.add(
                        Button(
                            text: html.page[Words.next], target: .link(Tour.address(position + 1, in: stops)),
                            kind: .primary))
                } else {
                    html.add(
                        Button(
                            text: html.page[Label(zh: "开始干活", en: "Get to work")], target: .link(Paths.day),
                            kind: .primary))
                }
            }
        }
    }
}
