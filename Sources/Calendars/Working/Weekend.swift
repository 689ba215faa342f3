package import Values

/// The weekdays on which a country rests.
package struct Weekend: Sendable, Hashable {
    /// ISO weekdays, Monday 1 ... Sunday 7.
    package let weekdays: Set<Int>

    /// - Throws: `CalendarError.outOfRange` for a number that is no weekday, or when every day would be free.
    package init(weekdays: Set<Int>) throws(CalendarError) {
        guard weekdays.allSatisfy({ (1...7).contains($0) }), weekdays.count < 7 else {
            throw .outOfRange(field: "weekend")
        }
        self.weekdays = weekdays
    }

    private init(known weekdays: Set<Int>) { self.weekdays = weekdays }

    package func contains(_ day: Day) -> Bool { weekdays.contains(day.weekday) }

    package static let saturdaySunday = Weekend(known: [6, 7])

    /// The weekend of a country by its ISO 3166 code; Saturday and Sunday where nothing else is known.
    package static func of(country: String) -> Weekend {
        byCountry[country.uppercased()] ?? .saturdaySunday
    }

    /// The countries that differ. The Emirates changed from Friday and Saturday to Saturday and Sunday in 2022.
    private static let byCountry: [String: Weekend] = {
        var table: [String: Weekend] = [:]
        for code in "BD BH DZ EG IL IQ JO KW LY MV OM PS QA SA SD SY YE".split(separator: " ") {
            table[String(code)] = Weekend(known: [5, 6])
        }
        for code in "AF DJ IR SO".split(separator: " ") { table[String(code)] = Weekend(known: [5]) }
        table["BN"] = Weekend(known: [5, 7])
        table["NP"] = Weekend(known: [6])
        table["UG"] = Weekend(known: [7])
        return table
    }()
}
