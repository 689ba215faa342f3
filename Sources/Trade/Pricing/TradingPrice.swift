package import Values

/// The price of one unit built up by a trading company, from the purchase price to CIF.
///
/// With P purchase price, v VAT, r refund rate, D domestic cost, m margin on price, c commission, b bank charge and
/// e bank buying rate: refund = P ÷ (1 + v) × r; export cost C = P − refund + D; FOB in CNY = C ÷ (1 − m − c − b);
/// FOB = that ÷ e, rounded to four digits before anything is built on it.
package struct TradingPrice: Sendable, Hashable {
    /// VAT refund, CNY, 4 digits.
    package let refundCNY: ExactDecimal
    /// Export cost, CNY, 4 digits.
    package let exportCostCNY: ExactDecimal
    /// FOB price, CNY, 4 digits.
    package let fobCNY: ExactDecimal
    /// FOB price in the quotation currency, 4 digits: the unit price that is quoted.
    package let fob: ExactDecimal
    /// What is left of FOB after commission and bank charges, 4 digits.
    package let netFOB: ExactDecimal
    /// 换汇成本: export cost ÷ net FOB, CNY for one unit of the currency, 4 digits; profitable below the bank rate.
    /// Nil when nothing is left of the price.
    package let exchangeCost: ExactDecimal?
    /// Net FOB × bank rate − export cost, CNY, 4 digits.
    package let profitCNY: ExactDecimal
    /// Profit ÷ FOB, per cent, 2 digits.
    package let marginOnPricePercent: ExactDecimal
    /// CFR, CIF, insured amount and premium on top of this FOB.
    package let delivered: DeliveredPrice

    /// - Throws: `TradeError.noPriceLeft` when margin, commission and charges reach the whole price.
    package init(_ input: TradingPriceInput) throws(TradeError) {
        try input.check()
        let price = Fraction(input.purchasePriceCNY)
        let rate = Fraction(input.bankBuyingRate)
        let refund = try price / (.one + Fraction(input.vatRate)) * Fraction(input.refundRate)
        let cost = try price - refund + Fraction(input.domesticCostCNY)
        let charges = try Fraction(input.commissionRate) + Fraction(input.bankChargeRate)
        let priceCNY = try PriceDivisor.price(cost: cost, margin: input.marginOnPrice, charges: charges)

        refundCNY = try refund.rounded(to: 4)
        exportCostCNY = try cost.rounded(to: 4)
        fobCNY = try priceCNY.rounded(to: 4)
        fob = try (priceCNY / rate).rounded(to: 4)

        let net = try Fraction(fob) * (.one - charges)
        let profit = try net * rate - cost
        let grossCNY = try Fraction(fob) * rate
        netFOB = try net.rounded(to: 4)
        exchangeCost = net.isZero ? nil : try (cost / net).rounded(to: 4)
        profitCNY = try profit.rounded(to: 4)
        marginOnPricePercent =
            grossCNY.isZero
            ? ExactDecimal(units: 0, scale: 2) : try (profit / grossCNY * Fraction(whole: 100)).rounded(to: 2)
        delivered = try DeliveredPrice(fob: fob, freight: input.freight, insuranceRate: input.insuranceRate)
    }
}

/// The step from cost to price that all price formulas share.
enum PriceDivisor {
    /// cost ÷ (1 − margin − charges).
    static func price(cost: Fraction, margin: ExactDecimal, charges: Fraction) throws(TradeError) -> Fraction {
        let left = try .one - Fraction(margin) - charges
        if left.isNegative || left.isZero { throw .noPriceLeft }
        return try cost / left
    }
}
