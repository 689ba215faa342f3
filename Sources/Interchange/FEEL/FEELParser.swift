import Values

/// Reads FEEL texts: unary tests of input entries, and expressions.
struct FEELParser {
    private let tokens: [FEELToken]
    private var place = 0
    private var depth = 0
    /// Sums begun, those read again after a look ahead too: looking ahead inside a look ahead must not double for ever.
    private var steps = 0

    /// - Parameter names: names that may hold blanks.
    init(_ text: String, names: Set<String>) throws(FEELError) {
        tokens = try FEELLexer.tokens(of: text, names: names)
    }

    private var token: FEELToken { tokens[place] }

    private func isMark(_ mark: String) -> Bool { token.kind == .mark(mark) }

    private func isWord(_ word: String) -> Bool { token.kind == .name(word) }

    private mutating func takes(_ mark: String) -> Bool {
        guard isMark(mark) else { return false }
        place += 1
        return true
    }

    private mutating func takes(word: String) -> Bool {
        guard isWord(word) else { return false }
        place += 1
        return true
    }

    private mutating func expect(_ mark: String) throws(FEELError) {
        if !takes(mark) { throw unexpected() }
    }

    private func unexpected() -> FEELError {
        switch token.kind {
        case .number(let number): .syntax(number.shortest, at: token.place)
        case .text(let text): .syntax("\"" + text + "\"", at: token.place)
        case .name(let name): .syntax(name, at: token.place)
        case .mark(let mark): .syntax(mark, at: token.place)
        case .end: .syntax("…", at: token.place)
        }
    }

    // MARK: Tests

    mutating func wholeTests() throws(FEELError) -> FEELTests {
        if token.kind == .end { return .any }
        if isMark("-"), tokens[place + 1].kind == .end { return .any }
        if isWord("not"), tokens[place + 1].kind == .mark("("), let negated = try negatedTests() { return negated }
        let tests = try tests()
        guard token.kind == .end else { throw unexpected() }
        return .anyOf(tests)
    }

    /// `not(…)` when it is the whole entry; else the parser stands where it stood.
    private mutating func negatedTests() throws(FEELError) -> FEELTests? {
        let start = place
        place += 2
        let inner = try tests()
        try expect(")")
        if token.kind == .end { return .noneOf(inner) }
        place = start
        return nil
    }

    private mutating func tests() throws(FEELError) -> [FEELTest] {
        var tests = [try test()]
        while takes(",") { tests.append(try test()) }
        return tests
    }

    private mutating func test() throws(FEELError) -> FEELTest {
        for comparison in [FEELOperator.lessOrEqual, .greaterOrEqual, .less, .greater, .unequal, .equal]
        where takes(comparison.rawValue) {
            return .compare(comparison, try sum())
        }
        if isMark("[") || isMark("]") || isMark("("), let interval = try interval() { return interval }
        return .expression(try expression())
    }

    /// An interval, or nil where the bracket begins a list or a bracketed expression.
    private mutating func interval() throws(FEELError) -> FEELTest? {
        let start = place
        let includesFrom = isMark("[")
        let mustBe = isMark("]")
        place += 1
        let from: FEELExpression
        do { from = try sum() } catch {
            if mustBe { throw error }
            place = start
            return nil
        }
        guard takes("..") else {
            if mustBe { throw unexpected() }
            place = start
            return nil
        }
        let to = try sum()
        let includesTo = isMark("]")
        guard takes("]") || takes("[") || takes(")") else { throw unexpected() }
        return .interval(from, includesFrom: includesFrom, to, includesTo: includesTo)
    }

    // MARK: Expressions

    mutating func wholeExpression() throws(FEELError) -> FEELExpression {
        let result = try expression()
        guard token.kind == .end else { throw unexpected() }
        return result
    }

    private mutating func expression() throws(FEELError) -> FEELExpression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= 40 else { throw .tooLong }
        if takes(word: "if") {
            let condition = try expression()
            guard takes(word: "then") else { throw unexpected() }
            let then = try expression()
            guard takes(word: "else") else { throw unexpected() }
            return .either(condition, then: then, otherwise: try expression())
        }
        var left = try conjunction()
        while takes(word: "or") || takes("||") { left = .binary(.or, left, try conjunction()) }
        return left
    }

    private mutating func conjunction() throws(FEELError) -> FEELExpression {
        var left = try comparison()
        while takes(word: "and") || takes("&&") { left = .binary(.and, left, try comparison()) }
        return left
    }

    private mutating func comparison() throws(FEELError) -> FEELExpression {
        let left = try sum()
        if takes("==") { return .binary(.equal, left, try sum()) }
        for comparison in [FEELOperator.lessOrEqual, .greaterOrEqual, .less, .greater, .unequal, .equal]
        where takes(comparison.rawValue) {
            return .binary(comparison, left, try sum())
        }
        if takes(word: "between") {
            let from = try sum()
            guard takes(word: "and") else { throw unexpected() }
            return .membership(left, [.interval(from, includesFrom: true, try sum(), includesTo: true)])
        }
        if takes(word: "in") {
            // `in (a, b)` holds several tests, `in (a..b)` is one interval.
            if isMark("("), try !startsInterval() {
                place += 1
                let members = try tests()
                try expect(")")
                return .membership(left, members)
            }
            return .membership(left, [try test()])
        }
        return left
    }

    private mutating func startsInterval() throws(FEELError) -> Bool {
        let start = place
        defer { place = start }
        return try interval() != nil
    }

    private mutating func sum() throws(FEELError) -> FEELExpression {
        depth += 1
        steps += 1
        defer { depth -= 1 }
        guard depth <= 40, steps <= 20_000 else { throw .tooLong }
        var left = try product()
        while isMark("+") || isMark("-") {
            let plus = isMark("+")
            place += 1
            left = .binary(plus ? .plus : .minus, left, try product())
        }
        return left
    }

    private mutating func product() throws(FEELError) -> FEELExpression {
        var left = try factor()
        while isMark("*") || isMark("/") {
            let times = isMark("*")
            place += 1
            left = .binary(times ? .times : .divided, left, try factor())
        }
        return left
    }

    private mutating func factor() throws(FEELError) -> FEELExpression {
        var minus = false
        while takes("-") { minus.toggle() }
        // `!x` of expression languages of other programs.
        var nots = 0
        while takes("!") { nots += 1 }
        if nots > 0 {
            let value = try primary()
            let negated = FEELExpression.call("not", [value])
            return nots % 2 == 1 ? negated : .call("not", [negated])
        }
        let value = try primary()
        guard minus else { return value }
        if case .literal(.decimal(let number)) = value { return .literal(.decimal(-number)) }
        return .negative(value)
    }

    private mutating func primary() throws(FEELError) -> FEELExpression {
        let kind = token.kind
        switch kind {
        case .number(let number):
            place += 1
            return .literal(.decimal(number))
        case .text(let text):
            place += 1
            return .literal(.text(text))
        case .mark("?"):
            place += 1
            return .tested
        case .mark("("):
            place += 1
            let inner = try expression()
            try expect(")")
            return inner
        case .mark("["):
            place += 1
            if takes("]") { return .list([]) }
            var items = [try expression()]
            while takes(",") { items.append(try expression()) }
            try expect("]")
            return .list(items)
        case .name(let name): return try named(name)
        default: throw unexpected()
        }
    }

    private mutating func named(_ name: String) throws(FEELError) -> FEELExpression {
        guard !["then", "else", "and", "or", "in", "between"].contains(name) else { throw unexpected() }
        place += 1
        switch name {
        case "true": return .literal(.bool(true))
        case "false": return .literal(.bool(false))
        case "null": return .literal(.null)
        default: break
        }
        guard takes("(") else { return .name(name) }
        var arguments: [FEELExpression] = []
        if !takes(")") {
            arguments.append(try expression())
            while takes(",") { arguments.append(try expression()) }
            try expect(")")
        }
        return try FEELFunctions.call(name, arguments)
    }
}

extension FEELExpression {
    /// Reads an expression such as an output entry.
    ///
    /// - Parameter names: the names that hold blanks; others need not be told.
    package init(_ text: String, names: Set<String> = []) throws(FEELError) {
        var parser = try FEELParser(text, names: names)
        self = try parser.wholeExpression()
    }
}

extension FEELTests {
    /// Reads an input entry; an empty one asks nothing, as `-`.
    package init(_ text: String, names: Set<String> = []) throws(FEELError) {
        var parser = try FEELParser(text, names: names)
        self = try parser.wholeTests()
    }
}
