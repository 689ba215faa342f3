import Values

/// Computes a checked expression for one row.
///
/// As a filter it does exactly what SQL does: an exact number outside 64 bits is null. Otherwise exact numbers have
/// 128 bits, and an overflow is an error.
struct Evaluator {
    let context: EvaluationContext
    let isFilter: Bool
    private var fuel: Int

    init(context: EvaluationContext, isFilter: Bool) {
        self.context = context
        self.isFilter = isFilter
        fuel = context.fuel
    }

    /// - Parameter outer: the row around the aggregate while inside one, otherwise `row` itself.
    mutating func value(
        of node: Node, row: any FieldSource, outer: any FieldSource
    ) throws(EvaluationError) -> Value {
        fuel -= 1
        guard fuel >= 0 else { throw .fuel }
        switch node.form {
        case .constant(let value): return value
        case .context(let item): return value(of: item)
        case .field(let reference): return try field(reference, node.type, reference.isOuter ? outer : row)
        case .not(let inner):
            guard case .bool(let flag) = try value(of: inner, row: row, outer: outer) else { return .null }
            return .bool(!flag)
        case .all(let parts): return try chain(parts, absorbing: false, row, outer)
        case .any(let parts): return try chain(parts, absorbing: true, row, outer)
        case .choose(let condition, let then, let otherwise):
            let test = try value(of: condition, row: row, outer: outer)
            return try value(of: test == .bool(true) ? then : otherwise, row: row, outer: outer)
        case .firstKnown(let parts):
            for part in parts {
                let found = try value(of: part, row: row, outer: outer)
                if !found.isNull { return found }
            }
            return .null
        case .aggregate(let aggregate): return try self.aggregate(aggregate, node.type, row, outer)
        case .comparison, .isOneOf, .isIn, .exact, .approximate, .quotient, .rescaled, .real, .call, .external:
            return try operation(node, row, outer)
        }
    }

    /// Forms that compute all their operands first.
    private mutating func operation(
        _ node: Node, _ row: any FieldSource, _ outer: any FieldSource
    ) throws(EvaluationError) -> Value {
        var operands: [Value] = []
        for operand in node.form.operands { operands.append(try value(of: operand, row: row, outer: outer)) }
        switch node.form {
        case .comparison(let comparison, _, _): return Comparing.value(comparison, operands[0], operands[1])
        case .isOneOf: return Comparing.isOneOf(operands[0], operands[1...])
        case .isIn: return Comparing.isIn(operands[0], list: operands[1])
        case .exact(let operation, _, _): return try exact(operation, operands[0], operands[1], node.type)
        case .approximate(let operation, _, _): return approximate(operation, operands[0], operands[1])
        case .quotient: return quotient(operands[0], operands[1])
        case .rescaled: return try rescaled(operands[0], node.type)
        case .real:
            guard let number = operands[0].decimal else { return .null }
            return .real(Reals.real(number.units, scale: number.scale))
        case .call(let function, _): return try call(function, operands, node)
        case .external(let function, _): return try external(function, operands)
        case .constant, .context, .field, .not, .all, .any, .choose, .firstKnown, .aggregate: return .null
        }
    }

    private mutating func chain(
        _ parts: [Node], absorbing: Bool, _ row: any FieldSource, _ outer: any FieldSource
    ) throws(EvaluationError) -> Value {
        var result = Value.bool(!absorbing)
        for part in parts {
            let found = try value(of: part, row: row, outer: outer)
            if found == .bool(absorbing) { return found }
            if found.isNull { result = .null }
        }
        return result
    }

    private func value(of item: ContextValue) -> Value {
        switch item {
        case .now: .instant(context.now)
        case .today: .day(context.today)
        case .me: context.me.map(Value.record) ?? .null
        case .departments: .list(context.departments.map(Value.record))
        case .regions: .list(context.regions.map(Value.record))
        case .hasRole(let role): .bool(context.roles.contains(role))
        }
    }

    private func field(
        _ reference: FieldReference, _ type: ValueType, _ source: any FieldSource
    ) throws(EvaluationError) -> Value {
        let found = source.value(at: reference.path)
        switch (found, type) {
        case (.null, _), (.bool, .bool), (.text, .text), (.instant, .instant), (.record, .record), (.list, .list),
            (.real, .real):
            return found
        case (.day(let day), .day) where Days.range.contains(day.number): return found
        case (.decimal(let number), .decimal(let scale)):
            if number.scale == scale { return found }
            do { return .decimal(try number.rounded(to: scale)) } catch { return try overflow() }
        default: throw .wrongValue(reference.path)
        }
    }

    private func external(
        _ function: ExternalFunction, _ operands: [Value]
    ) throws(EvaluationError) -> Value {
        let result: Value
        do { result = try function.body(operands) } catch { throw .external(function.name) }
        guard case .decimal(let number) = result, let scale = function.result.scale, number.scale != scale else {
            return result
        }
        do { return .decimal(try number.rounded(to: scale)) } catch { return try overflow() }
    }

    // MARK: Overflow

    /// An error, or null in a filter.
    func overflow() throws(EvaluationError) -> Value {
        if isFilter { return .null }
        throw .overflow
    }

    /// The number if it is in range: 64 bits in a filter, otherwise 38 digits.
    func number(_ units: Int128, _ scale: Int) throws(EvaluationError) -> Value {
        let fits = isFilter ? Int64(exactly: units) != nil : units.magnitude < ExactDecimal.power(38).magnitude
        return fits ? .decimal(ExactDecimal(units: units, scale: scale)) : try overflow()
    }
}

extension Node.Form {
    /// The operands that are always computed, in order.
    var operands: [Node] {
        switch self {
        case .comparison(_, let a, let b), .exact(_, let a, let b), .approximate(_, let a, let b),
            .quotient(let a, let b),
            .isIn(let a, let b):
            [a, b]
        case .isOneOf(let tested, let items): [tested] + items
        case .rescaled(let inner), .real(let inner): [inner]
        case .call(_, let arguments), .external(_, let arguments): arguments
        case .constant, .context, .field, .not, .all, .any, .choose, .firstKnown, .aggregate: []
        }
    }
}
