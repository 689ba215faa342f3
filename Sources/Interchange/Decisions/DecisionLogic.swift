package import Values

/// Why a checked table gives no result for some values. Rules count from 1.
package enum DecisionError: Error, Sendable, Hashable {
    /// Several rules of a unique table match.
    case notUnique(rules: [Int])
    /// Rules that match say different things under the hit policy A.
    case contradiction(rules: [Int])
    /// A value is none of those that its input allows.
    case notAllowed(input: Int)
    /// A cell can't be computed; inputs come before outputs, `rule` is nil for the input itself.
    case cell(rule: Int?, column: Int, FEELError)
}

/// What a table says.
package struct DecisionResult: Sendable, Hashable {
    /// The rules that made it, counted from 1, in the order of `outputs`; empty when the fallback spoke or nothing did.
    package let rules: [Int]
    /// Output name → value. One entry for the hit policies U, A, P, F and aggregations; any number for R, O and C.
    package let outputs: [[String: Value]]
}

/// A decision table that was read and can run. Pure; a run costs the cells it looks at.
package struct DecisionLogic: Sendable {
    package let table: DecisionTable
    let inputs: [FEELExpression]
    let allowed: [FEELTests?]
    let tests: [[FEELTests]]
    let results: [[FEELExpression]]
    let fallbacks: [FEELExpression?]
    /// For each output its possible values, best first.
    let ranking: [[Value]]

    /// Runs the table.
    ///
    /// - Parameter names: the value of each name that the inputs and cells read.
    package func decide(_ names: [String: Value]) throws(DecisionError) -> DecisionResult {
        var values: [Value] = []
        let evaluator = FEELEvaluator(names: names)
        for (column, input) in inputs.enumerated() {
            do {
                let value = try evaluator.value(of: input)
                if let allowed = allowed[column], !value.isNull, try !evaluator.matches(allowed, value) {
                    throw DecisionError.notAllowed(input: column + 1)
                }
                values.append(value)
            } catch let error as FEELError {
                throw .cell(rule: nil, column: column + 1, error)
            } catch let error as DecisionError {
                throw error
            } catch {
                throw .notAllowed(input: column + 1)
            }
        }
        var hits: [Int] = []
        for rule in tests.indices where try matches(rule, values, evaluator) {
            hits.append(rule)
            if table.hitPolicy == .first { break }
        }
        return try result(of: hits, evaluator)
    }

    private func matches(_ rule: Int, _ values: [Value], _ evaluator: FEELEvaluator) throws(DecisionError) -> Bool {
        for (column, test) in tests[rule].enumerated() {
            do {
                if try !evaluator.matches(test, values[column]) { return false }
            } catch { throw .cell(rule: rule + 1, column: column + 1, error) }
        }
        return true
    }

    private func result(of hits: [Int], _ evaluator: FEELEvaluator) throws(DecisionError) -> DecisionResult {
        guard !hits.isEmpty else { return try fallback(evaluator) }
        var found: [(rule: Int, values: [Value])] = []
        for rule in hits { found.append((rule, try outputs(of: rule, evaluator))) }
        let rules = hits.map { $0 + 1 }
        switch table.hitPolicy {
        case .unique:
            if hits.count > 1 { throw .notUnique(rules: rules) }
        case .any:
            if found.contains(where: { $0.values != found[0].values }) { throw .contradiction(rules: rules) }
            found = [found[0]]
        case .first: break
        case .priority: found = [ranked(found)[0]]
        case .outputOrder: found = ranked(found)
        case .ruleOrder, .collect(nil): break
        case .collect(let aggregation?):
            let value = try aggregate(aggregation, found.map { $0.values[0] })
            return DecisionResult(rules: rules, outputs: [[table.outputs[0].name: value]])
        }
        return DecisionResult(rules: found.map { $0.rule + 1 }, outputs: found.map { named($0.values) })
    }

    private func outputs(of rule: Int, _ evaluator: FEELEvaluator) throws(DecisionError) -> [Value] {
        var values: [Value] = []
        for (column, result) in results[rule].enumerated() {
            do { values.append(try evaluator.value(of: result)) } catch {
                throw .cell(rule: rule + 1, column: inputs.count + column + 1, error)
            }
        }
        return values
    }

    private func fallback(_ evaluator: FEELEvaluator) throws(DecisionError) -> DecisionResult {
        guard fallbacks.contains(where: { $0 != nil }) else {
            // Counting nothing is a count; the sum, least and greatest of nothing are not.
            let counts = table.hitPolicy == .collect(.count)
            return DecisionResult(
                rules: [], outputs: counts ? [[table.outputs[0].name: .decimal(.zero)]] : [])
        }
        var values: [Value] = []
        for (column, expression) in fallbacks.enumerated() {
            do { values.append(try expression.map { try evaluator.value(of: $0) } ?? .null) } catch {
                throw .cell(rule: nil, column: inputs.count + column + 1, (error as? FEELError) ?? .arithmetic)
            }
        }
        return DecisionResult(rules: [], outputs: [named(values)])
    }

    private func named(_ values: [Value]) -> [String: Value] {
        Dictionary(zip(table.outputs.map(\.name), values), uniquingKeysWith: { first, _ in first })
    }

    /// Best first, by the lists of output values; equal ones stay in the order of the table.
    private func ranked(_ found: [(rule: Int, values: [Value])]) -> [(rule: Int, values: [Value])] {
        let ranks = found.map { entry in
            entry.values.enumerated().map { column, value in
                ranking[column].isEmpty ? 0 : ranking[column].firstIndex(of: value) ?? ranking[column].count
            }
        }
        let order = found.indices.sorted { left, right in
            ranks[left] == ranks[right] ? left < right : ranks[left].lexicographicallyPrecedes(ranks[right])
        }
        return order.map { found[$0] }
    }

    private func aggregate(_ aggregation: HitPolicy.Aggregation, _ values: [Value]) throws(DecisionError) -> Value {
        let name =
            switch aggregation {
            case .sum: "sum"
            case .minimum: "min"
            case .maximum: "max"
            case .count: "count"
            }
        do { return try FEELFunctions.value(of: name, [.list(values)]) } catch {
            throw .cell(rule: nil, column: inputs.count + 1, error)
        }
    }
}
