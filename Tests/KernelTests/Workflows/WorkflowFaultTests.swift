import Definitions
import Foundation
import Kernel
import Store
import Testing
import Values

@Suite("Workflows when something goes wrong")
struct WorkflowFaultTests {
    @Test("A time limit fires once, also when the house was closed as its time came")
    func timers() async throws {
        var world = try await WorkflowHouse.open()
        try await world.bring(WorkflowFiles.onboarding)
        _ = try await world.house.update("company", world.company, Draft(["grade": .text("A")]), as: "chen")
        let run = try await world.start()
        try await world.complete("check", in: run, as: "lin")
        let due = try #require(try await world.detail(run).timers.first?.firesAt)
        #expect(due == world.house.clock.now.adding(seconds: 2 * 86_400))
        await world.house.kernel.keepTime()
        #expect(try await world.places(run) == ["credit", "visit"])
        await world.house.close()
        let again = try await TestHouse.open(
            folder: world.house.folder, packs: Packs.shipped, digest: "shipped", idSeed: 9)
        again.clock.advance(seconds: 3 * 86_400)
        world.house = again
        for _ in 0..<3 { await world.house.kernel.keepTime() }
        #expect(try await world.places(run) == ["credit", "remind", "visit"])
        #expect(try await world.kinds().count { $0 == "workflow:timer" } == 1)
        #expect(try await world.mine("chen").map(\.node) == ["remind"])
        await world.house.end()
    }

    @Test("Runs come to a new version all or none; a rehearsal tells beforehand, and limits keep their time")
    func migration() async throws {
        let world = try await WorkflowHouse.open()
        let first = try #require(try await world.bring(WorkflowFiles.onboarding).version)
        _ = try await world.house.update("company", world.company, Draft(["grade": .text("A")]), as: "chen")
        let (run, other) = (try await world.start(), try await world.start())
        try await world.complete("check", in: run, as: "lin")
        try await world.perform(.take(task: try await world.open("credit", in: run).id), as: "cai")
        let due = try await world.detail(run).timers.map(\.firesAt)
        world.house.clock.advance(seconds: 3600)
        // Without the task that somebody is at nobody moves.
        let without = WorkflowFiles.onboarding.replacing("\"visit\"", with: "\"inspect\"")
            .replacing(">visit<", with: ">inspect<")
        let second = try #require(try await world.bring(without).version)
        let blocked = try await refused { try await world.perform(.migrate(WorkflowMove(from: first)), as: "ada") }
        #expect(blocked.code == "workflow_migration" && blocked.problems.map(\.field) == ["visit"])
        let move = WorkflowMove(from: first, to: second, nodes: ["visit": "inspect"])
        #expect(try await world.perform(.migrate(move), as: "ada", dryRun: true).moved == 2)
        #expect(try await world.detail(run).run.number == 1)
        #expect(try await world.perform(.migrate(move), as: "ada").moved == 2)
        let detail = try await world.detail(run)
        #expect(detail.run.number == 2 && detail.timers.map(\.firesAt) == due)
        #expect(detail.run.open.map(\.node).sorted() == ["credit", "inspect"])
        #expect(detail.run.open.first { $0.node == "credit" }?.holder?.name == "CAI")
        #expect(try await world.detail(other).run.number == 2)
        try await world.complete("credit", in: run, as: "cai")
        try await world.complete("inspect", in: run, as: "qin")
        #expect(try await world.places(run) == ["welcome"])
        #expect(try await world.kinds().contains("workflow:migrated"))
        await world.house.end()
    }

    @Test("The same step under the same key is done once and answered alike; another step under it is refused")
    func onceOnly() async throws {
        let world = try await WorkflowHouse.open()
        try await world.bring(WorkflowFiles.onboarding)
        let step = WorkflowCommand.start(workflow: "onboarding", record: world.record)
        let run = try await world.perform(step, as: "lin", key: "k1").run
        #expect(try await world.perform(step, as: "lin", key: "k1").run == run)
        let task = try await world.open("check", in: try #require(run)).id
        let done = WorkflowCommand.complete(task: task, WorkflowDone(note: "x"))
        #expect(try await world.perform(done, as: "lin", key: "k2").run == run)
        #expect(try await world.perform(done, as: "lin", key: "k2").run == run)
        let other = try await refused {
            try await world.perform(.complete(task: task, WorkflowDone(note: "y")), as: "lin", key: "k2")
        }
        #expect(other.code == "key_reused")
        let runs = try await world.house.kernel.answer(
            WorkflowRunsOf(object: "company", record: world.company), as: try await world.house.actor("lin"))
        #expect(runs.count == 1)
        await world.house.end()
    }

    @Test("Whoever is killed at any step and asks again finds every task, event, notice and call there once")
    func killed() async throws {
        var world = try await WorkflowHouse.open()
        try await world.bring(WorkflowFiles.onboarding)
        _ = try await world.house.update("company", world.company, Draft(["grade": .text("A")]), as: "chen")
        let (house, database) = try await world.house.stumbling()
        world.house = house
        let people = [
            "lin": try await house.actor("lin"), "cai": try await house.actor("cai"),
            "qin": try await house.actor("qin"),
        ]
        var kills = 0
        func insist(_ step: WorkflowCommand, as login: String, _ key: String, from seed: Int) async throws -> RecordID?
        {
            let command = Command(.workflow(step), idempotencyKey: key)
            let actor = try #require(people[login])
            for statement in [1 + seed % 60, 1 + (seed * 7) % 60] {
                database.stumble(at: statement)
                do { _ = try await house.kernel.perform(command, as: actor) } catch { kills += 1 }
                database.stumble(at: nil)
            }
            return try await house.kernel.perform(command, as: actor).workflow?.run
        }
        let count = Int(ProcessInfo.processInfo.environment["BATON_WORKFLOW_RUNS"] ?? "") ?? 12
        for number in 0..<count {
            _ = try await house.kernel.perform(
                Command(
                    .update(
                        object: "company", id: world.company, Draft(["status": .value(.text("lead"))]), expecting: nil)),
                as: .system("test"))
            let run = try #require(
                try await insist(
                    .start(workflow: "onboarding", record: world.record), as: "lin", "s\(number)", from: number * 5))
            for (place, step) in [("check", "lin"), ("credit", "cai"), ("visit", "qin"), ("welcome", "lin")]
                .enumerated()
            {
                let task = try await world.open(step.0, in: run).id
                _ = try await insist(
                    .complete(task: task, WorkflowDone()), as: step.1, "\(step.0)\(number)",
                    from: number * 5 + place + 1)
            }
            #expect(try await world.detail(run).run.status == "done")
        }
        #expect(kills > count * 2)
        let counts = try await house.database.read { connection in
            try [
                "SELECT count(*) FROM workflow_run WHERE status = 'done'",
                "SELECT count(*) FROM workflow_task WHERE status = 'done'", "SELECT count(*) FROM workflow_task",
                "SELECT count(*) FROM event WHERE kind = 'workflow:completed'",
                "SELECT count(*) FROM event WHERE kind = 'action:to_prospect'",
                "SELECT count(*) FROM outbox WHERE key LIKE 'workflow:%'",
                "SELECT count(*) FROM notification WHERE kind = 'workflow'",
                "SELECT count(*) FROM timer WHERE kind = 'workflow' AND fired_at IS NULL",
            ].map { try connection.row(.raw($0))?[0].integer ?? -1 }
        }
        let n = Int64(count)
        #expect(counts == [n, 5 * n, 5 * n, 5 * n, n, n, 2 * n, 0])
        await house.end()
    }
}
