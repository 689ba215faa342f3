import Store
import TestEngines
import Testing
import Values

@Suite("Clocks and rules as they are kept") struct ClockTests {
    private func clock(_ record: Int, mark: String = "2h|CN", state: String = "runs") -> RunningClock {
        RunningClock(
            object: "inquiry", record: TradeFixture.id(record), clock: "reply", step: "inquiry.first_reply",
            person: TradeFixture.id(900), origin: TradeFixture.at(0), ledger: "{}", state: state, mark: mark,
            silentUntil: nil, dueAt: TradeFixture.at(record))
    }

    @Test("A clock is kept once for a record, owed by somebody, and found when its rule has changed")
    func clocks() async throws {
        try await withEachEngine { database in
            try await database.write { connection in
                let clocks = RunningClocks(connection)
                for record in 1...3 { try clocks.put(clock(record)) }
                try clocks.put(clock(2, mark: "4h|CN"))
                try clocks.put(clock(3, state: "ended"))
                #expect(try clocks.of(TradeFixture.id(2)) == ["reply": clock(2, mark: "4h|CN")])
                #expect(try clocks.owed(by: TradeFixture.id(900), limit: 9) == [clock(1), clock(2, mark: "4h|CN")])
                #expect(try clocks.stale(by: ["inquiry.first_reply": "4h"], limit: 9) == [clock(1)])
                #expect(try clocks.stale(by: [:], limit: 1).count == 1)
                try clocks.remove(record: TradeFixture.id(2), clock: "reply")
                #expect(try clocks.of(TradeFixture.id(2)).isEmpty)
            }
        }
    }

    @Test("A rule has one turn at an event, and what is done stays done")
    func runs() async throws {
        try await withEachEngine { database in
            try await database.write { connection in
                let runs = RuleRuns(connection)
                func run(_ id: Int, _ event: Int64, _ result: String = "failed") -> RuleRun {
                    RuleRun(
                        id: TradeFixture.id(id), at: TradeFixture.at(id), object: "order", record: TradeFixture.id(1),
                        rule: "tell", trigger: "created", event: event, depth: 0, result: result, zh: "", en: "")
                }
                #expect(try runs.add(run(1, 7)))
                #expect(try !runs.add(run(2, 7)))
                #expect(try runs.add(run(3, 8, "done")))
                #expect(try runs.settle(TradeFixture.id(1), result: "done", zh: "好", en: "ok"))
                #expect(try !runs.settle(TradeFixture.id(1), result: "failed", zh: "", en: ""))
                #expect(try runs.find(TradeFixture.id(1))?.en == "ok")
                #expect(try runs.latest(object: "order", result: "done", limit: 9).map(\.event) == [8, 7])
                try runs.forget(before: TradeFixture.at(3))
                #expect(try runs.latest(record: TradeFixture.id(1), limit: 9).map(\.event) == [8])
            }
        }
    }
}
