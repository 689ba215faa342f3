package import Definitions
package import Expressions
import Values

/// What a leg hands over, and what of it is there.
package struct Handover: Sendable {
    package struct Item: Sendable {
        package let deliverable: DeliverableDefinition
        package let isDone: Bool
    }

    package let items: [Item]

    /// - Parameters:
    ///   - ticks: deliverables ticked by hand.
    ///   - record: the record with what the conditions read of its links.
    package init(
        _ leg: LegDefinition, ticks: Set<String>, record: some FieldSource, _ context: EvaluationContext
    ) {
        // What no condition can read, such as a composed text, is there when its field holds something.
        func holds(_ deliverable: DeliverableDefinition) -> Bool {
            switch deliverable.field.map({ record.value(at: FieldPath([$0])) }) {
            case nil, .null?: false
            case .text(let text)?: !["", "{}", "[]", "null"].contains(text.filter { !$0.isWhitespace })
            case .list(let values)?: !values.isEmpty
            default: true
            }
        }
        items = leg.deliverables.map { deliverable in
            let isDone =
                deliverable.done?.matches(record, context) ?? (ticks.contains(deliverable.id) || holds(deliverable))
            return Item(deliverable: deliverable, isDone: isDone)
        }
    }

    /// What is owed by whoever hands over now.
    package var missing: [DeliverableDefinition] {
        items.filter { !$0.isDone && $0.deliverable.required }.map(\.deliverable)
    }
}
