package import Values

/// The holidays and make-up working days of countries.
package struct HolidayTable: Sendable, Hashable {
    private let byCountry: [String: [Day: Holiday]]

    /// No holidays at all: calendars then know weekends only.
    package static let empty = HolidayTable(byCountry: [:])

    private init(byCountry: [String: [Day: Holiday]]) { self.byCountry = byCountry }

    /// Reads CSV text with the columns country, day, kind, name, in this order and with a heading line.
    ///
    /// A later line of the same country and day replaces an earlier one. Line ends may be LF or CRLF.
    ///
    /// - Throws: `CalendarError.malformedHolidays` with the first line that can't be read.
    package init(csv text: String) throws(CalendarError) {
        var table: [String: [Day: Holiday]] = [:]
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated().dropFirst() where !line.isEmpty {
            guard let (country, holiday) = Self.row(line) else {
                throw .malformedHolidays(line: index + 1, text: String(line))
            }
            table[country, default: [:]][holiday.day] = holiday
        }
        byCountry = table
    }

    /// This table with the rows of another on top, country by country and day by day.
    package func merging(_ other: HolidayTable) -> HolidayTable {
        HolidayTable(byCountry: byCountry.merging(other.byCountry) { $0.merging($1) { $1 } })
    }

    /// The holiday of a country on a day; nil when the day is an ordinary one or unknown.
    package func holiday(_ country: String, _ day: Day) -> Holiday? { byCountry[country]?[day] }

    /// The holidays of a country from `first` to `last` inclusive, in order of days.
    package func holidays(_ country: String, from first: Day, through last: Day) -> [Holiday] {
        (byCountry[country] ?? [:]).values.filter { $0.day >= first && $0.day <= last }.sorted { $0.day < $1.day }
    }

    /// ISO codes of the countries with rows, sorted.
    package var countries: [String] { byCountry.keys.sorted() }

    /// The years that a country has rows for, sorted.
    package func years(_ country: String) -> [Int] {
        Set((byCountry[country] ?? [:]).keys.map(\.components.year)).sorted()
    }

    func days(of country: String) -> [Day: Holiday] { byCountry[country] ?? [:] }

    private static func row(_ line: Substring) -> (String, Holiday)? {
        let cells = CSVLine.cells(line)
        guard cells.count == 4, cells[0].utf8.count == 2, let day = Day(cells[1]),
            let kind = Holiday.Kind(rawValue: cells[2])
        else { return nil }
        return (cells[0], Holiday(day: day, kind: kind, name: cells[3]))
    }
}

/// One line of comma separated values, with double quotes around cells that hold commas.
enum CSVLine {
    static func cells(_ line: some StringProtocol) -> [String] {
        var cells: [String] = []
        var cell = ""
        var quoted = false
        var previousQuote = false
        for character in line {
            if character == "\"" {
                // A doubled quote inside quotes is a quote.
                if !quoted, previousQuote { cell.append("\"") }
                quoted.toggle()
                previousQuote = !quoted
                continue
            }
            previousQuote = false
            if character == ",", !quoted {
                cells.append(cell)
                cell = ""
            } else {
                cell.append(character)
            }
        }
        return cells + [cell]
    }
}
