package import Definitions
package import Values

/// Approvals in which the asker has a part, those that wait first.
package struct MyApprovals: Question {
    package enum Box: String, Sendable, CaseIterable {
        /// I am asked.
        case mine
        /// I asked for them.
        case started
        case copied
        /// I stand in for somebody, somebody stands in for me, or I gave them away.
        case delegated
        /// I have decided.
        case done
    }

    package let box: Box
    package let limit: Int

    package init(box: Box, limit: Int = 50) {
        self.box = box
        self.limit = limit
    }
}

package struct ApprovalItem: Sendable {
    package let id: RecordID
    package let version: Int
    /// `pending`, `approved`, `rejected`, `returned`, `withdrawn`, `terminated` or `voided`.
    package let status: String
    package let level: Int
    /// Id of the approval's definition.
    package let definition: String
    /// What the approval is called: 报价审批.
    package let name: Label
    package let target: RecordReference
    package let targetLabel: Label
    /// As the asker may read it; empty when they may not see the record.
    package let title: String
    /// The fields that the approval shows in lists, with their currencies, as far as the asker may read them; nil for
    /// who does not see the record.
    package let record: RecordView?
    package let requester: String
    package let askedAt: Instant
    package let due: Instant?
    package let why: Label
    package let isSplit: Bool
    /// The asker may decide it now.
    package let isMine: Bool
    /// Level 1 at most and nothing unusual: may be decided together with others of its kind.
    package let isLowRisk: Bool
}

/// How many approvals wait for the asker.
package struct WaitingApprovals: Question {
    package init() {}
}

/// One approval with all that is needed to decide it, or the rejection `missing`.
package struct ShowApproval: Question {
    package let id: RecordID

    package init(id: RecordID) { self.id = id }
}

package struct ApprovalDetail: Sendable {
    package let item: ApprovalItem
    package let findings: [Finding]
    package let basis: [Basis]
    /// What is different from what was approved last; nil when nothing was, or for who does not see the record.
    package let difference: Difference?
    package let tasks: [Task]
    package let history: [Act]
    package let copies: [String]
    /// Ids of the verbs that the asker may do now.
    package let verbs: [String]
    /// Why the asker is asked; nil when they are not.
    package let whyYou: Label?
    /// Places of the steps that it may be returned to.
    package let visited: [Int]

    /// A value against its limit.
    package struct Finding: Sendable {
        package let dimension: Label
        /// Nil when the asker may not see it.
        package let value: ExactDecimal?
        package let isHidden: Bool
        package let from: ExactDecimal?
        package let to: ExactDecimal?
        package let isShare: Bool
        package let level: Int
        package let role: Label
        package let isBeyond: Bool
        /// Rules of a decision table that say so, from 1; nil for the company's limits.
        package let rows: [Int]?
    }

    /// A field that was decided on.
    package struct Basis: Sendable {
        package let field: String
        package let label: Label
        package let isChanged: Bool
    }

    package struct Difference: Sendable {
        /// When that was approved.
        package let since: Instant?
        package let changes: [TimelineEntry.Change]
        /// Names of records that the changes link to.
        package let titles: [RecordID: String]
    }

    package struct Task: Sendable {
        package let number: Int
        package let person: String
        package let personID: RecordID
        package let role: Label
        package let level: Int
        package let state: String
        package let why: Label
        package let openedAt: Instant
        package let due: Instant?
        package let decidedBy: String?
        package let decidedAt: Instant?
        package let note: String
        package let standIn: String?
        package let standsInFor: String?
        package let isAdded: Bool
    }

    package struct Act: Sendable {
        package let verb: String
        /// Nil for the house.
        package let by: String?
        /// Whom they stood in for.
        package let onBehalfOf: String?
        package let at: Instant
        package let people: [String]
        package let note: String
    }
}
