import Calendars
import Foundation
import Testing
import Values

@Suite("Holiday tables")
struct HolidayTableTests {
    static func own() throws -> HolidayTable {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let url = root.appending(path: "Resources/holidays-own.csv")
        return try HolidayTable(csv: String(contentsOf: url, encoding: .utf8))
    }

    @Test("A table is read line by line, with quotes and either line end")
    func reading() throws {
        let text = "country,day,kind,name\r\nCN,2026-01-04,W,\"元旦, \"\"调休\"\"\"\r\n\r\nDE,2026-01-01,H,Neujahr\r\n"
        let table = try HolidayTable(csv: text)
        #expect(table.countries == ["CN", "DE"])
        let day = try #require(Day("2026-01-04"))
        #expect(table.holiday("CN", day) == Holiday(day: day, kind: .working, name: "元旦, \"调休\""))
        #expect(table.holiday("DE", day) == nil)
    }

    @Test(
        "A line that can't be read is named",
        arguments: [
            "CN,2026-02-30,H,x", "CN,2026-02-03,Q,x", "CHN,2026-02-03,H,x", "CN,2026-02-03,H", "CN;2026-02-03;H;x",
        ])
    func refusing(line: String) {
        #expect(throws: CalendarError.malformedHolidays(line: 3, text: line)) {
            try HolidayTable(csv: "country,day,kind,name\nDE,2026-01-01,H,y\n\(line)\n")
        }
    }

    @Test("An empty text gives an empty table")
    func empty() throws {
        #expect(try HolidayTable(csv: "").countries.isEmpty)
        #expect(try HolidayTable(csv: "country,day,kind,name\n") == .empty)
    }

    @Test("Merging lays the other table on top, day by day")
    func merging() throws {
        let head = "country,day,kind,name\n"
        let below = try HolidayTable(csv: head + "CN,2027-02-05,E,a\nCN,2027-02-06,E,b\nDE,2027-01-01,H,c\n")
        let above = try HolidayTable(csv: head + "CN,2027-02-05,H,x\nFR,2027-01-01,H,y\n")
        let merged = below.merging(above)
        #expect(merged.countries == ["CN", "DE", "FR"])
        let days = try merged.holidays("CN", from: #require(Day("2027-01-01")), through: #require(Day("2027-12-31")))
        #expect(days.map(\.name) == ["x", "b"])
        #expect(merged.years("CN") == [2027])
    }

    @Test("The committed table knows the make-up days of China for three years")
    func committed() throws {
        let table = try Self.own()
        let first = try #require(Day("2024-01-01"))
        let rows = try table.holidays("CN", from: first, through: #require(Day("2026-12-31")))
        #expect(rows.filter { $0.kind == .working }.count == 19)
        // A make-up day is a Saturday or a Sunday, or it would not be one.
        #expect(rows.filter { $0.kind == .working }.allSatisfy { $0.day.weekday >= 6 })
        #expect(Set(table.countries).isSuperset(of: ["CN", "HK", "US", "DE", "GB", "AE", "SA", "JP", "KR"]))
    }
}
