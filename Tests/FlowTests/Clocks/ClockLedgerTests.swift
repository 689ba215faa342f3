import Calendars
import Flow
import Testing
import Values

@Suite("Clock ledgers") struct ClockLedgerTests {
    private func instant(_ text: String) throws -> Instant { try ClockCalendars.instant(text) }

    @Test("A pause over a weekend takes nothing from a work clock and two days from a calendar clock")
    func weekend() throws {
        let calendar = try ClockCalendars.china()
        var ledger = ClockLedger(startedAt: try instant("2026-11-20T16:00+08:00"))
        ledger.pause(at: try instant("2026-11-20T17:00+08:00"), reason: "waits for the customer")
        let work = try ClockCalendars.rule("2h", .work, warn: "0.5", "T+0 sales_director")
        let real = try ClockCalendars.rule("24h", .calendar)
        // While it lasts, nobody knows when it will be late; the warning after one hour was reached before it.
        #expect(
            ClockCalendars.texts(try ledger.rungs(of: work, calendar: calendar), calendar)
                == ["warn 2026-11-20T17:00"])
        #expect(try ledger.deadline(of: real, calendar: calendar) == nil)
        let monday = try instant("2026-11-23T10:00+08:00")
        #expect(ledger.consumed(of: work, calendar: calendar, at: monday) == 3_600_000)
        #expect(try ledger.remaining(of: work, calendar: calendar, at: monday) == 3_600_000)
        #expect(try ledger.remaining(of: real, calendar: calendar, at: monday) == 23 * 3_600_000)
        ledger.resume(at: monday)
        #expect(try ledger.deadline(of: work, calendar: calendar) == instant("2026-11-23T11:00+08:00"))
        #expect(try ledger.deadline(of: real, calendar: calendar) == instant("2026-11-24T09:00+08:00"))
        #expect(ledger.runningSince == monday)
    }

    @Test("A limit in working days goes on with the days that were left, at the closing of the last")
    func workingDays() throws {
        let calendar = try ClockCalendars.china()
        let rule = try ClockCalendars.rule("3wd", .work)
        var ledger = ClockLedger(startedAt: try instant("2026-11-16T10:00+08:00"))
        ledger.pause(at: try instant("2026-11-18T11:00+08:00"), reason: "sample on its way")
        ledger.resume(at: try instant("2026-11-23T15:00+08:00"))
        // Two of three days were used up on Wednesday; one is left after Monday.
        #expect(try ledger.deadline(of: rule, calendar: calendar) == instant("2026-11-24T18:00+08:00"))
    }

    @Test("A changed limit keeps what has passed, another calendar too; a restart begins anew")
    func changedBudget() throws {
        let calendar = try ClockCalendars.china()
        var ledger = ClockLedger(startedAt: try instant("2026-11-20T09:00+08:00"))
        let two = try ClockCalendars.rule("2h", .work)
        let four = try ClockCalendars.rule("4h", .work)
        #expect(try ledger.deadline(of: two, calendar: calendar) == instant("2026-11-20T11:00+08:00"))
        #expect(try ledger.deadline(of: four, calendar: calendar) == instant("2026-11-20T14:30+08:00"))
        #expect(
            try ledger.deadline(of: four, calendar: ClockCalendars.germany()) == instant("2026-11-20T13:00+01:00"))
        let noon = try instant("2026-11-20T12:00+08:00")
        #expect(try ledger.remaining(of: two, calendar: calendar, at: noon) == -3_600_000)
        ledger.restart(at: noon)
        #expect(try ledger.deadline(of: two, calendar: calendar) == instant("2026-11-20T15:30+08:00"))
    }

    @Test("A clock that has ended gives no further rungs, and nothing moves it")
    func ended() throws {
        let calendar = try ClockCalendars.china()
        let rule = try ClockCalendars.rule("24h", .calendar, warn: "0.5", "T+0 sales_manager")
        var ledger = ClockLedger(startedAt: try instant("2026-11-20T09:00+08:00"))
        ledger.stop(at: try instant("2026-11-20T22:00+08:00"))
        #expect(try ledger.rungs(of: rule, calendar: calendar).map(\.id) == ["warn"])
        #expect(ledger.pause(at: try instant("2026-11-20T23:00+08:00"), reason: "x") == false)
        #expect(ledger.resume(at: try instant("2026-11-20T23:00+08:00")) == false)
    }

    @Test("A ledger is kept as a text and read again; another text is none")
    func texts() throws {
        var ledger = ClockLedger(startedAt: try instant("2026-11-20T09:00:00.123Z"))
        #expect(ClockLedger(text: ledger.text) == ledger)
        ledger.pause(at: try instant("2026-11-20T10:00Z"), reason: "等客户 \"回复\"")
        ledger.resume(at: try instant("2026-11-20T11:00Z"))
        ledger.pause(at: try instant("2026-11-20T12:00Z"), reason: "")
        #expect(ClockLedger(text: ledger.text) == ledger)
        ledger.stop(at: try instant("2026-11-20T13:00Z"))
        #expect(ClockLedger(text: ledger.text) == ledger)
        for text in ["", "{}", "[]", "{\"started\":\"x\"}", "{\"started\":1,\"pauses\":[{}]}"] {
            #expect(ClockLedger(text: text) == nil)
        }
    }

    @Test("A moved start keeps the pauses that lie after it")
    func moved() throws {
        var ledger = ClockLedger(startedAt: try instant("2026-11-20T09:00Z"))
        for hour in [10, 12, 14] {
            ledger.pause(at: try instant("2026-11-20T\(hour):00Z"), reason: "")
            if hour < 14 { ledger.resume(at: try instant("2026-11-20T\(hour + 1):00Z")) }
        }
        ledger.move(to: try instant("2026-11-20T12:30Z"))
        #expect(ledger.pauses.map(\.from) == [try instant("2026-11-20T12:30Z"), try instant("2026-11-20T14:00Z")])
        #expect(ledger.isPaused)
    }
}
