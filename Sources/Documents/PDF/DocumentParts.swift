package import Values

/// A company on a document: its legal names exactly as on the licence, and where to reach it.
package struct DocumentParty: Sendable, Hashable {
    package var name: BilingualText
    /// One element per printed line: address, then whatever else belongs to it.
    package var address: [String]
    /// One element per contact: telephone, e-mail, attention.
    package var contacts: [String]
    /// Stands at the left of the letterhead; only the seller's is printed.
    package var logo: DocumentPicture?

    package init(
        name: BilingualText, address: [String] = [], contacts: [String] = [], logo: DocumentPicture? = nil
    ) {
        self.name = name
        self.address = address
        self.contacts = contacts
        self.logo = logo
    }
}

/// A party in a box of its own, such as the consignee.
package struct LabelledParty: Sendable, Hashable {
    package var label: BilingualText
    package var party: DocumentParty

    package init(label: BilingualText, party: DocumentParty) {
        self.label = label
        self.party = party
    }
}

/// A label with its text; the text may have several lines.
package struct LabelledText: Sendable, Hashable {
    package var label: BilingualText
    package var text: String

    package init(_ label: BilingualText, _ text: String) {
        self.label = label
        self.text = text
    }

    package init(zh: String, en: String, _ text: String) {
        self.init(BilingualText(zh: zh, en: en), text)
    }
}

/// A column of the goods table.
package struct LineColumn: Sendable, Hashable {
    package enum Alignment: String, Sendable, Hashable { case left, center, right }

    package var label: BilingualText
    /// Share of the table's width in relation to the other columns; 1 or more.
    package var share: Int
    package var alignment: Alignment
    /// Shows each line's picture instead of a text.
    package var showsPicture: Bool

    package init(zh: String, en: String, share: Int, alignment: Alignment = .left, showsPicture: Bool = false) {
        label = BilingualText(zh: zh, en: en)
        self.share = share
        self.alignment = alignment
        self.showsPicture = showsPicture
    }
}

/// One line of goods.
package struct DocumentLine: Sendable, Hashable {
    /// One element per column, same order; missing ones are empty.
    package var cells: [String]
    /// What this line adds to the sum carried to the next page; nil adds nothing.
    package var amount: ExactDecimal?
    /// Shown in the column that is for it.
    package var picture: DocumentPicture?

    package init(cells: [String], amount: ExactDecimal? = nil, picture: DocumentPicture? = nil) {
        self.cells = cells
        self.amount = amount
        self.picture = picture
    }
}

/// A row of the totals: a label and a sum with its currency, already formatted.
package struct AmountRow: Sendable, Hashable {
    package var label: BilingualText
    package var amount: String

    package init(zh: String, en: String, _ amount: String) {
        label = BilingualText(zh: zh, en: en)
        self.amount = amount
    }
}

/// A place to sign and stamp.
package struct SignatureBlock: Sendable, Hashable {
    package var label: BilingualText
    /// Printed above the line to sign on: the company that signs.
    package var company: String
    /// Printed below the line when known: name, date and place.
    package var note: String

    package init(zh: String, en: String, company: String, note: String = "") {
        label = BilingualText(zh: zh, en: en)
        self.company = company
        self.note = note
    }
}
