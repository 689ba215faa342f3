import Store
import Testing
import Values

@Suite("Workflows in the store")
struct WorkflowTests {
    private let at = TradeFixture.start

    private func version(_ number: Int, id: UInt8) -> WorkflowEntry {
        WorkflowEntry(
            id: TradeFixture.id(Int(id)), key: "quote", number: number, graph: "g\(number)", name: "报价",
            object: "quotation", settings: "{}", hook: nil, createdAt: at, createdBy: nil)
    }

    @Test("A file comes back byte for byte, and of a key the newest version is in force")
    func versions() async throws {
        let bytes = [UInt8](0...255) + Array("流程".utf8)
        try await withEachEngine { database in
            let (first, second) = (version(1, id: 1), version(2, id: 2))
            try await database.write { connection in
                let workflows = Workflows(connection)
                try workflows.add(first, file: bytes)
                try workflows.retire("quote", at: at, by: nil)
                try workflows.add(second, file: [1])
            }
            try await database.write { connection in
                let workflows = Workflows(connection)
                let file = try workflows.file(first.id)
                #expect(file == bytes)
                #expect(try workflows.current("quote") == second)
                #expect(try workflows.newest("quote") == 2)
                #expect(try workflows.all(limit: 9).map(\.number) == [2, 1])
                #expect(try workflows.find(first.id)?.retiredAt == at)
                #expect(try workflows.find([first.id, second.id]).count == 2)
            }
        }
    }

    @Test("A run is changed by whoever saw it last")
    func runs() async throws {
        let run = WorkflowRunEntry(
            id: TradeFixture.id(3), workflow: TradeFixture.id(1), object: "quotation", record: TradeFixture.id(9),
            state: "{}", status: "running", startedAt: at, startedBy: TradeFixture.id(7))
        try await withEachEngine { database in
            try await database.write { connection in
                let runs = WorkflowRuns(connection)
                try runs.add(run)
                var changed = run
                changed.state = "{\"a\":1}"
                #expect(try runs.change(changed))
                #expect(try !runs.change(changed))
                changed.revision = 2
                changed.status = "done"
                changed.endedAt = at
                #expect(try runs.change(changed))
                changed.revision = 3
                #expect(try runs.find(run.id) == changed)
                #expect(try runs.of(TradeFixture.id(9), limit: 5) == [changed])
                #expect(try runs.by(TradeFixture.id(1), status: "running", limit: 5).isEmpty)
                #expect(try runs.counts() == [TradeFixture.id(1): ["done": 1]])
            }
        }
    }

    @Test("Open tasks are found by who may take them, taken ones by their holder, those of programs by their topic")
    func tasks() async throws {
        @Sendable func task(_ number: Int, kind: String = "user", topic: String? = nil) -> WorkflowTaskEntry {
            WorkflowTaskEntry(
                id: TradeFixture.id(20 + number), run: TradeFixture.id(3), activity: number, node: "n\(number)",
                name: "任务 \(number)", item: nil, kind: kind, lane: "sales", position: kind == "user" ? "sales" : "",
                near: TradeFixture.id(7), topic: topic, object: "quotation", record: TradeFixture.id(9),
                openedAt: at.adding(seconds: number))
        }
        try await withEachEngine { database in
            try await database.write { connection in
                let tasks = WorkflowTasks(connection)
                for number in 1...3 { try tasks.add(task(number)) }
                try tasks.add(task(4, kind: "service", topic: "mail"))
                #expect(try tasks.waited().map(\.position) == ["sales"])
                #expect(
                    try tasks.open(position: "sales", near: TradeFixture.id(7), limit: 9).map(\.activity) == [1, 2, 3])
                #expect(try tasks.open(position: "sales", near: nil, limit: 9).isEmpty)
                #expect(try tasks.services(topic: "mail", limit: 9).map(\.activity) == [4])
                #expect(try tasks.services(topic: "fax", limit: 9).isEmpty)
                var taken = task(2)
                taken.status = "taken"
                taken.holder = TradeFixture.id(8)
                taken.takenAt = at
                #expect(try tasks.change(taken))
                #expect(try !tasks.change(taken))
                taken.revision = 2
                #expect(try tasks.held(by: TradeFixture.id(8), limit: 9) == [taken])
                #expect(
                    try tasks.open(position: "sales", near: TradeFixture.id(7), limit: 9).map(\.activity) == [1, 3])
                #expect(try tasks.find(run: TradeFixture.id(3), activity: 2) == taken)
                #expect(try tasks.of([TradeFixture.id(3)]).count == 4)
            }
        }
    }
}
