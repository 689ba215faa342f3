import Kernel

/// Which columns a sheet has, under which headings, and as what kind of file it leaves.
struct SheetTemplate: Sendable, Equatable {
    var columns: [String] = []
    /// Column → heading, where it is not the name of the field.
    var heads: [String: String] = [:]
    /// CSV instead of a workbook.
    var isText = false

    init() {}

    /// `columns=no,company&h.no=PO%20No.&as=csv`; what can't be read is left out.
    init(_ content: String) {
        for (name, value) in PercentCode.form(content) ?? [] {
            if name == "columns" { columns += value.split(separator: ",").map(String.init) }
            if name.hasPrefix("h."), !value.isEmpty { heads[String(name.dropFirst(2))] = value }
            if name == "as" { isText = value == "csv" }
        }
    }

    var content: String {
        var items: [(name: String, value: String)] = [("columns", columns.joined(separator: ","))]
        items += columns.compactMap { column in heads[column].map { ("h." + column, $0) } }
        if isText { items.append(("as", "csv")) }
        return String(ListAddress.text(items).dropFirst())
    }
}
