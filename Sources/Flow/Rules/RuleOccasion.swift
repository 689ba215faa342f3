package import Definitions
package import Expressions

/// What happened to a record, as rules look at it.
package enum RuleOccasion: Sendable, Hashable {
    case created
    /// Fields that have another value.
    case changed(Set<String>)
    /// An action was done, which changed these fields.
    case acted(String, changed: Set<String>)
    case clock(String, rung: String)
    case time(String)
    case asked(byProgram: Bool)
}

extension RuleTrigger {
    package func fits(_ occasion: RuleOccasion) -> Bool {
        switch (self, occasion) {
        case (.created, .created): true
        case (.changed(let fields), .changed(let changed)), (.changed(let fields), .acted(_, let changed)):
            fields.isEmpty ? !changed.isEmpty : fields.contains(where: changed.contains)
        case (.action(let id), .acted(let done, _)): id == done
        case (.clock(let id, let rung), .clock(let rang, let step)): id == rang && rung == step
        case (.time(let field), .time(let come)): field == come
        case (.manual, .asked(byProgram: false)), (.webhook, .asked(byProgram: true)): true
        default: false
        }
    }
}

extension RuleDefinition {
    /// What makes the rule act on an occasion; nil when nothing does, or its condition does not hold.
    package func trigger(
        on occasion: RuleOccasion, _ record: some FieldSource, _ context: EvaluationContext
    ) -> RuleTrigger? {
        guard let trigger = triggers.first(where: { $0.fits(occasion) }) else { return nil }
        if let condition, !condition.matches(record, context) { return nil }
        return trigger
    }

    /// So many rules may follow from one another.
    package static let deepest = 8
}
