package import Values

/// A raw cell of a table that was read from a file.
package enum TableCell: Sendable, Hashable {
    case empty
    case text(String)
    /// A number that the file itself marks as one, in plain notation such as `-1234.5`: what Excel would show at full
    /// precision. Never from CSV, where all is text.
    case number(String)
    case bool(Bool)
    case date(Day)
    /// A wall-clock time without a zone.
    case dateTime(Day, secondOfDay: Int)
    /// A formula's error such as `#N/A`.
    case error(String)

    /// What a person sees in the cell: the text to show in a preview and to parse further.
    package var display: String {
        switch self {
        case .empty: ""
        case .text(let text), .number(let text), .error(let text): text
        case .bool(let flag): flag ? "TRUE" : "FALSE"
        case .date(let day): day.description
        case .dateTime(let day, let second): day.description + " " + TableCell.clock(second)
        }
    }

    package var isEmpty: Bool { self == .empty }

    /// `08:26:00`
    static func clock(_ second: Int) -> String {
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return two(second / 3600) + ":" + two(second / 60 % 60) + ":" + two(second % 60)
    }
}

/// What was noticed while a row was read; an importer should show a marked row before it trusts it.
package struct RowMarks: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// A quotation mark inside an unquoted cell, or text after a closing one; the cell holds it as written.
    package static let strayQuote = RowMarks(rawValue: 1)
    /// A cell holds a line break.
    package static let lineBreakInCell = RowMarks(rawValue: 2)
    /// A cell's value was repeated from the first row of merged cells.
    package static let mergedValue = RowMarks(rawValue: 4)
    /// A number had more digits than Excel shows and was rounded to 15.
    package static let roundedNumber = RowMarks(rawValue: 8)
}

/// A row that holds at least one cell.
package struct TableRow: Sendable, Hashable {
    /// The line of the text file on which the row begins, or the row number of the sheet; the first is 1.
    package var line: Int
    /// Left to right. CSV: exactly as many as were written. XLSX: up to the last one that is not empty.
    package var cells: [TableCell]
    package var marks: RowMarks

    package init(line: Int, cells: [TableCell], marks: RowMarks = []) {
        self.line = line
        self.cells = cells
        self.marks = marks
    }

    /// The cell at `column`, the first being 0; `.empty` beyond the last.
    package subscript(column: Int) -> TableCell { cells.indices.contains(column) ? cells[column] : .empty }

    package var isBlank: Bool { cells.allSatisfy { $0.isEmpty } }
}
