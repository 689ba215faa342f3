package import Values

/// What a factory that exports its own goods (免抵退) knows before it prices one unit.
package struct FactoryPriceInput: Sendable, Hashable {
    /// Production cost of one unit without VAT, CNY.
    package var costExVatCNY: ExactDecimal
    /// 0.13 for 13 %.
    package var vatRate: ExactDecimal
    package var refundRate: ExactDecimal
    /// Domestic cost of one unit, CNY.
    package var domesticCostCNY: ExactDecimal
    /// CNY for one unit of the quotation currency.
    package var bankBuyingRate: ExactDecimal
    package var marginOnPrice: ExactDecimal
    package var commissionRate: ExactDecimal
    package var bankChargeRate: ExactDecimal

    package init(
        costExVatCNY: ExactDecimal, vatRate: ExactDecimal, refundRate: ExactDecimal, domesticCostCNY: ExactDecimal,
        bankBuyingRate: ExactDecimal, marginOnPrice: ExactDecimal, commissionRate: ExactDecimal = .zero,
        bankChargeRate: ExactDecimal = .zero
    ) {
        self.costExVatCNY = costExVatCNY
        self.vatRate = vatRate
        self.refundRate = refundRate
        self.domesticCostCNY = domesticCostCNY
        self.bankBuyingRate = bankBuyingRate
        self.marginOnPrice = marginOnPrice
        self.commissionRate = commissionRate
        self.bankChargeRate = bankChargeRate
    }
}

/// The FOB price of one unit built up by a factory.
///
/// Under 免抵退 the part of VAT that is not refunded, v − r, is charged on the FOB amount, so it stands in the divisor:
/// FOB in CNY = (cost without VAT + D) ÷ (1 − m − c − b − (v − r)).
package struct FactoryPrice: Sendable, Hashable {
    /// v − r.
    package let nonDeductibleRate: ExactDecimal
    /// 4 digits.
    package let fobCNY: ExactDecimal
    /// In the quotation currency, 4 digits.
    package let fob: ExactDecimal

    /// - Throws: `TradeError.noPriceLeft` when the shares reach the whole price.
    package init(_ input: FactoryPriceInput) throws(TradeError) {
        try Bounds.notNegative(input.costExVatCNY, "cost without VAT")
        try Bounds.share(input.vatRate, "VAT rate")
        try Bounds.share(input.refundRate, "refund rate")
        if input.refundRate > input.vatRate { throw .outOfRange(field: "refund rate", allowed: "<= VAT rate") }
        try Bounds.notNegative(input.domesticCostCNY, "domestic cost")
        try Bounds.positive(input.bankBuyingRate, "bank buying rate")
        try Bounds.share(input.commissionRate, "commission rate")
        try Bounds.share(input.bankChargeRate, "bank charge rate")

        nonDeductibleRate = try exactly { () throws(ArithmeticError) in try input.vatRate - input.refundRate }
        let charges = try Fraction(input.commissionRate) + Fraction(input.bankChargeRate) + Fraction(nonDeductibleRate)
        let cost = try Fraction(input.costExVatCNY) + Fraction(input.domesticCostCNY)
        let price = try PriceDivisor.price(cost: cost, margin: input.marginOnPrice, charges: charges)
        fobCNY = try price.rounded(to: 4)
        fob = try (price / Fraction(input.bankBuyingRate)).rounded(to: 4)
    }
}
