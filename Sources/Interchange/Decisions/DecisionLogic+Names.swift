extension DecisionLogic {
    /// Names that the inputs and cells read and that nobody gives a value, each at its place.
    package func unknownNames(besides known: Set<String>) -> [DecisionFinding] {
        var out: [DecisionFinding] = []
        func look(_ names: Set<String>, rule: Int? = nil, column: Int) {
            for name in names.subtracting(known).sorted() {
                out.append(
                    DecisionFinding(.unreadable(.unknownName(name)), rules: rule.map { [$0] } ?? [], column: column))
            }
        }
        for (column, input) in inputs.enumerated() { look(input.names, column: column + 1) }
        for (rule, cells) in tests.enumerated() {
            for (column, cell) in cells.enumerated() { look(cell.names, rule: rule + 1, column: column + 1) }
        }
        for (rule, cells) in results.enumerated() {
            for (column, cell) in cells.enumerated() {
                look(cell.names, rule: rule + 1, column: inputs.count + column + 1)
            }
        }
        for (column, fallback) in fallbacks.enumerated() {
            look(fallback?.names ?? [], column: inputs.count + column + 1)
        }
        return out
    }
}

extension FEELTests {
    /// Names that a cell reads.
    var names: Set<String> {
        switch self {
        case .any: []
        case .anyOf(let tests), .noneOf(let tests): tests.reduce(into: []) { $0.formUnion($1.names) }
        }
    }
}
