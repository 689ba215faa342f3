/// What exact arithmetic can't do.
package enum ArithmeticError: Error, Sendable, Hashable {
    /// The result needs more than the 38 digits that an `ExactDecimal` holds, or more than 64 bits where it is stored.
    case overflow
    case divisionByZero
}

/// An exact decimal number: `units` × 10^-`scale`.
///
/// Money, quantities, rates and percentages are exact decimals; nothing of business value is a `Double`.
/// Two numbers are equal when their values are (`1.50 == 1.5`), whatever their scales.
/// Operators throw `ArithmeticError.overflow` and never wrap.
package struct ExactDecimal: Sendable {
    /// The whole number behind the point-free form; never `Int128.min`, so that its negative exists.
    package let units: Int128
    /// Digits after the decimal point, 0...`maximumScale`.
    package let scale: Int

    /// More digits after the point than any rate or price needs; text with more is refused, not rounded.
    package static let maximumScale = 18
    package static let zero = ExactDecimal(0)

    /// - Precondition: `scale` is in 0...`maximumScale`; callers take it from a checked definition or from a constant.
    ///   `units` is not `Int128.min`: no text, store or operator gives it.
    package init(units: Int128, scale: Int) {
        precondition((0...Self.maximumScale).contains(scale), "scale comes from a checked definition")
        precondition(units > .min, "the operators throw before they reach it")
        self.units = units
        self.scale = scale
    }

    package init(_ whole: Int) { self.init(units: Int128(whole), scale: 0) }

    /// Reads `-1234.50`, `+7` or `1.2e-3`; nil for anything else, for more than 30 digits or a scale above 18.
    package init?(_ text: some StringProtocol) {
        var mantissa: Int128 = 0
        var scale = 0
        var digits = 0
        var negative = false
        var seenPoint = false
        var exponent: Int?
        var bytes = Array(text.utf8)[...]
        if let first = bytes.first, first == 0x2D || first == 0x2B {
            negative = first == 0x2D
            bytes = bytes.dropFirst()
        }
        while let byte = bytes.popFirst() {
            switch byte {
            case 0x30...0x39:
                digits += 1
                guard digits <= 30 else { return nil }
                mantissa = mantissa * 10 + Int128(byte - 0x30)
                if seenPoint { scale += 1 }
            case 0x2E where !seenPoint:
                seenPoint = true
            case 0x45, 0x65:
                guard let power = Int(String(decoding: bytes, as: UTF8.self)), (-30...30).contains(power) else {
                    return nil
                }
                exponent = power
                bytes = []
            default:
                return nil
            }
        }
        guard digits > 0 else { return nil }
        scale -= exponent ?? 0
        while scale < 0 {
            guard digits < 36 else { return nil }
            mantissa *= 10
            digits += 1
            scale += 1
        }
        while scale > Self.maximumScale, mantissa % 10 == 0, mantissa != 0 {
            mantissa /= 10
            scale -= 1
        }
        if mantissa == 0 { scale = min(scale, Self.maximumScale) }
        guard scale <= Self.maximumScale else { return nil }
        self.init(units: negative ? -mantissa : mantissa, scale: scale)
    }

    /// 10^`exponent` for 0...38.
    package static func power(_ exponent: Int) -> Int128 { powers[exponent] }

    private static let powers: [Int128] = {
        var table: [Int128] = [1]
        for _ in 1...38 { table.append(table[table.count - 1] * 10) }
        return table
    }()
}

extension ExactDecimal {
    package static func + (left: Self, right: Self) throws(ArithmeticError) -> Self {
        let scale = max(left.scale, right.scale)
        let (sum, overflow) = try left.units(at: scale).addingReportingOverflow(try right.units(at: scale))
        if overflow || sum == .min { throw .overflow }
        return Self(units: sum, scale: scale)
    }

    package static func - (left: Self, right: Self) throws(ArithmeticError) -> Self {
        try left + Self(units: -right.units, scale: right.scale)
    }

    package static prefix func - (value: Self) -> Self { Self(units: -value.units, scale: value.scale) }

    /// The exact product; when the scales add up to more than 18 the product is rounded half away from zero to 18.
    package static func * (left: Self, right: Self) throws(ArithmeticError) -> Self {
        let (product, overflow) = left.units.multipliedReportingOverflow(by: right.units)
        if overflow || product == .min { throw .overflow }
        let scale = left.scale + right.scale
        if scale <= maximumScale { return Self(units: product, scale: scale) }
        return Self(units: roundedQuotient(product, power(scale - maximumScale)), scale: maximumScale)
    }

    /// The quotient rounded half away from zero to `scale` digits.
    package func divided(by divisor: Self, scale: Int) throws(ArithmeticError) -> Self {
        guard divisor.units != 0 else { throw .divisionByZero }
        let shift = scale + divisor.scale - self.scale
        var numerator = units
        var denominator = divisor.units
        let factor = Self.power(min(abs(shift), 38))
        let overflow: Bool
        if shift >= 0 {
            (numerator, overflow) = numerator.multipliedReportingOverflow(by: factor)
        } else {
            (denominator, overflow) = denominator.multipliedReportingOverflow(by: factor)
        }
        if overflow { throw .overflow }
        return Self(units: Self.roundedQuotient(numerator, denominator), scale: scale)
    }

    /// The value rounded half away from zero (half-up in the trade's words) to `scale` digits, with exactly that scale.
    package func rounded(to scale: Int) throws(ArithmeticError) -> Self {
        if scale >= self.scale { return Self(units: try units(at: scale), scale: scale) }
        return Self(units: Self.roundedQuotient(units, Self.power(self.scale - scale)), scale: scale)
    }

    /// The value as units of 10^-`scale` if that is exact and fits 64 bits: the form in which it is stored.
    package func stored(at scale: Int) -> Int64? {
        guard let exact = exactUnits(at: scale) else { return nil }
        return Int64(exactly: exact)
    }

    /// The largest whole number not above the value.
    package var floor: Int128 {
        let divisor = Self.power(scale)
        let quotient = units / divisor
        return units < 0 && units % divisor != 0 ? quotient - 1 : quotient
    }

    /// The smallest whole number not below the value.
    package var ceiling: Int128 { -((-self).floor) }

    package var isNegative: Bool { units < 0 }
    package var isZero: Bool { units == 0 }
    package var magnitude: Self { Self(units: abs(units), scale: scale) }

    /// For statistics and drawing only.
    package var asDouble: Double { Double(units) / Double(Self.power(scale)) }

    private func units(at target: Int) throws(ArithmeticError) -> Int128 {
        guard let exact = exactUnits(at: target) else { throw .overflow }
        return exact
    }

    private func exactUnits(at target: Int) -> Int128? {
        if target == scale { return units }
        if target > scale {
            let (shifted, overflow) = units.multipliedReportingOverflow(by: Self.power(min(target - scale, 38)))
            return overflow ? nil : shifted
        }
        let factor = Self.power(scale - target)
        return units % factor == 0 ? units / factor : nil
    }

    private static func roundedQuotient(_ numerator: Int128, _ denominator: Int128) -> Int128 {
        let quotient = numerator / denominator
        let remainder = abs(numerator % denominator)
        let half = abs(denominator) - remainder
        guard remainder >= half else { return quotient }
        return (numerator < 0) == (denominator < 0) ? quotient + 1 : quotient - 1
    }
}

extension ExactDecimal: Comparable, Hashable {
    package static func == (left: Self, right: Self) -> Bool { compare(left, right) == 0 }
    package static func < (left: Self, right: Self) -> Bool { compare(left, right) < 0 }

    package func hash(into hasher: inout Hasher) {
        var units = units
        var scale = scale
        while scale > 0, units % 10 == 0 {
            units /= 10
            scale -= 1
        }
        hasher.combine(units)
        hasher.combine(scale)
    }

    private static func compare(_ left: Self, _ right: Self) -> Int {
        if left.scale == right.scale { return left.units < right.units ? -1 : left.units > right.units ? 1 : 0 }
        let wholes = (left.floor, right.floor)
        if wholes.0 != wholes.1 { return wholes.0 < wholes.1 ? -1 : 1 }
        let scale = max(left.scale, right.scale)
        let a = (left.units - wholes.0 * power(left.scale)) * power(scale - left.scale)
        let b = (right.units - wholes.1 * power(right.scale)) * power(scale - right.scale)
        return a < b ? -1 : a > b ? 1 : 0
    }
}

extension ExactDecimal: CustomStringConvertible {
    /// Plain notation with exactly `scale` digits after the point: `-0.50`.
    package var description: String {
        let digits = String(abs(units))
        guard scale > 0 else { return units < 0 ? "-" + digits : digits }
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
        let point = padded.index(padded.endIndex, offsetBy: -scale)
        return (units < 0 ? "-" : "") + padded[..<point] + "." + padded[point...]
    }

    /// Without trailing zeros after the point: `1.50` gives `1.5`.
    package var shortest: String {
        guard scale > 0 else { return description }
        var text = Substring(description)
        while text.hasSuffix("0") { text = text.dropLast() }
        return String(text.hasSuffix(".") ? text.dropLast() : text)
    }
}
