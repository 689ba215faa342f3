import Definitions
import Kernel
import Testing
import Values

@Suite("Forms of workflow tasks")
struct WorkflowFormTests {
    @Test("The report and the task name the record's fields that the file asks for; the rest is left alone")
    func asked() async throws {
        let world = try await WorkflowHouse.open()
        let report = try #require(try await world.bring(WorkflowFiles.form, dryRun: true).report)
        #expect(report.notes.count { $0.code == "form_field" && $0.place == "rate" } == 2)
        #expect(report.notes.filter { $0.code == "form_field_unknown" }.map(\.treatment) == ["kept", "kept"])
        try await world.bring(WorkflowFiles.form)
        let task = try await world.open("rate", in: try await world.start("grading"))
        #expect(
            task.form == [
                WorkflowFormField(field: "grade", label: "给几级", isRequired: true),
                WorkflowFormField(field: "website", label: nil, isRequired: false),
            ])
        await world.house.end()
    }

    @Test("A required field keeps the task open until the record has it, and nothing of the attempt is kept")
    func required() async throws {
        let world = try await WorkflowHouse.open()
        try await world.bring(WorkflowFiles.form)
        let run = try await world.start("grading")
        let version = try await world.house.show("company", world.company).version
        let site = WorkflowDone(values: Draft(["website": .text("https://a.example")]), expecting: version)
        let refusal = try await refused { try await world.complete("rate", in: run, as: "lin", site) }
        #expect(refusal.problems.map { ($0.field ?? "") + " " + $0.code } == ["grade required"])
        #expect(try await world.house.show("company", world.company)["website"] == .null)
        #expect(try await world.open("rate", in: run).holder == nil)
        try await world.complete(
            "rate", in: run, as: "lin", WorkflowDone(values: Draft(["grade": .text("B")]), expecting: version))
        #expect(try await world.house.show("company", world.company)["grade"].text == "B")
        #expect(try await world.open("free", in: run).form == [])
        try await world.complete("free", in: run, as: "lin")
        #expect(try await world.detail(run).run.status == "done")
        await world.house.end()
    }
}
