import Testing
import Values

@Suite("Instants")
struct InstantTests {
    @Test(
        "A text with a zone is read",
        arguments: [
            ("1970-01-01T00:00Z", 0), ("1970-01-01T00:00:01Z", 1000), ("1970-01-01T08:00:00+08:00", 0),
            ("1969-12-31T19:00:00-05:00", 0), ("1970-01-01t00:00:00.5z", 500), ("1970-01-01 00:00:00.123456789Z", 123),
            ("1969-12-31T23:59:59.999Z", -1), ("2026-11-22T09:30:00Z", 1_795_339_800_000),
        ])
    func reading(text: String, milliseconds: Int64) throws {
        #expect(try #require(Instant(text)).milliseconds == milliseconds)
    }

    @Test(
        "What is no instant is refused",
        arguments: [
            "2026-11-22T09:30:00", "2026-11-22", "2026-11-22T24:00:00Z", "2026-11-22T09:60:00Z", "2026-11-22T09:30:60Z",
            "2026-11-22T09:30:00.Z", "2026-11-22T09:30:00+8", "2026-11-22T09:30:00+08:00x", "2026-02-30T09:30:00Z",
            "2026-11-22T09:30:00+15:00", "2026-11-22T9:30:00Z00", "",
        ])
    func refusing(text: String) {
        #expect(Instant(text) == nil)
    }

    @Test("The text of an instant reads back as the instant, before and after 1970")
    func texts() {
        for milliseconds in stride(from: Int64(-4_000_000_000_123), through: 8_000_000_000_000, by: 7_654_321_987) {
            let instant = Instant(milliseconds: milliseconds)
            #expect(Instant(instant.description) == instant)
        }
    }

    @Test(
        "The day and the second are those before the instant",
        arguments: [
            (-1, "1969-12-31", -1), (0, "1970-01-01", 0), (86_399_999, "1970-01-01", 86_399),
            (86_400_000, "1970-01-02", 86_400),
        ])
    func parts(milliseconds: Int64, day: String, second: Int64) {
        let instant = Instant(milliseconds: milliseconds)
        #expect(instant.day.description == day)
        #expect(instant.secondsSinceEpoch == second)
    }

    @Test("A time of a day is found again")
    func ofDay() throws {
        let day = try #require(Day("2026-02-28"))
        #expect(Instant(day: day, secondOfDay: 34_200).description == "2026-02-28T09:30:00Z")
    }
}
