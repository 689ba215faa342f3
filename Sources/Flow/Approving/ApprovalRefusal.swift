package import Definitions
package import Values

/// Why a verb can't be done. `{who}` in the message stands for the name of `who`.
package struct ApprovalRefusal: Error, Sendable, Hashable {
    /// Stable and documented.
    package let code: String
    package let message: Label
    package let who: RecordID?

    private init(_ code: String, zh: String, en: String, who: RecordID? = nil) {
        self.code = code
        message = Label(zh: zh, en: en)
        self.who = who
    }

    /// The message with a name in it.
    package func message(naming name: String) -> Label {
        func filled(_ text: String) -> String {
            guard let place = text.firstRange(of: "{who}") else { return text }
            return text.replacingCharacters(at: place, with: name)
        }
        return Label(zh: filled(message.zh), en: filled(message.en))
    }

    static func ended(_ status: ApprovalCase.Status, by who: RecordID?) -> ApprovalRefusal {
        let words: (String, String) =
            switch status {
            case .pending: ("在审批中", "is pending")
            case .granted: ("已批准", "was approved")
            case .rejected: ("已否决", "was rejected")
            case .returned: ("已退回", "was returned")
            case .withdrawn: ("已撤回", "was withdrawn")
            case .terminated: ("已终止", "was terminated")
            case .voided: ("已作废：依据有变化", "is void: what it was based on has changed")
            }
        guard let who else {
            return ApprovalRefusal("already_decided", zh: "这项审批\(words.0)", en: "This approval \(words.1)")
        }
        return ApprovalRefusal(
            "already_decided", zh: "这项审批\(words.0)，处理人 {who}", en: "This approval \(words.1), by {who}", who: who)
    }

    static func decided(by who: RecordID) -> ApprovalRefusal {
        ApprovalRefusal("already_decided", zh: "{who} 已先处理", en: "{who} has decided it already", who: who)
    }

    static let notAsked = ApprovalRefusal(
        "not_approver", zh: "现在不由你审批", en: "You are not asked to decide this now")
    static let ownRequest = ApprovalRefusal(
        "own_record", zh: "不能审批自己的申请，也不能替申请人审批", en: "Nobody decides their own request, nor for the requester")
    static let notOpen = ApprovalRefusal(
        "not_your_turn", zh: "这一步还没轮到或在等别人", en: "It is not its turn, or it waits for somebody else")
    static let noteRequired = ApprovalRefusal("note_required", zh: "请写明理由", en: "Give the reason")
    static let notRequester = ApprovalRefusal(
        "not_requester", zh: "只有申请人可以这样做", en: "Only who asked for it may do this")
    static let notAdministrator = ApprovalRefusal(
        "not_administrator", zh: "只有管理员可以这样做", en: "Only an administrator may do this")
    static let houseOnly = ApprovalRefusal("house_only", zh: "由系统完成", en: "The house does this")
    static func acted(_ who: RecordID) -> ApprovalRefusal {
        ApprovalRefusal(
            "already_acted", zh: "{who} 已经处理过，不能撤回；可请审批人退回",
            en: "{who} has acted already; ask for it to be returned instead", who: who)
    }
    static let nothingToTakeBack = ApprovalRefusal(
        "nothing_to_take_back", zh: "没有可拿回的处理：之后已有人处理，或最后处理的不是你",
        en: "Nothing to take back: somebody has acted since, or the last step was not yours")
    static let noSuchStage = ApprovalRefusal(
        "no_such_stage", zh: "只能退回到已经审过的步骤", en: "It can be returned only to a step that was asked before")
    static let sameStage = ApprovalRefusal(
        "no_previous_stage", zh: "这是第一步，可退回给申请人", en: "This is the first step; return it to the requester")
    static let alreadyAsked = ApprovalRefusal(
        "already_asked", zh: "对方已在这一步审批", en: "They are asked in this step already")
    static let toOneself = ApprovalRefusal("to_oneself", zh: "不能交给自己", en: "It can't be given to oneself")
    static let absent = ApprovalRefusal(
        "absent", zh: "对方不在岗，也没有代理人", en: "They are not there and nobody stands in for them")
    static let beyondDelegation = ApprovalRefusal(
        "beyond_delegation", zh: "对方不在岗，金额超过代理人的上限",
        en: "They are not there, and the amount is above the limit of who stands in")
    static let nested = ApprovalRefusal(
        "nested", zh: "加签或受委派的人不能再加签、再委派", en: "Who was added or asked for an opinion can't add or ask others")
    static let nobodyNamed = ApprovalRefusal("nobody_named", zh: "请选择人员", en: "Name somebody")
    static let notAdded = ApprovalRefusal(
        "not_added", zh: "只能减去自己加签、还没处理的人", en: "Only signers whom you added and who have not acted can be taken off")
    static let tooSoon = ApprovalRefusal(
        "urged_already", zh: "一小时内已催办过", en: "It was urged within the hour already")
    static let running = ApprovalRefusal(
        "still_running", zh: "审批还在进行", en: "The approval is still running")
    static let notInvolved = ApprovalRefusal(
        "not_involved", zh: "你没有参与这项审批", en: "You have no part in this approval")
    static let noHigher = ApprovalRefusal(
        "no_higher_level", zh: "上面没有可问的人", en: "There is nobody above to ask")
    static let badRatio = ApprovalRefusal(
        "bad_ratio", zh: "比例要大于 0、不超过 100 %", en: "The share must be above 0 and at most 100 %")
}

extension String {
    fileprivate func replacingCharacters(at range: Range<String.Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
    }
}
