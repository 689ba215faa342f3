import Definitions
import Kernel
import Testing
import Values

/// The rules of the house as a whole: switched, counted, tried.
@Suite("Rules of the house") struct HouseRulesTests {
    private func urgent(_ house: TestHouse) async throws -> HouseRules.Rule {
        let rules = try await house.kernel.answer(HouseRules(), as: try await house.actor("ada"))
        return try #require(rules.first { $0.object == "task" && $0.id == "urgent" })
    }

    /// The note of a new urgent task, which the rule writes.
    private func made(_ title: String, _ house: TestHouse) async throws -> String? {
        let draft = Draft([
            "title": .text(title), "priority": .text("P1"), "assignee": .record(Staff.id("lin")),
            "due": .text("2026-12-01T02:00:00Z"),
        ])
        let task = try await house.create("task", draft, as: "lin")
        let seen = try await house.kernel.answer(ShowRecord(object: "task", id: task.id), as: .system("test"))
        return seen["note"].text
    }

    @Test("A rule that is switched off does nothing and stays on the list; switched on again it acts")
    func switching() async throws {
        let house = try await TestHouse.open(adding: taskRules, to: "objects/task.yaml")
        let ada = try await house.actor("ada")
        #expect(try await urgent(house).isOn)
        let label = try await urgent(house).label
        let off = RuleDefinition.switching("urgent", label: label, of: "task", on: false)
        _ = try await house.kernel.perform(Command(.define([off])), as: ada)
        #expect(try await made("first", house) == nil)
        let known = try await urgent(house)
        #expect(!known.isOn && known.label.zh == "紧急任务")
        let on = RuleDefinition.switching("urgent", label: known.label, of: "task", on: true)
        _ = try await house.kernel.perform(Command(.define([on])), as: ada)
        #expect(try await made("second", house) == "urgent: second")
        #expect(try await urgent(house).done == 1)
        await #expect(throws: Rejection.self) {
            _ = try await house.kernel.answer(HouseRules(), as: try await house.actor("lin"))
        }
        await house.end()
    }

    @Test("A rule is tried on a record and leaves no trace")
    func rehearsal() async throws {
        let house = try await TestHouse.open(adding: taskRules, to: "objects/task.yaml")
        let ada = try await house.actor("ada")
        let draft = Draft([
            "title": .text("quiet"), "priority": .text("P3"), "assignee": .record(Staff.id("ada")),
            "due": .text("2026-12-01T02:00:00Z"),
        ])
        let id = try await house.create("task", draft, as: "ada").id
        let rehearse = { (rule: String) in
            try await house.kernel.perform(
                Command(.rules(.rehearse(object: "task", id: id, rule: rule)), dryRun: true), as: ada)
        }
        #expect(try await rehearse("urgent").warnings.map(\.code) == ["condition_not_met"])
        #expect(try await rehearse("hook").warnings.map(\.code) == ["done"])
        #expect(try await rehearse("broken").warnings.map(\.code) == ["failed"])
        let task = try await house.kernel.answer(ShowRecord(object: "task", id: id), as: ada)
        #expect(task["priority"].text == "P3" && task.version == 1)
        #expect(try await house.kernel.answer(RuleHistory(), as: ada).isEmpty)
        let forced = try await refused {
            _ = try await house.kernel.perform(
                Command(.rules(.rehearse(object: "task", id: id, rule: "hook"))), as: ada)
        }
        #expect(forced.kind == .forbidden)
        await house.end()
    }

    @Test("Processes tell how many records stand in each leg and by which version")
    func processes() async throws {
        let relay = try await RelayHouse.open()
        _ = try await relay.order()
        let found = try await relay.house.kernel.answer(HouseProcesses(), as: try await relay.house.actor("ada"))
        let process = try #require(found.first { $0.id == "inquiry_to_cash" })
        #expect(process.versions.map(\.isCurrent) == [true])
        #expect(
            process.versions.reduce(0) { $0 + $1.open } == process.legs.values.reduce(0) { $0 + $1.running + $1.paused }
        )
        #expect(process.outside.isEmpty)
        await #expect(throws: Rejection.self) {
            _ = try await relay.house.kernel.answer(HouseProcesses(), as: try await relay.house.actor("lin"))
        }
        await relay.house.end()
    }
}
