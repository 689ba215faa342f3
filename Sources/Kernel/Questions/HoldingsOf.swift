package import Definitions
package import Values

/// What somebody holds: everything that others would have to take over before they leave, counted.
///
/// For who manages accounts, for those above the person, and for the person. Numbers are of all records; how many of
/// them the asker sees stands beside.
package struct HoldingsOf: Question {
    /// Open records that point to the person by a field that makes them responsible.
    package struct Group: Sendable {
        package let object: String
        package let field: FieldDefinition
        /// At most `most`.
        package let count: Int
        /// Those that the asker sees and may look for.
        package let inSight: Int
        /// The condition that lists them.
        package let filter: String
    }

    package struct Answer: Sendable {
        package let person: RecordID
        package let name: String
        package let isActive: Bool
        package let groups: [Group]
        /// Batons in hand or offered.
        package let legs: Int
        /// Approvals that wait for the person.
        package let approvals: Int
        /// Tasks of workflows.
        package let tasks: Int
        /// Delegations to or from the person that are not over.
        package let delegations: Int
        /// Views that the person shows everybody.
        package let views: Int
        /// Tokens that still open the API, and open sessions.
        package let tokens: Int
        package let sessions: Int

        package var isEmpty: Bool {
            groups.allSatisfy { $0.count == 0 }
                && legs + approvals + tasks + delegations + views + tokens + sessions == 0
        }
    }

    /// No further is counted.
    package static let most = 5000

    package let person: RecordID

    package init(person: RecordID) { self.person = person }
}

/// People whose account is off and who hold records all the same, with how many; for who manages accounts.
package struct LeftBehind: Question {
    package struct Entry: Sendable {
        package let person: RecordID
        package let name: String
        package let count: Int
    }

    package init() {}
}
