import Calendars
import Flow
import Testing
import Values

/// The slow definition of a clock: walk every minute.
@Suite("Clocks minute by minute") struct ClockWalkTests {
    private struct Random: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    /// Whether the clock ran in the minute that begins at `at`.
    private func runs(_ pauses: [(from: Instant, until: Instant?)], at: Instant) -> Bool {
        !pauses.contains { $0.from <= at && ($0.until.map { at < $0 } ?? true) }
    }

    /// The minute at which `minutes` counted ones have passed.
    private func walk(
        _ minutes: Int, from start: Instant, counting: (Instant) -> Bool, until end: Instant
    ) -> Instant? {
        var left = minutes
        var at = start
        while at < end {
            if counting(at) {
                left -= 1
                if left == 0 { return at.adding(seconds: 60) }
            }
            at = at.adding(seconds: 60)
        }
        return nil
    }

    @Test(
        "Rungs of hours lie where the minutes say, with up to three pauses, in six zones",
        arguments: [
            "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo",
            "Asia/Kolkata",
        ])
    func hours(zone: String) throws {
        var random = Random(state: UInt64(zone.utf8.count) &* 77 &+ 5)
        let calendar = try WorkingCalendar(
            country: "CN", holidays: ClockCalendars.holidays(), hours: WorkingHours("09:00-12:00 13:30-18:00"),
            zone: Zone(zone))
        let base = try ClockCalendars.instant("2026-03-01T00:00Z")
        for _ in 0..<60 {
            let start = base.adding(seconds: Int.random(in: 0..<500_000, using: &random) * 60)
            var ledger = ClockLedger(startedAt: start)
            var pauses: [(from: Instant, until: Instant?)] = []
            var at = start
            for index in 0..<Int.random(in: 0...3, using: &random) {
                at = at.adding(seconds: Int.random(in: 1..<1500, using: &random) * 60)
                ledger.pause(at: at, reason: "")
                let lasts = index == 2 && Bool.random(using: &random)
                let from = at
                at = at.adding(seconds: Int.random(in: 1..<6000, using: &random) * 60)
                if !lasts { ledger.resume(at: at) }
                pauses.append((from, lasts ? nil : at))
            }
            let kind = Bool.random(using: &random) ? ClockRule.Kind.work : .calendar
            let limit = Int.random(in: 1...30, using: &random)
            let rule = try ClockCalendars.rule("\(limit)h", kind, warn: "0.5", "T+3h manager")
            let end = start.adding(seconds: 40 * 86_400)
            let counts: (Instant) -> Bool = {
                self.runs(pauses, at: $0) && (kind == .calendar || calendar.isOpen(at: $0))
            }
            let rungs = Dictionary(
                uniqueKeysWithValues: try ledger.rungs(of: rule, calendar: calendar).map { ($0.id, $0.at) })
            #expect(rungs["warn"] == walk(limit * 30, from: start, counting: counts, until: end))
            #expect(rungs["late"] == walk(limit * 60, from: start, counting: counts, until: end))
            #expect(rungs["escalate:1"] == walk(limit * 60 + 180, from: start, counting: counts, until: end))
        }
    }

    @Test("Rungs of 4,000 random rules and ledgers come in order, each once, none before the start")
    func order() throws {
        var random = Random(state: 11)
        let calendar = try ClockCalendars.china()
        let base = try ClockCalendars.instant("2026-01-01T00:00Z")
        for _ in 0..<4000 {
            let start = base.adding(seconds: Int.random(in: 0..<31_000_000, using: &random))
            var ledger = ClockLedger(startedAt: start)
            if Bool.random(using: &random) {
                let from = start.adding(seconds: Int.random(in: 0..<500_000, using: &random))
                ledger.pause(at: from, reason: "")
                ledger.resume(at: from.adding(seconds: Int.random(in: 0..<500_000, using: &random)))
            }
            let unit = ["h", "d", "wd"].randomElement(using: &random) ?? "h"
            let kind = Bool.random(using: &random) ? ClockRule.Kind.work : .calendar
            let rule = try ClockCalendars.rule(
                "\(Int.random(in: 0...9, using: &random))\(unit)", kind, warn: "0.8", "T+0 a", "T+1wd b", "T+2h c")
            let rungs = try ledger.rungs(of: rule, calendar: calendar)
            #expect(Set(rungs.map(\.id)).count == rungs.count)
            #expect(rungs.map(\.at) == rungs.map(\.at).sorted())
            #expect(rungs.allSatisfy { $0.at >= start })
            #expect(rungs.contains { $0.id == "late" })
        }
    }
}
