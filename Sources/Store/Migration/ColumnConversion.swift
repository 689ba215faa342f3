import Values

/// Copies the values of a column into one of another form, row by row, and reports those that don't fit.
struct ColumnConversion {
    let table: String
    let from: StoredColumn
    let to: StoredColumn
    let connection: any Connection

    private static let portion = 1000

    func run(_ report: inout MigrationReport) throws {
        var after: [UInt8] = []
        while true {
            let rows = try connection.rows(
                """
                SELECT id, \(identifier: from.name) FROM \(identifier: table) \
                WHERE id > \(SQLValue.blob(after)) AND \(identifier: from.name) IS NOT NULL \
                ORDER BY id LIMIT \(Self.portion)
                """)
            for row in rows { try convert(try required(row[0]), row[1], &report) }
            guard rows.count == Self.portion, let last = rows.last else { return }
            after = last[0].bytes
        }
    }

    private func convert(_ id: RecordID, _ stored: SQLValue, _ report: inout MigrationReport) throws {
        let value = from.decode(stored)
        if let converted = Self.converted(value, to: to.form), let encoded = Self.encoded(converted, in: to) {
            try connection.run(
                """
                UPDATE \(identifier: table) SET \(identifier: to.name) = \(encoded) WHERE id = \(id)
                """)
            report.converted += 1
            return
        }
        report.unconvertedCount += 1
        if report.unconverted.count < 1000 {
            report.unconverted.append(
                .init(table: table, field: to.key, record: id, value: RecordStore.text(value)))
        }
    }

    private static func encoded(_ value: Value, in column: StoredColumn) -> SQLValue? {
        // What does not fit is reported by the caller; the reason is always the same.
        try? column.encode(value)
    }

    /// The same value in another form, only where nothing is lost or guessed; nil otherwise.
    static func converted(_ value: Value, to form: StoredColumn.Form) -> Value? {
        switch (value, form) {
        case (.text, .text), (.list, .codes), (.bool, .bool), (.day, .day), (.instant, .instant), (.record, .record),
            (.decimal, .number):
            return value
        case (.text(let text), .number): return ExactDecimal(blankless(text)).map { .decimal($0) }
        case (.text(let text), .day): return Day(blankless(text)).map { .day($0) }
        case (.text(let text), .instant): return Instant(blankless(text)).map { .instant($0) }
        case (.text(let text), .codes): return text.contains(",") ? nil : .list([value])
        case (.text(let text), .bool): return flag(text).map { .bool($0) }
        case (.decimal(let number), .text): return .text(number.shortest)
        case (.decimal(let number), .bool):
            return number.isZero || number == ExactDecimal(1) ? .bool(!number.isZero) : nil
        case (.bool(let flag), .text): return .text(flag ? "true" : "false")
        case (.bool(let flag), .number): return .decimal(ExactDecimal(flag ? 1 : 0))
        case (.day(let day), .text): return .text(day.description)
        case (.day(let day), .instant): return .instant(Instant(day: day))
        case (.instant(let instant), .text): return .text(instant.description)
        case (.instant(let instant), .day): return .day(instant.day)
        case (.list(let codes), .text): return codes.count == 1 ? codes[0] : nil
        default: return nil
        }
    }

    private static func blankless(_ text: String) -> String { String(text.filter { !$0.isWhitespace }) }

    private static func flag(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "yes", "y", "1", "是": true
        case "false", "no", "n", "0", "否": false
        default: nil
        }
    }
}
