import Expressions
import Values

/// Comparisons, IN and arithmetic.
extension Compilation {
    mutating func compare(_ comparison: Comparison, _ a: Node, _ b: Node) throws(CompilationError) -> SQLFragment {
        let left = try comparable(a)
        let right = try settled(b)
        return "(\(left) \(raw: comparison.rawValue) \(right))"
    }

    private mutating func comparable(_ node: Node) throws(CompilationError) -> SQLFragment {
        let fragment = try settled(node)
        return node.type == .text ? dialect.byCodePoint(fragment) : fragment
    }

    mutating func isOneOf(_ tested: Node, _ items: [Node]) throws(CompilationError) -> SQLFragment {
        let left = try comparable(tested)
        var list: [SQLFragment] = []
        for item in items { list.append(try settled(item)) }
        return "(\(left) IN (\(list.joined(separator: ", "))))"
    }

    mutating func isIn(_ tested: Node, _ list: Node) throws(CompilationError) -> SQLFragment {
        let item = try settled(tested)
        if let ids = contextList(list) {
            if ids.isEmpty { return "CASE WHEN \(item) IS NOT NULL THEN \(dialect.literal(false)) END" }
            let bound = ids.map { SQLFragment.binding(.blob($0.bytes)) }.joined(separator: ", ")
            return "(\(item) IN (\(bound)))"
        }
        if let ids = ruleList(list) { return "(\(item) = ANY (\(ids)))" }
        if let (reference, table, record, target) = linkRows(list) {
            let holder = try holderID(reference)
            let isKnown = !isRule && tested.valueWithoutRow(context).map { !$0.isNull } ?? false
            return binding([item]) { values in
                let match: SQLFragment = "\(identifier: record) = \(holder) AND \(identifier: target) = \(values[0])"
                let exists: SQLFragment = "EXISTS (SELECT 1 FROM \(identifier: table) WHERE \(match))"
                return isKnown ? exists : "CASE WHEN \(values[0]) IS NOT NULL THEN \(exists) END"
            }
        }
        let stored = try settled(list)
        let needle: SQLFragment = "(',' || \(item) || ',')"
        return "(\(dialect.position(of: needle, in: "COALESCE(\(stored), '')")) > 0)"
    }

    /// The link table behind a field with several records.
    func linkRows(_ list: Node) -> (FieldReference, table: String, record: String, target: String)? {
        guard case .field(let reference) = list.form,
            case .links(let table, let record, let target)? = layout.place(of: reference.field, in: reference.holder)
        else { return nil }
        return (reference, table, record, target)
    }

    // MARK: Exact numbers

    mutating func exact(_ operation: Arithmetic, _ a: Node, _ b: Node) throws(CompilationError) -> Piece {
        let left = try operand(a)
        let right = try operand(b)
        let fragment =
            switch operation {
            case .plus: dialect.sum(left, right)
            case .minus: dialect.difference(left, right)
            case .times: dialect.product(left, right)
            }
        return Piece(fragment: fragment, isDeferred: dialect.defersOverflow)
    }

    private mutating func operand(_ node: Node) throws(CompilationError) -> SQLFragment {
        dialect.defersOverflow ? try piece(node).fragment : try settled(node)
    }

    mutating func rescaled(_ node: Node, to scale: Int) throws(CompilationError) -> Piece {
        let factor = Self.power(scale - (node.type.scale ?? 0))
        return Piece(fragment: dialect.product(try operand(node), factor), isDeferred: dialect.defersOverflow)
    }

    static func power(_ exponent: Int) -> SQLFragment { .raw(String(ExactDecimal.power(exponent))) }

    // MARK: Reals

    mutating func real(_ node: Node) throws(CompilationError) -> Piece {
        let scale = node.type.scale ?? 0
        return Piece(fragment: dialect.real(try settled(node), scale: scale), reach: -scale...19)
    }

    mutating func quotient(_ a: Node, _ b: Node) throws(CompilationError) -> Piece {
        let left = try realOperand(a)
        let right = try realOperand(b)
        let reach = (left.reach.lowerBound - right.reach.upperBound)...(left.reach.upperBound - right.reach.lowerBound)
        return bounded("(\(left.fragment) / NULLIF(\(right.fragment), 0))", reach)
    }

    /// Both parts of an exact quotient have one scale, which cancels out.
    private mutating func realOperand(_ node: Node) throws(CompilationError) -> Piece {
        guard node.type.scale != nil else { return try piece(node) }
        if case .decimal(let number)? = node.valueWithoutRow(context), let units = Int64(exactly: number.units) {
            return constant(.real(Double(units)), .real)
        }
        return Piece(fragment: dialect.real(try settled(node), scale: 0), reach: 0...19)
    }

    mutating func approximate(_ operation: Arithmetic, _ a: Node, _ b: Node) throws(CompilationError) -> Piece {
        let left = try piece(a)
        let right = try piece(b)
        let fragment: SQLFragment = "(\(left.fragment) \(raw: operation.rawValue) \(right.fragment))"
        if operation == .times {
            let low = left.reach.lowerBound + right.reach.lowerBound
            return bounded(fragment, low...(left.reach.upperBound + right.reach.upperBound))
        }
        // A difference of two doubles is at least the last binary digit of the smaller one.
        let low = min(left.reach.lowerBound, right.reach.lowerBound) - 17
        return bounded(fragment, low...(max(left.reach.upperBound, right.reach.upperBound) + 1))
    }

    /// Null beyond 10^100 and 0 below 10^-100, as memory has it; needs no SQL where that can't happen.
    private mutating func bounded(_ fragment: SQLFragment, _ reach: ClosedRange<Int>) -> Piece {
        if reach.lowerBound >= -99, reach.upperBound <= 99 { return Piece(fragment: fragment, reach: reach) }
        let limited = binding([fragment]) { values in
            let v = values[0]
            let tiny: SQLFragment = "\(v) > -1e-100 AND \(v) < 1e-100 THEN 0e0"
            return "CASE WHEN \(v) > 1e100 OR \(v) < -1e100 THEN NULL WHEN \(tiny) ELSE \(v) END"
        }
        return Piece(fragment: limited, reach: -100...100)
    }
}
