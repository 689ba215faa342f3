package import Expressions

/// Who must agree before an action of the object has its effect: the company's limits decide how high it goes.
package struct ApprovalDefinition: Sendable {
    package let id: String
    package let label: Label
    /// The action that asks for it.
    package let asks: String
    /// The action done when it is granted; the same as `asks` when the asking action itself waits.
    package let granted: String
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
    /// Level below which it is never granted without asking, 0 to 4.
    package let atLeast: Int
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
        /// A number over the record; null counts as beyond all limits.
        package let value: TypedExpression
    }

    package struct SplitRule: Sendable {
        /// Field that says whose they are.
        package let by: String
        /// Day or instant by which they are near each other.
        package let date: String
        package let days: Int
        /// Dimension that is summed.
        package let of: String
    }

    /// Actions that decide it when a person does them with the record itself.
    package var deciding: [String] { [granted, rejected, returned, withdrawn].compactMap { $0 } }
}
