package import Expressions
package import Values

/// 变更台: requests to change a record of another object, each with a sheet of what the change touches that the house
/// works out, and carried out by the house once it is approved.
package struct ChangeDefinition: Sendable {
    /// Field that links to the record that changes, and the object it leads to.
    package let target: String
    package let object: String
    /// Choice fields: what changes, and when in the life of the record.
    package let kind: String
    package let point: String
    /// JSON fields: field → value as it was, and as it shall be.
    package let before: String
    package let after: String
    /// Lines field with the sheet; `ImpactField` names the fields of its lines.
    package let sheet: String
    /// Actions before which the sheet is worked out.
    package let computes: [String]
    /// The action with which the owner agrees to every line.
    package let confirms: String?
    /// The action that carries the change out.
    package let applies: String
    /// Fields of the record that may change this way.
    package let fields: [String]
    /// Kind → the record's own action that carries it out, such as cancelling.
    package let acts: [String: Act]
    /// Days of the record: planned now, and promised first.
    package let planned: String?
    package let promised: String?
    /// Amount of the record that a change of price or quantity moves.
    package let amount: String?
    /// Where the record stands, in the order of its life; the last that holds counts.
    package let points: [Point]
    /// Object with the company's usual effects by kind and point.
    package let defaults: String?
    /// A day by which the goods must have left, of a record that links here.
    package let latest: Latest?
    package let shared: [Shared]
    package let documents: [Document]
    package let emergency: Emergency?
    /// Result → field of the request: `cost`, `days`, `orders`, `count`, `documents`, `amendment`, `severity`.
    package let into: [String: String]

    package struct Act: Sendable, Hashable {
        package let action: String
        /// Input field of that action that takes the reason of the request; nil for none.
        package let reason: String?
    }

    package struct Point: Sendable {
        package let code: String
        /// Over the record that changes; its own fields only.
        package let condition: TypedExpression
    }

    package struct Latest: Sendable {
        package let object: String
        package let via: String
        package let field: String
        package let condition: TypedExpression?
    }

    /// Records through which others share something with the one that changes.
    package struct Shared: Sendable {
        package let label: Label
        package let object: String
        /// Path to the record that changes: a link, or several.
        package let via: String
        package let isMany: Bool
        /// With several: the others in the same record share it. With one: who has the same in these fields does, in
        /// the same time when there is one.
        package let same: [String]
        package let from: String?
        package let to: String?
        package let condition: TypedExpression?
    }

    /// Papers that may have been issued already.
    package struct Document: Sendable {
        /// Code in the list of documents.
        package let code: String
        /// Words by which the company's defaults name it: PI, B/L.
        package let names: [String]
        package let object: String
        /// Path there to the record that changes; empty when the record itself links to it by `from`.
        package let via: String
        package let isMany: Bool
        package let from: String?
        package let condition: TypedExpression?
    }

    /// The lane that acts first and is looked at afterwards.
    package struct Emergency: Sendable {
        /// The action that decides at once.
        package let action: String
        /// Instant that says when it was decided.
        package let at: String
        /// Share of all requests of a calendar month above which somebody is told.
        package let share: ExactDecimal
        /// Position that is told.
        package let tells: String
    }
}

/// Fields that the lines of a sheet of effects have.
package enum ImpactField {
    package static let kind = "kind"
    package static let textZh = "text_zh"
    package static let textEn = "text_en"
    package static let amount = "amount"
    package static let days = "days"
    package static let other = "other"
    package static let document = "document"
    package static let confirmed = "confirmed"
    package static let note = "note"

    package static let required = [kind, textZh, textEn, amount, days, confirmed]
    /// What the lines are about, as the list behind `kind` must have it.
    package static let kinds = [
        "cost", "time", "deadline", "shared", "document", "obstacle",
    ]
}
