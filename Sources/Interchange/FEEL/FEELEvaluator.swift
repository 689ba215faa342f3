package import Values

/// Computes FEEL expressions. Pure; cost is that of the text.
package struct FEELEvaluator: Sendable {
    private let names: [String: Value]
    private let tested: Value

    /// - Parameters:
    ///   - names: the value of each name; a name that is not there is an error, null is a value.
    ///   - tested: what `?` stands for.
    package init(names: [String: Value], tested: Value = .null) {
        self.names = names.mapValues(Self.inFEEL)
        self.tested = Self.inFEEL(tested)
    }

    /// Statistics give floating numbers and records give ids; FEEL knows exact numbers and texts.
    private static func inFEEL(_ value: Value) -> Value {
        switch value {
        case .real(let number): ExactDecimal(String(number)).map { .decimal($0) } ?? .null
        case .record(let id): .text(String(describing: id))
        case .list(let items): .list(items.map(inFEEL))
        default: value
        }
    }

    package func value(of expression: FEELExpression) throws(FEELError) -> Value {
        switch expression {
        case .literal(let value): return value
        case .tested: return tested
        case .name(let name):
            guard let value = names[name] else { throw .unknownName(name) }
            return value
        case .negative(let inner):
            return try FEELArithmetic.combine(.minus, .decimal(.zero), try value(of: inner))
        case .list(let items):
            var values: [Value] = []
            for item in items { values.append(try value(of: item)) }
            return .list(values)
        case .either(let condition, let then, let otherwise):
            return try value(of: condition) == .bool(true) ? try value(of: then) : try value(of: otherwise)
        case .call(let name, let arguments):
            var values: [Value] = []
            for argument in arguments { values.append(try value(of: argument)) }
            return try FEELFunctions.value(of: name, values)
        case .membership(let item, let tests):
            let item = try value(of: item)
            return .bool(try matches(tests, item))
        case .binary(let operation, let left, let right): return try binary(operation, left, right)
        }
    }

    private func binary(
        _ operation: FEELOperator, _ left: FEELExpression, _ right: FEELExpression
    ) throws(FEELError) -> Value {
        let a = try value(of: left)
        switch operation {
        case .and, .or:
            // Three-valued: false and anything is false, true or anything is true, whatever the other side is.
            let decisive = Value.bool(operation == .or)
            if a == decisive { return a }
            let b = try value(of: right)
            if b == decisive { return b }
            if a.isNull || b.isNull { return .null }
            guard a.bool != nil, b.bool != nil else { throw .mismatch(operation.rawValue) }
            return b
        case .equal, .unequal:
            return .bool(try FEELArithmetic.equal(a, try value(of: right)) == (operation == .equal))
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            let b = try value(of: right)
            return a.isNull || b.isNull ? .null : .bool(Self.holds(operation, try FEELArithmetic.order(a, b)))
        default: return try FEELArithmetic.combine(operation, a, try value(of: right))
        }
    }

    private static func holds(_ operation: FEELOperator, _ order: Int) -> Bool {
        switch operation {
        case .less: order < 0
        case .lessOrEqual: order <= 0
        case .greater: order > 0
        case .greaterOrEqual: order >= 0
        case .unequal: order != 0
        default: order == 0
        }
    }

    /// Whether an input meets its entry. Null meets `-`, `null` and what `not(…)` doesn't name; it is in no interval.
    package func matches(_ tests: FEELTests, _ input: Value) throws(FEELError) -> Bool {
        let input = Self.inFEEL(input)
        switch tests {
        case .any: return true
        case .anyOf(let tests): return try matches(tests, input)
        case .noneOf(let tests): return try !matches(tests, input)
        }
    }

    private func matches(_ tests: [FEELTest], _ input: Value) throws(FEELError) -> Bool {
        for test in tests where try matches(test, input) { return true }
        return false
    }

    private func matches(_ test: FEELTest, _ input: Value) throws(FEELError) -> Bool {
        switch test {
        case .compare(let operation, let bound):
            let bound = try value(of: bound)
            if operation == .equal || operation == .unequal {
                return try FEELArithmetic.equal(input, bound) == (operation == .equal)
            }
            guard !input.isNull, !bound.isNull else { return false }
            return Self.holds(operation, try FEELArithmetic.order(input, bound))
        case .interval(let from, let includesFrom, let to, let includesTo):
            let (low, high) = (try value(of: from), try value(of: to))
            guard !input.isNull, !low.isNull, !high.isNull else { return false }
            let (below, above) = (try FEELArithmetic.order(input, low), try FEELArithmetic.order(input, high))
            return (below > 0 || (includesFrom && below == 0)) && (above < 0 || (includesTo && above == 0))
        case .expression(let expression):
            let inner = FEELEvaluator(names: names, tested: input)
            let wanted = try inner.value(of: expression)
            if expression.asks { return wanted == .bool(true) }
            if case .list(let items) = wanted {
                if case .list = input { return input == wanted }
                for item in items where try FEELArithmetic.equal(input, item) { return true }
                return false
            }
            if case .list(let inputs) = input {
                for item in inputs where try FEELArithmetic.equal(item, wanted) { return true }
                return false
            }
            return try FEELArithmetic.equal(input, wanted)
        }
    }
}

extension FEELExpression {
    /// Whether it holds `?`, which makes a test a condition.
    var asks: Bool {
        switch self {
        case .tested: true
        case .literal, .name: false
        case .negative(let inner): inner.asks
        case .binary(_, let left, let right): left.asks || right.asks
        case .either(let condition, let then, let otherwise): condition.asks || then.asks || otherwise.asks
        case .call(_, let arguments), .list(let arguments): arguments.contains { $0.asks }
        case .membership(let item, _): item.asks
        }
    }

    /// The names it reads.
    package var names: Set<String> {
        switch self {
        case .tested, .literal: []
        case .name(let name): [name]
        case .negative(let inner): inner.names
        case .binary(_, let left, let right): left.names.union(right.names)
        case .either(let condition, let then, let otherwise):
            condition.names.union(then.names).union(otherwise.names)
        case .call(_, let arguments), .list(let arguments): Set(arguments.flatMap(\.names))
        case .membership(let item, let tests): item.names.union(tests.flatMap(\.names))
        }
    }
}

extension FEELTest {
    var names: Set<String> {
        switch self {
        case .compare(_, let bound): bound.names
        case .interval(let from, _, let to, _): from.names.union(to.names)
        case .expression(let expression): expression.names
        }
    }
}
