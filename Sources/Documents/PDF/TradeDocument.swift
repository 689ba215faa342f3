package import Values

/// A trade document as it is printed: a value in which everything is already decided, worded and formatted.
///
/// The renderer computes no money. It only adds up `DocumentLine.amount` to print the sum carried over to the next
/// page. Texts may be hostile: see `PrintableText` for what is done to them.
package struct TradeDocument: Sendable, Hashable {
    package var kind: DocumentKind
    /// Printed instead of `kind.title` when given.
    package var title: BilingualText?
    package var language: DocumentLanguage
    /// `PI-2611-032`
    package var number: String
    /// Printed as `V2`; 0 is not printed.
    package var version: Int
    package var date: Day
    /// The last day on which the offer stands.
    package var validUntil: Day?
    /// A draft has a watermark DRAFT 草稿 on every page.
    package var isDraft: Bool

    /// The letterhead.
    package var seller: DocumentParty
    package var buyer: DocumentParty
    /// Consignee, notify party and others below the buyer.
    package var furtherParties: [LabelledParty]
    /// Beside the parties: references, origin, delivery and payment in short. Number, date and validity are added by
    /// the renderer.
    package var references: [LabelledText]
    /// The full-width strip below: ports, vessel, latest shipment, partial shipment, transhipment.
    package var transport: [LabelledText]

    /// Left to right; the widths are shares of the page's width. At most 12 are printed.
    package var columns: [LineColumn]
    package var lines: [DocumentLine]
    /// `USD`: printed before sums.
    package var currency: String
    /// Digits after the point in sums that are carried over.
    package var amountScale: Int
    /// Between lines and totals: freight, insurance, discount.
    package var charges: [AmountRow]
    /// Below the charges; the last one is printed strong.
    package var totals: [AmountRow]
    /// The total in words, by language; an empty text is not printed.
    package var amountInWords: BilingualText

    /// Packages, weights, measurement, quantity per 20GP and 40HQ.
    package var packing: [LabelledText]
    /// Payment, delivery, tolerance, inspection, clauses: each a paragraph with its label.
    package var terms: [LabelledText]
    /// Beneficiary, bank, SWIFT, account.
    package var bank: [LabelledText]
    package var remarks: String
    package var signatures: [SignatureBlock]

    package init(
        kind: DocumentKind, title: BilingualText? = nil, language: DocumentLanguage = .bilingual, number: String,
        version: Int = 0, date: Day, validUntil: Day? = nil, isDraft: Bool = false, seller: DocumentParty,
        buyer: DocumentParty, furtherParties: [LabelledParty] = [], references: [LabelledText] = [],
        transport: [LabelledText] = [], columns: [LineColumn] = [], lines: [DocumentLine] = [], currency: String = "",
        amountScale: Int = 2, charges: [AmountRow] = [], totals: [AmountRow] = [],
        amountInWords: BilingualText = BilingualText(zh: "", en: ""), packing: [LabelledText] = [],
        terms: [LabelledText] = [], bank: [LabelledText] = [], remarks: String = "", signatures: [SignatureBlock] = []
    ) {
        self.kind = kind
        self.title = title
        self.language = language
        self.number = number
        self.version = version
        self.date = date
        self.validUntil = validUntil
        self.isDraft = isDraft
        self.seller = seller
        self.buyer = buyer
        self.furtherParties = furtherParties
        self.references = references
        self.transport = transport
        self.columns = columns
        self.lines = lines
        self.currency = currency
        self.amountScale = amountScale
        self.charges = charges
        self.totals = totals
        self.amountInWords = amountInWords
        self.packing = packing
        self.terms = terms
        self.bank = bank
        self.remarks = remarks
        self.signatures = signatures
    }
}
