/// Link fields to follow, then the field to read: `company.name_en`.
///
/// A money field's parts are steps too (`total.base`, `total.currency`), and so is a lines field (`lines.amount`).
package struct FieldPath: Sendable, Hashable, CustomStringConvertible {
    /// At least one, each a field id.
    package let steps: [String]

    package init(_ steps: [String]) { self.steps = steps }

    /// Reads `a.b`; the caller has checked the ids.
    package init(text: String) { steps = text.split(separator: ".").map(String.init) }

    package var description: String { steps.joined(separator: ".") }

    package var first: String { steps.first ?? "" }
    package var last: String { steps.last ?? "" }

    package func appending(_ other: FieldPath) -> FieldPath { FieldPath(steps + other.steps) }
}
