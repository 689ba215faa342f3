import Values

/// Where something stands in the source, in UTF-8 bytes.
struct Span: Sendable, Hashable {
    var offset: Int
    var length: Int

    var end: Int { offset + length }

    func through(_ other: Span) -> Span { Span(offset: offset, length: max(other.end, end) - offset) }
}

struct Token: Sendable {
    enum Kind: Sendable, Hashable {
        /// A number, already divided by 100 when a percent sign follows.
        case number(ExactDecimal)
        case text(String)
        /// Field id, function name or keyword, as typed.
        case word(String)
        case symbol(Symbol)
        case end
    }

    let kind: Kind
    let span: Span
}

enum Symbol: String, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divide = "/"
    case join = "&"
    case equal = "="
    case notEqual = "<>"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case open = "("
    case close = ")"
    case comma = ","
    case dot = "."
}
