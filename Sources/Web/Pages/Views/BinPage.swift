import Definitions

/// Deleted records of one object, each with its way back.
struct BinPage: Sendable {
    let object: String
    let plural: Label
    /// Each row's action restores it.
    let table: DataTable
    let pager: Pager
}

extension BinPage: Markup {
    func write(to html: inout HTML) {
        html.add(
            PageHead(
                title: html.page[Words.bin], note: html.page[plural],
                actions: [
                    Button(text: html.page[Words.back], target: .link(Paths.list(object)), icon: "arrow-left")
                ]))
        html("section", .class("list"), .data("list")) { html in
            if table.rows.isEmpty {
                html.add(EmptyState(icon: "trash", title: html.page[Words.binEmpty], hint: html.page[Words.binHint]))
            } else {
                html.add(table)
            }
        }
        if !table.rows.isEmpty { html.add(pager) }
    }
}
