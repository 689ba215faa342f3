import Definitions
import Documents
import Kernel
import Testing
import Trade
import Values

@Suite(.serialized) struct MainJobTests {
    /// From the mail of a customer to an order, as lin, chen and cai do it.
    @Test("An inquiry becomes a quotation, its second version, a proforma invoice and an order")
    func wholeWay() async throws {
        let house = try await TestHouse.open()
        let goods = try await Goods(house)

        let inquiry = try await inquiry(house, goods)
        var quotation = try await priced(house, inquiry, goods)
        try expectTradeFigures(quotation)

        _ = try await house.act("submit", "quotation", quotation.id, as: "lin")
        let own = try await refused { try await house.act("approve", "quotation", quotation.id, as: "lin") }
        #expect(own.kind == .forbidden)
        let draftDocument = try await house.kernel.answer(
            DocumentOf(object: "quotation", id: quotation.id), as: try await house.actor("lin"))
        #expect(draftDocument.isDraft)
        _ = try await house.act("approve", "quotation", quotation.id, as: "chen")
        quotation = try #require(try await house.act("send", "quotation", quotation.id, as: "lin").record)
        #expect(quotation["status"] == .text("sent"))
        #expect(quotation["approved_by"] == .record(Staff.id("chen")))

        let second = try await secondVersion(house, of: quotation)
        let invoice = try await proformaInvoice(house, of: second, goods)
        let order = try await order(house, of: invoice)

        #expect(order["amount"] == invoice["total"])
        #expect(order["margin_quoted"] == second["margin_pct"])
        #expect(order["company"] == .record(goods.company))
        #expect(order.lines["lines"]?.first?.number("qty") == "960")
        let company = try await house.show("company", goods.company)
        #expect(company["order_count"] == .decimal(ExactDecimal(1)))
        await house.end()
    }

    private struct Goods {
        let company: RecordID
        let contact: RecordID
        let lamp: RecordID
        let bank: RecordID

        init(_ house: TestHouse) async throws {
            try await house.rate("USD", "7.1")
            bank = try await house.bankAccount()
            lamp = try await house.lamp("L-1")
            company = try await house.customer(
                "Nordlicht GmbH", of: "lin", ["bank": .record(bank), "address": .text("Hafenstr. 1\n20457 Hamburg")])
            contact = try await house.plant(
                "contact", Draft(["company": .record(company), "name": .text("Frau Petersen")]), owner: "lin")
            _ = try await house.plant(
                "own_company",
                Draft([
                    "name_zh": .text("宁波测试照明有限公司"), "name_en": .text("Ningbo Test Lighting Co., Ltd."),
                    "phone": .text("+86 574 1234567"),
                ]))
        }
    }

    private func inquiry(_ house: TestHouse, _ goods: Goods) async throws -> RecordView {
        var draft = Draft([
            "source": .text("other"), "company": .record(goods.company), "contact": .record(goods.contact),
            "raw_message": .text("We need 480 lamps, FOB Ningbo."), "incoterm": .text("FOB"),
        ])
        draft.lines["products"] = [LineDraft(["product": .record(goods.lamp), "qty": .number("480")])]
        let inquiry = try await house.create("inquiry", draft, as: "lin")
        #expect(inquiry["no"] == .text("INQ261120001"))
        let next: [String: Input] = ["next_action": .text("2026-11-23")]
        _ = try await house.act("contact_made", "inquiry", inquiry.id, next, as: "lin")
        _ = try await house.act("qualify", "inquiry", inquiry.id, next, as: "lin")
        return try #require(
            try await house.act("start_quoting", "inquiry", inquiry.id, next, as: "lin").record)
    }

    /// The quotation that the inquiry makes, with a price on its line.
    private func priced(_ house: TestHouse, _ inquiry: RecordView, _ goods: Goods) async throws -> RecordView {
        let made = try await house.act("make_quotation", "inquiry", inquiry.id, as: "lin")
        let opened = try #require(made.opens)
        #expect(opened.object == "quotation")
        let draft = try await house.show("quotation", opened.id, as: "lin")
        #expect(draft["owner"] == .record(Staff.id("lin")))
        #expect(draft.number("fx_rate") == "7.1")
        let line = try #require(draft.lines["lines"]?.first)
        #expect(line.number("purchase_price") == "56.5")
        let early = try await refused { try await house.act("submit", "quotation", opened.id, as: "lin") }
        #expect(early.kind == .conflict)
        var change = Draft()
        change.lines["lines"] = [LineDraft(id: line.id, ["price": .number("9.8")])]
        return try await house.update("quotation", opened.id, change, as: "lin")
    }

    /// Sums, margin and packing as the Trade room computes them.
    private func expectTradeFigures(_ quotation: RecordView) throws {
        let line = try #require(quotation.lines["lines"]?.first)
        #expect(quotation.number("total") == "4704")
        #expect(quotation["total.base"].decimal?.shortest == "33398.4")
        let suggested = try TradingPrice(
            TradingPriceInput(
                purchasePriceCNY: decimal("56.5"), vatRate: decimal("0.13"), refundRate: decimal("0.13"),
                domesticCostCNY: decimal("2"), bankBuyingRate: decimal("7.1"), marginOnPrice: decimal("0.15"),
                commissionRate: .zero, bankChargeRate: .zero, freight: .zero, insuranceRate: .zero))
        #expect(line["refund"].decimal == suggested.refundCNY)
        #expect(line["export_cost"].decimal == suggested.exportCostCNY)
        #expect(line["fob_suggested"].decimal == suggested.fob)
        // (9.8 × 7.1 − export cost) ÷ (9.8 × 7.1)
        let revenue = try decimal("9.8") * decimal("7.1")
        let margin = try (try revenue - suggested.exportCostCNY).divided(by: revenue, scale: 4)
        #expect(line["margin_pct"].decimal == margin)
        #expect(quotation["margin_pct"].decimal == margin)

        let carton = try Carton(
            pieces: 24, lengthCm: decimal("60"), widthCm: decimal("40"), heightCm: decimal("30"),
            grossKg: decimal("11"))
        let cartons = 20
        #expect(quotation.number("total_cartons") == "\(cartons)")
        let volume = try carton.volumeM3 * ExactDecimal(cartons)
        #expect(quotation["total_cbm"].decimal == volume)
        let container = try #require(ContainerKind.standard.first { $0.code == "20GP" })
        let fill = try volume.divided(by: container.planVolumeM3, scale: 4)
        #expect(quotation["fill_20gp"].decimal == fill)
    }

    private func secondVersion(_ house: TestHouse, of first: RecordView) async throws -> RecordView {
        let silent = try await refused { try await house.act("new_version", "quotation", first.id, as: "lin") }
        #expect(silent.problems.map(\.field) == ["change_note"])
        let made = try await house.act(
            "new_version", "quotation", first.id, ["change_note": .text("double quantity")], as: "lin")
        #expect(made.record?["status"] == .text("superseded"))
        let opened = try #require(made.opens)
        let draft = try await house.show("quotation", opened.id, as: "lin")
        #expect(draft["version_no"] == .decimal(ExactDecimal(2)))
        #expect(draft["no"] == first["no"])
        #expect(draft["parent"] == .record(first.id))
        #expect(draft["status"] == .text("draft"))
        #expect(draft["approved_by"] == .null)
        #expect(draft["total"] == first["total"])
        let line = try #require(draft.lines["lines"]?.first)
        #expect(line.number("price") == "9.8")

        var change = Draft()
        change.lines["lines"] = [LineDraft(id: line.id, ["qty": .number("960")])]
        let doubled = try await house.update("quotation", opened.id, change, as: "lin")
        #expect(doubled.number("total") == "9408")
        // A margin above 15 %, no discount above 3 %, less than 140,000 CNY: within lin's own authority.
        #expect(doubled.actions.contains("approve_own"))
        _ = try await house.act("approve_own", "quotation", opened.id, as: "lin")
        return try #require(try await house.act("send", "quotation", opened.id, as: "lin").record)
    }

    private func proformaInvoice(
        _ house: TestHouse, of quotation: RecordView, _ goods: Goods
    ) async throws -> RecordView {
        let made = try await house.act("make_pi", "quotation", quotation.id, as: "lin")
        let opened = try #require(made.opens)
        let draft = try await house.show("pi", opened.id, as: "lin")
        #expect(draft["total"] == quotation["total"])
        #expect(draft.number("deposit_amount") == "2822.4")
        #expect(draft["bank"] == .record(goods.bank))
        let line = try #require(draft.lines["lines"]?.first)

        var change = Draft()
        change.lines["lines"] = [LineDraft(id: line.id, ["price": .number("9.9")])]
        let off = try await house.update("pi", opened.id, change, as: "lin")
        #expect(off.number("total") == "9504")
        let bank: [String: Input] = ["bank": .record(goods.bank)]
        let differs = try await refused { try await house.act("send", "pi", opened.id, bank, as: "lin") }
        #expect(differs.kind == .conflict)
        #expect(differs.code == "condition_not_met")
        change.lines["lines"] = [LineDraft(id: line.id, ["price": .number("9.8")])]
        try await house.update("pi", opened.id, change, as: "lin")
        let sent = try #require(try await house.act("send", "pi", opened.id, bank, as: "lin").record)
        #expect(sent["status"] == .text("sent"))
        return sent
    }

    private func order(_ house: TestHouse, of invoice: RecordView) async throws -> RecordView {
        _ = try await house.act("confirm", "pi", invoice.id, as: "lin")
        let made = try await house.act("make_order", "pi", invoice.id, as: "lin")
        let opened = try #require(made.opens)
        let order = try await house.show("order", opened.id, as: "lin")
        #expect(order["stage"] == .text("contract_review"))
        return order
    }

    // MARK: Paper

    @Test("Quotation and PI print their totals, with DRAFT across the page only until they stand")
    func paper() async throws {
        let house = try await TestHouse.open()
        let goods = try await Goods(house)
        let quotation = try await house.quotation(for: goods.company, product: goods.lamp, as: "lin")
        let lin = try await house.actor("lin")

        let early = try await house.kernel.answer(DocumentOf(object: "quotation", id: quotation.id), as: lin)
        #expect(early.isDraft)
        #expect(early.totals.map(\.amount) == ["USD 4,704.00"])
        #expect(early.lines.count == 1)
        #expect(early.amountInWords.en.uppercased().contains("FOUR THOUSAND SEVEN HUNDRED"))
        let worker = PDFWorker()
        defer { worker.close() }
        let draftPaper = try await worker.render(early)
        #expect(draftPaper.bytes.starts(with: Array("%PDF".utf8)))

        _ = try await house.act("approve_own", "quotation", quotation.id, as: "lin")
        let approved = try await house.kernel.answer(DocumentOf(object: "quotation", id: quotation.id), as: lin)
        #expect(!approved.isDraft)
        #expect(approved.number == quotation["no"].text)
        #expect(approved.buyer.name.en == "Nordlicht GmbH")
        #expect(approved.seller.name.zh == "宁波测试照明有限公司")
        let paper = try await worker.render(approved)
        #expect(paper.hash != draftPaper.hash)

        let made = try await house.act("make_pi", "quotation", quotation.id, as: "lin")
        let invoiceID = try #require(made.opens?.id)
        let open = try await house.kernel.answer(DocumentOf(object: "pi", id: invoiceID), as: lin)
        #expect(open.isDraft)
        _ = try await house.act("send", "pi", invoiceID, ["bank": .record(goods.bank)], as: "lin")
        let invoice = try await house.kernel.answer(DocumentOf(object: "pi", id: invoiceID), as: lin)
        #expect(!invoice.isDraft)
        #expect(invoice.totals.map(\.amount) == ["USD 1,411.20", "USD 3,292.80", "USD 4,704.00"])
        #expect(invoice.bank.map(\.text).contains("6222020202"))
        #expect(try await worker.render(invoice).pages >= 1)
        await house.end()
    }

    @Test("Approval of a discount goes by the level that it needs")
    func levels() async throws {
        let house = try await TestHouse.open()
        let goods = try await Goods(house)
        // 10 → 9.0: a discount of 10 %, level 2.
        let quotation = try await house.quotation(
            for: goods.company, product: goods.lamp, price: "9.0", as: "lin")
        #expect(quotation.number("discount_pct") == "0.1")
        #expect(quotation.number("approval_level") == "2")
        let own = try await refused { try await house.act("approve_own", "quotation", quotation.id, as: "lin") }
        #expect(own.code == "condition_not_met")
        _ = try await house.act("submit", "quotation", quotation.id, as: "lin")
        let low = try await refused { try await house.act("approve", "quotation", quotation.id, as: "chen") }
        #expect(low.code == "condition_not_met")
        let done = try await house.act("approve", "quotation", quotation.id, as: "dong")
        #expect(done.record?["status"] == .text("approved"))
        await house.end()
    }
}

func decimal(_ text: String) throws -> ExactDecimal { try #require(ExactDecimal(text)) }
