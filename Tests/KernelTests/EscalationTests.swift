import Definitions
import Kernel
import Testing
import Values

/// Exceptions: who is called while nobody takes one up, who helps, what is learnt of it.
@Suite("Exceptions and their ladder") struct EscalationTests {
    private func report(
        _ house: TestHouse, _ severity: String, as login: String = "gong", _ more: [String: Input] = [:]
    ) async throws -> RecordID {
        let number = try await house.kernel.answer(CountRecords(object: "exception"), as: .system("test")).count
        let company = try await house.customer("Customer \(number)", of: "lin")
        var draft = Draft([
            "kind": .text("material_late"), "target": .text("company/" + company.description),
            "severity": .text(severity), "description": .text("Cloth is late"),
            "due": .text(house.clock.now.adding(seconds: 5 * 86_400).description),
        ])
        draft.fields.merge(more) { _, new in new }
        return try await house.create("exception", draft, as: login).id
    }

    private func calls(_ house: TestHouse, _ id: RecordID) async throws -> [String] {
        try await house.kernel.answer(
            TimelineOf(object: "exception", id: id, limit: 200, merged: false), as: .system("test")
        ).map(\.kind).filter { $0.hasPrefix("ladder:") }.reversed()
    }

    @Test(
        "An S1 calls the director at once and the general manager after four hours, each once, however often time is kept"
    )
    func climbs() async throws {
        let house = try await TestHouse.open()
        let id = try await report(house, "S1")
        house.clock.advance(seconds: 1)
        _ = await house.kernel.keepTime()
        #expect(try await calls(house, id) == ["ladder:l1"])
        house.clock.advance(seconds: 4 * 3600)
        for _ in 0..<3 { _ = await house.kernel.keepTime() }
        #expect(try await calls(house, id) == ["ladder:l1", "ladder:l2"])
        let told = try await house.kernel.answer(MyNotices(), as: try await house.actor("zong"))
        #expect(told.contains { $0.record == id && $0.kind == "ladder" })
        await house.end()
    }

    @Test("Taking it up stops the calls and not the day by which it is to be solved; opening it again begins anew")
    func stops() async throws {
        let house = try await TestHouse.open()
        let id = try await report(house, "S2", as: "chen")
        _ = try await house.act("acknowledge", "exception", id, as: "zong")
        house.clock.advance(seconds: 30 * 3600)
        _ = await house.kernel.keepTime()
        #expect(try await calls(house, id).isEmpty)
        house.clock.advance(seconds: 5 * 86_400)
        _ = await house.kernel.keepTime()
        let mine = try await house.kernel.answer(MyNotices(), as: try await house.actor("zong"))
        #expect(mine.contains { $0.record == id && $0.text.hasPrefix("异常到解决期限") })
        _ = try await house.act("start", "exception", id, as: "zong")
        _ = try await house.act("resolve", "exception", id, as: "zong")
        _ = try await house.act("reopen", "exception", id, as: "zong")
        house.clock.advance(seconds: 2 * 3600 + 1)
        _ = await house.kernel.keepTime()
        #expect(try await calls(house, id) == ["ladder:l1"])
        await house.end()
    }

    @Test("A graver one climbs by its own rule, and a company's changed rule counts for the next one")
    func graver() async throws {
        let house = try await TestHouse.open()
        let id = try await report(house, "S4", as: "zong")
        _ = try await house.update("exception", id, Draft(["severity": .text("S1")]), as: "zong")
        house.clock.advance(seconds: 5)
        _ = await house.kernel.keepTime()
        #expect(try await calls(house, id) == ["ladder:l1"])
        let rules = try await house.kernel.answer(
            ListRecords(object: "escalation_rule", columns: ["severity"], filters: ["severity = \"S3\""]),
            as: .system("test"))
        _ = try await house.update(
            "escalation_rule", try #require(rules.rows.first?.id), Draft(["l1": .text("1h general_manager")]), as: "ada"
        )
        let other = try await report(house, "S3")
        house.clock.advance(seconds: 3601)
        _ = await house.kernel.keepTime()
        #expect(try await calls(house, other) == ["ladder:l1"])
        await house.end()
    }

    @Test("The board has each exception in its lane with who is called next and when, and the moves one may make")
    func board() async throws {
        let house = try await TestHouse.open()
        let first = try await report(house, "S2", as: "chen")
        let second = try await report(house, "S1")
        let zong = try await house.actor("zong")
        var lanes = try await house.kernel.answer(LadderBoard(object: "exception"), as: zong)
        #expect(lanes.map(\.label.zh) == ["新报", "处理中", "待验证", "关闭"])
        #expect(lanes[0].cards.map(\.record.id) == [second, first])
        #expect(lanes[0].cards[0].next?.step == "l1")
        #expect(lanes[0].cards[1].next?.at == house.clock.now.adding(seconds: 2 * 3600))
        #expect(lanes[0].cards[0].moves == [1: "acknowledge"])
        _ = try await house.act("acknowledge", "exception", second, as: "zong")
        lanes = try await house.kernel.answer(LadderBoard(object: "exception"), as: zong)
        #expect(lanes[1].cards.map(\.record.id) == [second])
        #expect(lanes[1].cards[0].next == nil)
        let qin = try await house.kernel.answer(LadderBoard(object: "exception"), as: try await house.actor("qin"))
        #expect(qin.flatMap(\.cards).isEmpty)
        #expect(
            try await refused { try await house.kernel.answer(LadderBoard(object: "company"), as: zong) }.kind
                == .missing)
        await house.end()
    }

    @Test(
        "An S1 closes only with root cause, 5-Why, action and article; then a task asks for its effect after thirty days"
    )
    func closes() async throws {
        let house = try await TestHouse.open()
        let id = try await report(house, "S1", as: "zong")
        for step in ["acknowledge", "start", "resolve"] { _ = try await house.act(step, "exception", id, as: "zong") }
        try await refused { try await house.act("close", "exception", id, as: "zong") }
        let article = try await house.plant(
            "knowledge", Draft(["title": .text("Cloth"), "body": .text("Order earlier")]), owner: "zong")
        let cause = try await house.defaultRecord("reason", "proc.wait")
        var draft = Draft(["root_cause": .record(cause), "knowledge": .record(article)])
        draft.lines["five_why"] = [
            LineDraft([
                "question": .text("Why late?"), "answer": .text("Mill"), "stop_reason": .text("Outside the house"),
            ])
        ]
        draft.lines["actions"] = [
            LineDraft([
                "action": .text("Second mill"), "person": .record(Staff.id("peng")), "due": .text("2026-12-10"),
            ])
        ]
        _ = try await house.update("exception", id, draft, as: "zong")
        _ = try await house.act("close", "exception", id, as: "zong")
        let tasks = try await house.kernel.answer(
            ListRecords(object: "task", columns: ["due", "target"], filters: ["source = \"rule\""]), as: .system("test")
        )
        #expect(tasks.rows.map { $0["target"] } == [.record(id)])
        #expect(tasks.rows.first?["due"].instant?.day == Day("2026-12-20"))
        await house.end()
    }

    @Test("The same cause three times in ninety days opens one task of improvement, and a fourth one no second")
    func repeats() async throws {
        let house = try await TestHouse.open()
        let cause = try await house.defaultRecord("reason", "proc.wait")
        let other = try await house.defaultRecord("reason", "people.skill")
        func tasks() async throws -> [RecordView] {
            try await house.kernel.answer(
                ListRecords(object: "task", columns: ["assignee", "title"], filters: ["source = \"rule\""]),
                as: .system("test")
            ).rows
        }
        _ = try await report(house, "S3", as: "zong", ["root_cause": .record(cause)])
        house.clock.advance(seconds: 91 * 86_400)
        _ = try await report(house, "S3", as: "zong", ["root_cause": .record(cause)])
        _ = try await report(house, "S3", as: "zong", ["root_cause": .record(other)])
        let late = try await report(house, "S3", as: "zong")
        #expect(try await tasks().isEmpty)
        _ = try await house.update("exception", late, Draft(["root_cause": .record(cause)]), as: "zong")
        #expect(try await tasks().isEmpty)
        _ = try await report(house, "S3", as: "zong", ["root_cause": .record(cause)])
        #expect(try await tasks().map { $0["assignee"] } == [.record(Staff.id("zong"))])
        _ = try await report(house, "S3", as: "zong", ["root_cause": .record(cause)])
        #expect(try await tasks().count == 1)
        await house.end()
    }

    @Test("Similar past cases are over, in one's sight, the same cause before the same kind")
    func similar() async throws {
        let house = try await TestHouse.open()
        let cause = try await house.defaultRecord("reason", "proc.wait")
        let sameKind = try await report(house, "S4", as: "zong")
        let sameCause = try await report(
            house, "S4", as: "zong", ["kind": .text("capacity"), "root_cause": .record(cause)])
        let open = try await report(house, "S4", as: "zong")
        for id in [sameKind, sameCause] {
            for step in ["acknowledge", "start", "resolve"] {
                _ = try await house.act(step, "exception", id, as: "zong")
            }
        }
        let new = try await report(house, "S3", as: "zong", ["root_cause": .record(cause)])
        let found = try await house.kernel.answer(
            SimilarTo(object: "exception", id: new), as: try await house.actor("zong"))
        #expect(found.map(\.record.id) == [sameCause, sameKind])
        #expect(found.map(\.by) == ["root_cause", "kind"])
        #expect(!found.map(\.record.id).contains(open))
        await house.end()
    }
}
