import Definitions
import Kernel
import Values

/// My notices: when, by what, about what, and how often one was interrupted.
struct NoticeSettingsPage: Sendable {
    let habits: NoticeHabits.Answer
    let mine: Interruptions.Answer
    let team: Interruptions.Answer
    let problems: [Problem]
    /// What was typed and refused; nil shows what is kept.
    let typed: [(name: String, value: String)]?

    func value(_ name: String, _ kept: String) -> String {
        typed.map { fields in fields.last { $0.name == name }?.value ?? "" } ?? kept
    }
}

extension NoticeSettingsPage: Markup {
    func write(to html: inout HTML) {
        html.add(PageHead(title: html.page[Words.noticeSettings]))
        html("div", .class("narrow nts")) { html in
            html.card(html.page[Label(zh: "什么时候、怎么通知我", en: "When and how I am told")], icon: "bell", classes: "form-c")
            {
                form(&$0)
            }
            mutes(&html)
            interruptions(&html)
        }
    }

    // MARK: When and how

    private func form(_ html: inout HTML) {
        html.form(Paths.noticeSettings, .data("form"), .class("abs-f")) { html in
            if !problems.isEmpty {
                html.add(
                    ErrorNote(
                        text: html.page[problems[0].message], more: problems.dropFirst().map { html.page[$0.message] }))
            }
            if habits.email == nil {
                html.add(
                    Note(
                        tone: .info,
                        text: html.page[
                            Label(
                                zh: "你的账号没有邮箱，只在系统内通知。请管理员补上。",
                                en: "Your account has no e-mail address: you are told in Baton only.")]))
            }
            quiet(&html)
            html("div", .class("fd")) { html in
                html("label", .class("fd-l"), .named("for", "nt-digest"), say: Label(zh: "汇总时间", en: "Digest times"))
                html.void(
                    "input", .class("in num"), .id("nt-digest"), .name("digest_times"), .type("text"),
                    .value(value("digest_times", habits.own.digestTimes ?? "")), .named("maxlength", "40"),
                    .named("placeholder", habits.company.digestTimes ?? ""))
                html(
                    "small", .class("mut"),
                    say: Label(
                        zh: "如 09:00 16:30，最多 6 个；空为公司默认 \(habits.company.digestTimes ?? "")",
                        en:
                            "Such as 09:00 16:30, at most six; empty for the company's \(habits.company.digestTimes ?? "")"
                    ))
            }
            html("div", .class("nt-g")) { html in
                for (priority, label) in Self.priorities { channel(priority, label, &html) }
            }
            html(
                "p", .class("mut"),
                say: habits.urgentPassesQuiet
                    ? Label(
                        zh: "紧急的不能静音，免打扰时段也会发邮件（公司规定）。",
                        en: "Urgent notices can't be muted and are mailed in quiet hours too, as the company says.")
                    : Label(
                        zh: "紧急的不能静音；免打扰时段内等到结束再发邮件（公司规定）。",
                        en: "Urgent notices can't be muted; in quiet hours their mail waits, as the company says."))
            kinds(&html)
            html("button", .class("btn p"), .type("submit"), say: Words.save)
        }
    }

    private static let priorities: [(String, Label)] = [
        ("urgent", Label(zh: "紧急", en: "Urgent")), ("normal", Label(zh: "普通", en: "Normal")),
        ("digest", Label(zh: "汇总", en: "Collected")),
    ]

    private func quiet(_ html: inout HTML) {
        let own = habits.own.quietHours
        let chosen = value("quiet", own == nil ? "company" : own == "off" ? "off" : "own")
        let halves = (own ?? "").split(separator: "-").map(String.init)
        let (from, until) = halves.count == 2 ? (halves[0], halves[1]) : ("21:00", "08:00")
        let company = habits.company.quietHours ?? ""
        html("fieldset", .class("fd nt-q")) { html in
            html("legend", .class("fd-l")) { html in
                html.say(Label(zh: "免打扰时段", en: "Quiet hours"))
                html("small", .class("mut"), text: " " + habits.timeZone)
            }
            choice(
                "company", chosen,
                Label(
                    zh: "公司默认（\(company == "off" ? "没有" : company)）",
                    en: "The company's (\(company == "off" ? "none" : company))"), &html)
            html("div", .class("row")) { html in
                choice("own", chosen, Label(zh: "我自己的", en: "My own"), &html)
                html("span", .class("nt-t")) { html in
                    time("quiet_from", value("quiet_from", from), Label(zh: "从", en: "From"), &html)
                    html("span", .class("mut"), text: "–")
                    time("quiet_until", value("quiet_until", until), Label(zh: "到", en: "Until"), &html)
                }
            }
            choice("off", chosen, Label(zh: "不要免打扰", en: "None"), &html)
        }
    }

    private func choice(_ id: String, _ chosen: String, _ label: Label, _ html: inout HTML) {
        html("label", .class("nt-c")) { html in
            html.void("input", .type("radio"), .name("quiet"), .value(id), .flag("checked", chosen == id))
            html("span", say: label)
        }
    }

    private func time(_ name: String, _ value: String, _ label: Label, _ html: inout HTML) {
        html.void("input", .class("in num"), .type("time"), .name(name), .value(value), .label(html.page[label]))
    }

    private func channel(_ priority: String, _ label: Label, _ html: inout HTML) {
        let company = habits.company.channels[priority].map { html.page[Self.word($0)] } ?? ""
        html("div", .class("fd")) { html in
            choice(
                "notice_" + priority, label, own: habits.own.channels[priority]?.rawValue, usual: Self.usual(company),
                among: NoticeChannel.allCases.map { ($0.rawValue, Self.word($0)) }, &html)
        }
    }

    /// What holds for who chooses nothing.
    static func usual(_ company: String) -> Label { Label(zh: "公司默认：\(company)", en: "Company: \(company)") }

    /// A label and a list; its first line, `usual`, chooses nothing.
    func choice(
        _ name: String, _ label: Label, own: String?, usual: Label, among choices: [(code: String, label: Label)],
        _ html: inout HTML
    ) {
        let chosen = value(name, own ?? "")
        html("label", .class("fd-l"), .named("for", name), say: label)
        html("select", .class("in"), .id(name), .name(name)) { html in
            html("option", .value(""), .flag("selected", chosen.isEmpty), say: usual)
            for choice in choices {
                html("option", .value(choice.code), .flag("selected", chosen == choice.code), say: choice.label)
            }
        }
    }

    private static func word(_ channel: NoticeChannel) -> Label {
        switch channel {
        case .app: Label(zh: "只在系统内", en: "Baton only")
        case .mail: Label(zh: "系统内和邮件", en: "Baton and mail")
        }
    }

    // MARK: About what

    private func mutes(_ html: inout HTML) {
        let kinds = Set(
            habits.mutes.compactMap { mute -> NoticeKind? in
                if case .kind(let kind) = mute.subject { kind } else { nil }
            })
        let records = habits.mutes.filter { if case .record = $0.subject { true } else { false } }
        html.card(html.page[Label(zh: "静音", en: "Muted")], icon: "moon", id: "mutes") { html in
            html("ul", .class("nt-k")) { html in
                for kind in NoticeKind.allCases { write(kind, isMuted: kinds.contains(kind), &html) }
            }
            html("h3", .class("nt-h"), say: Label(zh: "不再提醒的单据", en: "Records"))
            if records.isEmpty {
                html(
                    "p", .class("mut none-p"),
                    say: Label(zh: "没有。在通知列表里可以让某一单不再提醒。", en: "None. The list of notices offers it for each record."))
            }
            html("ul") { html in for mute in records { write(mute, &html) } }
        }
    }

    private func write(_ kind: NoticeKind, isMuted: Bool, _ html: inout HTML) {
        html("li", .class("it")) { html in
            html("span", .class("it-i")) { $0.icon(NoticesPage.icon(of: kind.rawValue)) }
            html("div", .class("it-t")) { html in
                html("b", say: kind.label)
                if isMuted { html.add(Tag(html.page[Label(zh: "已静音", en: "muted")], tone: .warn)) }
            }
            html("div", .class("it-a")) { html in
                html.add(
                    Button(
                        text: html.page[isMuted ? Label(zh: "恢复", en: "Tell me again") : Label(zh: "静音", en: "Mute")],
                        target: .post(
                            Paths.noticeSettings + (isMuted ? "/unmute" : "/mute"), [("kind", kind.rawValue)])))
            }
        }
    }

    private func write(_ mute: NoticeHabits.Mute, _ html: inout HTML) {
        guard case .record(let object, let id) = mute.subject else { return }
        html("li", .class("it")) { html in
            html("span", .class("it-i")) { $0.icon("moon") }
            html("div", .class("it-t")) { html in
                html("a", .class("rt"), .href(Paths.record(object, id.description))) { html in
                    html.user(mute.title.isEmpty ? html.page[Words.notVisible] : mute.title)
                }
                if let until = mute.until {
                    let time = html.page.format.instant(until)
                    html("p", .class("mut num"), say: Label(zh: "到 \(time)", en: "until \(time)"))
                }
            }
            html("div", .class("it-a")) { html in
                html.add(
                    Button(
                        text: html.page[Label(zh: "恢复", en: "Tell me again")],
                        target: .post(
                            Paths.noticeSettings + "/unmute", [("object", object), ("record", id.description)])))
            }
        }
    }

    // MARK: How often

    private func interruptions(_ html: inout HTML) {
        html.card(html.page[Label(zh: "最近 7 天被打断", en: "Interruptions of the last seven days")], icon: "bar-chart") {
            html in
            html(
                "p", .class("mut none-p"),
                say: Label(
                    zh: "单独发到你的邮件，或在打开的页面上弹出的提醒。汇总、静音和发出前已读的不算。",
                    en:
                        "Notices mailed to you alone or shown on an open page. Digests, muted ones and what you had read do not count."
                ))
            days(mine, &html)
            if team.people > 0 {
                html(
                    "h3", .class("nt-h"),
                    say: Label(zh: "我的团队（\(team.people) 人合计）", en: "My team (\(team.people) people together)"))
                days(team, &html)
            }
        }
    }

    private func days(_ answer: Interruptions.Answer, _ html: inout HTML) {
        let most = max(answer.days.map(\.all).max() ?? 0, 1)
        html("ul", .class("nt-d")) { html in
            for day in answer.days.reversed() {
                html("li") { html in
                    html("span", .class("mut num"), text: html.page.format.nearDay(day.day))
                    let words = html.page[
                        Label(zh: "\(day.all) 次，其中紧急 \(day.urgent)", en: "\(day.all), \(day.urgent) urgent")]
                    html.add(Meter(label: words, percent: day.all * 100 / most, tone: day.urgent > 0 ? .warn : .pri))
                    html("span", .class("num"), text: String(day.all))
                    html(
                        "small", .class("mut"),
                        say: day.urgent > 0
                            ? Label(zh: "紧急 \(day.urgent)", en: "\(day.urgent) urgent") : Label(zh: "", en: ""))
                }
            }
        }
    }
}
