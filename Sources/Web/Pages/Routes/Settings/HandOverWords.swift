import Definitions
import Kernel
import Values

/// What belongs to a hand-over, in words.
struct HandOverWords: Sendable {
    let eyes: Presentation

    private func say(_ label: Label) -> String { eyes.say(label) }

    static let works: [(kind: String, label: Label, icon: String)] = [
        ("leg", Label(zh: "接力棒", en: "Batons"), "relay"),
        ("approval", Label(zh: "待审批", en: "Approvals to decide"), "stamp"),
        ("task", Label(zh: "流程任务", en: "Workflow tasks"), "branch"),
        ("delegation", Label(zh: "授权代理", en: "Delegations"), "users"),
        ("view", Label(zh: "共享视图", en: "Shared views"), "list"),
    ]

    func kind(_ kind: String, _ object: String, _ field: String) -> String {
        switch kind {
        case "record":
            guard let definition = eyes.model.object(object) else { return object }
            return say(definition.label) + (definition.field(field).map { " · " + say($0.label) } ?? "")
        case "account": return say(Label(zh: "停用账号，结束会话和令牌", en: "Account off, sessions and tokens ended"))
        default:
            let work = Self.works.first { $0.kind == kind }?.label ?? Label(zh: kind, en: kind)
            let name = kind == "delegation" ? nil : eyes.model.object(object).map { say($0.label) }
            return say(work) + (name.map { " · " + $0 } ?? "")
        }
    }

    func title(_ answer: HandOverOf.Answer) -> String {
        say(Label(zh: "\(answer.person.name) 的工作交接", en: "Hand-over of \(answer.person.name)"))
    }

    static func label(_ state: HandOverState) -> Label {
        switch state {
        case .draft: Label(zh: "待确认", en: "To confirm")
        case .scheduled: Label(zh: "已排期", en: "Planned")
        case .waiting, .running: Label(zh: "进行中", en: "Under way")
        case .stopped: Label(zh: "已停下", en: "Stopped")
        case .failed: Label(zh: "没有完成", en: "Not finished")
        case .done: Label(zh: "已交接", en: "Done")
        case .following: Label(zh: "已交接，后来的照转", en: "Done; later ones follow")
        case .undoing: Label(zh: "撤销中", en: "Being taken back")
        case .undone: Label(zh: "已撤销", en: "Taken back")
        case .cancelled: Label(zh: "已取消", en: "Cancelled")
        }
    }

    static func tag(_ state: HandOverState, _ language: Language) -> Tag {
        let tone: Tone =
            switch state {
            case .done, .following: .ok
            case .draft, .scheduled, .waiting, .running, .undoing: .info
            case .stopped, .failed: .warn
            case .undone, .cancelled: .mute
            }
        return Tag(label(state)[language], tone: tone)
    }

    static func row(_ state: String) -> (label: Label, tone: Tone) {
        switch state {
        case "done": (Label(zh: "已交", en: "Handed over"), .ok)
        case "refused": (Label(zh: "没有交", en: "Not handed over"), .bad)
        case "back": (Label(zh: "已退回", en: "Given back"), .mute)
        case "stays": (Label(zh: "没有退回", en: "Stays there"), .warn)
        default: (Label(zh: "等待", en: "Waits"), .info)
        }
    }

    /// What somebody could not see or do, in a sentence.
    func limit(_ limit: HandOverLimit, name: String) -> String {
        let words = RightsWords(model: eyes.model, page: eyes.page)
        let object = eyes.model.object(limit.object).map { say($0.label) } ?? limit.object
        var parts: [String] = []
        if limit.unseen > 0 {
            parts.append(
                say(
                    Label(
                        zh: "\(limit.looked) 条里有 \(limit.unseen) 条看不到",
                        en: "would not see \(limit.unseen) of \(limit.looked)")))
        }
        let verbs = limit.lacking.filter { $0 != "read" }.prefix(6).map { words.action($0, of: limit.object) }
        if !verbs.isEmpty {
            let list = verbs.joined(separator: say(Label(zh: "、", en: ", ")))
            parts.append(say(Label(zh: "不能：\(list)", en: "may not: \(list)")))
        }
        return name + " · " + object + say(Label(zh: "：", en: ": "))
            + parts.joined(separator: say(Label(zh: "；", en: "; ")))
    }

    func held(_ answer: HoldingsOf.Answer) -> HandOverPage.Held {
        let groups = answer.groups.map { group in
            let object = eyes.model.object(group.object)
            return HandOverPage.Group(
                id: group.object + "." + group.field.id, object: object.map { say($0.plural) } ?? group.object,
                icon: object?.icon ?? "file", field: say(group.field.label), count: group.count,
                inSight: group.inSight, mostReached: group.count >= HoldingsOf.most,
                url: group.inSight > 0 ? Paths.list(group.object) + "?filter=" + Paths.encoded(group.filter) : nil)
        }
        let counts = [
            "leg": answer.legs, "approval": answer.approvals, "task": answer.tasks, "delegation": answer.delegations,
            "view": answer.views,
        ]
        let works = Self.works.compactMap { work -> HandOverPage.Work? in
            guard let count = counts[work.kind], count > 0 else { return nil }
            return HandOverPage.Work(id: work.kind, label: say(work.label), icon: work.icon, count: count)
        }
        let keys: [(Label, Int, String)] = [
            (Label(zh: "接口令牌", en: "API tokens"), answer.tokens, "key"),
            (Label(zh: "登录中的会话", en: "Open sessions"), answer.sessions, "monitor"),
        ]
        return HandOverPage.Held(
            person: answer.person.description, name: answer.name, isActive: answer.isActive, groups: groups,
            works: works,
            keys: keys.filter { $0.1 > 0 }.map { (label: say($0.0), count: $0.1, icon: $0.2) },
            isEmpty: answer.isEmpty)
    }

    /// The objects that a rule may be about.
    func objects(_ answer: HoldingsOf.Answer?) -> [(id: String, name: String)] {
        var out: [(id: String, name: String)] = []
        for group in answer?.groups ?? [] where !out.contains(where: { $0.id == group.object }) {
            out.append((group.object, eyes.model.object(group.object).map { say($0.label) } ?? group.object))
        }
        return out
    }
}
