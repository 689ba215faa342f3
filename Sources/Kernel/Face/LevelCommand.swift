package import Definitions

/// A step with the level table of an approval.
package enum LevelCommand: Sendable {
    /// A DMN file becomes the next version of the level table and is in force from now on.
    case bringIn(approval: ApprovalKey, file: [UInt8])
    /// No table is in force any more; the company's limits remain.
    case takeOut(approval: ApprovalKey)
}

/// One approval of the model: `quotation.price`.
package struct ApprovalKey: Sendable, Hashable, CustomStringConvertible {
    package let object: String
    package let approval: String

    /// Nil for what is not two names with a dot between.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        (object, approval) = (parts[0], parts[1])
    }

    init(_ definition: ObjectDefinition, _ approval: ApprovalDefinition) {
        (object, self.approval) = (definition.id, approval.id)
    }

    package var description: String { object + "." + approval }
}

/// Something about a level table, with its place.
package struct LevelFinding: Sendable, Hashable {
    /// Name of the decision; nil for the file.
    package let decision: String?
    package let code: String
    package let message: Label
    /// The table can't come into force with it.
    package let isError: Bool
    /// Rules concerned, from 1.
    package let rules: [Int]
    /// Inputs first, from 1.
    package let column: Int?
    /// Line of the file, from 1; nil for the whole file.
    package internal(set) var line: Int?
}
