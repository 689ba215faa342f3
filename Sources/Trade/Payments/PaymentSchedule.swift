package import Values

/// The split of a total into shares that add up to the last minor unit.
package enum PaymentSchedule {
    /// One amount for each share, same order, with the currency's digits; their sum is the rounded total.
    ///
    /// Each share is rounded half-up, the last takes the remainder; no share exceeds what is left to give, so that tiny
    /// totals never leave a negative last payment.
    ///
    /// - Parameter shares: 0.3 for 30 %; at least one, each in 0...1, together exactly 1.
    /// - Throws: `TradeError.sharesDoNotSum` when they don't.
    package static func amounts(
        total: ExactDecimal, shares: [ExactDecimal], in currency: Currency
    ) throws(TradeError) -> [ExactDecimal] {
        var sum = ExactDecimal.zero
        for share in shares {
            try Bounds.share(share, "share")
            sum = try exactly { () throws(ArithmeticError) in try sum + share }
        }
        if sum != ExactDecimal(1) { throw .sharesDoNotSum(sum) }
        let digits = currency.minorDigits
        let rounded = try currency.rounded(total)
        let sign: Int128 = rounded.isNegative ? -1 : 1
        var left = rounded.units * sign
        var amounts: [ExactDecimal] = []
        for share in shares.dropLast() {
            let exact = try Fraction(rounded.magnitude) * Fraction(share)
            let part = min(try exact.rounded(to: digits).units, left)
            left -= part
            amounts.append(ExactDecimal(units: part * sign, scale: digits))
        }
        return amounts + [ExactDecimal(units: left * sign, scale: digits)]
    }
}
