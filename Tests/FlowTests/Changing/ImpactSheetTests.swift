import Calendars
import Definitions
import Flow
import Testing
import Values

@Suite("What a change touches") struct ImpactSheetTests {
    private static let order = [
        "before_material", "in_production", "before_packing", "after_packing", "before_booking", "after_booking",
        "after_sailing", "after_BL", "earlier", "later", "any",
    ]

    private func day(_ text: String) throws -> Day { try #require(Day(text)) }

    private func calendar(_ holidays: [Holiday] = []) -> WorkingCalendar { WorkingCalendar(holidays: holidays) }

    private func mark(_ number: UInt64, _ title: String = "X") -> RecordMark {
        RecordMark(object: "pi", id: RecordID(high: 1, low: number), title: title)
    }

    @Test(
        "The company's row counts from when its point is reached, a row before something until it has happened",
        arguments: [
            ("before_material", ["before_material", "in_production"], "before_material"),
            ("before_packing", ["before_material", "in_production", "after_booking"], "in_production"),
            ("in_production", ["before_packing", "after_packing"], "before_packing"),
            ("after_booking", ["before_packing", "after_packing"], "after_packing"),
            ("after_booking", ["before_booking", "after_sailing"], "after_sailing"),
            ("after_BL", ["before_material", "in_production"], "in_production"),
            ("in_production", ["any"], "any"), ("after_sailing", ["before_booking"], "before_booking"),
        ])
    func points(position: String, known: [String], row: String) {
        #expect(ChangePoint.fitting(position, in: Self.order, among: Set(known)) == row)
    }

    @Test("A row for what has not happened yet says nothing, and dates go by their direction")
    func noPoint() {
        #expect(ChangePoint.fitting("in_production", in: Self.order, among: ["after_BL"]) == nil)
        #expect(ChangePoint.fitting("nowhere", in: Self.order, among: ["in_production"]) == nil)
        let both: Set<String> = ["earlier", "later"]
        #expect(ChangePoint.fitting("in_production", in: Self.order, among: both, isLater: true) == "later")
        #expect(ChangePoint.fitting("in_production", in: Self.order, among: both, isLater: false) == "earlier")
    }

    @Test("Lead times are read as the company writes them, and what is no number is none")
    func times() {
        #expect(ChangeTime("3-7 wd").map { [$0.least, $0.most] } == [3, 7])
        #expect(ChangeTime("3-7 wd")?.isWorking == true)
        #expect(ChangeTime("0-7 d")?.isWorking == false)
        #expect(ChangeTime("0")?.most == 0)
        for text in ["+n", "earlier", "", "7-3 wd", "-1 d", "1 wd later"] { #expect(ChangeTime(text) == nil) }
    }

    @Test("Seven working days over the October holiday move the departure further than seven days, and past the L/C")
    func time() throws {
        var facts = ImpactFacts()
        var usual = ImpactFacts.Usual()
        usual.time = "3-7 wd"
        facts.usual = usual
        facts.planned = try day("2026-09-28")
        facts.promised = try day("2026-09-28")
        facts.latest = (try day("2026-10-10"), mark(9, "LC-1"))
        let holidays = (1...7).map {
            Holiday(day: Day(number: Day("2026-10-01")!.number + $0 - 1), kind: .off, name: "National Day")
        }
        let sheet = try ImpactSheet(facts, calendar: calendar(holidays))
        #expect(sheet.departure == (try day("2026-10-14")))
        #expect(sheet.delay == 16)
        #expect(sheet.needsAmendment)
        #expect(sheet.lines.map(\.kind) == ["time", "deadline", "deadline"])
        #expect(sheet.lines.last?.text.en == "After the latest shipment 2026-10-10 of L/C LC-1: it must be amended")
    }

    @Test("A wanted date is taken as it is: earlier delays nothing, later within the promise names no deadline")
    func wanted() throws {
        var facts = ImpactFacts()
        facts.planned = try day("2026-11-10")
        facts.promised = try day("2026-11-20")
        facts.wanted = try day("2026-11-03")
        var sheet = try ImpactSheet(facts, calendar: calendar())
        #expect(sheet.delay == 0)
        #expect(sheet.lines.map(\.days) == [-7])
        facts.wanted = try day("2026-11-17")
        sheet = try ImpactSheet(facts, calendar: calendar())
        #expect(sheet.delay == 7)
        #expect(sheet.lines.map(\.kind) == ["time"])
    }

    @Test("A smaller quantity is told, its lost revenue is no cost")
    func smaller() throws {
        var facts = ImpactFacts()
        facts.amountNow = ExactDecimal(100_000)
        facts.amountThen = ExactDecimal(60_000)
        facts.amountPriced = ExactDecimal(100_000)
        let sheet = try ImpactSheet(facts, calendar: calendar())
        #expect(sheet.cost == .zero)
        #expect(sheet.lines.map(\.kind) == ["cost"])
    }

    @Test("What lower prices lose is a cost, what the order gains is not, and the usual share is proposed")
    func costs() throws {
        var facts = ImpactFacts()
        facts.amountNow = ExactDecimal(100_000)
        facts.amountThen = ExactDecimal(99_000)
        facts.amountPriced = ExactDecimal(99_000)
        var usual = ImpactFacts.Usual()
        usual.drivers = Label(zh: "报废", en: "Scrap")
        usual.share = ExactDecimal("0.12")
        facts.usual = usual
        #expect(try ImpactSheet(facts, calendar: calendar()).cost == ExactDecimal(13_000))
        facts.amountThen = ExactDecimal(120_000)
        facts.amountPriced = ExactDecimal(100_000)
        #expect(try ImpactSheet(facts, calendar: calendar()).cost == ExactDecimal(12_000))
        facts.amountThen = nil
        facts.amountPriced = nil
        facts.usual?.share = nil
        let sheet = try ImpactSheet(facts, calendar: calendar())
        #expect(sheet.cost == .zero)
        #expect(sheet.lines.map(\.amount) == [nil])
    }

    @Test(
        "Only papers that were issued and that this kind of change makes wrong are to be reissued, each by its number")
    func papers() throws {
        var facts = ImpactFacts()
        var usual = ImpactFacts.Usual()
        usual.documents = "PI, SC amendment"
        facts.usual = usual
        facts.issued = [("pi", "PI", "PI-7"), ("contract", "SC", "SC-3"), ("bl", "BL", "BL-1")].enumerated().map {
            ImpactFacts.Paper(
                code: $1.0, names: [$1.1], label: Label(zh: $1.1, en: $1.1), mark: mark(UInt64($0), $1.2))
        }
        var sheet = try ImpactSheet(facts, calendar: calendar())
        #expect(sheet.documents == ["pi", "contract"])
        #expect(sheet.lines.map(\.text.en) == ["PI PI-7 to reissue", "SC SC-3 to reissue"])
        facts.usual?.documents = "all"
        sheet = try ImpactSheet(facts, calendar: calendar())
        #expect(sheet.documents == ["pi", "contract", "bl"])
    }

    @Test("Each order that shares something is named once as an order, once for everything it shares")
    func shared() throws {
        var facts = ImpactFacts()
        let (one, two) = (RecordID(high: 2, low: 1), RecordID(high: 2, low: 2))
        facts.shared = [(Label(zh: "同线", en: "Line"), [one, two]), (Label(zh: "同柜", en: "Container"), [two])]
        let sheet = try ImpactSheet(facts, calendar: calendar())
        #expect(sheet.others == [one, two])
        #expect(sheet.lines.map(\.text.en) == ["Line", "Line", "Container"])
    }
}
