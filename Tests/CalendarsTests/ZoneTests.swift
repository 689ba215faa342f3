import Calendars
import Testing
import Values

@Suite("Zones")
struct ZoneTests {
    private func local(_ text: String) throws -> LocalTime { try #require(LocalTime(text)) }

    @Test(
        "An instant has the local time of its zone and season",
        arguments: [
            ("Asia/Shanghai", "2026-07-01T00:30:00Z", "2026-07-01T08:30"),
            ("Europe/Berlin", "2026-01-15T12:00:00Z", "2026-01-15T13:00"),
            ("Europe/Berlin", "2026-07-15T12:00:00Z", "2026-07-15T14:00"),
            ("America/New_York", "2026-01-01T03:00:00Z", "2025-12-31T22:00"),
            ("Asia/Kolkata", "2026-01-01T00:00:00Z", "2026-01-01T05:30"),
            ("Asia/Kathmandu", "2026-01-01T00:00:00Z", "2026-01-01T05:45"),
            ("Pacific/Kiritimati", "2026-01-01T11:00:00Z", "2026-01-02T01:00"),
            ("UTC", "2026-01-01T11:00:30Z", "2026-01-01T11:00:30"),
        ])
    func localTimes(zone: String, instant: String, local: String) throws {
        #expect(try Zone(zone).localTime(at: #require(Instant(instant))).description == local)
    }

    @Test("A time that the clocks skip is shifted forward by the gap")
    func skipped() throws {
        let berlin = try Zone("Europe/Berlin")
        let instant = try berlin.instant(of: local("2026-03-29T02:30"))
        #expect(instant.description == "2026-03-29T01:30:00Z")
        #expect(berlin.localTime(at: instant).description == "2026-03-29T03:30")
    }

    @Test("A time that occurs twice needs an offset; openings take the earlier, closings the later")
    func ambiguous() throws {
        let berlin = try Zone("Europe/Berlin")
        let time = try local("2026-10-25T02:30")
        #expect(throws: CalendarError.ambiguousLocalTime(time)) { try berlin.instant(of: time) }
        #expect(berlin.opening(time).description == "2026-10-25T00:30:00Z")
        #expect(berlin.closing(time).description == "2026-10-25T01:30:00Z")
    }

    @Test("A whole day that a zone skipped is shifted to the next")
    func skippedDay() throws {
        let apia = try Zone("Pacific/Apia")
        let instant = try apia.instant(of: local("2011-12-30T12:00"))
        #expect(apia.localTime(at: instant).description == "2011-12-31T12:00")
    }

    @Test(
        "Every hour of two years is found again from its local time",
        arguments: [
            "Asia/Shanghai", "Europe/London", "America/Sao_Paulo", "Australia/Lord_Howe", "Africa/Casablanca",
            "America/New_York",
        ])
    func roundTrip(zone: String) throws {
        let zone = try Zone(zone)
        let start = try #require(Instant("2025-01-01T00:00:00Z"))
        for hour in 0..<17_520 {
            let instant = start.adding(seconds: hour * 3600)
            switch zone.resolve(zone.localTime(at: instant)) {
            case .once(let found): #expect(found == instant)
            case .twice(let earlier, let later):
                #expect(earlier < later)
                #expect(instant == earlier || instant == later)
            case .never: Issue.record("\(instant) has a local time, so that time occurs")
            }
        }
    }

    @Test(
        "Only regions of the database are zones",
        arguments: ["", "EST", "GMT+8", "Mars/Olympus", "+08:00", "Asia", "北京"])
    func unknown(identifier: String) {
        #expect(throws: CalendarError.unknownZone(identifier)) { try Zone(identifier) }
    }

    @Test(
        "Local times are read without a zone only",
        arguments: ["2026-01-01T10:00Z", "2026-01-01T10:00+08:00", "2026-01-01", "10:00", ""])
    func malformed(text: String) {
        #expect(LocalTime(text) == nil)
    }

    @Test("A second outside the day moves the day")
    func overflowing() throws {
        let day = try #require(Day("2026-03-01"))
        #expect(LocalTime(day: day, secondOfDay: 86_400).description == "2026-03-02T00:00")
        #expect(LocalTime(day: day, secondOfDay: -1).description == "2026-02-28T23:59:59")
        #expect(LocalTime(day: day, secondOfDay: -86_400).description == "2026-02-28T00:00")
    }

    @Test("The list of zones holds the world's main ones")
    func list() {
        let known = Set(Zone.identifiers)
        #expect(known.isSuperset(of: ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Africa/Lagos"]))
    }
}
