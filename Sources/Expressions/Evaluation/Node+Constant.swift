package import Values

extension Node {
    /// The filter value of a node that reads no row, such as `TODAY() - 30`; nil if it reads one.
    ///
    /// SQL binds it instead of computing it anew for each row, and an index can serve the comparison.
    package func valueWithoutRow(_ context: EvaluationContext) -> Value? {
        if readsRow { return nil }
        var evaluator = Evaluator(context: context, isFilter: true)
        // A failure (fuel, an external function) is left to the evaluation of the row.
        return try? evaluator.value(of: self, row: NoRow(), outer: NoRow())
    }

    /// Whether the value is another one for another person or at another time, as that of `owner = ME()`.
    package var readsContext: Bool {
        switch form {
        case .context: true
        case .constant, .field, .external: false
        case .aggregate(let aggregate):
            aggregate.value?.readsContext ?? false || aggregate.filter?.readsContext ?? false
        case .not(let inner): inner.readsContext
        case .all(let parts), .any(let parts), .firstKnown(let parts): parts.contains { $0.readsContext }
        case .choose(let test, let then, let otherwise):
            test.readsContext || then.readsContext || otherwise.readsContext
        default: form.operands.contains { $0.readsContext }
        }
    }

    private var readsRow: Bool {
        switch form {
        case .field, .aggregate, .external: true
        case .constant, .context: false
        case .not(let inner): inner.readsRow
        case .all(let parts), .any(let parts), .firstKnown(let parts): parts.contains { $0.readsRow }
        case .choose(let test, let then, let otherwise): test.readsRow || then.readsRow || otherwise.readsRow
        default: form.operands.contains { $0.readsRow }
        }
    }
}

private struct NoRow: FieldSource {
    func value(at path: FieldPath) -> Value { .null }
    func lines(at path: FieldPath) -> [any FieldSource] { [] }
}
