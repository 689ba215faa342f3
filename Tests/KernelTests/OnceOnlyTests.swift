import Definitions
import Kernel
import Testing
import Values

/// Doing something once, and not over somebody else's work.
@Suite(.serialized) struct OnceOnlyTests {
    private static let shared = Task { try await TestHouse.open() }

    private func task(_ title: String) -> Command.Kind {
        .create(object: "task", Draft(["title": .text(title), "due": .text("2026-12-01T00:00:00Z")]))
    }

    private func count(_ house: TestHouse, _ title: String) async throws -> Int {
        try await house.kernel.answer(
            CountRecords(object: "task", filters: ["title = \"\(title)\""]), as: .system("test")
        ).count
    }

    @Test("Sixteen simultaneous creates under one key make one record and give one answer")
    func parallelKeys() async throws {
        let house = try await Self.shared.value
        let lin = try await house.actor("lin")
        let kernel = house.kernel
        let kind = task("sixteen")
        for round in 0..<10 {
            let answers = try await withThrowingTaskGroup(of: (RecordID?, [String: Value]?).self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        let outcome = try await kernel.perform(
                            Command(kind, idempotencyKey: "key \(round)"), as: lin)
                        return (outcome.created.first?.id, outcome.record?.values)
                    }
                }
                var all: [(RecordID?, [String: Value]?)] = []
                for try await answer in group { all.append(answer) }
                return all
            }
            #expect(Set(answers.map(\.0)).count == 1)
            #expect(answers.allSatisfy { $0.0 != nil && $0.1 == answers[0].1 })
            #expect(try await count(house, "sixteen") == round + 1)
        }
    }

    @Test("A key serves one command: another body is refused, another person's key is another key")
    func otherBody() async throws {
        let house = try await Self.shared.value
        let lin = try await house.actor("lin")
        let wang = try await house.actor("wang")
        let first = try await house.kernel.perform(Command(task("one"), idempotencyKey: "k"), as: lin)
        let refusal = try await refused {
            try await house.kernel.perform(Command(task("two"), idempotencyKey: "k"), as: lin)
        }
        #expect(refusal.code == "key_reused")
        let other = try await house.kernel.perform(Command(task("one"), idempotencyKey: "k"), as: wang)
        #expect(other.created != first.created)
        #expect(try await count(house, "one") == 2)
        for key in ["", String(repeating: "x", count: 201)] {
            let refusal = try await refused {
                try await house.kernel.perform(Command(task("long"), idempotencyKey: key), as: lin)
            }
            #expect(refusal.kind == .malformed)
        }
    }

    @Test("A refused command leaves its key free")
    func refusedKey() async throws {
        let house = try await Self.shared.value
        let lin = try await house.actor("lin")
        let bad = Command(.create(object: "task", Draft(["title": .text("no date")])), idempotencyKey: "free")
        try await refused { try await house.kernel.perform(bad, as: lin) }
        let good = try await house.kernel.perform(Command(task("good"), idempotencyKey: "free"), as: lin)
        #expect(good.record?["title"] == .text("good"))
    }

    @Test("The remembered answer of a bulk, a delete and an action is the answer of the first time")
    func rememberedKinds() async throws {
        let house = try await Self.shared.value
        let lin = try await house.actor("lin")
        func twice(_ kind: Command.Kind, _ key: String) async throws -> (Outcome, Outcome) {
            let first = try await house.kernel.perform(Command(kind, idempotencyKey: key), as: lin)
            return (first, try await house.kernel.perform(Command(kind, idempotencyKey: key), as: lin))
        }
        let (bulk, again) = try await twice(
            .bulk([task("b1"), .create(object: "task", Draft()), task("b2")], atomic: false), "bulk")
        #expect(bulk.parts.count == 3)
        #expect(again.parts.count == 3)
        #expect(
            again.parts.map { try? $0.get().created.first } == bulk.parts.map { try? $0.get().created.first })
        #expect(try await count(house, "b1") == 1)

        let made = try #require(bulk.parts.first?.get().created.first)
        let (done, doneAgain) = try await twice(
            .act(object: "task", id: made.id, action: "done", Draft(), expecting: 1), "done")
        #expect(done.record?.version == doneAgain.record?.version)
    }

    @Test("Of simultaneous updates of one version exactly one wins, the others are stale")
    func optimisticVersions() async throws {
        let house = try await Self.shared.value
        let lin = try await house.actor("lin")
        let made = try await house.kernel.perform(Command(task("contended")), as: lin)
        let id = try #require(made.record?.id)
        let kernel = house.kernel
        for round in 0..<10 {
            let results = await withTaskGroup(of: String.self) { group in
                for index in 0..<8 {
                    group.addTask {
                        let draft = Draft(["note": .text("\(round) \(index)")])
                        do {
                            _ = try await kernel.perform(
                                Command(.update(object: "task", id: id, draft, expecting: round + 1)), as: lin)
                            return "won"
                        } catch let refusal as Rejection {
                            return refusal.code
                        } catch {
                            return "fault"
                        }
                    }
                }
                return await group.reduce(into: [String]()) { $0.append($1) }
            }
            #expect(results.filter { $0 == "won" }.count == 1)
            #expect(results.filter { $0 == "stale_version" }.count == 7)
        }
        #expect(try await house.show("task", id).version == 11)
    }

    // MARK: Bulk and rehearsal

    @Test("An atomic bulk does all or nothing; the other kind does what it can")
    func bulk() async throws {
        let house = try await Self.shared.value
        let lin = try await house.actor("lin")
        let kinds = [task("x1"), .create(object: "task", Draft(["title": .text("x2")])), task("x3")]
        let refusal = try await refused {
            try await house.kernel.perform(Command(.bulk(kinds, atomic: true)), as: lin)
        }
        #expect(refusal.kind == .invalid)
        #expect(refusal.message.zh.contains("2"))
        #expect(try await count(house, "x1") == 0)
        let loose = try await house.kernel.perform(Command(.bulk(kinds, atomic: false)), as: lin)
        #expect(loose.parts.map { (try? $0.get()) != nil } == [true, false, true])
        #expect(try await count(house, "x1") == 1)
        #expect(try await count(house, "x3") == 1)
    }

    @Test("A rehearsal answers like the deed and leaves nothing: no record, no event, no number, no key")
    func dryRun() async throws {
        let house = try await Self.shared.value
        let lin = try await house.actor("lin")
        let company = try await house.customer("Dry", of: "lin")
        let inquiry: Command.Kind = .create(
            object: "inquiry", Draft(["source": .text("other"), "company": .record(company)]))
        let before = try await house.kernel.answer(Vitals(), as: lin).lastSequence
        let rehearsed = try await house.kernel.perform(
            Command(inquiry, idempotencyKey: "dry", dryRun: true), as: lin)
        #expect(rehearsed.record?["no"].text?.hasPrefix("INQ") == true)
        _ = try await house.kernel.perform(Command(.bulk([inquiry, inquiry], atomic: true), dryRun: true), as: lin)
        _ = try await house.kernel.perform(
            Command(.delete(object: "company", id: company, expecting: nil), dryRun: true),
            as: try await house.actor("zong"))
        #expect(try await house.kernel.answer(Vitals(), as: lin).lastSequence == before)
        #expect(try await house.show("company", company)["open_inquiries"].decimal?.isZero != false)
        let real = try await house.kernel.perform(Command(inquiry, idempotencyKey: "dry"), as: lin)
        #expect(real.record?["no"] == rehearsed.record?["no"])
    }
}
