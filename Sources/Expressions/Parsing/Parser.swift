import Values

/// Reads tokens into a `Syntax` tree by precedence climbing.
///
/// Loosest to tightest: OR, AND, NOT, comparisons and IN, `&`, `+ -`, `* /`, sign. Both the nesting of the source and
/// the height of the tree are limited to `ExpressionChecker.maximumDepth`, so nothing that walks the tree can run out
/// of stack.
struct Parser {
    private let tokens: [Token]
    private var cursor = 0
    private var depth = 0

    private init(tokens: [Token]) { self.tokens = tokens }

    static func parse(_ source: String) throws(Diagnostic) -> Syntax {
        let length = source.utf8.count
        guard length <= ExpressionChecker.maximumLength else { throw .tooLong(length) }
        var parser = Parser(tokens: try Lexer.tokens(of: source))
        if parser.tokens[0].kind == .end { throw .empty() }
        let tree = try parser.expression(.or)
        let rest = parser.current
        guard rest.kind == .end else { throw .unexpected(rest, source: source) }
        return tree
    }

    private enum Level: Int, Comparable {
        case or, and, not, comparison, join, sum, product, sign

        static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
        var tighter: Level { Level(rawValue: rawValue + 1) ?? .sign }
    }

    private var current: Token { tokens[cursor] }

    private mutating func take() -> Token {
        let token = tokens[cursor]
        if token.kind != .end { cursor += 1 }
        return token
    }

    private func isSymbol(_ symbol: Symbol, ahead: Int = 0) -> Bool {
        let index = cursor + ahead
        return index < tokens.count && tokens[index].kind == .symbol(symbol)
    }

    private func keyword(ahead: Int = 0) -> String? {
        let index = cursor + ahead
        guard index < tokens.count, case .word(let word) = tokens[index].kind else { return nil }
        let capitals = word.uppercased()
        return Self.keywords.contains(capitals) ? capitals : nil
    }

    private static let keywords: Set<String> = ["AND", "OR", "NOT", "IN", "TRUE", "FALSE", "NULL"]

    // MARK: Operators

    private mutating func expression(_ level: Level) throws(Diagnostic) -> Syntax {
        depth += 1
        defer { depth -= 1 }
        guard depth <= ExpressionChecker.maximumDepth else { throw .tooDeep(current.span) }
        var left = try prefix()
        while let next = binaryLevel(), next >= level {
            left = try infix(next, left)
            guard left.height <= ExpressionChecker.maximumDepth else { throw .tooDeep(left.span) }
        }
        return left
    }

    private func binaryLevel() -> Level? {
        switch current.kind {
        case .symbol(let symbol):
            switch symbol {
            case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: .comparison
            case .join: .join
            case .plus, .minus: .sum
            case .times, .divide: .product
            case .open, .close, .comma, .dot: nil
            }
        case .word:
            switch keyword() {
            case "OR"?: .or
            case "AND"?: .and
            case "IN"?: .comparison
            case "NOT"? where keyword(ahead: 1) == "IN": .comparison
            default: nil
            }
        case .number, .text, .end: nil
        }
    }

    private mutating func infix(_ level: Level, _ left: Syntax) throws(Diagnostic) -> Syntax {
        switch level {
        case .or, .and: return try chain(level, left)
        case .comparison: return try comparison(left)
        case .not, .join, .sum, .product, .sign:
            let operation = take()
            let right = try expression(level.tighter)
            guard case .symbol(let symbol) = operation.kind else { return right }
            return Syntax(.binary(symbol, left, right), left.span.through(right.span))
        }
    }

    private mutating func chain(_ level: Level, _ left: Syntax) throws(Diagnostic) -> Syntax {
        var parts = [left]
        while binaryLevel() == level {
            _ = take()
            parts.append(try expression(level.tighter))
        }
        let span = left.span.through(parts[parts.count - 1].span)
        return Syntax(.chain(isAnd: level == .and, parts), span)
    }

    private mutating func comparison(_ left: Syntax) throws(Diagnostic) -> Syntax {
        let result: Syntax
        let operation = take()
        if case .symbol(let symbol) = operation.kind {
            let right = try expression(.join)
            result = Syntax(.binary(symbol, left, right), left.span.through(right.span))
        } else {
            var negated = false
            if case .word(let word) = operation.kind, word.uppercased() == "NOT" {
                negated = true
                _ = take()
            }
            result = try membership(left, negated: negated)
        }
        if binaryLevel() == .comparison { throw .chainedComparison(current.span) }
        return result
    }

    private mutating func membership(_ left: Syntax, negated: Bool) throws(Diagnostic) -> Syntax {
        if isSymbol(.open) {
            let (items, end) = try arguments()
            return Syntax(.isIn(left, items, negated: negated), left.span.through(end))
        }
        let list = try expression(.join)
        return Syntax(.isIn(left, [list], negated: negated), left.span.through(list.span))
    }

    // MARK: Operands

    private mutating func prefix() throws(Diagnostic) -> Syntax {
        let start = current.span
        if keyword() == "NOT" {
            _ = take()
            let operand = try expression(.comparison)
            return Syntax(.not(operand), start.through(operand.span))
        }
        if isSymbol(.minus) || isSymbol(.plus) {
            let isMinus = isSymbol(.minus)
            _ = take()
            let operand = try expression(.sign)
            return isMinus ? Syntax(.negative(operand), start.through(operand.span)) : operand
        }
        return try primary()
    }

    private mutating func primary() throws(Diagnostic) -> Syntax {
        let token = take()
        switch token.kind {
        case .number(let number): return Syntax(.number(number), token.span)
        case .text(let text): return Syntax(.text(text), token.span)
        case .symbol(.open):
            let inner = try expression(.or)
            guard isSymbol(.close) else { throw .missingBracket(current, opened: token.span) }
            let end = take().span
            return Syntax(inner.form, token.span.through(end))
        case .word(let word): return try named(word, token)
        case .symbol, .end: throw .missingOperand(token)
        }
    }

    private mutating func named(_ word: String, _ token: Token) throws(Diagnostic) -> Syntax {
        if isSymbol(.open) {
            let (items, end) = try arguments()
            let call = Syntax.Form.call(word.uppercased(), nameSpan: token.span, items)
            return Syntax(call, token.span.through(end))
        }
        switch word.uppercased() {
        case "TRUE": return Syntax(.bool(true), token.span)
        case "FALSE": return Syntax(.bool(false), token.span)
        case "NULL": return Syntax(.null, token.span)
        case "AND", "OR", "IN": throw .missingOperand(token)
        default: return try path(from: Syntax.Step(name: word, span: token.span))
        }
    }

    private mutating func path(from first: Syntax.Step) throws(Diagnostic) -> Syntax {
        var steps = [first]
        while isSymbol(.dot) {
            let dot = take()
            guard case .word(let name) = current.kind else { throw .missingField(dot.span) }
            steps.append(Syntax.Step(name: name, span: take().span))
        }
        guard steps.count <= 8 else { throw .tooDeep(first.span.through(steps[steps.count - 1].span)) }
        return Syntax(.path(steps), first.span.through(steps[steps.count - 1].span))
    }

    /// The comma-separated expressions between brackets, and where the closing one stands.
    private mutating func arguments() throws(Diagnostic) -> ([Syntax], Span) {
        let open = take()
        var items: [Syntax] = []
        if isSymbol(.close) { return (items, take().span) }
        while true {
            items.append(try expression(.or))
            if isSymbol(.comma) {
                _ = take()
            } else {
                break
            }
        }
        guard isSymbol(.close) else { throw .missingBracket(current, opened: open.span) }
        return (items, take().span)
    }
}
