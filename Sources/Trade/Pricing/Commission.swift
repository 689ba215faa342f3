package import Values

/// Prices with a commission inside, such as CIFC5.
package enum Commission {
    /// The price that leaves `net` after the commission: net ÷ (1 − c), 4 digits. CIFC = CIF ÷ (1 − c).
    package static func including(_ rate: ExactDecimal, net: ExactDecimal) throws(TradeError) -> ExactDecimal {
        try Bounds.share(rate, "commission rate")
        return try PriceDivisor.price(cost: Fraction(net), margin: .zero, charges: Fraction(rate)).rounded(to: 4)
    }

    /// The commission in an amount, rounded to the currency's minor unit.
    package static func amount(
        _ rate: ExactDecimal, of amount: ExactDecimal, in currency: Currency
    ) throws(TradeError) -> ExactDecimal {
        try Bounds.share(rate, "commission rate")
        return try (Fraction(amount) * Fraction(rate)).rounded(to: currency.minorDigits)
    }
}
