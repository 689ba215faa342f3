import Testing
import Values

@Suite("Days")
struct DayTests {
    @Test("Every day from 1890 to 2110 follows the one before, by a calendar counted by hand")
    func counting() throws {
        var day = try #require(Day(year: 1890, month: 1, day: 1))
        // 1 January 1890 was a Wednesday.
        var weekday = 3
        for year in 1890...2110 {
            let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
            for (month, length) in zip(1..., [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) {
                for date in 1...length {
                    let (y, m, d) = day.components
                    #expect((y, m, d) == (year, month, date))
                    #expect(Day(year: year, month: month, day: date) == day)
                    #expect(day.weekday == weekday)
                    day = day.adding(days: 1)
                    weekday = weekday % 7 + 1
                }
                #expect(Day(year: year, month: month, day: length + 1) == nil)
            }
        }
    }

    @Test("The epoch is day zero, a Thursday")
    func epoch() {
        #expect(Day("1970-01-01") == Day(number: 0))
        #expect(Day(number: 0).weekday == 4)
        #expect(Day(number: -1).description == "1969-12-31")
    }

    @Test(
        "Only full ISO dates are read",
        arguments: [
            "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-01-01", "2026/01/01", "20260101", "2026-01-01T",
            "",
            "0000-01-01", "2026-01-00", "２026-01-01", "2026-01-32", "-026-01-01",
        ])
    func refusing(text: String) {
        #expect(Day(text) == nil)
    }

    @Test(
        "Months later is the same date or the month's last",
        arguments: [
            ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2026-12-15", 1, "2027-01-15"),
            ("2026-01-15", -1, "2025-12-15"), ("2026-03-31", -1, "2026-02-28"), ("2026-01-01", -13, "2024-12-01"),
            ("2026-05-31", 12, "2027-05-31"),
        ])
    func months(text: String, months: Int, result: String) throws {
        #expect(try #require(Day(text)).adding(months: months).description == result)
    }

    @Test("The text of a day reads back as the day", arguments: [-719_162, -1, 0, 20_000, 2_932_896])
    func texts(number: Int) {
        #expect(Day(Day(number: number).description) == Day(number: number))
    }
}
