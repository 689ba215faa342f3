import Values

/// What the parser read, before its meaning is checked.
struct Syntax: Sendable {
    let form: Form
    let span: Span
    /// Levels of the tree below and including this one.
    let height: Int

    indirect enum Form: Sendable {
        case number(ExactDecimal)
        case text(String)
        case bool(Bool)
        case null
        case path([Step])
        /// Name in capitals.
        case call(String, nameSpan: Span, [Syntax])
        case negative(Syntax)
        case not(Syntax)
        /// AND or OR of two or more.
        case chain(isAnd: Bool, [Syntax])
        case binary(Symbol, Syntax, Syntax)
        case isIn(Syntax, [Syntax], negated: Bool)
    }

    struct Step: Sendable {
        let name: String
        let span: Span
    }

    init(_ form: Form, _ span: Span) {
        self.form = form
        self.span = span
        height = 1 + (form.children.map(\.height).max() ?? 0)
    }
}

extension Syntax.Form {
    var children: [Syntax] {
        switch self {
        case .number, .text, .bool, .null, .path: []
        case .call(_, _, let arguments): arguments
        case .negative(let operand), .not(let operand): [operand]
        case .chain(_, let parts): parts
        case .binary(_, let left, let right): [left, right]
        case .isIn(let operand, let items, _): [operand] + items
        }
    }
}
