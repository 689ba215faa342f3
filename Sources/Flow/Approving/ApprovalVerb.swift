package import Values

/// What may be done with an approval.
package enum ApprovalVerb: Sendable, Hashable {
    case approve(note: String)
    /// 驳回: ends it.
    case reject(note: String)
    /// 退回.
    case sendBack(to: Destination, then: Afterwards, note: String)
    /// 撤回, by the requester while nobody has acted.
    case withdraw(note: String)
    /// 拿回, by who acted last while nobody acted after them.
    case takeBack
    /// 转交: responsibility moves.
    case transfer(to: RecordID, note: String)
    /// 委派: the other's opinion comes back, then oneself decides.
    case delegate(to: RecordID, note: String)
    /// 加签.
    case addSigners([RecordID], Position, ApprovalMode, note: String)
    /// 减签, of a task that was added.
    case removeSigner(task: Int)
    /// 抄送.
    case copy(to: [RecordID])
    /// 催办.
    case urge
    case comment(String)
    /// 终止, by an administrator.
    case terminate(note: String)
    /// 重启: from the beginning, or straight back after a return that said so.
    case restart
    /// By the house: a stand-in may decide too.
    case letIn(task: Int, RecordID)
    /// By the house: the next level instead of silent people.
    case escalate(seat: Int)
    /// By the house: what was decided on has changed.
    case void(note: String)

    package enum Destination: Sendable, Hashable {
        case requester
        case previous
        /// Place of a stage that was asked before.
        case stage(Int)
    }

    /// What follows once the place that it was returned to agrees.
    package enum Afterwards: String, Sendable, Hashable {
        /// All stages in between again.
        case walkAgain = "walk_again"
        /// Straight to the stage that returned it.
        case straightBack = "straight_back"
    }

    package enum Position: String, Sendable, Hashable { case before, after, parallel }

    /// Stable; names the verb in addresses and events.
    package var id: String {
        switch self {
        case .approve: "approve"
        case .reject: "reject"
        case .sendBack: "return"
        case .withdraw: "withdraw"
        case .takeBack: "take_back"
        case .transfer: "transfer"
        case .delegate: "delegate"
        case .addSigners: "add_signers"
        case .removeSigner: "remove_signer"
        case .copy: "copy"
        case .urge: "urge"
        case .comment: "comment"
        case .terminate: "terminate"
        case .restart: "restart"
        case .letIn: "let_in"
        case .escalate: "escalate"
        case .void: "void"
        }
    }
}

/// Who does it.
package enum ApprovalActor: Sendable, Hashable {
    case person(RecordID)
    /// May end and restart what is not theirs, and take off signers; decides nothing by that.
    case administrator(RecordID)
    case house

    package var id: RecordID? {
        switch self {
        case .person(let id), .administrator(let id): id
        case .house: nil
        }
    }
}
