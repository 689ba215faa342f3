import Kernel
import Values

/// The times of a record and its steps, moved into office hours without changing their order.
struct OfficeHours {
    /// When the record was made.
    let made: Instant
    let steps: [PastStep]
    private let moved: [Instant: Instant]

    /// - Parameter isAutomatic: the record came by itself and keeps its hour; its steps are people's all the same.
    init(_ world: World, made: Instant, isAutomatic: Bool, steps: [PastStep]) {
        let start = isAutomatic ? made : world.atWork(made)
        var moved: [Instant: Instant] = start == made ? [:] : [made: start]
        var now = start
        var out: [PastStep] = []
        for var step in steps {
            let original = step.at
            now = max(world.atWork(original), out.isEmpty ? start : now.adding(seconds: 60))
            if now != original { moved[original] = now }
            step.at = now
            for (field, value) in step.sets { step.sets[field] = Self.follow(field, value, moved) }
            out.append(step)
        }
        self.made = start
        self.steps = out
        self.moved = moved
    }

    /// The fields that say when something was done follow its time.
    func fields(_ fields: [String: Input]) -> [String: Input] {
        guard !moved.isEmpty else { return fields }
        var out = fields
        for (field, input) in fields {
            if case .value(let value) = input { out[field] = .value(Self.follow(field, value, moved)) }
        }
        return out
    }

    private static func follow(_ field: String, _ value: Value, _ moved: [Instant: Instant]) -> Value {
        guard field == "at" || field.hasSuffix("_at"), case .instant(let at) = value, let new = moved[at] else {
            return value
        }
        return .instant(new)
    }
}
