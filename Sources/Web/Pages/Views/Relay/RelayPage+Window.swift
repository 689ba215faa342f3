import Definitions
import Kernel

/// A long board begins with a few screens of rows; the others wait in a template that the script draws from as one scrolls.
extension RelayPage {
    /// Rows that stand on the page from the start.
    private static let drawn = 30

    private var waits: Bool { !address.isWhole && rows.count > Self.drawn }

    /// The rows in their order, those after the first screens not part of the page yet.
    func windowed(_ html: inout HTML, _ draw: (RelaySheet.Row, inout HTML) -> Void) {
        let first = waits ? Self.drawn : rows.count
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
}
