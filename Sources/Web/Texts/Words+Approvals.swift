import Definitions

extension Words {
    static let approvals = Label(zh: "审批", en: "Approvals")
    static let chooseApproval = Label(zh: "从左边选一项审批", en: "Choose an approval on the left")
    static let whyYou = Label(zh: "为什么是你：", en: "Why you:")
    static let whyThisLevel = Label(zh: "为什么是这一级", en: "Why this level")
    static let measured = Label(zh: "项目", en: "Measured")
    static let measuredValue = Label(zh: "数值", en: "Value")
    static let limit = Label(zh: "区间", en: "Interval")
    static let level = Label(zh: "级别", en: "Level")
    static let sinceApproved = Label(zh: "与上次批准相比", en: "Since the last approval")
    static let nothingDifferent = Label(zh: "决定依据没有变化", en: "Nothing of what is decided on is different")
    static let decisionTable = Label(zh: "决策表", en: "Decision table")
    static let noRule = Label(zh: "没有命中", en: "no rule answers")
    static let decidedOn = Label(zh: "决定依据", en: "Decided on")
    static let basisChanged = Label(
        zh: "提交后有变化，审批会作废", en: "Changed since it was asked for; the approval would be void")
    static let approvers = Label(zh: "审批人", en: "Approvers")
    static let approvalHistory = Label(zh: "经过", en: "History")
    static let opinion = Label(zh: "意见", en: "Opinion")
    static let opinionHint = Label(zh: "意见；退回和否决要写理由", en: "Opinion; a return or rejection needs its reason")
    static let otherSteps = Label(zh: "转交、加签、抄送", en: "Transfer, add, copy")
    static let toWhom = Label(zh: "人员", en: "Person")
    static let signerPlace = Label(zh: "加签方式", en: "Place of the added signer")
    static let signerPlaces: [(String, Label)] = [
        ("before", Label(zh: "在我之前", en: "before me")), ("after", Label(zh: "在我之后", en: "after me")),
        ("parallel", Label(zh: "同时", en: "beside me")),
    ]
    static let returnTo = Label(zh: "退回到", en: "Return to")
    static let toRequester = Label(zh: "申请人", en: "Requester")
    static let batchHint = Label(zh: "同类、低风险的可一起同意", en: "Low-risk ones of one kind can be approved together")
    static let approveChosen = Label(zh: "同意所选", en: "Approve the chosen")
    static let house = Label(zh: "系统", en: "The house")
    static let approvalHidden = Label(zh: "单据不在你的可见范围", en: "The record is out of your sight")
    static let possiblySplit = Label(zh: "疑似拆单", en: "Possibly split")

    static func standingIn(_ name: String, for other: String) -> Label {
        Label(zh: "\(name) 代 \(other)", en: "\(name) for \(other)")
    }

    static func ruleOfTable(_ rows: [Int]) -> Label {
        let places = rows.map(String.init).joined(separator: ", ")
        return Label(zh: "第 \(places) 条", en: "rule \(places)")
    }
    static func step(_ number: Int) -> Label { Label(zh: "第 \(number) 步", en: "Step \(number)") }
    static func approvalLevel(_ level: Int) -> Label { Label(zh: "\(level) 级", en: "Level \(level)") }

    static func approvedMany(_ done: Int, _ refused: Int) -> Label {
        refused == 0
            ? Label(zh: "已同意 \(done) 项", en: "\(done) approved")
            : Label(zh: "已同意 \(done) 项，\(refused) 项没有成功", en: "\(done) approved, \(refused) refused")
    }

    static func approvalBox(_ box: String) -> Label {
        switch box {
        case "started": Label(zh: "我发起的", en: "Started by me")
        case "copied": Label(zh: "抄送我的", en: "Copied to me")
        case "delegated": Label(zh: "代理与转交", en: "Delegated")
        case "done": Label(zh: "我处理过的", en: "Decided by me")
        default: Label(zh: "待我审批", en: "For me")
        }
    }

    static func approvalEmpty(_ box: String) -> Label {
        box == "mine"
            ? Label(zh: "没有等你审批的事", en: "Nothing waits for your approval") : Label(zh: "这里还没有", en: "Nothing here yet")
    }

    static func approvalEmptyHint(_ box: String) -> Label {
        switch box {
        case "started":
            Label(zh: "提交报价、变更、采购等超过权限的事，审到哪一步在这里看。", en: "What you submit beyond your limit shows here how far it is.")
        case "copied": Label(zh: "审批人抄送给你的事会在这里，看就行，不用处理。", en: "Copies come here: to know, not to decide.")
        case "delegated": Label(zh: "你代人审批或转交出去的事会在这里。", en: "What you decide for others or passed on stands here.")
        case "done": Label(zh: "你同意、退回或否决过的都在这里，可随时查。", en: "All you approved, returned or rejected, to look up.")
        default:
            Label(
                zh: "同事提交超过权限的报价、变更、采购，会排在这里并通知你。",
                en: "What colleagues submit beyond their limit lines up here, and you are told.")
        }
    }

    /// What a verb is called on its button.
    static func approvalVerb(_ verb: String) -> Label {
        switch verb {
        case "approve": Label(zh: "同意", en: "Approve")
        case "reject": Label(zh: "否决", en: "Reject")
        case "return": Label(zh: "退回", en: "Return")
        case "withdraw": Label(zh: "撤回", en: "Withdraw")
        case "take_back": Label(zh: "拿回", en: "Take back")
        case "transfer": Label(zh: "转交", en: "Transfer")
        case "delegate": Label(zh: "请人给意见", en: "Ask for an opinion")
        case "add_signers": Label(zh: "加签", en: "Add a signer")
        case "remove_signer": Label(zh: "减签", en: "Take off")
        case "copy": Label(zh: "抄送", en: "Copy")
        case "urge": Label(zh: "催办", en: "Urge")
        case "comment": Label(zh: "评论", en: "Comment")
        case "terminate": Label(zh: "终止", en: "Terminate")
        case "restart": Label(zh: "重启", en: "Begin anew")
        default: Label(zh: verb, en: verb)
        }
    }

    /// What an event of the timeline says of a step with an approval; the step's own word when there is none.
    static func approvalEvent(_ verb: String) -> Label {
        switch verb {
        case "let_in": Label(zh: "时限过半，放宽给代理人", en: "half of the time gone, let a stand-in decide too")
        case "escalate": Label(zh: "超时上转", en: "passed on to the next level")
        case "void": Label(zh: "作废", en: "made void")
        case "late": Label(zh: "审批超时，上面没有可问的人", en: "late, and nobody stands above")
        default: approvalVerb(verb)
        }
    }

    /// What a line of the history says, behind who did it.
    static func approvalAct(_ verb: String) -> Label {
        switch verb {
        case "asked": Label(zh: "提出申请", en: "asked for it")
        case "assigned": Label(zh: "分派给", en: "asked")
        case "merged": Label(zh: "同一人只审一次：", en: "asked once only:")
        case "repeated": Label(zh: "前面已同意，不再审：", en: "approved before, not asked again:")
        case "skipped": Label(zh: "无人可审，跳过", en: "skipped, nobody to ask")
        case "blocked": Label(zh: "无人可审，等管理员处理", en: "nobody to ask; an administrator has to help")
        case "let_in": Label(zh: "时限过半，可代为审批：", en: "half of the time gone, may decide too:")
        case "limited": Label(zh: "金额超过代理上限，不能代批：", en: "the amount is above the limit of who stands in:")
        case "escalate": Label(zh: "超时上转给", en: "silent too long, asked the next level:")
        case "void": Label(zh: "作废", en: "made it void")
        default: approvalVerb(verb)
        }
    }
}
