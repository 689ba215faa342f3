package import Definitions

/// What a notice is about; one can mute each.
package enum NoticeKind: String, Sendable, Hashable, CaseIterable {
    case leg, approval, clock, reminder, ladder, rule, pool, mention, merge
    case handOver = "hand_over"
    /// The same cause again and again.
    case recurrence = "repeat"
    case emergency = "emergency_cap"

    package var label: Label {
        switch self {
        case .leg: Label(zh: "接力与交接", en: "Legs and hand-overs")
        case .approval: Label(zh: "审批", en: "Approvals")
        case .clock: Label(zh: "时限提醒", en: "Limits that pass")
        case .reminder: Label(zh: "任务到期", en: "Reminders")
        case .ladder: Label(zh: "异常升级", en: "Escalated exceptions")
        case .rule: Label(zh: "规则通知", en: "Notices of rules")
        case .pool: Label(zh: "公海回收", en: "The public pool")
        case .merge: Label(zh: "记录合并", en: "Merged records")
        case .handOver: Label(zh: "工作交接", en: "Hand-overs of work")
        case .mention: Label(zh: "有人提到你", en: "Mentions")
        case .recurrence: Label(zh: "反复出现的原因", en: "Causes that come again")
        case .emergency: Label(zh: "紧急变更占比", en: "Share of emergency changes")
        }
    }
}
