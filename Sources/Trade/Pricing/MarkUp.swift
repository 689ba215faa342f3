package import Values

/// Margin on price and mark-up on cost: two ways to name the same profit that must not be mixed up.
///
/// 10 % of the price is 11.11 % of the cost.
package enum MarkUp {
    /// Price = C × (1 + k) ÷ (1 − c − b) for a mark-up k on cost, 4 digits.
    package static func price(
        cost: ExactDecimal, markUpOnCost: ExactDecimal, commissionRate: ExactDecimal = .zero,
        bankChargeRate: ExactDecimal = .zero
    ) throws(TradeError) -> ExactDecimal {
        try Bounds.notNegative(cost, "cost")
        let raised = try Fraction(cost) * (.one + Fraction(markUpOnCost))
        let charges = try Fraction(commissionRate) + Fraction(bankChargeRate)
        return try PriceDivisor.price(cost: raised, margin: .zero, charges: charges).rounded(to: 4)
    }

    /// k = m ÷ (1 − m), as a share, 6 digits.
    package static func onCost(fromMarginOnPrice margin: ExactDecimal) throws(TradeError) -> ExactDecimal {
        let left = try .one - Fraction(margin)
        if left.isNegative || left.isZero { throw .noPriceLeft }
        return try (Fraction(margin) / left).rounded(to: 6)
    }

    /// m = k ÷ (1 + k), as a share, 6 digits.
    package static func marginOnPrice(fromMarkUp markUp: ExactDecimal) throws(TradeError) -> ExactDecimal {
        let whole = try .one + Fraction(markUp)
        if whole.isNegative || whole.isZero { throw .outOfRange(field: "mark-up", allowed: "> -1") }
        return try (Fraction(markUp) / whole).rounded(to: 6)
    }
}
