import Documents

/// Gathers rows into units: rows of one paper that stand together are one.
struct UnitReader {
    let decoder: RowDecoder
    /// Lines up to here are done.
    let after: Int
    private var open: ImportUnit?

    init(decoder: RowDecoder, after: Int) {
        self.decoder = decoder
        self.after = after
    }

    /// About `size` rows, no paper torn apart.
    mutating func next(_ size: Int, from file: inout ImportFile) throws -> [ImportUnit] {
        var units: [ImportUnit] = []
        var rows = 0
        while let (row, shape) = try file.next() {
            if row.line <= after { continue }
            let decoded = decoder.decode(row, shape: shape, columns: file.header.names.count)
            guard let field = decoder.plan.groupField else {
                units.append(ImportUnit(key: nil, rows: [decoded]))
                if units.count >= size { return units }
                continue
            }
            let key = decoded.record.values[field]
            if let known = open, key != nil, known.key == key, known.rows.count < 2001 {
                open?.rows.append(decoded)
            } else {
                if let done = open { units.append(done) }
                rows = units.reduce(0) { $0 + $1.rows.count }
                open = ImportUnit(key: key, rows: [decoded])
                if rows >= size { return units }
            }
        }
        if let done = open { units.append(done) }
        open = nil
        return units
    }
}
