import Definitions
import Kernel

/// How the house works: the pages behind `/settings`, and the index that leads to them.
extension Desk {
    func settings(_ rest: [String]) async throws -> Reply {
        let tail = Array(rest.dropFirst())
        switch rest.first {
        case nil where !isPost: return try await settingsIndex()
        case "calendars"?: return try await calendars(tail)
        case "hand-over"?: return try await handOverWork(tail)
        case "rules"?: return try await houseRules(tail)
        case "limits"? where tail.isEmpty && !isPost: return try await limits()
        case "workflows"?: return try await workflows(tail)
        case "processes"?: return try await processes(tail)
        case "levels"? where tail.isEmpty && !isPost: return try await levels()
        case "levels"? where !tail.isEmpty: return try await levelFiles(tail)
        case "notices"?, "deliveries"?: return try await settings(rest[0], tail)
        default: return try await setUp(rest.first, tail)
        }
    }

    private func settingsIndex() async throws -> Reply {
        let (frame, _) = try await ask(NothingMore())
        let wanted = exchange[query: "q"]?.trimmingSpaces ?? ""
        let groups = SettingsIndex(sight: frame.sight, language: context.language).groups
        let content = SettingsPage(groups: SettingsPage.matching(wanted, in: groups, context), wanted: wanted)
        return settingsPage(content, frame, title: context[Words.settings], crumbs: [])
    }

    /// A page of the settings inside the frame, with the way back to the index.
    func settingsPage(
        _ content: some Markup, _ frame: Frame, title: String, crumbs: [Shell.Crumb]? = nil, backURL: String? = nil,
        scripts: [String] = [], status: Int = 200
    ) -> Reply {
        let first = Shell.Crumb(text: context[Words.settings], url: Paths.settings)
        let isIndex = crumbs?.isEmpty == true
        let way = isIndex ? [] : [first] + (crumbs ?? []) + [Shell.Crumb(text: title, url: nil)]
        return page(
            content, frame, title: title, place: Self.settingsPlace, crumbs: way,
            backURL: backURL ?? (isIndex ? Paths.day : Paths.settings), scripts: ["settings.js"] + scripts,
            status: status)
    }

    static let settingsPlace = "settings"
}

/// What somebody may set, in groups.
struct SettingsIndex {
    let sight: ModelSight
    let language: Language

    var groups: [SettingsPage.Group] {
        [
            SettingsPage.Group(title: Label(zh: "工作方式", en: "How the house works"), entries: work),
            SettingsPage.Group(title: Label(zh: "我自己", en: "Myself"), entries: own),
            SettingsPage.Group(title: Label(zh: "账号与权限", en: "Accounts and rights"), entries: accounts),
            SettingsPage.Group(title: Label(zh: "组织", en: "Organisation"), entries: records(Self.organisation)),
            SettingsPage.Group(
                title: Label(zh: "规则与标准", en: "Rules and standards"), entries: records(Self.standards)),
            SettingsPage.Group(title: Label(zh: "基础资料", en: "Master data"), entries: records(others)),
            SettingsPage.Group(title: Label(zh: "系统", en: "System"), entries: firstSteps + keeping + system),
        ].filter { !$0.entries.isEmpty }
    }

    private static let organisation = ["user", "department", "region", "own_company", "bank_account"]
    private static let standards = [
        "sla_rule", "raci_rule", "approval_rule", "escalation_rule", "pool_rule", "decision_rule", "change_impact",
        "maturity_level", "checklist", "kpi_definition",
    ]

    private var mayLook: Bool { sight.has("define") || sight.has("audit") }

    var work: [SettingsPage.Entry] {
        func entry(_ isOpen: Bool, _ icon: String, _ label: Label, _ url: String, _ zh: String, _ en: String)
            -> SettingsPage.Entry?
        {
            isOpen ? SettingsPage.Entry(icon: icon, label: label, url: url, note: Label(zh: zh, en: en)) : nil
        }
        return [
            entry(
                sight.canRead("work_calendar"), "calendar", Words.workCalendars, Paths.calendars, "几点上班、哪天放假、谁用哪个日历",
                "Hours, holidays, and who works by which calendar"),
            entry(
                mayLook, "zap", Words.houseRules, Paths.rules, "什么时候自动做什么，做过什么",
                "What happens by itself, and what has happened"),
            entry(
                sight.canRead("sla_rule"), "clock", Words.houseLimits, Paths.limits, "每一步最多多久，超时找谁",
                "How long each step may take, and who hears of it"),
            entry(
                mayLook && !sight.model.processes.isEmpty, "relay", Words.houseProcesses, Paths.processes,
                "每一棒谁接、交什么、谁负责", "Who takes each leg, what is handed over, who answers"),
            entry(
                mayLook, "branch", Words.workflows, Paths.workflows, "导入 BPMN，在记录上走",
                "BPMN brought in and run on records"),
            entry(
                sight.has("users") || sight.may("assign", "company"), "repeat", Words.handOverWork, Paths.handOver,
                "离职、换岗前，看清手上有什么，交给谁", "What somebody holds before they leave, and who takes it"),
            entry(
                sight.canRead("approval_rule"), "stamp", Words.houseLevels, Paths.levels, "多大的事由谁批",
                "Who approves how much"),
        ].compactMap(\.self)
    }

    private var own: [SettingsPage.Entry] {
        let security = SettingsPage.Entry(
            icon: "lock", label: Words.security, url: Paths.security,
            note: Label(zh: "密码、验证码、登录的设备、令牌", en: "Password, codes, devices and tokens"))
        let notices = SettingsPage.Entry(
            icon: "bell", label: Words.noticeSettings, url: Paths.noticeSettings,
            note: Label(zh: "什么时候、怎么告诉我", en: "When and how I am told"))
        guard AbsenceSheet.isOffered(sight) else { return [security, notices] }
        return [
            security, notices,
            SettingsPage.Entry(
                icon: "users", label: Words.absence, url: Paths.absence,
                note: Label(zh: "不在时谁替我接棒和审批", en: "Who takes my batons and approvals while I am away")),
        ]
    }

    private var system: [SettingsPage.Entry] {
        guard sight.has("define") else { return [] }
        return [
            SettingsPage.Entry(
                icon: "sliders", label: Words.build, url: Paths.definitions,
                note: Label(zh: "对象、字段、名称", en: "Objects, fields and names")),
            SettingsPage.Entry(
                icon: "send", label: Words.deliveries, url: Paths.deliveries,
                note: Label(zh: "发出去的邮件和通知，没发成的", en: "Mails and calls that went out, and those that did not")),
        ]
    }

    private var others: [String] {
        let known = Set(Self.organisation + Self.standards + ["work_calendar"])
        return sight.objects.filter { $0.isSetting && $0.parent == nil && !known.contains($0.id) }.map(\.id)
    }

    private func records(_ ids: [String]) -> [SettingsPage.Entry] {
        ids.compactMap { id in
            guard let object = sight.model.object(id), !object.retired, sight.canRead(id) else { return nil }
            return SettingsPage.Entry(
                icon: object.icon, label: object.plural, url: Paths.list(id),
                note: sight.canCreate(id)
                    ? Label(zh: "查看与修改", en: "Look and change") : Label(zh: "查看", en: "Look"))
        }
    }
}
