package import Values

/// Freight and insurance on top of a FOB price.
///
/// CFR = FOB + freight. CIF = CFR ÷ (1 − 1.1 × i): the premium is paid on 110 % of CIF itself, so a premium on CFR
/// would be too low. Insured amount = 1.1 × CIF; premium = 1.1 × CIF × i. Each step starts from the rounded one before.
package struct DeliveredPrice: Sendable, Hashable {
    /// 4 digits.
    package let cfr: ExactDecimal
    /// 4 digits.
    package let cif: ExactDecimal
    /// 110 % of CIF, 4 digits.
    package let insuredAmount: ExactDecimal
    /// 4 digits.
    package let premium: ExactDecimal

    /// 110 %: the usual cover, and the least that UCP 600 article 28 accepts.
    package static let cover = ExactDecimal(units: 110, scale: 2)

    /// - Parameter insuranceRate: share of the insured amount, 0.003 for 0.3 %.
    package init(
        fob: ExactDecimal, freight: ExactDecimal, insuranceRate: ExactDecimal, cover: ExactDecimal = Self.cover
    ) throws(TradeError) {
        try Bounds.notNegative(fob, "FOB")
        try Bounds.notNegative(freight, "freight")
        try Bounds.share(insuranceRate, "insurance rate")
        try Bounds.positive(cover, "cover")
        cfr = try (Fraction(fob) + Fraction(freight)).rounded(to: 4)
        let left = try .one - Fraction(cover) * Fraction(insuranceRate)
        if left.isNegative || left.isZero { throw .noPriceLeft }
        cif = try (Fraction(cfr) / left).rounded(to: 4)
        let insured = try Fraction(cover) * Fraction(cif)
        insuredAmount = try insured.rounded(to: 4)
        premium = try (insured * Fraction(insuranceRate)).rounded(to: 4)
    }
}
