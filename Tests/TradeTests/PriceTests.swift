import Testing
import Trade
import Values

@Suite("Price build-up")
struct PriceTests {
    private func input(margin: ExactDecimal = "0.10", insurance: ExactDecimal = "0.003") -> TradingPriceInput {
        TradingPriceInput(
            purchasePriceCNY: "113", vatRate: "0.13", refundRate: "0.13", domesticCostCNY: "5", bankBuyingRate: "7.10",
            marginOnPrice: margin, freight: "0.85", insuranceRate: insurance)
    }

    @Test("A higher margin never gives a lower price")
    func marginIsMonotonic() throws {
        var last = ExactDecimal.zero
        for hundredths in 0..<90 {
            let price = try TradingPrice(input(margin: ExactDecimal(units: Int128(hundredths), scale: 2)))
            #expect(price.fob > last)
            last = price.fob
        }
    }

    @Test("The cost per unit of currency is below the bank rate exactly when there is a profit")
    func exchangeCost() throws {
        for thousandths in stride(from: -200, through: 400, by: 7) {
            let price = try TradingPrice(input(margin: ExactDecimal(units: Int128(thousandths), scale: 3)))
            let cost = try #require(price.exchangeCost)
            #expect((cost < "7.1") == (price.profitCNY > .zero), "\(thousandths)")
        }
    }

    @Test("CIF covers 110 % of itself: taking the premium off gives CFR to the last digit but one")
    func premium() throws {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<2000 {
            let price = try DeliveredPrice(
                fob: ExactDecimal(units: generator.units(upTo: 9), scale: 4), freight: "1.25", insuranceRate: "0.0035")
            let gap = try price.cif - price.premium - price.cfr
            #expect(gap.magnitude <= "0.0001")
        }
    }

    @Test("Margin, commission and charges that reach the whole price leave none")
    func noPrice() {
        #expect(throws: TradeError.noPriceLeft) { try TradingPrice(input(margin: "1")) }
        var eaten = input(margin: "0.9")
        eaten.commissionRate = "0.1"
        #expect(throws: TradeError.noPriceLeft) { try TradingPrice(eaten) }
        #expect(throws: TradeError.noPriceLeft) { try DeliveredPrice(fob: "1", freight: "0", insuranceRate: "0.95") }
    }

    @Test("A refund above the VAT, a negative price and a rate of zero are refused")
    func refused() {
        var high = input()
        high.refundRate = "0.17"
        #expect(throws: TradeError.outOfRange(field: "refund rate", allowed: "<= VAT rate")) { try TradingPrice(high) }
        var negative = input()
        negative.purchasePriceCNY = "-1"
        #expect(throws: TradeError.outOfRange(field: "purchase price", allowed: ">= 0")) { try TradingPrice(negative) }
        var free = input()
        free.bankBuyingRate = "0"
        #expect(throws: TradeError.outOfRange(field: "bank buying rate", allowed: "> 0")) { try TradingPrice(free) }
    }

    @Test("A product that costs nothing has a price of nothing")
    func nothing() throws {
        var gift = input()
        gift.purchasePriceCNY = "0"
        gift.domesticCostCNY = "0"
        let price = try TradingPrice(gift)
        #expect(price.fob == .zero)
        #expect(price.exchangeCost == nil)
        #expect(price.marginOnPricePercent == .zero)
    }

    @Test("10 % of the price is 11.11 % of the cost")
    func markUp() throws {
        #expect(try MarkUp.onCost(fromMarginOnPrice: "0.1") == "0.111111")
        #expect(try MarkUp.marginOnPrice(fromMarkUp: "0.25") == "0.2")
        #expect(try MarkUp.price(cost: "105", markUpOnCost: "0.1") == "115.5")
        #expect(try MarkUp.price(cost: "90", markUpOnCost: "0", commissionRate: "0.1") == "100")
    }

    @Test("A price with commission leaves the net price")
    func commission() throws {
        #expect(try Commission.including("0.05", net: "95") == "100")
        #expect(try Commission.amount("0.03", of: "1000.17", in: Currency(code: "USD")) == "30.01")
        #expect(throws: TradeError.noPriceLeft) { try Commission.including("1", net: "95") }
    }

    @Test("Duty laid on a FOB value is lower than on CIF")
    func customsValue() throws {
        let usd = try Currency(code: "USD")
        func landed(_ value: ExactDecimal?) throws -> LandedPrice {
            try LandedPrice(
                LandedPriceInput(
                    cif: "10000", destinationCharges: "450", clearanceFee: "120", customsValue: value,
                    dutyRate: "0.047",
                    importVatRate: "0", quantity: "1000", includesImportVat: false), in: usd)
        }
        #expect(try landed("9000").duty == "423.00")
        #expect(try landed(nil).duty == "470.00")
    }

    @Test("Landed prices are rounded to the currency's own minor unit")
    func landedInYen() throws {
        let price = try LandedPrice(
            LandedPriceInput(
                cif: "1000001", destinationCharges: "0", clearanceFee: "0", dutyRate: "0.035", importVatRate: "0.10",
                quantity: "3", includesImportVat: true), in: Currency(code: "JPY"))
        #expect(price.duty.description == "35000")
        #expect(price.importVat.description == "103500")
    }
}
