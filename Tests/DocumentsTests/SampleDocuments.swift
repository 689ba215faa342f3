import Documents
import Values

/// Documents in trade words, for tests.
enum Sample {
    static let day = Day(year: 2026, month: 11, day: 22) ?? Day(number: 0)

    static let seller = DocumentParty(
        name: BilingualText(zh: "宁波海纳进出口有限公司", en: "Ningbo Haina Import & Export Co., Ltd."),
        address: [
            "Room 1806, 588 Tiantong South Road, Yinzhou District, Ningbo 315100, China", "浙江省宁波市鄞州区天童南路 588 号 1806 室",
        ],
        contacts: ["+86 574 8765 4321", "sales@haina-trade.example", "www.haina-trade.example"])

    static let buyer = DocumentParty(
        name: BilingualText(zh: "", en: "Müller & Söhne Großhandel GmbH"),
        address: ["Königstraße 12", "70173 Stuttgart, Germany", "VAT DE 811 234 567"],
        contacts: ["Attn. Ms. Łucja Żółć", "einkauf@mueller.example"])

    static let columns = [
        LineColumn(zh: "序", en: "#", share: 4, alignment: .center),
        LineColumn(zh: "货号", en: "Item no.", share: 12),
        LineColumn(zh: "品名及规格", en: "Description", share: 38),
        LineColumn(zh: "HS 编码", en: "HS code", share: 12),
        LineColumn(zh: "数量", en: "Quantity", share: 12, alignment: .right),
        LineColumn(zh: "单价", en: "Unit price", share: 11, alignment: .right),
        LineColumn(zh: "金额", en: "Amount USD", share: 14, alignment: .right),
    ]

    private static let goods = [
        "Stainless steel vacuum bottle 500 ml\n不锈钢保温杯 500ml,双层真空,磨砂黑,激光 LOGO",
        "Ceramic mug 350 ml, matt glaze\n陶瓷马克杯 350ml 哑光釉,礼盒装",
        "Bamboo cutting board 38 × 28 × 1.8 cm\n竹制砧板,FSC 认证",
        "Silicone spatula set, 5 pieces\n硅胶铲五件套,食品级,耐温 230 °C",
    ]

    static func lines(_ count: Int) -> [DocumentLine] {
        (1...max(count, 1)).prefix(count).map { index in
            let quantity = 120 * (index % 9 + 1)
            let price = ExactDecimal(units: Int128(31_500 + 1_250 * (index % 11)), scale: 4)
            let amount = try? (price * ExactDecimal(quantity)).rounded(to: 2)  // small constants never overflow
            return DocumentLine(
                cells: [
                    "\(index)", "HN-\(1000 + index)", goods[index % 4], "7323.93.00", "\(quantity) PCS",
                    price.description, amount.map { "\($0)" } ?? "",
                ], amount: amount)
        }
    }

    static func proforma(lines count: Int = 8, isDraft: Bool = false, language: DocumentLanguage = .bilingual)
        -> TradeDocument
    {
        var document = TradeDocument(
            kind: .proformaInvoice, language: language, number: "PI-2611-032", version: 2, date: day,
            validUntil: day.adding(days: 15), isDraft: isDraft, seller: seller, buyer: buyer, columns: columns,
            lines: lines(count), currency: "USD")
        document.furtherParties = [
            LabelledParty(
                label: BilingualText(zh: "收货人", en: "Consignee"),
                party: DocumentParty(
                    name: BilingualText(zh: "", en: "Müller Logistik Hamburg"),
                    address: ["Am Sandtorkai 4, 20457 Hamburg, Germany"]))
        ]
        document.references = [
            LabelledText(zh: "客户订单号", en: "Buyer's ref.", "PO 4500012345"),
            LabelledText(zh: "报价单", en: "Quotation", "QT-2611-018 V3"),
            LabelledText(zh: "交货条件", en: "Delivery", "FOB Ningbo, China (Incoterms® 2020)"),
            LabelledText(zh: "付款方式", en: "Payment", "30 % T/T deposit, 70 % against copy of B/L"),
            LabelledText(zh: "原产国", en: "Origin", "China"),
        ]
        document.transport = [
            LabelledText(zh: "装货港", en: "Port of loading", "Ningbo, China"),
            LabelledText(zh: "卸货港", en: "Port of discharge", "Hamburg, Germany"),
            LabelledText(zh: "最迟装运期", en: "Latest shipment", "2027-01-20"),
            LabelledText(zh: "分批 / 转运", en: "Partial / transhipment", "Allowed / allowed"),
        ]
        document.charges = [
            AmountRow(zh: "货值小计", en: "Goods", "USD 18,412.50"),
            AmountRow(zh: "折扣 3 %", en: "Discount 3 %", "USD -552.38"),
        ]
        document.totals = [AmountRow(zh: "合计", en: "Total FOB Ningbo", "USD 17,860.12")]
        document.amountInWords = BilingualText(
            zh: "美元壹万柒仟捌佰陆拾元壹角贰分",
            en: "SAY US DOLLARS SEVENTEEN THOUSAND EIGHT HUNDRED AND SIXTY AND CENTS TWELVE ONLY")
        document.packing = [
            LabelledText(zh: "箱数", en: "Cartons", "412 CTNS"),
            LabelledText(zh: "毛重 / 净重", en: "G.W. / N.W.", "5,974.0 / 5,231.5 kg"),
            LabelledText(zh: "体积", en: "Measurement", "31.946 m³"),
            LabelledText(zh: "装柜量", en: "Qty 20GP / 40HQ", "8,760 / 21,288 pcs"),
        ]
        document.terms = [
            LabelledText(zh: "溢短装", en: "Tolerance", "± 5 % in quantity and amount at seller's option."),
            LabelledText(
                zh: "交货期", en: "Lead time", "45 days after receipt of the deposit and approval of the sealed sample."),
            LabelledText(
                zh: "检验", en: "Inspection", "AQL 2.5 / 4.0, general level II, at the factory before shipment."),
        ]
        document.bank = [
            LabelledText(zh: "收款人", en: "Beneficiary", "Ningbo Haina Import & Export Co., Ltd."),
            LabelledText(zh: "账号", en: "Account no.", "3940 1234 5678 9012"),
            LabelledText(zh: "银行", en: "Bank", "Bank of China, Ningbo Branch"),
            LabelledText(zh: "SWIFT", en: "SWIFT", "BKCHCNBJ92A"),
            LabelledText(zh: "银行地址", en: "Bank address", "139 Yaohang Street, Ningbo, China"),
        ]
        document.remarks =
            "Please check the account with your contact by telephone before the first payment. 首次付款前请电话核对账号。"
        document.signatures = [
            SignatureBlock(zh: "买方", en: "Buyer", company: buyer.name.en),
            SignatureBlock(zh: "卖方", en: "Seller", company: seller.name.en, note: "Ningbo, 2026-11-22"),
        ]
        return document
    }
}
