import Values

extension Evaluator {
    mutating func aggregate(
        _ aggregate: Aggregate, _ type: ValueType, _ row: any FieldSource, _ outer: any FieldSource
    ) throws(EvaluationError) -> Value {
        var values: [Value] = []
        var rows = 0
        for line in row.lines(at: aggregate.lines.path) {
            if let filter = aggregate.filter {
                guard try value(of: filter, row: line, outer: row) == .bool(true) else { continue }
            }
            rows += 1
            guard let wanted = aggregate.value else { continue }
            let found = try value(of: wanted, row: line, outer: row)
            if !found.isNull { values.append(found) }
        }
        switch aggregate.kind {
        case .count: return .decimal(ExactDecimal(aggregate.value == nil ? rows : values.count))
        case .min: return extreme(values, largest: false)
        case .max: return extreme(values, largest: true)
        case .sum: return try total(values, scale: type.scale ?? 0)
        case .average:
            guard !values.isEmpty, let scale = aggregate.value?.type.scale else { return .null }
            guard let sum = try total(values, scale: scale).decimal else { return .null }
            return .real(Reals.real(sum.units, scale: scale) / Double(values.count))
        }
    }

    /// Only the whole total must fit, not what stands half-way, so the order of the lines does not matter.
    private func total(_ values: [Value], scale: Int) throws(EvaluationError) -> Value {
        var sum: Int128 = 0
        for value in values {
            let (next, overflows) = sum.addingReportingOverflow(value.decimal?.units ?? 0)
            if overflows { return try overflow() }
            sum = next
        }
        return try number(sum, scale)
    }
}
