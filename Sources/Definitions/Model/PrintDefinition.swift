package import Expressions

/// How a record becomes a printed document: what stands where, each text an expression over the record.
package struct PrintDefinition: Sendable {
    /// `quotation`, `proforma_invoice`, …: the kind of document.
    package let kind: String
    package let number: TypedExpression
    package let version: TypedExpression?
    package let date: TypedExpression
    package let validUntil: TypedExpression?
    /// True while the document must bear a watermark.
    package let draft: TypedExpression?
    /// The code of the currency of all sums.
    package let currency: TypedExpression?
    /// The object whose first record is the house that sends the document; its texts are over that object.
    package let sellerObject: String?
    package let seller: PrintParty
    package let buyer: PrintParty
    package let references: [PrintText]
    package let transport: [PrintText]
    /// The lines field; its object is what `columns` are over.
    package let lines: String?
    package let columns: [PrintColumn]
    /// Over a line: what it adds to the sum.
    package let lineAmount: TypedExpression?
    package let charges: [PrintText]
    package let totals: [PrintText]
    /// The sum to print in words.
    package let words: TypedExpression?
    package let packing: [PrintText]
    package let terms: [PrintText]
    package let bank: [PrintText]
    package let remarks: TypedExpression?
}

/// A company on a document.
package struct PrintParty: Sendable {
    package let nameZh: TypedExpression?
    package let nameEn: TypedExpression?
    package let address: [TypedExpression]
    package let contacts: [TypedExpression]
    /// The files field of the seller's object whose newest picture stands at the head; nil for none.
    package let logo: String?
}

/// A label with a text or a sum.
package struct PrintText: Sendable {
    package let label: Label
    package let text: TypedExpression
}

package struct PrintColumn: Sendable {
    package let label: Label
    package let text: TypedExpression
    /// Share of the width in relation to the other columns.
    package let share: Int
    /// `left`, `center` or `right`.
    package let align: String
}

extension PrintDefinition {
    /// Every expression over the printed record itself.
    package var expressions: [TypedExpression] {
        let single = [number, version, date, validUntil, draft, currency, words, remarks, buyer.nameZh, buyer.nameEn]
        let texts = (references + transport + charges + totals + packing + terms + bank).map(\.text)
        return single.compactMap { $0 } + buyer.address + buyer.contacts + texts
    }

    /// Every expression over a line.
    package var lineExpressions: [TypedExpression] { columns.map(\.text) + (lineAmount.map { [$0] } ?? []) }

    /// Every expression over the seller's record.
    package var sellerExpressions: [TypedExpression] {
        [seller.nameZh, seller.nameEn].compactMap { $0 } + seller.address + seller.contacts
    }
}
