import Definitions
import Foundation
import Kernel
import Store
import Testing
import Values

/// When something happens, and if it is as it should be, then something is done: once.
@Suite("Rules") struct RuleTests {
    private func house() async throws -> TestHouse {
        try await TestHouse.open(adding: taskRules, to: "objects/task.yaml")
    }

    private func task(_ house: TestHouse, _ fields: [String: Input] = [:]) async throws -> RecordID {
        var draft = Draft(["title": .text("Call"), "due": .text(house.clock.now.adding(seconds: 3600).description)])
        draft.fields.merge(fields) { _, new in new }
        return try await house.create("task", draft, as: "lin").id
    }

    private func runs(_ house: TestHouse, _ rule: String) async throws -> [RuleHistory.Run] {
        try await house.kernel.answer(RuleHistory(limit: 500), as: try await house.actor("ada")).filter {
            $0.rule == rule
        }
    }

    private func titles(_ house: TestHouse) async throws -> [String] {
        try await house.kernel.answer(
            ListRecords(object: "task", columns: ["title"], limit: 500), as: .system("test")
        ).rows.map { $0["title"].text ?? "" }
    }

    @Test("What a rule says is done in the same transaction: fields, records, notices, and what goes outside")
    func effects() async throws {
        let house = try await house()
        let id = try await task(house)
        #expect(try await runs(house, "urgent").isEmpty)
        _ = try await house.update("task", id, Draft(["priority": .text("P1")]), as: "lin")
        #expect(try await house.show("task", id)["note"].text == "urgent: Call")
        #expect(try await titles(house).sorted() == ["Call", "Check Call"])
        let runs = try await runs(house, "urgent")
        #expect(runs.map(\.result) == ["done"])
        #expect(runs.first?.trigger == "changed(priority)")
        let items = try await house.database.write {
            try Outbox($0).due(at: house.clock.now, limit: 9, lease: 60)
        }.filter { $0.key.hasPrefix("rule:") }
        #expect(items.map(\.channel) == ["webhook"])
        #expect(items.first?.key.hasPrefix("rule:task.urgent:") == true)
        #expect(items.first?.payload.contains("\"title\":\"Call\"") == true)
        // Another field, the same priority: nothing further.
        _ = try await house.update("task", id, Draft(["title": .text("Call again")]), as: "lin")
        #expect(try await self.runs(house, "urgent").count == 1)
        await house.end()
    }

    @Test("Rules that follow from one another end at the eighth")
    func depth() async throws {
        let house = try await house()
        let id = try await task(house)
        _ = try await house.update("task", id, Draft(["note": .text("loop")]), as: "lin")
        let runs = try await runs(house, "loop")
        #expect(runs.filter { $0.result == "done" }.count == 8)
        #expect(runs.filter { $0.result == "too_deep" }.count == 1)
        #expect(runs.map(\.depth).max() == 8)
        await house.end()
    }

    @Test("A rule that can't be done changes nothing, and what led to it stands; it is told, and can be done again")
    func failing() async throws {
        let house = try await house()
        let id = try await task(house)
        _ = try await house.act("snooze", "task", id, ["due": .text("2026-12-24T08:00:00Z")], as: "lin")
        let record = try await house.show("task", id)
        #expect(record["due"] == .instant(Instant("2026-12-24T08:00:00Z") ?? house.clock.now))
        #expect(record["note"].isNull)
        let run = try #require(try await runs(house, "broken").first)
        #expect(run.result == "failed" && !run.text.isEmpty)
        let ada = try await house.actor("ada")
        let again = try await refused {
            try await house.kernel.perform(Command(.rules(.replay(run.id))), as: ada)
        }
        #expect(again.code == "rule_failed")
        let lin = try await house.actor("lin")
        #expect(
            try await refused { try await house.kernel.perform(Command(.rules(.replay(run.id))), as: lin) }.kind
                == .forbidden)
        await house.end()
    }

    @Test("Quiet commands fire nothing, which is noted; replaying does it once")
    func quiet() async throws {
        let house = try await house()
        let id = try await task(house)
        let lin = try await house.actor("lin")
        let version = try await house.show("task", id).version
        _ = try await house.kernel.perform(
            Command(
                .update(object: "task", id: id, Draft(["priority": .text("P1")]), expecting: version), quiet: true),
            as: lin)
        let run = try #require(try await runs(house, "urgent").first)
        #expect(run.result == "quiet")
        #expect(try await titles(house) == ["Call"])
        let ada = try await house.actor("ada")
        _ = try await house.kernel.perform(Command(.rules(.replay(run.id))), as: ada)
        #expect(try await titles(house).count == 2)
        let twice = try await refused {
            try await house.kernel.perform(Command(.rules(.replay(run.id))), as: ada)
        }
        #expect(twice.code == "nothing_to_replay")
        await house.end()
    }

    @Test("Many at once fire for each")
    func bulk() async throws {
        let house = try await house()
        let due = house.clock.now.adding(seconds: 3600).description
        let kinds = (0..<20).map { number in
            Command.Kind.create(
                object: "task",
                Draft(["title": .text("t\(number)"), "due": .text(due), "priority": .text(number < 15 ? "P1" : "P3")]))
        }
        _ = try await house.kernel.perform(Command(.bulk(kinds, atomic: false)), as: try await house.actor("lin"))
        #expect(try await runs(house, "urgent").filter { $0.result == "done" }.count == 15)
        #expect(try await titles(house).count == 35)
        await house.end()
    }

    @Test("By hand a rule hands records out in turn, to people who are there; a program has its own way in")
    func byHand() async throws {
        let house = try await house()
        let lin = try await house.actor("lin")
        _ = try await house.plant(
            "delegation",
            Draft([
                "from": .record(Staff.id("zhao")), "to": .record(Staff.id("wang")),
                "start": .text("2026-11-20T00:00:00Z"), "end": .text("2026-12-20T00:00:00Z"),
            ]))
        var owners: [RecordID] = []
        for _ in 0..<4 {
            let id = try await task(house)
            _ = try await house.kernel.perform(
                Command(.rules(.run(object: "task", id: id, rule: "turn", byProgram: false))), as: lin)
            if let owner = try await house.show("task", id)["owner"].record { owners.append(owner) }
        }
        #expect(Set(owners) == [Staff.id("lin"), Staff.id("wang")])
        #expect(owners[0] == owners[2] && owners[1] == owners[3] && owners[0] != owners[1])
        let id = try await task(house)
        _ = try await house.kernel.perform(
            Command(.rules(.run(object: "task", id: id, rule: "hook", byProgram: true))), as: lin)
        #expect(try await house.show("task", id)["priority"].text == "P2")
        let wrong = try await refused {
            try await house.kernel.perform(
                Command(.rules(.run(object: "task", id: id, rule: "hook", byProgram: false))), as: lin)
        }
        #expect(wrong.kind == .missing)
        await house.end()
    }

    @Test("A rule looks when a time has come, and other rules follow from it")
    func time() async throws {
        let house = try await house()
        let id = try await task(house)
        house.clock.advance(seconds: 3601)
        await house.kernel.keepTime()
        await house.kernel.keepTime()
        #expect(try await house.show("task", id)["priority"].text == "P1")
        #expect(try await runs(house, "overdue").map(\.result) == ["done"])
        #expect(try await runs(house, "urgent").map(\.depth) == [1])
        #expect(try await titles(house).count == 2)
        await house.end()
    }

    @Test("Whoever is killed at any step and asks again gets every effect once")
    func killed() async throws {
        let plain = try await house()
        let (house, database) = try await plain.stumbling()
        let count = Int(ProcessInfo.processInfo.environment["BATON_RULE_EVENTS"] ?? "") ?? 60
        let lin = try await house.actor("lin")
        let due = house.clock.now.adding(seconds: 86_400).description
        var kills = 0
        for number in 0..<count {
            let command = Command(
                .create(
                    object: "task",
                    Draft(["title": .text("t\(number)"), "due": .text(due), "priority": .text("P1")])),
                idempotencyKey: "event \(number)")
            // Each event is killed one statement later than the one before, then twice in a row, then goes through.
            for statement in [1 + number % 70, 1 + (number * 7) % 70] {
                database.stumble(at: statement)
                do {
                    _ = try await house.kernel.perform(command, as: lin)
                } catch {
                    kills += 1
                }
                database.stumble(at: nil)
            }
            _ = try await house.kernel.perform(command, as: lin)
        }
        #expect(kills > count / 2)
        #expect(try await runs(house, "urgent").count == min(count, 500))
        let ends = try await house.database.read { connection in
            (
                try connection.row("SELECT count(*) FROM rule_run WHERE rule = 'urgent' AND result = 'done'"),
                try connection.row("SELECT count(*) FROM outbox WHERE key LIKE 'rule:%'"),
                try connection.row("SELECT count(*) FROM o_task"),
                try connection.row("SELECT count(*) FROM notification WHERE kind = 'rule'")
            )
        }
        #expect(ends.0?[0].integer == Int64(count))
        #expect(ends.1?[0].integer == Int64(count))
        #expect(ends.2?[0].integer == Int64(count * 2))
        #expect(ends.3?[0].integer == Int64(count))
        await house.end()
    }
}
