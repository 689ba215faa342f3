package import Expressions

/// Who must agree before an action of the object has its effect: the company's limits decide how high it goes.
package struct ApprovalDefinition: Sendable {
    package let id: String
    package let label: Label
    /// The action that asks for it.
    package let asks: String
    /// The action done when it is granted; the same as `asks` when the asking action itself waits.
    package let granted: String
    /// The action by which its owner decides alone what stays below every limit; nil when nobody may.
    package let own: String?
    /// Actions done when it is rejected, returned to the requester or withdrawn; nil leaves the record as it is.
    package let rejected: String?
    package let returned: String?
    package let withdrawn: String?
    /// Which of the company's approval rules count.
    package let kind: String
    /// What is measured against the limits, in order.
    package let dimensions: [Dimension]
    /// Fields that were decided on: a change of any of them voids the approval. `lines` counts with everything that
    /// people give in the lines, `lines.price` with the price alone.
    package let binds: [String]
    /// What it is about in the base currency: stand-ins decide up to the limit of their delegation. Nil: no limits.
    package let amount: TypedExpression?
    /// Fields that a list of approvals shows beside the title, as far as its reader may read them.
    package let shows: [String]
    /// How the people of a level decide together, at most one for each level; other levels as `mode` says.
    package let steps: [Step]
    package let mode: Mode
    /// Level below which it is never granted without asking, 0 to 4.
    package let atLeast: Int
    /// What is granted is done once for all: a later change of what it was bound to asks anew and takes nothing back.
    package let isOnce: Bool
    /// Every level up to the highest is asked in turn, not the highest alone.
    package let isSerial: Bool
    /// When nobody may decide: `skip`, `manager`, `admin` or `block`.
    package let unresolved: String
    /// Small ones of the same customer that together pass a limit.
    package let split: SplitRule?
    /// Input field of the granted, rejected and returned actions that takes the approver's note.
    package let note: String?

    package struct Dimension: Sendable {
        package let id: String
        /// A number over the record. Nil when there is only an amount to convert.
        package let value: TypedExpression?
        /// Counts when the value is empty. Null, like an unknown rate, counts as beyond all limits.
        package let converted: Converted?

        /// Everything that is read for it.
        package var fieldPaths: Set<FieldPath> {
            (value?.fieldPaths ?? []).union(converted?.amount.fieldPaths ?? [])
        }
    }

    /// An amount in the base currency that is measured in another one, by the newest rate of the house.
    package struct Converted: Sendable {
        package let amount: TypedExpression
        /// ISO code.
        package let currency: String
    }

    /// How those who are asked decide together.
    package enum Mode: Sendable, Hashable {
        case all, any, sequential
        /// Granted when those who approve reach this share of all votes, in hundredths of a per cent, 1 to 10,000.
        case vote(share: Int)
    }

    package struct Step: Sendable, Hashable {
        package let level: Int
        package let mode: Mode
        /// Who is asked instead of the positions that the company's rules name; empty: those.
        package let seats: [Seat]
    }

    /// A voice of a step.
    package struct Seat: Sendable, Hashable {
        /// A position of the list `approver_role`.
        package let role: String
        /// Votes, 1 to 100.
        package let weight: Int
        /// Its rejection ends the vote.
        package let hasVeto: Bool
        /// A voice for every person of the position, not one for all of them.
        package let isEach: Bool

        package init(role: String, weight: Int = 1, hasVeto: Bool = false, isEach: Bool = false) {
            self.role = role
            self.weight = weight
            self.hasVeto = hasVeto
            self.isEach = isEach
        }
    }

    package struct SplitRule: Sendable {
        /// Field that says whose they are.
        package let by: String
        /// Day or instant by which they are near each other.
        package let date: String
        package let days: Int
        /// Dimension that is summed.
        package let of: String
        /// Which others count; nil: all.
        package let condition: TypedExpression?
    }

    /// Actions that decide it when a person does them with the record itself.
    package var deciding: [String] { [granted, rejected, returned, withdrawn].compactMap { $0 } }
}

extension ApprovalDefinition {
    /// All that it says, as one text: two that differ differ here.
    var face: String {
        let measured = dimensions.map { one in
            [one.id, one.value?.source, one.converted?.amount.source, one.converted?.currency].compactMap { $0 }
                .joined(separator: "=")
        }
        let parts: [String] = [
            id, asks, own ?? "", "\(deciding)", kind, "\(binds)", "\(measured)", amount?.source ?? "", "\(shows)",
            "\(mode)",
            "\(steps)", String(atLeast), String(isOnce), String(isSerial), unresolved, note ?? "",
            split.map { "\($0.by) \($0.date) \($0.days) \($0.of) \($0.condition?.source ?? "")" } ?? "",
        ]
        return parts.joined(separator: " ")
    }
}
