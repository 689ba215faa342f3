import Calendars
import Testing
import Values

@Suite("Times for meetings") struct MeetingFinderTests {
    private func person(
        _ number: UInt64, _ zone: String, carried: Int = 0, holidays: [Holiday] = []
    ) throws -> MeetingFinder.Person {
        MeetingFinder.Person(
            id: RecordID(high: 0, low: number), calendar: WorkingCalendar(holidays: holidays, zone: try Zone(zone)),
            carried: carried)
    }

    /// A Monday, 00:00 UTC.
    private let monday = Instant("2026-11-23T00:00:00Z")!

    @Test("With one office everybody sits at their desk, and at most two proposals fall on one day")
    func oneOffice() throws {
        let finder = MeetingFinder(
            people: [try person(1, "Asia/Shanghai"), try person(2, "Asia/Shanghai")], minutes: 30)
        let slots = finder.best(5, from: monday)
        #expect(slots.count == 5)
        #expect(slots.allSatisfy { $0.score == 100 && $0.seats.allSatisfy { $0.fit == .inside } })
        let days = Dictionary(grouping: slots) { $0.seats[0].local.day }
        #expect(days.values.allSatisfy { $0.count <= 2 })
    }

    @Test("Shanghai and Berlin meet when both work, Berlin's morning being Shanghai's afternoon")
    func overlap() throws {
        let finder = MeetingFinder(
            people: [try person(1, "Asia/Shanghai"), try person(2, "Europe/Berlin")], minutes: 60)
        let best = try #require(finder.best(1, from: monday).first)
        #expect(best.seats.allSatisfy { $0.fit == .inside })
        #expect(best.seats[1].local.secondOfDay == 9 * 3600)
    }

    @Test("A holiday of one country is nobody's meeting day while other days are free")
    func holiday() throws {
        let days = (0..<3).map { Holiday(day: monday.day.adding(days: $0), kind: .off, name: "Holiday") }
        let finder = MeetingFinder(
            people: [try person(1, "Asia/Shanghai", holidays: days), try person(2, "Asia/Shanghai")], minutes: 30)
        let slots = finder.best(5, from: monday)
        #expect(slots.allSatisfy { $0.seats[0].local.day > monday.day.adding(days: 2) })
    }

    @Test("Where no hour suits both nobody is called at night, and who gave way before is spared")
    func fairness() throws {
        let zones = ["America/New_York", "Asia/Dubai"]
        func best(_ carried: [Int]) throws -> MeetingFinder.Slot {
            let people = try zones.enumerated().map { try person(UInt64($0 + 1), $1, carried: carried[$0]) }
            return try #require(MeetingFinder(people: people, minutes: 60).best(1, from: monday).first)
        }
        let first = try best([0, 0])
        #expect(first.seats.allSatisfy { $0.fit != .night })
        let gave = try #require(first.seats.firstIndex { $0.fit == .edge })
        let next = try best(gave == 0 ? [60, 0] : [0, 60])
        #expect(next.seats[gave].fit == .inside)
        #expect(next.seats[1 - gave].fit == .edge)
    }

    @Test("The change of the clocks in Berlin moves the meeting there by the wall, not by UTC")
    func clocks() throws {
        let finder = MeetingFinder(people: [try person(1, "Europe/Berlin")], minutes: 30)
        let before = finder.slot(try #require(Instant("2027-03-26T08:00:00Z")))
        let after = finder.slot(try #require(Instant("2027-03-29T07:00:00Z")))
        #expect(before.seats[0].local.secondOfDay == 9 * 3600)
        #expect(after.seats[0].local.secondOfDay == 9 * 3600)
        #expect(after.seats[0].fit == .inside)
    }

    @Test("Nobody to come, nothing to propose")
    func nobody() { #expect(MeetingFinder(people: [], minutes: 30).best(5, from: monday).isEmpty) }
}
