package import Values

/// A checked piece of an expression; the Store makes SQL of it, the evaluator a value.
package struct Node: Sendable {
    package let form: Form
    package let type: ValueType

    package init(_ form: Form, _ type: ValueType) {
        self.form = form
        self.type = type
    }

    /// Operands have the types the form says; the checker has put in every conversion.
    package indirect enum Form: Sendable {
        case constant(Value)
        case context(ContextValue)
        case field(FieldReference)
        case not(Node)
        /// AND and OR of two or more, in the order of the source.
        case all([Node])
        case any([Node])
        /// Operands of one type (for exact numbers: of one scale).
        case comparison(Comparison, Node, Node)
        case isOneOf(Node, [Node])
        /// Whether the list, the second, holds the value; false for an empty or blank list, HAS and IN alike.
        case isIn(Node, Node)
        /// + and − have one scale; × adds the scales up.
        case exact(Arithmetic, Node, Node)
        /// All three on reals.
        case approximate(Arithmetic, Node, Node)
        /// Of two reals, or of two exact numbers of one scale; a real, null by zero.
        case quotient(Node, Node)
        /// An exact number with more digits after the point; the type holds how many.
        case rescaled(Node)
        case real(Node)
        case choose(condition: Node, then: Node, otherwise: Node)
        /// The first that is not null.
        case firstKnown([Node])
        case call(Function, [Node])
        case aggregate(Aggregate)
        case external(ExternalFunction, [Node])
    }
}

package enum Comparison: String, Sendable, Hashable {
    case equal = "="
    case notEqual = "<>"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
}

package enum Arithmetic: String, Sendable, Hashable {
    case plus = "+"
    case minus = "-"
    case times = "*"
}

/// What comes from the `EvaluationContext`.
package enum ContextValue: Sendable, Hashable {
    case now
    case today
    case me
    case departments
    case regions
    case hasRole(String)
}

/// A field read over zero or more links.
package struct FieldReference: Sendable, Hashable {
    /// Object of the row the path starts at.
    package let object: String
    package let links: [Hop]
    /// The last field: its id, or `total.base` for a part of a money field.
    package let field: String
    /// Inside an aggregate: whether the row is the one around the aggregate, not the line.
    package let isOuter: Bool
    package let path: FieldPath

    package struct Hop: Sendable, Hashable {
        package let field: String
        /// The object it leads to.
        package let object: String
    }

    /// The object that holds the last field.
    package var holder: String { links.last?.object ?? object }
}

/// SUM, COUNT, MIN, MAX or AVG over the children of a record.
package struct Aggregate: Sendable {
    package enum Kind: String, Sendable, Hashable {
        case sum
        case count
        case min
        case max
        case average
    }
    package let kind: Kind
    /// The lines field, whose object is the child object.
    package let lines: FieldReference
    package let child: String
    package let parentField: String
    /// Over the child; nil for COUNT(lines).
    package let value: Node?
    /// Over the child; only true counts.
    package let filter: Node?
}

/// Functions of values, without those that have a form of their own.
package enum Function: String, Sendable, Hashable, CaseIterable {
    /// Null, empty text or empty list.
    case isBlank = "ISBLANK"
    /// Of an exact number or a real to the scale of its type, half away from zero.
    case round = "ROUND"
    case floor = "FLOOR"
    case ceiling = "CEILING"
    case abs = "ABS"
    /// Of several values of one type; nulls are left out.
    case min = "MIN"
    case max = "MAX"
    /// Exact division to the scale of its type, half away from zero; null by zero.
    case divide = "DIVIDE"
    case length = "LEN"
    case left = "LEFT"
    case right = "RIGHT"
    case middle = "MID"
    case trim = "TRIM"
    case upper = "UPPER"
    case lower = "LOWER"
    case contains = "CONTAINS"
    case startsWith = "STARTSWITH"
    case endsWith = "ENDSWITH"
    /// Nulls count as empty.
    case concat = "CONCAT"
    /// A number without trailing zeros, or a day as 2026-11-22.
    case text = "TEXT"
    /// A number with all the digits of its scale.
    case fixedText = "FIXED"
    case days = "DAYS"
    case addDays = "ADDDAYS"
    case addMonths = "ADDMONTHS"
    /// UTC date of an instant.
    case day = "DAY"
    case year = "YEAR"
    case month = "MONTH"
    case weekday = "WEEKDAY"
}
