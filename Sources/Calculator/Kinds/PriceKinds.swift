import Trade
import Values

/// Price build-ups as JSON.
enum PriceKinds {
    static func trading(_ fields: Fields) throws -> JSONValue {
        let price = try TradingPrice(
            TradingPriceInput(
                purchasePriceCNY: fields.decimal("P"), vatRate: fields.decimal("vat"),
                refundRate: fields.decimal("r"), domesticCostCNY: fields.decimal("dom"),
                bankBuyingRate: fields.decimal("fx"), marginOnPrice: fields.decimal("margin"),
                commissionRate: fields.decimal("comm", default: .zero),
                bankChargeRate: fields.decimal("bank", default: .zero),
                freight: fields.decimal("freight", default: .zero),
                insuranceRate: fields.decimal("ins", default: .zero)))
        return .object([
            "refund_cny": .text(price.refundCNY.description),
            "export_cost_cny": .text(price.exportCostCNY.description),
            "fob_cny": .text(price.fobCNY.description),
            "fob": .text(price.fob.description),
            "fob_2dp": .text(try price.fob.rounded(to: 2).description),
            "net_fob": .text(price.netFOB.description),
            "exchange_cost": price.exchangeCost.map { .text($0.description) } ?? .null,
            "profit_cny": .text(price.profitCNY.description),
            "margin_on_price_pct": .text(price.marginOnPricePercent.description),
            "cfr": .text(price.delivered.cfr.description),
            "cif": .text(price.delivered.cif.description),
            "insured_amount": .text(price.delivered.insuredAmount.description),
            "premium": .text(price.delivered.premium.description),
        ])
    }

    static func factory(_ fields: Fields) throws -> JSONValue {
        let price = try FactoryPrice(
            FactoryPriceInput(
                costExVatCNY: fields.decimal("cost_ex_vat"), vatRate: fields.decimal("vat"),
                refundRate: fields.decimal("r"), domesticCostCNY: fields.decimal("dom"),
                bankBuyingRate: fields.decimal("fx"), marginOnPrice: fields.decimal("margin"),
                commissionRate: fields.decimal("comm", default: .zero),
                bankChargeRate: fields.decimal("bank", default: .zero)))
        return .object([
            "nondeductible_rate": .text(price.nonDeductibleRate.description),
            "fob_cny": .text(price.fobCNY.description),
            "fob": .text(price.fob.description),
        ])
    }

    /// The optional members `currency` (USD) and `customs_value` (CIF) refine the vectors' shape.
    static func landed(_ fields: Fields) throws -> JSONValue {
        let cif = try fields.decimal("cif")
        let price = try LandedPrice(
            LandedPriceInput(
                cif: cif, destinationCharges: fields.decimal("dest"), clearanceFee: fields.decimal("clear"),
                customsValue: fields.decimal("customs_value", default: cif), dutyRate: fields.decimal("duty"),
                importVatRate: fields.decimal("vat"), quantity: fields.decimal("qty"),
                includesImportVat: fields.flag("incl_vat", default: false)),
            in: Currency(code: fields.text("currency", default: "USD")))
        return .object([
            "duty": .text(price.duty.description),
            "import_vat": .text(price.importVat.description),
            "dap": .text(price.dap.description),
            "ddp": .text(price.ddp.description),
            "ddp_unit": .text(price.ddpPerUnit.description),
        ])
    }
}
