import Flow
import Testing

@Suite("Running processes come to another version")
struct ProcessMigrationTests {
    private static let old = graph(flows: "s>ask ask>f f>make f>docs make>j docs>j j>ship ship>e")

    private static func graph(
        _ tasks: [String] = ["ask", "make", "docs", "ship"], id: String = "p", flows: String,
        timers: [ProcessGraph.Timer] = [limit("slow", "make", 86_400)], repeated: [String: Bool] = [:]
    ) -> ProcessGraph {
        ProcessGraph(
            id: id,
            nodes: [
                Draw.node("s", .start), Draw.node("f", .parallel), Draw.node("j", .parallel), Draw.node("e", .end),
                Draw.node("e2", .end),
            ]
                + tasks.map { task in
                    Draw.task(task, repeated: repeated[task].map { .init(isSequential: $0, count: "3") })
                },
            flows: Draw.flows(flows + timers.map { " \($0.id)>e2" }.joined()), timers: timers)
    }

    private static func limit(_ id: String, _ activity: String, _ seconds: Int) -> ProcessGraph.Timer {
        ProcessGraph.Timer(id: id, activity: activity, interrupts: false, span: ISOSpan(seconds: seconds))
    }

    /// `make` is open, `docs` waits at the join.
    private func story(_ graph: ProcessGraph = old) throws -> Story {
        var story = Story(graph)
        story.counts = ["make": 3]
        try story.tell(.start)
        try story.complete("ask")
        try story.complete("docs")
        return story
    }

    @Test("Mapped limits keep their remaining time, others begin anew; people and tasks stay")
    func carried() throws {
        let before = try story().state
        let new = Self.graph(
            ["ask", "produce", "docs", "ship", "inspect"],
            flows: "s>ask ask>f f>produce produce>inspect inspect>j f>docs docs>j j>ship ship>e",
            timers: [Self.limit("late", "produce", 3600), Self.limit("warn", "produce", 60)])
        var plan = ProcessMigration(from: Self.old, to: new)
        #expect(Self.old.migrate(before, to: new, by: plan).problems.map(\.code) == ["unmapped"])
        plan.nodes["make"] = "produce"
        plan.timers["slow"] = "late"
        let result = try #require(Self.old.migrate(before, to: new, by: plan).result)
        #expect(result.state.activities.map(\.node) == ["produce"])
        #expect(result.state.activities.map(\.id) == before.activities.map(\.id))
        let kept = before.timers[0].id
        #expect(result.effects.first == .timerKept(kept, timer: "late") && result.effects.count == 2)
        plan.timers = [:]
        let reset = try #require(Self.old.migrate(before, to: new, by: plan).result)
        #expect(reset.effects.first == .timerCleared(kept) && reset.effects.count == 3)
        var story = Story(new)
        story.state = result.state
        for task in ["produce", "inspect", "ship"] { try story.complete(task) }
        #expect(story.state.activities.isEmpty && story.state.status == .done)
    }

    @Test("A limit that fired does not come back")
    func firedStays() throws {
        var story = try story()
        try story.fire("slow")
        let new = Self.graph(id: "q", flows: "s>ask ask>f f>make f>docs make>j docs>j j>ship ship>e")
        let result = try #require(
            Self.old.migrate(story.state, to: new, by: ProcessMigration(from: Self.old, to: new)).result)
        #expect(result.state.timers.isEmpty && result.effects.isEmpty)
    }

    @Test("What can't be carried over is told, and nothing happens")
    func refused() throws {
        let state = try story().state
        func codes(_ new: ProcessGraph, _ change: (inout ProcessMigration) -> Void = { _ in }) -> [String] {
            var plan = ProcessMigration(from: Self.old, to: new)
            change(&plan)
            return Self.old.migrate(state, to: new, by: plan).problems.map(\.code)
        }
        let same = Self.graph(id: "q", flows: "s>ask ask>f f>make f>docs make>j docs>j j>ship ship>e")
        #expect(codes(same) == [])
        #expect(codes(same) { $0.nodes["make"] = "f" } == ["other_kind", "other_timer"])
        #expect(codes(same) { $0.flows["docs>j"] = nil } == ["unmapped_join"])
        #expect(codes(same) { $0.flows["docs>j"] = "j>ship" } == ["unmapped_join"])
        #expect(
            codes(Self.graph(id: "q", flows: "s>ask ask>f f>make f>docs make>j docs>j j>ship")) == [
                "no_way", "unreached",
            ])
        let alone = Self.graph(id: "q", flows: "s>ask ask>f f>make f>docs make>ship docs>j j>ship ship>e")
        #expect(codes(alone) == ["join_full"])
        #expect(
            Self.old.migrate(ProcessState(of: Self.old), to: same, by: ProcessMigration()).problems.map(\.code) == [
                "not_running_here"
            ])
    }

    @Test("One after the other becomes all at once, and back")
    func repetition() throws {
        let flows = "s>ask ask>f f>make f>docs make>j docs>j j>ship ship>e"
        let inTurn = Self.graph(flows: flows, repeated: ["make": true])
        let atOnce = Self.graph(flows: flows, repeated: ["make": false])
        let before = try story(inTurn)
        let result = try #require(
            inTurn.migrate(before.state, to: atOnce, by: ProcessMigration(from: inTurn, to: atOnce)).result)
        #expect(result.state.tasks.map(\.index) == [0, 1, 2])
        var after = Story(atOnce)
        after.state = result.state
        for _ in 0..<3 { try after.complete("make") }
        #expect(after.open == ["ship"])
        let many = try story(atOnce)
        let back = try #require(
            atOnce.migrate(many.state, to: inTurn, by: ProcessMigration(from: atOnce, to: inTurn)).result)
        #expect(back.state.tasks.count == 3)
        var rest = Story(inTurn)
        rest.state = back.state
        for _ in 0..<3 { try rest.complete("make") }
        #expect(rest.open == ["ship"])
    }
}
