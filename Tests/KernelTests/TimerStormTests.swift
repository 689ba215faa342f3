import Definitions
import Foundation
import Kernel
import Store
import Testing
import Values

/// Clocks in six zones over the changes of their clocks, with restarts, kills and a wall clock that jumps.
@Suite("Timers through storms") struct TimerStormTests {
    private static let zones = [
        "Asia/Shanghai", "Europe/Berlin", "America/New_York", "America/Santiago", "Australia/Lord_Howe",
        "Africa/Cairo",
    ]
    private static let clock = """
        clocks:
          - {id: react, label: {zh: 响应, en: React}, rule: task.react, start: due, in: [open], to: assignee}

        """

    @Test("None of their rungs is lost and none rings twice")
    func storm() async throws {
        let count = Int(ProcessInfo.processInfo.environment["BATON_STORM_TASKS"] ?? "") ?? 24
        var house = try await TestHouse.open(adding: Self.clock, to: "objects/task.yaml")
        let rule = Draft([
            "step": .text("task.react"), "zh": .text("响应"), "en": .text("React"), "owner_role": .text("sales"),
            "clock_start": .text("task.due"), "limit_value": .text("2"), "limit_unit": .text("h"),
            "clock": .text("work"), "warn_at": .text("0.5"), "escalate_1": .text("T+1d sales_manager"),
        ])
        _ = try await house.create("sla_rule", rule, as: "ada")
        let people = ["lin", "wang", "mei", "peng", "qin", "luo"]
        for (login, zone) in zip(people, Self.zones) {
            _ = try await house.update("user", Staff.id(login), Draft(["time_zone": .text(zone)]), as: "ada")
        }
        var random = Seeded(state: 77)
        // Three weeks around the changes of March and April 2027.
        let base = Instant("2027-03-10T00:00:00Z") ?? house.clock.now
        let system = Actor.system("storm")
        for start in stride(from: 0, to: count, by: 100) {
            let kinds = (start..<min(count, start + 100)).map { number in
                let due = base.adding(seconds: Int.random(in: 0..<30 * 86_400, using: &random))
                return Command.Kind.create(
                    object: "task",
                    Draft([
                        "title": .text("t\(number)"), "due": .text(due.description),
                        "assignee": .record(Staff.id(people[number % 6])), "owner": .record(Staff.id("lin")),
                    ]))
            }
            _ = try await house.kernel.perform(Command(.bulk(kinds, atomic: true)), as: system)
        }
        let (folder, packs) = (house.folder, try TestHouse.packs(adding: Self.clock, to: "objects/task.yaml"))
        house.clock.advance(seconds: Int(base.secondsSinceEpoch - house.clock.now.secondsSinceEpoch))
        let end = base.adding(seconds: 45 * 86_400)
        var now = house.clock.now
        var round = 0
        while now < end {
            round += 1
            let jumps = [3600, -3600, 86_400, -86_400, 7 * 3600, 40 * 3600, 600]
            house.clock.advance(seconds: jumps.randomElement(using: &random) ?? 3600)
            house.clock.advance(seconds: 5 * 3600)
            now = house.clock.now
            if round % 5 == 0 {
                // Killed in the midst of its work; what it had not committed is done by whoever comes next.
                let (killed, database) = try await house.stumbling()
                database.stumble(at: Int.random(in: 1...120, using: &random))
                await killed.kernel.keepTime()
                database.stumble(at: nil)
                await killed.close()
                house = try await TestHouse.open(
                    folder: folder, packs: packs, digest: "with objects/task.yaml", idSeed: UInt64(100 + round))
                house.clock.advance(
                    seconds: Int(now.secondsSinceEpoch - house.clock.now.secondsSinceEpoch) + 20)
            }
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<2 { group.addTask { [house] in _ = await house.kernel.keepTime() } }
            }
        }
        house.clock.advance(seconds: 40 * 86_400)
        for _ in 0..<3 { await house.kernel.keepTime() }
        let rows = try await house.database.read { connection in
            try connection.rows(
                """
                SELECT t.record, t.rung, t.fired_at FROM timer AS t WHERE t.kind = 'clock:react'
                """)
        }
        #expect(rows.count == count * 3)
        #expect(rows.allSatisfy { !$0[2].isNull })
        let events = try await house.database.read { connection in
            try connection.rows(
                "SELECT record, count(*) FROM event WHERE kind = 'reminded' AND reason LIKE '%React%' GROUP BY record")
        }
        #expect(events.count == count)
        #expect(events.allSatisfy { $0[1].integer == 3 })
        await house.end()
    }

    private struct Seeded: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }
}
