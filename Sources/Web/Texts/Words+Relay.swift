import Definitions

extension Words {
    static let relay = Label(zh: "接力板", en: "Relay")
    static let relayShort = Label(zh: "接力", en: "Relay")
    static let lanes = Label(zh: "赛道", en: "Lanes")
    static let relayBoard = Label(zh: "看板", en: "Board")
    static let relayTime = Label(zh: "时间轴", en: "Timeline")
    static let relayList = Label(zh: "列表", en: "List")
    static let summary = Label(zh: "摘要，点选即筛选", en: "Summary; choose one to filter")
    static let underWay = Label(zh: "在途", en: "under way")
    static let dueToday = Label(zh: "今日应交棒", en: "due today")
    static let lateLegs = Label(zh: "超时", en: "late")
    static let pausedLegs = Label(zh: "停表", en: "paused")
    static let endangered = Label(zh: "可能误期", en: "may miss the date")
    static let onTimeShare = Label(zh: "近 30 天准时交棒", en: "handed on in time, 30 days")
    static let sliceAll = Label(zh: "全部", en: "All")
    static let sliceMine = Label(zh: "轮到我", en: "My turn")
    static let sliceFollowed = Label(zh: "我跟的", en: "I follow")
    static let sliceRisk = Label(zh: "有风险", en: "At risk")
    static let bottleneck = Label(zh: "瓶颈", en: "slow")
    static let columnLegend = Label(zh: "每棒：在手，实际 / 标准天数", en: "Each leg: in hand, actual / standard days")
    static let holder = Label(zh: "持棒人", en: "Holder")
    static let leg = Label(zh: "当前棒", en: "Leg")
    static let due = Label(zh: "到期", en: "Due")
    static let timeLeft = Label(zh: "时间", en: "Time")
    static let nobody = Label(zh: "还没有人", en: "Nobody yet")
    static let offered = Label(zh: "待接棒", en: "Offered")
    static let paused = Label(zh: "停表", en: "Paused")
    static let noLimit = Label(zh: "无时限", en: "No limit")
    static let isLate = Label(zh: "已超时", en: "late")
    static let legendOK = Label(zh: "按时", en: "In time")
    static let legendDue = Label(zh: "8 小时内到期", en: "Due within 8 hours")
    static let legendLate = Label(zh: "超时", en: "Late")
    static let legendPaused = Label(zh: "停表", en: "Clock paused")
    static let legendBaton = Label(zh: "棒在谁手里", en: "Who holds the baton")
    static let nothingRuns = Label(zh: "还没有在途的棒", en: "No baton is under way")
    static let nothingRunsHint = Label(
        zh: "记录进入流程的第一个状态，就从第一棒开始。",
        en: "A record that enters the first state of the process starts with the first leg.")
    static let nothingFits = Label(zh: "没有符合条件的棒", en: "No baton matches")
    static let barDone = Label(zh: "已交", en: "Handed on")
    static let barLate = Label(zh: "迟交", en: "Late")
    static let barNow = Label(zh: "在手", en: "In hand")
    static let barAhead = Label(zh: "预计", en: "Forecast")
    static let barHint = Label(
        zh: "竖线是那一棒的时限，◆ 是承诺日；指着色块看实际 / 标准天数。",
        en: "The stroke is the limit of the leg, ◆ the promised day; point at a bar for actual / standard days.")
    static let handOverKey = Label(zh: "交棒（H），也可以拖到下一列", en: "Hand off (H), or drag it to the next column")
    static let actual = Label(zh: "实际 / 标准", en: "Actual / standard")
    static let when = Label(zh: "从 – 到", en: "From – to")
    static let compact = Label(zh: "紧凑", en: "Compact")

    static let deliverables = Label(zh: "必交物", en: "Deliverables")
    static let openItems = Label(zh: "待补交", en: "Still owed")
    static let settled = Label(zh: "已补交", en: "Has come")
    static let fillIn = Label(zh: "填写", en: "Fill in")
    static let raci = Label(zh: "责任 RACI", en: "Responsibility (RACI)")
    static let legHistory = Label(zh: "经过", en: "History")
    static let wholeMap = Label(zh: "全程", en: "Whole relay")
    static let openRecord = Label(zh: "打开整单", en: "Open the record")
    static let closePanel = Label(zh: "关闭侧栏", en: "Close the panel")
    static let accept = Label(zh: "接棒", en: "Accept")
    static let giveBack = Label(zh: "退回", en: "Return")
    static let pauseClock = Label(zh: "停表", en: "Pause the clock")
    static let resumeClock = Label(zh: "恢复走表", en: "Resume the clock")
    static let passOn = Label(zh: "转交同事", en: "Pass to a colleague")
    static let handOver = Label(zh: "交棒", en: "Hand off")
    static let seeApproval = Label(zh: "看审批", en: "See the approval")
    static let conditional = Label(zh: "带条件交棒", en: "Hand off with dates")
    static let reportException = Label(zh: "上报异常", en: "Report exception")
    static let requestChange = Label(zh: "申请变更", en: "Request change")
    static let otherTaker = Label(zh: "接棒人（可改）", en: "Taker (may be changed)")
    static let usualTaker = Label(zh: "按流程", en: "As the process says")
    static let choosePerson = Label(zh: "输入姓名、拼音或岗位", en: "Type a name or a role")
    static let owedBy = Label(zh: "补交时间", en: "Owed by")
    static let otherWays = Label(zh: "其他出口", en: "Other ways")
    static let notMine = Label(zh: "棒在别人手里，这里只能看", en: "Somebody else holds the baton; you can look")
    static let colleague = Label(zh: "同事", en: "Colleague")
    static let baton = Label(zh: "棒", en: "Baton")
    static let myLegs = Label(zh: "我手里的棒", en: "My batons")
    static let myLegsHint = Label(zh: "最急的在最前，待接的先接", en: "most urgent first; accept what is offered")
    static let forecast = Label(zh: "预计完成", en: "Forecast")
    static let promised = Label(zh: "承诺日", en: "Promised")
    static let onlineNow = Label(zh: "板上有更新", en: "The board was updated")
    static let relayOver = Label(zh: "这条记录不在接力中", en: "This record runs no leg")
    static let absence = Label(zh: "我的代理", en: "My stand-in")
    static let absenceHint = Label(
        zh: "你不在的时候，新到的棒和审批直接给代理人，并注明“代你”。",
        en: "While you are away new batons and approvals go to your stand-in, marked “for you”.")

    static func legNumber(_ number: Int) -> Label { Label(zh: "第 \(number) 棒", en: "Leg \(number)") }
    static func legOf(_ number: Int, _ count: Int) -> Label {
        Label(zh: "第 \(number) 棒，共 \(count) 棒", en: "leg \(number) of \(count)")
    }
    static func handTo(_ name: String, _ leg: String) -> Label {
        Label(zh: "交棒给 \(name)（\(leg)）", en: "Hand off to \(name) (\(leg))")
    }
    static func sentForApproval(_ action: Label, _ people: [String]) -> Label {
        let (zh, en) = (people.joined(separator: "、"), people.joined(separator: ", "))
        return Label(
            zh: "已提交“\(action.zh)”审批" + (zh.isEmpty ? "" : "，等 " + zh),
            en: "“\(action.en)” was sent for approval" + (en.isEmpty ? "" : ", waits for " + en))
    }
    static func missingCount(_ count: Int) -> Label {
        Label(
            zh: "还差 \(count) 项必交物 · 可“带条件交棒”并写明补交时间",
            en: "\(count) deliverable\(count == 1 ? "" : "s") missing · hand off with a date for each")
    }
    static func days(_ text: String) -> Label { Label(zh: "\(text) 天", en: text + " d") }
    static func lateDays(_ text: String) -> Label { Label(zh: "迟 · \(text) 天", en: "late · \(text) d") }
    static func cutRows(_ count: Int) -> Label {
        Label(
            zh: "只读了日期最早的 \(count) 条，带 + 的数只数这些；加筛选看其他",
            en: "Only the \(count) with the earliest dates are read, figures with + count those; filter to see others")
    }

    /// - Parameter isWhole: all of them are shown.
    static func boardCount(_ shown: Int, of total: String, isWhole: Bool) -> Label {
        isWhole
            ? Label(zh: "共 \(total) 条", en: "\(total) in all")
            : Label(zh: "\(shown) 条，全部 \(total) 条", en: "\(shown) of \(total)")
    }
    static func sum(_ text: String) -> Label { Label(zh: "合计 \(text)", en: "Sum \(text)") }
    static func reasonFor(_ verb: String) -> Label { Label(zh: "\(verb)原因", en: "Reason") }

    /// Reasons that come up again and again, offered while one types.
    static let returnReasons = [
        Label(zh: "资料不全", en: "Papers are incomplete"),
        Label(zh: "数量或规格不清", en: "Quantity or specification is unclear"),
        Label(zh: "交期做不到", en: "The date can't be met"), Label(zh: "不该由我接", en: "This is not mine to take"),
    ]
    static let pauseReasons = [
        Label(zh: "等客户确认", en: "Waiting for the customer"), Label(zh: "等供应商答复", en: "Waiting for the supplier"),
        Label(zh: "等图纸或唛头", en: "Waiting for drawings or marks"), Label(zh: "等付款", en: "Waiting for payment"),
    ]
}

extension Words {
    static let chase = Label(zh: "盯办", en: "Chase")
    static let urge = Label(zh: "催办", en: "Nudge")

    /// What happened to a baton.
    static let legEvents: [String: Label] = [
        "leg:begun": Label(zh: "开始", en: "began"),
        "leg:offered": Label(zh: "交棒，待接", en: "handed off, to be accepted"),
        "leg:accepted": Label(zh: "接棒", en: "accepted"),
        "leg:returned": Label(zh: "退回到手", en: "came back"),
        "leg:given_back": Label(zh: "退回", en: "returned"),
        "leg:passed": Label(zh: "转交", en: "passed on"),
        "leg:urged": Label(zh: "催办", en: "asked to get on"),
        "leg:paused": Label(zh: "停表", en: "paused the clock"),
        "leg:resumed": Label(zh: "恢复走表", en: "resumed the clock"),
        "leg:ticked": Label(zh: "核对必交物", en: "checked deliverables"),
        "leg:item_due": Label(zh: "补交到期", en: "an owed item is due"),
        "leg:item_settled": Label(zh: "已补交", en: "an owed item has come"),
        "leg:warned": Label(zh: "快到期", en: "due soon"),
        "leg:late": Label(zh: "超时", en: "late"),
        "leg:escalated": Label(zh: "超时上报", en: "told those above"),
    ]
}
