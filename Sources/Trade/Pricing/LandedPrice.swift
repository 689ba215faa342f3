package import Values

/// What stands between CIF and the buyer's door, for a whole shipment.
package struct LandedPriceInput: Sendable, Hashable {
    /// CIF (or CFR) amount of the shipment, quotation currency.
    package var cif: ExactDecimal
    /// Charges at destination: port, inland freight.
    package var destinationCharges: ExactDecimal
    /// Customs clearance fee at destination.
    package var clearanceFee: ExactDecimal
    /// What the duty is laid on: CIF in most countries, a FOB-based value in the USA, Canada and Australia.
    package var customsValue: ExactDecimal
    /// 0.047 for 4.7 %.
    package var dutyRate: ExactDecimal
    /// Import VAT rate.
    package var importVatRate: ExactDecimal
    /// Units in the shipment.
    package var quantity: ExactDecimal
    /// True for "DDP including VAT".
    package var includesImportVat: Bool

    /// - Parameter customsValue: nil takes CIF.
    package init(
        cif: ExactDecimal, destinationCharges: ExactDecimal, clearanceFee: ExactDecimal,
        customsValue: ExactDecimal? = nil, dutyRate: ExactDecimal, importVatRate: ExactDecimal, quantity: ExactDecimal,
        includesImportVat: Bool
    ) {
        self.cif = cif
        self.destinationCharges = destinationCharges
        self.clearanceFee = clearanceFee
        self.customsValue = customsValue ?? cif
        self.dutyRate = dutyRate
        self.importVatRate = importVatRate
        self.quantity = quantity
        self.includesImportVat = includesImportVat
    }
}

/// DAP and DDP of a shipment.
///
/// Duty = customs value × d; import VAT = (customs value + duty) × t; DAP = CIF + destination charges;
/// DDP = DAP + clearance + duty, and + VAT only for "DDP including VAT". Amounts are rounded to the minor unit.
package struct LandedPrice: Sendable, Hashable {
    package let duty: ExactDecimal
    package let importVat: ExactDecimal
    package let dap: ExactDecimal
    package let ddp: ExactDecimal
    /// DDP ÷ quantity, 4 digits.
    package let ddpPerUnit: ExactDecimal

    package init(_ input: LandedPriceInput, in currency: Currency) throws(TradeError) {
        try Bounds.notNegative(input.cif, "CIF")
        try Bounds.notNegative(input.destinationCharges, "destination charges")
        try Bounds.notNegative(input.clearanceFee, "clearance fee")
        try Bounds.notNegative(input.customsValue, "customs value")
        try Bounds.notNegative(input.dutyRate, "duty rate")
        try Bounds.notNegative(input.importVatRate, "import VAT rate")
        try Bounds.positive(input.quantity, "quantity")
        let digits = currency.minorDigits
        let value = Fraction(input.customsValue)
        duty = try (value * Fraction(input.dutyRate)).rounded(to: digits)
        importVat = try ((value + Fraction(duty)) * Fraction(input.importVatRate)).rounded(to: digits)
        dap = try (Fraction(input.cif) + Fraction(input.destinationCharges)).rounded(to: digits)
        var total = try Fraction(dap) + Fraction(input.clearanceFee) + Fraction(duty)
        if input.includesImportVat { total = try total + Fraction(importVat) }
        ddp = try total.rounded(to: digits)
        ddpPerUnit = try (Fraction(ddp) / Fraction(input.quantity)).rounded(to: 4)
    }
}
