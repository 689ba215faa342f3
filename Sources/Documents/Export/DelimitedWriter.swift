package import Values

/// Writes a table as delimited text (RFC 4180, CRLF).
package struct DelimitedWriter {
    /// What has been written so far; take and empty it as often as you like.
    package var bytes: [UInt8] = []
    private let columns: [TableColumn]
    private let delimiter: UInt8
    private let guardsFormulas: Bool
    private let instantOffset: Int

    /// Writes the heading.
    ///
    /// - Parameters:
    ///   - hasMark: begins with the byte-order mark, without which Excel takes UTF-8 for the system's old encoding.
    ///   - guardsFormulas: puts `'` before texts that a spreadsheet program would run as a formula.
    ///   - instantOffset: seconds east of Greenwich in which instants are written.
    package init(
        columns: [TableColumn], delimiter: Character = ",", hasMark: Bool = true, guardsFormulas: Bool = true,
        instantOffset: Int = 0
    ) {
        self.columns = columns
        self.delimiter = delimiter.asciiValue ?? 0x2C
        self.guardsFormulas = guardsFormulas
        self.instantOffset = instantOffset
        if hasMark { bytes = [0xEF, 0xBB, 0xBF] }
        write(columns.map { Self.guarded($0.title) })
    }

    /// - Parameter values: one per column, same order; missing ones are empty.
    package mutating func append(_ values: [Value]) {
        write(columns.indices.map { values.indices.contains($0) ? text(values[$0]) : "" })
    }

    private mutating func write(_ texts: [String]) {
        for (index, text) in texts.enumerated() {
            if index > 0 { bytes.append(delimiter) }
            let needsQuotes = text.utf8.contains { $0 == 0x22 || $0 == 0x0A || $0 == 0x0D || $0 == delimiter }
            let isPadded = text.utf8.first == 0x20 || text.utf8.last == 0x20
            guard needsQuotes || isPadded else {
                bytes.append(contentsOf: text.utf8)
                continue
            }
            bytes.append(0x22)
            for byte in text.utf8 {
                if byte == 0x22 { bytes.append(0x22) }
                bytes.append(byte)
            }
            bytes.append(0x22)
        }
        bytes += [0x0D, 0x0A]
    }

    private func text(_ value: Value) -> String {
        switch value {
        case .text(let text): guardsFormulas ? Self.guarded(text) : text
        case .list(let items): items.map { text($0) }.joined(separator: " ")
        case .instant(let instant): ExportText.clock(instant, instantOffset)
        default: ExportText.plain(value)
        }
    }

    /// Spreadsheet programs run a cell that begins with one of these signs; an apostrophe before it keeps it a text
    /// (OWASP, "CSV injection").
    static func guarded(_ text: String) -> String {
        guard let first = text.utf8.first, Array("=+-@\t\r".utf8).contains(first) else { return text }
        return "'" + text
    }

    /// The text that was written as `cell`, for reading such a file again.
    package static func unguarded(_ cell: String) -> String {
        let bytes = cell.utf8
        guard bytes.first == 0x27, let second = bytes.dropFirst().first, Array("=+-@\t\r".utf8).contains(second) else {
            return cell
        }
        return String(cell.dropFirst())
    }
}

/// Values as texts of an export.
enum ExportText {
    static func plain(_ value: Value) -> String {
        switch value {
        case .null: ""
        case .bool(let flag): flag ? "TRUE" : "FALSE"
        case .text(let text): text
        case .decimal(let number): number.description
        case .real(let number): "\(number)"
        case .day(let day): day.description
        case .instant(let instant): instant.description
        case .record(let id): id.description
        case .list(let items): items.map(plain).joined(separator: " ")
        }
    }

    /// `2026-11-22 17:30:00` in a zone `offset` seconds east of Greenwich.
    static func clock(_ instant: Instant, _ offset: Int) -> String {
        let local = instant.adding(seconds: offset)
        let second = Int(local.secondsSinceEpoch - Int64(local.day.number) * 86_400)
        return local.day.description + " " + TableCell.clock(second)
    }
}
