import Definitions
import Kernel

/// Each kind of notice with a pace of its own.
extension NoticeSettingsPage {
    /// The control of a kind.
    static func name(of kind: NoticeKind) -> String { "kind_" + kind.rawValue }

    func kinds(_ html: inout HTML) {
        html("fieldset", .class("fd nt-p")) { html in
            html("legend", .class("fd-l"), say: Label(zh: "按类型", en: "By kind"))
            html(
                "p", .class("mut"), .id("nt-kinds-help"),
                say: Label(
                    zh: "选了的类型按这里的来，其中紧急的仍按上面的设置。“立刻”也避开免打扰时段。",
                    en: "A kind with a choice goes by it; what is urgent still goes as set above. "
                        + "“At once” keeps your quiet hours too."))
            html("div", .class("nt-pg")) { html in
                for kind in NoticeKind.allCases { pace(kind, &html) }
            }
            day(&html)
        }
    }

    private func pace(_ kind: NoticeKind, _ html: inout HTML) {
        html("div", .class("fd")) { html in
            choice(
                Self.name(of: kind), kind.label, own: habits.own.paces[kind]?.rawValue,
                usual: Label(zh: "按紧急程度", en: "By how urgent it is"),
                among: NoticePace.allCases.map { ($0.rawValue, Self.word($0)) }, &html)
        }
    }

    private func day(_ html: inout HTML) {
        let company = habits.company.weeklyDay.map { html.page[Self.weekday($0)] } ?? ""
        html("div", .class("fd nt-w")) { html in
            choice(
                "weekly_day", Label(zh: "每周汇总日", en: "Weekly digest"), own: habits.own.weeklyDay.map { String($0) },
                usual: Self.usual(company), among: (1...7).map { (String($0), Self.weekday($0)) }, &html)
            html(
                "small", .class("mut"),
                say: Label(zh: "在当天第一个汇总时间发一封", en: "One mail, at the first digest time of that day"))
        }
    }

    private static func word(_ pace: NoticePace) -> Label {
        switch pace {
        case .now: Label(zh: "立刻", en: "At once")
        case .daily: Label(zh: "每天汇总", en: "Daily digest")
        case .weekly: Label(zh: "每周汇总", en: "Weekly digest")
        case .app: Label(zh: "只在系统内", en: "Baton only")
        }
    }

    private static func weekday(_ day: Int) -> Label {
        let zh = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
        let en = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        guard (1...7).contains(day) else { return Label(zh: "", en: "") }
        return Label(zh: zh[day - 1], en: en[day - 1])
    }
}
