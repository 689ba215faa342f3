package import Definitions
package import Values

/// Number series: people see `Q261122001`.
package struct Numbers {
    let connection: any Connection

    package init(_ connection: any Connection) { self.connection = connection }

    /// Takes the next number of a field's series. One statement.
    ///
    /// The number belongs to the current transaction: rolled back, it is given again, so no number is missing.
    ///
    /// - Parameter places: `region` or `department` → its code, for patterns that ask for it; what has none has no text.
    /// - Throws: `StoreError.broken` for a pattern without a counter.
    package func next(
        _ series: NumberSeries, of object: String, field: String, on day: Day, places: [String: String] = [:]
    ) throws -> String {
        guard let parts = Self.parts(of: series.pattern, on: day, places) else {
            throw StoreError.broken("the series \(series.pattern) has no counter")
        }
        let name = object + "." + field
        let row = try connection.rows(
            """
            INSERT INTO number_series(series, prefix, next) VALUES (\(name), \(parts.prefix), 2) \
            ON CONFLICT(series, prefix) DO UPDATE SET next = number_series.next + 1 RETURNING next
            """
        ).first
        guard let next = row?[0].int else { throw StoreError.broken("no number in \(name)") }
        let digits = String(next - 1)
        return parts.prefix + String(repeating: "0", count: max(0, parts.digits - digits.count)) + digits + parts.suffix
    }

    /// Lets a series go on above a number that was brought in from elsewhere; never goes back. One statement.
    package func raise(
        _ series: NumberSeries, of object: String, field: String, on day: Day, above: Int,
        places: [String: String] = [:]
    ) throws {
        guard let parts = Self.parts(of: series.pattern, on: day, places) else { return }
        let name = object + "." + field
        try connection.run(
            """
            INSERT INTO number_series(series, prefix, next) VALUES (\(name), \(parts.prefix), \(above + 1)) \
            ON CONFLICT(series, prefix) DO UPDATE SET next = excluded.next WHERE excluded.next > number_series.next
            """)
    }

    /// Where a series stands under one beginning, such as that of this month.
    package struct Standing: Sendable, Hashable {
        package let prefix: String
        /// The number to be given next.
        package let next: Int
    }

    /// Every beginning under which a field's series has given numbers, last written first in the alphabet. One statement.
    package func standings(of object: String, field: String) throws -> [Standing] {
        try connection.rows(
            "SELECT prefix, next FROM number_series WHERE series = \(object + "." + field) ORDER BY prefix DESC"
        ).map { Standing(prefix: $0[0].string, next: $0[1].count) }
    }

    /// What a pattern makes of a number on a day, and the beginning under which it counts; nil without a counter.
    package static func shown(
        _ pattern: String, number: Int, on day: Day, places: [String: String] = [:]
    ) -> (prefix: String, text: String)? {
        guard let parts = parts(of: pattern, on: day, places) else { return nil }
        let digits = String(number)
        let zeros = String(repeating: "0", count: max(0, parts.digits - digits.count))
        return (parts.prefix, parts.prefix + zeros + digits + parts.suffix)
    }

    private static func parts(
        of pattern: String, on day: Day, _ places: [String: String]
    ) -> (prefix: String, digits: Int, suffix: String)? {
        guard let parts = SeriesPattern.parts(of: pattern) else { return nil }
        var prefix = ""
        var suffix = ""
        var digits: Int?
        for part in parts {
            let text: String
            switch part {
            case .literal(let literal): text = literal
            case .date(let word): text = dateText(word[...], day)
            case .place(let field): text = places[field] ?? ""
            case .counter(let count):
                digits = count
                continue
            }
            if digits == nil { prefix += text } else { suffix += text }
        }
        return digits.map { (prefix, $0, suffix) }
    }

    private static func dateText(_ word: Substring, _ day: Day) -> String {
        let (year, month, dayOfMonth) = day.components
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        var out = ""
        var rest = word
        while !rest.isEmpty {
            if rest.hasPrefix("yyyy") {
                out += String(year)
                rest = rest.dropFirst(4)
                continue
            }
            switch rest.prefix(2) {
            case "yy": out += two(year % 100)
            case "mm": out += two(month)
            case "dd": out += two(dayOfMonth)
            default: return out + rest
            }
            rest = rest.dropFirst(2)
        }
        return out
    }
}
