import Definitions
import Kernel

/// A long board begins with a few screens of rows; the others wait in a template that the script draws from as one scrolls.
extension RelayPage {
    /// Rows that stand on the page from the start.
    private static let drawn = 30

    private var waits: Bool { !address.isWhole && rows.count > Self.drawn }

    /// How many rows of a table stand on the page from the start.
    var drawnRows: Int { waits ? Self.drawn : rows.count }

    /// Cards of one column that are drawn, the columns sharing what a screen bears.
    func drawnCards(of count: Int, columns: Int) -> Int {
        address.isWhole ? count : min(count, max(8, min(25, 100 / max(1, columns))))
    }

    /// Leads to all cards, from the foot of a column that has more.
    func restLink(_ count: Int, _ html: inout HTML) {
        guard count > 0 else { return }
        html(
            "a", .class("btn g full"), .href(address.with { $0.isWhole = true }.url), .data("soft"), .data("rest"),
            text: html.page[Words.moreCards(count)])
    }

    /// The rows in their order, those after the first screens not part of the page yet.
    func windowed(_ html: inout HTML, _ draw: (RelaySheet.Row, inout HTML) -> Void) {
        let first = drawnRows
        for row in rows.prefix(first) { draw(row, &html) }
        guard waits else { return }
        html("template", .data("later")) { html in for row in rows.dropFirst(first) { draw(row, &html) } }
    }

    /// Leads to all rows; scripts draw them before one gets there.
    func wholeLink(_ html: inout HTML) {
        guard waits else { return }
        html("p", .class("rb-all"), .data("whole")) { html in
            html(
                "a", .class("btn g"), .href(address.with { $0.isWhole = true }.url), .data("soft"),
                text: html.page[Words.allRows(rows.count)])
        }
    }
}

extension Words {
    static func allRows(_ count: Int) -> Label { Label(zh: "显示全部 \(count) 条", en: "Show all \(count)") }
    static func moreCards(_ count: Int) -> Label { Label(zh: "还有 \(count) 条，全部显示", en: "\(count) more: show all") }
}
