package import Values

/// A FEEL expression of the subset that decision tables use.
package indirect enum FEELExpression: Sendable, Hashable {
    case literal(Value)
    /// A name, with its dots: `order.total`.
    case name(String)
    /// `?`: the value of the input that is tested.
    case tested
    case negative(FEELExpression)
    case binary(FEELOperator, FEELExpression, FEELExpression)
    case either(FEELExpression, then: FEELExpression, otherwise: FEELExpression)
    case call(String, [FEELExpression])
    case list([FEELExpression])
    /// `x in tests`, `x between a and b`.
    case membership(FEELExpression, [FEELTest])
}

package enum FEELOperator: String, Sendable, Hashable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case equal = "="
    case unequal = "!="
    case and
    case or
}

/// One test of an input entry.
package indirect enum FEELTest: Sendable, Hashable {
    /// `< 5`
    case compare(FEELOperator, FEELExpression)
    /// `[a..b)`; an end that is not included is written with the bracket turned or a round one.
    case interval(FEELExpression, includesFrom: Bool, FEELExpression, includesTo: Bool)
    /// Equal to the value, member of the list, or, with `?`, a condition.
    case expression(FEELExpression)
}

/// An input entry: all that one cell asks of its input.
package enum FEELTests: Sendable, Hashable {
    /// `-`: anything, null too.
    case any
    case anyOf([FEELTest])
    case noneOf([FEELTest])
}
