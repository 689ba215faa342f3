import Values

/// The values of one input, cut into the fewest pieces that no cell of the column divides.
struct InputSpace {
    /// How each piece is written in a cell.
    let pieces: [String]
    /// For each rule, whether its cell takes a piece; nil for a cell that can't be compared beforehand.
    let covers: [[Bool]?]
    /// Rules whose cell no value meets.
    let empty: [Int]

    /// - Parameters:
    ///   - cells: the cells of the column, rule by rule.
    ///   - allowed: the tests that every value of the input meets.
    init(_ cells: [FEELTests], type: String?, allowed: FEELTests?) {
        let scale = Self.scale(cells + [allowed].compactMap { $0 }, type: type)
        if scale == .words {
            self.init(words: cells, isBoolean: type == "boolean", allowed: allowed)
        } else {
            self.init(line: cells, scale: scale, allowed: allowed)
        }
    }

    private init(pieces: [String], covers: [[Bool]?]) {
        self.pieces = pieces
        self.covers = covers
        empty = covers.indices.filter { covers[$0]?.contains(true) == false }
    }

    // MARK: Ordered inputs

    private init(line cells: [FEELTests], scale: Scale, allowed: FEELTests?) {
        let sets = cells.map { Self.stretches($0, scale) }
        let domain = allowed.flatMap { Self.stretches($0, scale) } ?? [Cut.start..<Cut.end]
        var cuts = Set<Cut>([.start, .end])
        for stretch in sets.compactMap({ $0 }).joined() { cuts.formUnion([stretch.lowerBound, stretch.upperBound]) }
        for stretch in domain { cuts.formUnion([stretch.lowerBound, stretch.upperBound]) }
        let line = cuts.sorted()
        let pieces = zip(line, line.dropFirst()).map { $0..<$1 }
            .filter { piece in domain.contains { Self.holds($0, piece) } }
        self.init(
            pieces: pieces.map(scale.text),
            covers: sets.map { set in
                set.map { set in pieces.map { piece in set.contains { Self.holds($0, piece) } } }
            })
    }

    private static func holds(_ outer: Range<Cut>, _ inner: Range<Cut>) -> Bool {
        outer.lowerBound <= inner.lowerBound && inner.upperBound <= outer.upperBound
    }

    /// The stretches of the line that a cell takes; nil when it can't be told beforehand.
    private static func stretches(_ tests: FEELTests, _ scale: Scale) -> [Range<Cut>]? {
        switch tests {
        case .any: return [Cut.start..<Cut.end]
        case .anyOf(let tests):
            var result: [Range<Cut>] = []
            for test in tests {
                guard let part = stretches(test, scale) else { return nil }
                result += part
            }
            return result
        case .noneOf(let tests):
            guard let inner = stretches(.anyOf(tests), scale) else { return nil }
            var rest: [Range<Cut>] = []
            var from = Cut.start
            for stretch in inner.sorted(by: { $0.lowerBound < $1.lowerBound }) {
                if from < stretch.lowerBound { rest.append(from..<stretch.lowerBound) }
                from = max(from, stretch.upperBound)
            }
            if from < .end { rest.append(from..<Cut.end) }
            return rest
        }
    }

    private static func stretches(_ test: FEELTest, _ scale: Scale) -> [Range<Cut>]? {
        func stretch(_ from: Cut, _ to: Cut) -> [Range<Cut>] { from < to ? [from..<to] : [] }
        switch test {
        case .compare(let operation, let bound):
            guard let value = number(bound) else { return nil }
            let (before, after) = (scale.cut(value, after: false), scale.cut(value, after: true))
            switch operation {
            case .less: return stretch(.start, before)
            case .lessOrEqual: return stretch(.start, after)
            case .greater: return stretch(after, .end)
            case .greaterOrEqual: return stretch(before, .end)
            case .equal: return stretch(before, after)
            case .unequal: return stretch(.start, before) + stretch(after, .end)
            default: return nil
            }
        case .interval(let from, let includesFrom, let to, let includesTo):
            guard let low = number(from), let high = number(to) else { return nil }
            return stretch(scale.cut(low, after: !includesFrom), scale.cut(high, after: includesTo))
        case .expression(.literal(.null)): return []
        case .expression(let expression):
            guard let value = number(expression) else { return nil }
            return stretch(scale.cut(value, after: false), scale.cut(value, after: true))
        }
    }

    private static func number(_ expression: FEELExpression) -> ExactDecimal? {
        switch expression {
        case .literal(.decimal(let number)): number
        case .literal(.day(let day)): ExactDecimal(day.number)
        default: nil
        }
    }

    private static func scale(_ cells: [FEELTests], type: String?) -> Scale {
        switch type {
        case "integer", "long": return .whole
        case "number", "double", "decimal": return .continuous
        case "date": return .days
        case "boolean", "string": return .words
        default: break
        }
        for value in cells.flatMap(literals) {
            switch value {
            case .decimal: return .continuous
            case .day: return .days
            default: return .words
            }
        }
        return .continuous
    }

    private static func literals(_ tests: FEELTests) -> [Value] {
        guard case .anyOf(let tests) = tests else {
            if case .noneOf(let tests) = tests { return literals(.anyOf(tests)) }
            return []
        }
        return tests.flatMap { test -> [Value] in
            let expressions: [FEELExpression] =
                switch test {
                case .compare(_, let bound): [bound]
                case .interval(let from, _, let to, _): [from, to]
                case .expression(let expression): [expression]
                }
            return expressions.compactMap { if case .literal(let value) = $0, !value.isNull { value } else { nil } }
        }
    }

    // MARK: Words

    private init(words cells: [FEELTests], isBoolean: Bool, allowed: FEELTests?) {
        var words: [Value] = []
        var isOpen = true
        if isBoolean {
            words = [.bool(true), .bool(false)]
            isOpen = false
        } else if let allowed, let listed = Self.words(allowed) {
            words = listed
            isOpen = false
        } else {
            for value in cells.flatMap(Self.literals) where !words.contains(value) { words.append(value) }
        }
        let covers = cells.map { tests -> [Bool]? in
            switch tests {
            case .any: return words.map { _ in true } + (isOpen ? [true] : [])
            case .anyOf: return Self.words(tests).map { set in words.map(set.contains) + (isOpen ? [false] : []) }
            case .noneOf(let inner):
                return Self.words(.anyOf(inner)).map { set in
                    words.map { !set.contains($0) } + (isOpen ? [true] : [])
                }
            }
        }
        self.init(pieces: words.map(Self.text) + (isOpen ? ["…"] : []), covers: covers)
    }

    /// The words that a cell lists; nil when it holds more than words.
    private static func words(_ tests: FEELTests) -> [Value]? {
        guard case .anyOf(let tests) = tests else { return nil }
        var result: [Value] = []
        for test in tests {
            switch test {
            case .expression(.literal(let value)), .compare(.equal, .literal(let value)):
                if !value.isNull { result.append(value) }
            default: return nil
            }
        }
        return result
    }

    private static func text(_ value: Value) -> String {
        switch value {
        case .text(let text): "\"" + text + "\""
        case .bool(let flag): flag ? "true" : "false"
        case .decimal(let number): number.shortest
        default: "…"
        }
    }
}
