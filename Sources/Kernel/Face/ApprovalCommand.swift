package import Definitions
package import Values

/// A step with an approval: one verb, in one transaction.
package struct ApprovalCommand: Sendable {
    /// The record of the object `approval`.
    package var id: RecordID
    /// `approve`, `reject`, `return`, `withdraw`, `take_back`, `transfer`, `delegate`, `add_signers`, `remove_signer`,
    /// `copy`, `urge`, `comment`, `terminate` or `restart`.
    package var verb: String
    package var note: String
    /// To whom it is given, who is added or copied.
    package var people: [RecordID]
    /// For `return`: `requester`, `previous`, or the place of a step, from 0.
    package var destination: String
    /// For `return`: `walk_again` or `straight_back`.
    package var afterwards: String
    /// For `add_signers`: `before`, `after` or `parallel`.
    package var position: String
    /// For `add_signers`: `all`, `any`, `sequential`, or a share such as `60%`.
    package var mode: String
    /// For `remove_signer`: the number of the task.
    package var task: Int?
    /// The version that its author saw; nil: the state at that moment decides.
    package var expecting: Int?

    package init(
        id: RecordID, verb: String, note: String = "", people: [RecordID] = [], destination: String = "requester",
        afterwards: String = "walk_again", position: String = "before", mode: String = "all", task: Int? = nil,
        expecting: Int? = nil
    ) {
        self.id = id
        self.verb = verb
        self.note = note
        self.people = people
        self.destination = destination
        self.afterwards = afterwards
        self.position = position
        self.mode = mode
        self.task = task
        self.expecting = expecting
    }

    /// Verbs that people have, in the order of the documentation.
    package static let verbs = [
        "approve", "reject", "return", "withdraw", "take_back", "transfer", "delegate", "add_signers", "remove_signer",
        "copy", "urge", "comment", "terminate", "restart",
    ]
}

/// What an approval came to, or would come to.
package struct ApprovalSummary: Sendable {
    /// Nil for a dry run.
    package let id: RecordID?
    /// `pending`, `approved`, `rejected`, `returned`, `withdrawn`, `terminated` or `voided`.
    package let status: String
    package let level: Int
    package let why: Label
    /// Who is asked now, with the position they are asked in.
    package let approvers: [Approver]
    /// Small orders together pass a limit.
    package let isSplit: Bool

    package struct Approver: Sendable, Hashable {
        package let person: RecordID
        package let name: String
        package let level: Int
        package let role: Label
    }
}
