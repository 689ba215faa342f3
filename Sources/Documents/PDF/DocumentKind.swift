/// The documents of a trade that are printed from one set of lines.
package enum DocumentKind: String, Sendable, Hashable, CaseIterable {
    case quotation
    case proformaInvoice
    case salesContract
    case commercialInvoice
    case packingList
    case purchaseOrder
    case shippingAdvice

    /// The title that stands on the first page when the document doesn't name its own.
    package var title: BilingualText {
        switch self {
        case .quotation: BilingualText(zh: "报价单", en: "Quotation")
        case .proformaInvoice: BilingualText(zh: "形式发票", en: "Proforma Invoice")
        case .salesContract: BilingualText(zh: "销售合同", en: "Sales Contract")
        case .commercialInvoice: BilingualText(zh: "商业发票", en: "Commercial Invoice")
        case .packingList: BilingualText(zh: "装箱单", en: "Packing List")
        case .purchaseOrder: BilingualText(zh: "采购合同", en: "Purchase Order")
        case .shippingAdvice: BilingualText(zh: "装船通知", en: "Shipping Advice")
        }
    }

    /// The label of the other party's box: the one who reads the document.
    var counterparty: BilingualText {
        self == .purchaseOrder
            ? BilingualText(zh: "供应商", en: "Supplier") : BilingualText(zh: "买方", en: "Buyer")
    }
}
