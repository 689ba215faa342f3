import Kernel
import Testing
import Values

/// An edit is an edit of a version.
@Suite(.serialized) struct VersionSeenTests {
    @Test("An edit without the version seen is refused, alone and in a bulk; a rehearsal needs none")
    func required() async throws {
        let house = try await TestHouse.open()
        let lin = try await house.actor("lin")
        let task = try await house.create(
            "task", Draft(["title": .text("one"), "due": .text("2026-12-01T08:00:00Z")]), as: "lin")
        let blind = Command.Kind.update(
            object: "task", id: task.id, Draft(["title": .text("two")]), expecting: nil)
        let alone = try await refused { try await house.kernel.perform(Command(blind), as: lin) }
        #expect(alone.code == "version_required" && alone.kind == .preconditionRequired)
        let bulk = try await house.kernel.perform(Command(.bulk([blind], atomic: false)), as: lin)
        guard case .failure(let part)? = bulk.parts.first else {
            Issue.record("written")
            return
        }
        #expect(part.code == "version_required")
        #expect(
            try await refused { try await house.kernel.perform(Command(.bulk([blind], atomic: true)), as: lin) }.code
                == "version_required")
        let rehearsed = try await house.kernel.perform(Command(blind, dryRun: true), as: lin)
        #expect(rehearsed.record?["title"] == .text("two"))
        #expect(try await house.show("task", task.id)["title"] == .text("one"))
        // Out of sight stays out of sight, version or not.
        let zhao = try await house.actor("zhao")
        #expect(try await refused { try await house.kernel.perform(Command(blind), as: zhao) }.kind == .missing)
        await house.end()
    }
}
