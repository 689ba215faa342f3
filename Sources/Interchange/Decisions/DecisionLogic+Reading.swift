import Values

extension DecisionTable {
    /// Reads the cells and compares the rules: what runs, and everything that was found.
    ///
    /// - Returns: the logic is nil when a finding is an error other than an overlap; a unique table with an overlap
    ///   runs, and says so when a case meets it.
    package func checked() -> (logic: DecisionLogic?, findings: [DecisionFinding]) {
        var reader = DecisionReader(self)
        let logic = reader.read()
        guard let logic else { return (nil, reader.findings) }
        return (logic, reader.findings + DecisionComparison(logic).findings())
    }
}

/// Reads the texts of a table and gathers what can't be read.
private struct DecisionReader {
    let table: DecisionTable
    let names: Set<String>
    var findings: [DecisionFinding] = []

    init(_ table: DecisionTable) {
        self.table = table
        names = table.names.union(table.inputs.map { Blanks.trimmed($0.expression) }.filter(Self.isPlainName))
    }

    /// Words and blanks only: a name, whether a list of names has it or not.
    private static func isPlainName(_ text: String) -> Bool {
        !text.isEmpty
            && text.unicodeScalars.allSatisfy {
                $0 == " " || $0 == "_" || $0.properties.isAlphabetic || $0.properties.numericType != nil
            } && text.first?.isNumber == false && !["true", "false", "null"].contains(text)
            && !text.hasPrefix("if ") && !text.contains(" and ") && !text.contains(" or ") && !text.contains(" in ")
    }

    mutating func read() -> DecisionLogic? {
        if table.inputs.isEmpty || table.outputs.isEmpty { findings.append(DecisionFinding(.noColumns)) }
        let inputs = table.inputs.enumerated().map { column, input in
            expression(input.expression, column: column + 1)
        }
        let allowed = table.inputs.enumerated().map { column, input in
            input.allowed.map { tests($0, column: column + 1) }
        }
        let ranking = table.outputs.enumerated().map { column, output in
            values(output.allowed, column: table.inputs.count + column + 1)
        }
        let fallbacks = table.outputs.enumerated().map { column, output in
            output.fallback.map { expression($0, column: table.inputs.count + column + 1) }
        }
        checkPolicy(ranking)
        var cells: [[FEELTests]] = []
        var results: [[FEELExpression]] = []
        for (index, rule) in table.rules.enumerated() {
            guard rule.tests.count == table.inputs.count, rule.results.count == table.outputs.count else {
                findings.append(DecisionFinding(.cellCount, rules: [index + 1]))
                continue
            }
            cells.append(rule.tests.enumerated().map { tests($1, rule: index + 1, column: $0 + 1) })
            results.append(
                rule.results.enumerated().map { column, text in
                    expression(text, rule: index + 1, column: table.inputs.count + column + 1)
                })
        }
        guard !findings.contains(where: \.isError) else { return nil }
        return DecisionLogic(
            table: table, inputs: inputs, allowed: allowed, tests: cells, results: results, fallbacks: fallbacks,
            ranking: ranking)
    }

    private mutating func checkPolicy(_ ranking: [[Value]]) {
        switch table.hitPolicy {
        case .priority, .outputOrder:
            if ranking.allSatisfy(\.isEmpty) { findings.append(DecisionFinding(.policyNeeds)) }
        case .collect(.some):
            if table.outputs.count != 1 { findings.append(DecisionFinding(.policyNeeds)) }
        default: break
        }
    }

    private mutating func expression(_ text: String, rule: Int? = nil, column: Int) -> FEELExpression {
        // An empty output says nothing, which is null.
        guard !Blanks.trimmed(text).isEmpty, Blanks.trimmed(text) != "-" else { return .literal(.null) }
        do { return try FEELExpression(text, names: names) } catch {
            findings.append(DecisionFinding(.unreadable(error), rules: rule.map { [$0] } ?? [], column: column))
            return .literal(.null)
        }
    }

    private mutating func tests(_ text: String, rule: Int? = nil, column: Int) -> FEELTests {
        do { return try FEELTests(text, names: names) } catch {
            findings.append(DecisionFinding(.unreadable(error), rules: rule.map { [$0] } ?? [], column: column))
            return .any
        }
    }

    /// The values of a list such as `"A","B"`, in order.
    private mutating func values(_ text: String?, column: Int) -> [Value] {
        guard let text, case .anyOf(let tests) = tests(text, column: column) else { return [] }
        return tests.compactMap { test in
            if case .expression(.literal(let value)) = test { value } else { nil }
        }
    }
}
