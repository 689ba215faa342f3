package import Values

/// What a trading company knows before it prices one unit of a product.
package struct TradingPriceInput: Sendable, Hashable {
    /// Purchase price of one unit including VAT, CNY.
    package var purchasePriceCNY: ExactDecimal
    /// VAT rate in the purchase price, 0.13 for 13 %.
    package var vatRate: ExactDecimal
    /// VAT refund rate of the HS code on the export date.
    package var refundRate: ExactDecimal
    /// Domestic cost of one unit (inland freight, port, overhead), CNY.
    package var domesticCostCNY: ExactDecimal
    /// Bank buying rate: CNY for one unit of the quotation currency.
    package var bankBuyingRate: ExactDecimal
    /// Margin as a share of the price; not a mark-up on cost.
    package var marginOnPrice: ExactDecimal
    /// Commission as a share of the price.
    package var commissionRate: ExactDecimal
    /// Bank charges as a share of the price.
    package var bankChargeRate: ExactDecimal
    /// Ocean freight for one unit, quotation currency.
    package var freight: ExactDecimal
    /// Insurance premium as a share of the insured amount.
    package var insuranceRate: ExactDecimal

    package init(
        purchasePriceCNY: ExactDecimal, vatRate: ExactDecimal, refundRate: ExactDecimal, domesticCostCNY: ExactDecimal,
        bankBuyingRate: ExactDecimal, marginOnPrice: ExactDecimal, commissionRate: ExactDecimal = .zero,
        bankChargeRate: ExactDecimal = .zero, freight: ExactDecimal = .zero, insuranceRate: ExactDecimal = .zero
    ) {
        self.purchasePriceCNY = purchasePriceCNY
        self.vatRate = vatRate
        self.refundRate = refundRate
        self.domesticCostCNY = domesticCostCNY
        self.bankBuyingRate = bankBuyingRate
        self.marginOnPrice = marginOnPrice
        self.commissionRate = commissionRate
        self.bankChargeRate = bankChargeRate
        self.freight = freight
        self.insuranceRate = insuranceRate
    }

    func check() throws(TradeError) {
        try Bounds.notNegative(purchasePriceCNY, "purchase price")
        try Bounds.share(vatRate, "VAT rate")
        try Bounds.share(refundRate, "refund rate")
        if refundRate > vatRate { throw .outOfRange(field: "refund rate", allowed: "<= VAT rate") }
        try Bounds.notNegative(domesticCostCNY, "domestic cost")
        try Bounds.positive(bankBuyingRate, "bank buying rate")
        if marginOnPrice >= ExactDecimal(1) { throw .noPriceLeft }
        try Bounds.share(commissionRate, "commission rate")
        try Bounds.share(bankChargeRate, "bank charge rate")
        try Bounds.notNegative(freight, "freight")
        try Bounds.share(insuranceRate, "insurance rate")
    }
}
