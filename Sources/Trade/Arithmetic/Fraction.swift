package import Values

/// An exact quotient of two whole numbers, reduced, with a positive denominator.
///
/// The formulas of the trade divide by rates (1 + VAT, 1 − margin, exchange rate) before they round. A fraction carries
/// the exact value up to the one place where the formula says "round", so no digit is lost on the way.
package struct Fraction: Sendable, Hashable {
    package let numerator: Int128
    /// Always above zero.
    package let denominator: Int128

    package static let zero = Fraction(whole: 0)
    package static let one = Fraction(whole: 1)

    package init(whole: Int) {
        numerator = Int128(whole)
        denominator = 1
    }

    package init(_ decimal: ExactDecimal) {
        self.init(reducing: decimal.units, over: ExactDecimal.power(decimal.scale))
    }

    /// - Parameter bottom: above zero; the operators below see to that.
    private init(reducing top: Int128, over bottom: Int128) {
        let divisor = Self.greatestCommonDivisor(top.magnitude, bottom.magnitude)
        numerator = top / Int128(divisor)
        denominator = bottom / Int128(divisor)
    }

    package static func + (left: Self, right: Self) throws(TradeError) -> Self {
        let common = Int128(greatestCommonDivisor(left.denominator.magnitude, right.denominator.magnitude))
        let first = try product(left.numerator, right.denominator / common)
        let second = try product(right.numerator, left.denominator / common)
        let (top, overflow) = first.addingReportingOverflow(second)
        if overflow { throw .overflow }
        return Self(reducing: top, over: try product(left.denominator, right.denominator / common))
    }

    package static func - (left: Self, right: Self) throws(TradeError) -> Self {
        if right.numerator == .min { throw .overflow }
        return try left + Self(reducing: -right.numerator, over: right.denominator)
    }

    package static func * (left: Self, right: Self) throws(TradeError) -> Self {
        // Reducing crosswise first keeps the products as small as they can be.
        let first = Self(reducing: left.numerator, over: right.denominator)
        let second = Self(reducing: right.numerator, over: left.denominator)
        return Self(
            reducing: try product(first.numerator, second.numerator),
            over: try product(first.denominator, second.denominator))
    }

    package static func / (left: Self, right: Self) throws(TradeError) -> Self {
        if right.numerator == 0 { throw .divisionByZero }
        if right.numerator == .min { throw .overflow }
        let inverse =
            right.numerator > 0
            ? Self(reducing: right.denominator, over: right.numerator)
            : Self(reducing: -right.denominator, over: -right.numerator)
        return try left * inverse
    }

    /// The value rounded half away from zero (half-up in the trade's words) to `scale` digits after the point.
    package func rounded(to scale: Int) throws(TradeError) -> ExactDecimal {
        let bottom = denominator.magnitude
        var quotient = numerator.magnitude / bottom
        var remainder = numerator.magnitude % bottom
        for _ in 0..<scale {
            let (tenfold, quotientOverflow) = quotient.multipliedReportingOverflow(by: 10)
            let (shifted, remainderOverflow) = remainder.multipliedReportingOverflow(by: 10)
            if quotientOverflow || remainderOverflow { throw .overflow }
            quotient = tenfold + shifted / bottom
            remainder = shifted % bottom
        }
        if remainder >= bottom - remainder, remainder > 0 { quotient += 1 }
        guard let units = Int128(exactly: quotient) else { throw .overflow }
        return ExactDecimal(units: numerator < 0 ? -units : units, scale: scale)
    }

    /// The largest whole number not above the value.
    package var floor: Int128 {
        let quotient = numerator / denominator
        return numerator < 0 && numerator % denominator != 0 ? quotient - 1 : quotient
    }

    /// The smallest whole number not below the value.
    package var ceiling: Int128 {
        let quotient = numerator / denominator
        return numerator > 0 && numerator % denominator != 0 ? quotient + 1 : quotient
    }

    package var isWhole: Bool { denominator == 1 }
    package var isZero: Bool { numerator == 0 }
    package var isNegative: Bool { numerator < 0 }

    private static func product(_ left: Int128, _ right: Int128) throws(TradeError) -> Int128 {
        let (product, overflow) = left.multipliedReportingOverflow(by: right)
        if overflow { throw .overflow }
        return product
    }

    private static func greatestCommonDivisor(_ left: UInt128, _ right: UInt128) -> UInt128 {
        var (larger, smaller) = (left, right)
        while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
        return larger == 0 ? 1 : larger
    }
}
