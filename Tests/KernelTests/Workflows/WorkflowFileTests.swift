import Definitions
import Kernel
import Store
import Testing
import Values

@Suite("Bringing in workflows")
struct WorkflowFileTests {
    @Test("A trial says what becomes of each part, who is meant by each lane, and keeps nothing")
    func trial() async throws {
        let world = try await WorkflowHouse.open()
        let outcome = try await world.bring(WorkflowFiles.onboarding, dryRun: true)
        let report = try #require(outcome.report)
        #expect(outcome.version == nil && report.isRunnable && report.number == 1 && report.key == "onboarding")
        #expect(
            report.lanes.map { $0.holder ?? "" } == ["owner", "finance", "qc", "sales_manager"],
            "named like a field, a role's label, a role")
        #expect(
            report.notes.contains { $0.treatment == "executed" && $0.code == "house_action" && $0.place == "accept" })
        #expect(report.notes.contains { $0.treatment == "kept" && $0.element == "textAnnotation" })
        let known = try await world.house.kernel.answer(WorkflowList(), as: try await world.house.actor("ada"))
        #expect(known.isEmpty)
        await world.house.end()
    }

    @Test("What can't run is refused with every place; a trial tells the same without refusing")
    func broken() async throws {
        let world = try await WorkflowHouse.open()
        let rejection = try await refused { try await world.bring(WorkflowFiles.broken) }
        #expect(rejection.code == "workflow_not_runnable")
        let found = Set(rejection.problems.map { ($0.field ?? "") + " " + $0.code })
        #expect(
            found.isSuperset(of: [
                "script not_supported", "l1 lane_without_holder", "c unknown_field", "x unknown_action",
            ]), "\(found)")
        let report = try #require(try await world.bring(WorkflowFiles.broken, dryRun: true).report)
        #expect(report.problems == rejection.problems)
        let other = try await refused { try await world.bring("<a/>") }
        #expect(other.code == "other_format" && other.kind == .invalid)
        let nobody = try await refused {
            try await world.bring(WorkflowFiles.onboarding, lanes: ["lane_qc": "emperor", "nowhere": "qc"])
        }
        #expect(Set(nobody.problems.map(\.code)) == ["unknown_holder", "unknown_lane"])
        await world.house.end()
    }

    @Test("The file goes out byte for byte; a new one takes the place of the old, the same one again changes nothing")
    func versions() async throws {
        let world = try await WorkflowHouse.open()
        let first = try #require(try await world.bring(WorkflowFiles.onboarding).version)
        #expect(try await world.bring(WorkflowFiles.onboarding).version == first)
        let ada = try await world.house.actor("ada")
        let file = try await world.house.kernel.answer(WorkflowFileOf("onboarding"), as: ada)
        #expect(file.bytes == Array(WorkflowFiles.onboarding.utf8) && file.name == "onboarding-v1.bpmn")
        let second = try #require(
            try await world.bring(WorkflowFiles.onboardingNext, lanes: ["lane_qc": "user:qin"]).version)
        let detail = try await world.house.kernel.answer(WorkflowOf("onboarding"), as: ada)
        #expect(detail.versions.map(\.id) == [second, first] && detail.versions.map(\.isInForce) == [true, false])
        #expect(detail.report.lanes[2].who?.zh == "QIN")
        #expect(detail.drawing.nodes.contains { $0.id == "credit" && $0.kind == "user" && $0.name == "授信审核" })
        #expect(detail.drawing.lines.contains { $0.id == "large" && $0.condition == "grade == \"A\"" })
        try await world.perform(.retire(key: "onboarding"), as: "ada")
        let gone = try await refused { try await world.start() }
        #expect(gone.code == "workflow_unknown" && gone.kind == .missing)
        await world.house.end()
    }

    @Test("Who may not define brings, retires, moves and exports nothing; who may not change the record starts nothing")
    func rights() async throws {
        let world = try await WorkflowHouse.open()
        let version = try #require(try await world.bring(WorkflowFiles.onboarding).version)
        let steps: [WorkflowCommand] = [
            .bring(WorkflowFile(bytes: Array(WorkflowFiles.votes.utf8), object: "company")),
            .retire(key: "onboarding"), .migrate(WorkflowMove(from: version)),
        ]
        for step in steps {
            #expect(try await refused { try await world.perform(step, as: "lin") }.kind == .forbidden)
        }
        let lin = try await world.house.actor("lin")
        #expect(
            try await refused { try await world.house.kernel.answer(WorkflowFileOf("onboarding"), as: lin) }.kind
                == .forbidden)
        #expect(try await refused { try await world.start(as: "zhao") }.kind == .missing)
        #expect(try await refused { try await world.start(as: "gong") }.kind == .forbidden)
        let run = try await world.start()
        #expect(try await refused { try await world.detail(run, as: "zhao") }.kind == .missing)
        let task = try await world.open("check", in: run).id
        for step in [WorkflowCommand.take(task: task), .complete(task: task, WorkflowDone()), .putBack(task: task)] {
            #expect(try await refused { try await world.perform(step, as: "zhao") }.kind == .missing)
        }
        #expect(try await refused { try await world.perform(.take(task: task), as: "cai") }.code == "not_your_task")
        #expect(
            try await refused { try await world.perform(.cancel(run: run, reason: "x"), as: "cai") }.kind == .forbidden)
        await world.house.end()
    }

    @Test("A relay of ours is drawn as a file that can be read and run, each leg in the lane of who holds it")
    func relay() async throws {
        let world = try await WorkflowHouse.open()
        let zong = try await world.house.actor("zong")
        let file = try await world.house.kernel.answer(RelayFileOf(process: "inquiry_to_cash"), as: zong)
        #expect(file.name == "inquiry_to_cash.bpmn")
        let outcome = try await world.perform(
            .bring(WorkflowFile(bytes: file.bytes, object: "order")), as: "ada", dryRun: true)
        let report = try #require(outcome.report)
        // Lanes and fields of other objects are none of the order's; the drawing itself holds together.
        let drawn = report.problems.filter { !["unknown_field", "lane_without_holder"].contains($0.code) }
        #expect(drawn.isEmpty, "\(drawn)")
        let legs = try #require(
            try await world.house.kernel.answer(CurrentModel(), as: zong).process("inquiry_to_cash")
        ).legs
        #expect(report.lanes.reduce(0) { $0 + $1.tasks } == legs.count)
        await world.house.end()
    }
}
