import Documents

/// Fuzz target: any bytes as delimited text. Run it by `scripts/fuzz-tables.sh`.
///
/// Nothing may crash or hang; rows come in the order of their lines and stay inside the limits; every cell that is read
/// can be parsed as a number, a date and a truth value without a crash.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzDelimited(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    var options = TableOptions()
    if let choice = bytes.first, choice >= 0xF0 {
        options.encoding = TextEncoding.allCases[Int(choice) % TextEncoding.allCases.count]
    }
    read(bytes, options)
    return 0
}

private func read(_ bytes: [UInt8], _ options: TableOptions) {
    do {
        var reader = try TableSource.open(bytes: bytes, options: options)
        var rows: [TableRow] = []
        var line = 0
        while let row = try reader.next() {
            precondition(row.line > line, "lines rise")
            precondition(!row.cells.isEmpty && row.cells.count <= options.limits.columns, "rows are inside the limits")
            line = row.line
            if rows.count < 60 { rows.append(row) }
            for cell in row.cells.prefix(8) { parse(cell) }
        }
        guard let found = HeaderRow.detect(in: rows, format: reader.facts.format) else { return }
        for row in rows { _ = found.header.shape(of: row) }
        let first = rows.compactMap { $0.cells.first }
        _ = NumberStyle.evidence(in: first)
        _ = DateOrder.evidence(in: first)
    } catch {
        precondition((error as? TableError)?.code.isEmpty == false, "every error is one of ours")
    }
}

private func parse(_ cell: TableCell) {
    for style in [nil, NumberStyle.point, .comma] { _ = CellParsing.number(cell, style: style) }
    for order in [nil, DateOrder.dayMonthYear, .monthDayYear] { _ = CellParsing.date(cell, order: order) }
    _ = CellParsing.bool(cell)
}
