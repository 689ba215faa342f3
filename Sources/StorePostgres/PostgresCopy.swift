import Store

/// Rows in the form that COPY takes as `binary`.
enum PostgresCopy {
    private static let signature: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00]

    static func bytes(of rows: [[SQLValue]], types: [UInt32]) throws(StoreError) -> [UInt8] {
        var out = signature + [UInt8](repeating: 0, count: 8)  // no flags, no extension
        for row in rows {
            append(Int16(types.count), to: &out)
            let values = try PostgresArguments(row, types: types)
            for place in values.places {
                guard let place else {
                    append(Int32(-1), to: &out)
                    continue
                }
                append(Int32(place.count), to: &out)
                out.append(contentsOf: values.bytes[place.start..<place.start + place.count])
            }
        }
        append(Int16(-1), to: &out)
        return out
    }

    private static func append(_ number: some FixedWidthInteger, to out: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { out.append(contentsOf: $0) }
    }
}
