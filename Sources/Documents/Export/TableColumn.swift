/// A column of a table that is written.
package struct TableColumn: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case text
        /// Shown with this many digits after the point and grouped by thousands.
        case number(scale: Int)
        /// 0.125 shown as 12.5 %, with this many digits.
        case percent(scale: Int)
        case day
        case instant
        case bool
    }

    package var title: String
    package var kind: Kind
    /// Characters wide in a workbook.
    package var width: Double

    package init(title: String, kind: Kind, width: Double = 14) {
        self.title = title
        self.kind = kind
        self.width = width
    }
}
