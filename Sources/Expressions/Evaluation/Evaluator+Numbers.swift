import Values

extension Evaluator {
    func exact(
        _ operation: Arithmetic, _ a: Value, _ b: Value, _ type: ValueType
    ) throws(EvaluationError) -> Value {
        guard let x = a.decimal?.units, let y = b.decimal?.units, let scale = type.scale else { return .null }
        let (units, overflows) =
            switch operation {
            case .plus: x.addingReportingOverflow(y)
            case .minus: x.subtractingReportingOverflow(y)
            case .times: x.multipliedReportingOverflow(by: y)
            }
        return overflows ? try overflow() : try number(units, scale)
    }

    func rescaled(_ value: Value, _ type: ValueType) throws(EvaluationError) -> Value {
        guard let found = value.decimal, let scale = type.scale else { return .null }
        let factor = ExactDecimal.power(scale - found.scale)
        let (units, overflows) = found.units.multipliedReportingOverflow(by: factor)
        return overflows ? try overflow() : try number(units, scale)
    }

    func approximate(_ operation: Arithmetic, _ a: Value, _ b: Value) -> Value {
        guard case .real(let x) = a, case .real(let y) = b else { return .null }
        switch operation {
        case .plus: return Reals.bounded(x + y)
        case .minus: return Reals.bounded(x - y)
        case .times: return Reals.bounded(x * y)
        }
    }

    func quotient(_ a: Value, _ b: Value) -> Value {
        switch (a, b) {
        case (.real(let x), .real(let y)): return y == 0 ? .null : Reals.bounded(x / y)
        case (.decimal(let x), .decimal(let y)):
            if y.isZero { return .null }
            return Reals.bounded(Reals.real(x.units, scale: 0) / Reals.real(y.units, scale: 0))
        default: return .null
        }
    }

    /// ROUND, FLOOR, CEILING and ABS of an exact number or a real.
    func rounding(_ function: Function, _ value: Value, _ type: ValueType) throws(EvaluationError) -> Value {
        switch value {
        case .decimal(let number):
            switch function {
            case .floor: return try self.number(number.floor, 0)
            case .ceiling: return try self.number(number.ceiling, 0)
            case .abs:
                // SQL can't take the magnitude of the smallest 64-bit integer.
                return try self.number(number.units < 0 ? -number.units : number.units, number.scale)
            default:
                do { return .decimal(try number.rounded(to: type.scale ?? 0)) } catch { return try overflow() }
            }
        case .real(let real):
            if function == .abs { return .real(real.magnitude) }
            let shifted = real * Reals.power(type.scale ?? 0)
            guard shifted.magnitude < (isFilter ? Reals.maximumRounded : 1e37) else { return try overflow() }
            return try number(Int128(Reals.rounded(shifted, function)), type.scale ?? 0)
        default: return .null
        }
    }

    /// a ÷ b, both of one scale, rounded half away from zero.
    func divide(_ a: Value, _ b: Value, _ type: ValueType) throws(EvaluationError) -> Value {
        guard let x = a.decimal?.units, let y = b.decimal?.units, let scale = type.scale, y != 0 else { return .null }
        let (shifted, overflows) = x.multipliedReportingOverflow(by: ExactDecimal.power(scale))
        if overflows { return try overflow() }
        if isFilter {
            let smallest = Int128(Int64.min)
            guard Int64(exactly: shifted) != nil, shifted != smallest, y != smallest else { return .null }
        }
        let remainder = (shifted % y).magnitude
        let quotient = shifted / y
        let away: Int128 = (shifted < 0) == (y < 0) ? 1 : -1
        return try number(remainder >= y.magnitude - remainder ? quotient + away : quotient, scale)
    }

    func extreme(_ values: [Value], largest: Bool) -> Value {
        var best = Value.null
        for value in values where !value.isNull {
            guard !best.isNull else {
                best = value
                continue
            }
            let order = Comparing.order(value, best)
            if largest ? order > 0 : order < 0 { best = value }
        }
        return best
    }
}

/// Approximate numbers as every engine computes them: IEEE doubles without infinities.
///
/// Beyond 10^100 a result is null and below 10^-100 it is 0, so that no product of two can leave the range in which
/// PostgreSQL reports an error.
enum Reals {
    static let largest = 1e100
    static let smallest = 1e-100
    /// A real larger than this can't be rounded to a 64-bit number.
    static let maximumRounded = 9e18

    static func bounded(_ value: Double) -> Value {
        if value.isNaN || value.magnitude > largest { return .null }
        return .real(value.magnitude < smallest ? 0 : value)
    }

    static func real(_ units: Int128, scale: Int) -> Double {
        let whole = Int64(exactly: units).map(Double.init) ?? Double(units)
        return scale == 0 ? whole : whole / power(scale)
    }

    /// 10^`exponent` for 0...22, where it is exact.
    static func power(_ exponent: Int) -> Double { powers[exponent] }

    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20,
        1e21, 1e22,
    ]

    /// To a whole number; ROUND adds a half away from zero and cuts, as the engines do.
    static func rounded(_ value: Double, _ function: Function) -> Double {
        switch function {
        case .floor: value.rounded(.down)
        case .ceiling: value.rounded(.up)
        default: (value + (value < 0 ? -0.5 : 0.5)).rounded(.towardZero)
        }
    }
}
