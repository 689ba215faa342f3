import Definitions
import Kernel
import Values

/// One hand-over: what goes to whom before it goes, how far it is, and what came of it.
struct HandOverPlanPage: Sendable {
    let answer: HandOverOf.Answer
    let items: HandOverItems.Answer
    let people: [Colleague]
    let from: Int
    let problemsOnly: Bool
    let words: HandOverWords

    private var id: RecordID { answer.id }
}

extension HandOverPlanPage: Markup {
    func write(to html: inout HTML) {
        var head = PageHead(title: words.title(answer), note: note(html.page))
        if !answer.state.isPlan, answer.total > 0 {
            head.actions = [
                Button(
                    text: html.page[Words.handOverList], target: .link(Paths.handOver(id, "list")),
                    icon: "clipboard-check")
            ]
        }
        html.add(head)
        html("div", .class("hw")) { html in
            if answer.ownCount > 0, answer.state != .undone { mine(&html) }
            if answer.state.isUnderWay { running(&html) } else { standing(&html) }
            if answer.state.isPlan { limits(&html) }
            groups(&html)
            if !items.items.isEmpty { list(&html) }
        }
    }

    private func note(_ page: PageContext) -> String {
        page[HandOverWords.label(answer.state)] + " · " + answer.by + " · " + page.format.instant(answer.at)
    }

    // MARK: Where it stands

    private func mine(_ html: inout HTML) {
        html.card(html.page[Label(zh: "交给你的", en: "What came to you")], count: answer.ownCount, icon: "check") {
            html in
            html("div", .class("row ho-b")) { html in
                if let at = answer.ownAcceptedAt {
                    html(
                        "span",
                        say: Label(
                            zh: "你在 \(html.page.format.instant(at)) 确认接收",
                            en: "You accepted it \(html.page.format.instant(at))"))
                } else if !answer.state.isUnderWay {
                    html.form(Paths.handOver(id, "accept"), .class("inline")) { html in
                        html(
                            "button", .class("btn p"), .type("submit"),
                            say: Label(zh: "确认接收 \(answer.ownCount) 项", en: "Accept \(answer.ownCount) items"))
                    }
                }
                html("a", .class("ln"), .href(Paths.handOver(id, "list")), say: Words.handOverList)
            }
        }
    }

    private func running(_ html: inout HTML) {
        let done = answer.count("done")
        let settled =
            answer.state == .undoing ? answer.count("back") + answer.count("stays") : done + answer.count("refused")
        let whole = answer.state == .undoing ? settled + done : answer.total
        let title =
            answer.state == .undoing ? Label(zh: "正在退回", en: "Giving back") : Label(zh: "正在交接", en: "Handing over")
        html("section", .class("card pad run"), .data("running")) { html in
            html("p", .class("b"), .named("role", "status"), say: title)
            html.add(Meter(label: html.page[title], percent: whole == 0 ? 0 : settled * 100 / whole))
            html(
                "p", .class("mut num"), .data("run-text"),
                say: Label(
                    zh: "\(settled) / \(whole)，可以离开这页，不会中断",
                    en: "\(settled) of \(whole). You can leave this page; it goes on."
                ))
            html("div", .class("row")) { html in
                html("a", .class("btn"), .href(Paths.handOver(id)), say: Label(zh: "刷新", en: "Refresh"))
                if answer.state != .undoing, answer.mayManage {
                    html.add(post("cancel", Label(zh: "停下", en: "Stop"), html.page))
                }
            }
        }
    }

    private func standing(_ html: inout HTML) {
        if let failure = answer.failure { html.add(Note(tone: .bad, text: html.page[failure])) }
        let buttons = buttons(html.page)
        if let note = sentence(html.page.format) {
            html.add(
                Note(tone: answer.count("refused") + answer.count("stays") > 0 ? .warn : .info, text: html.page[note]))
        }
        if buttons.isEmpty { return }
        html("div", .class("row ho-b")) { $0.add(all: buttons) }
    }

    private func sentence(_ format: Format) -> Label? {
        switch answer.state {
        case .draft:
            guard let at = answer.fireAt else { return nil }
            return Label(
                zh: "确认后，到 \(format.day(format.localDay(at))) 零点自动交接",
                en: "Once confirmed it happens at midnight of \(format.day(format.localDay(at)))")
        case .scheduled:
            return Label(
                zh: "\(answer.fireAt.map { format.instant($0) } ?? "") 自动交接，届时新增的也一起交",
                en: "It happens \(answer.fireAt.map { format.instant($0) } ?? ""), with what has come by then")
        case .following:
            return Label(
                zh: "已交 \(answer.count("done")) 项。之后到 \(answer.person.name) 名下的也转给接手人，直到账号停用",
                en: "\(answer.count("done")) handed over. What comes to \(answer.person.name) later follows, "
                    + "until the account is off")
        case .done, .stopped, .failed:
            let refused = answer.count("refused")
            return Label(
                zh: "已交 \(answer.count("done")) 项" + (refused > 0 ? "，\(refused) 项没有交，原因在下面" : ""),
                en: "\(answer.count("done")) handed over"
                    + (refused > 0 ? ", \(refused) were not; the reasons stand below" : ""))
        case .undone:
            let stays = answer.count("stays")
            return Label(
                zh: "已退回 \(answer.count("back")) 项" + (stays > 0 ? "，\(stays) 项之后又换了人，保持不动" : ""),
                en: "\(answer.count("back")) given back"
                    + (stays > 0 ? ", \(stays) went to others since and stay there" : ""))
        default: return nil
        }
    }

    private func post(_ verb: String, _ label: Label, _ page: PageContext, _ kind: Button.Kind = .plain) -> Button {
        Button(text: page[label], target: .post(Paths.handOver(id, verb), []), kind: kind)
    }

    private func buttons(_ page: PageContext) -> [Button] {
        guard answer.mayManage else { return [] }
        let edit = Button(
            text: page[Label(zh: "改安排", en: "Change the plan")], target: .link(Paths.handOver(id, "edit")),
            icon: "pen")
        let cancel = post("cancel", Label(zh: "取消", en: "Cancel"), page)
        switch answer.state {
        case .draft:
            let label =
                answer.fireAt == nil
                ? Label(zh: "交接 \(answer.total) 项", en: "Hand over \(answer.total)")
                : Label(zh: "确认，到时交接", en: "Confirm for that day")
            return [post("start", label, page, .primary), edit, cancel]
        case .scheduled: return [edit, cancel]
        case .stopped, .failed:
            return [post("resume", Label(zh: "接着交", en: "Go on"), page, .primary)] + undo(page)
        case .done: return undo(page)
        case .following: return [post("cancel", Label(zh: "不再照转", en: "End passing on"), page)] + undo(page)
        default: return []
        }
    }

    private func undo(_ page: PageContext) -> [Button] {
        guard let until = answer.undoUntil else { return [] }
        let day = page.format.day(page.format.localDay(until))
        return [post("undo", Label(zh: "撤销交接（到 \(day)）", en: "Take it back (until \(day))"), page)]
    }

    private func limits(_ html: inout HTML) {
        if answer.limits.isEmpty { return }
        html.card(
            html.page[Label(zh: "接手人看不到或不能做的", en: "What successors could not see or do")], icon: "alert-triangle"
        ) { html in
            html("ul") { html in
                for limit in answer.limits {
                    let name = answer.groups.first { $0.receiver?.id == limit.receiver }?.receiver?.name ?? ""
                    html("li", .class("ho-o")) { html in html("span") { $0.user(words.limit(limit, name: name)) } }
                }
            }
            html(
                "p", .class("mut ho-h"),
                say: Label(
                    zh: "按现在的权限逐条看过；换人接手，或先给角色。",
                    en: "Looked at record by record by the rights in force. Choose somebody else, or give a role first."
                ))
        }
    }
}
