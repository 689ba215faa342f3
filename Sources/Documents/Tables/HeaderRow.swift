/// The row that names the columns of a table.
package struct HeaderRow: Sendable, Hashable {
    package let line: Int
    /// Trimmed, line breaks turned to spaces; empty where a column has no name.
    package let names: [String]
    package let format: TableFacts.Format

    package init(line: Int, names: [String], format: TableFacts.Format) {
        self.line = line
        self.names = names
        self.format = format
    }

    /// Takes `row` as the heading.
    package init(_ row: TableRow, format: TableFacts.Format) {
        let names = row.cells.map { cell in
            cell.display.split(whereSeparator: \.isNewline).joined(separator: " ").trimmingSpace
        }
        self.init(line: row.line, names: names, format: format)
    }

    /// Finds the heading below titles and padding: the first row with about as many filled cells as most rows have.
    ///
    /// - Parameter rows: the first rows of the table in order; 50 are looked at.
    /// - Returns: the heading and its index in `rows`; nil when there is no filled row.
    package static func detect(in rows: [TableRow], format: TableFacts.Format) -> (header: HeaderRow, index: Int)? {
        let filled = rows.prefix(50).map { row in row.cells.count { !$0.display.trimmingSpace.isEmpty } }
        var counts: [Int: Int] = [:]
        for count in filled where count > 0 { counts[count, default: 0] += 1 }
        guard let usual = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) })?.key else { return nil }
        let enough = usual >= 4 ? usual - 1 : usual
        guard let index = filled.firstIndex(where: { $0 >= enough }) else { return nil }
        return (HeaderRow(rows[index], format: format), index)
    }

    /// How the cells of a row stand to the columns.
    package enum Shape: Sendable, Hashable {
        case fits
        /// A text file's row has fewer cells than the heading.
        case short(missing: Int)
        /// More cells than columns: an unquoted delimiter has shifted what follows it.
        case long(extra: Int)
        case blank
        /// The heading once more, as in files pasted together.
        case repeatedHeader
    }

    /// A row of a text file fits when it has exactly as many cells as the heading. A row of a workbook fits when it has
    /// no filled cell beyond the last column, since empty cells at its end aren't written.
    package func shape(of row: TableRow) -> Shape {
        if row.isBlank { return .blank }
        let difference = row.cells.count - names.count
        if difference > 0 { return .long(extra: difference) }
        if difference < 0, format == .delimited { return .short(missing: -difference) }
        if difference == 0, HeaderRow(row, format: format).names == names { return .repeatedHeader }
        return .fits
    }
}

extension StringProtocol {
    /// Without white space at either end, the ideographic and the no-break space included.
    var trimmingSpace: String {
        var rest = self[...]
        while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
        while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
        return String(rest)
    }
}
