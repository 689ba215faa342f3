import Definitions
import Kernel
import Store
import Testing
import Values

/// What people see of the relay, and the versions that records run by.
@Suite("The relay as people see it") struct RelayPageTests {
    @Test("The board shows each order its legs: done, in whose hands, still to come; only orders in sight")
    func board() async throws {
        let relay = try await RelayHouse.open()
        let order = try await relay.order()
        try await relay.act("pass_review", order, as: "mei")
        let sheet = try await relay.board(as: "cai")
        let row = try #require(sheet.rows.first { $0.record == order })
        #expect(row.cells.count == sheet.columns.count)
        guard case .done(_, let wasLate) = row.cells[0].state, case .now(let now) = row.cells[1].state,
            case .ahead = row.cells[2].state
        else {
            Issue.record("the first leg is done, the second is run, the third is ahead")
            return
        }
        #expect(!wasLate)
        #expect(now.isMine && now.isOffered && now.holder?.id == Staff.id("cai"))
        #expect(try await relay.board(.mine, as: "cai").rows.map(\.record) == [order])
        #expect(try await relay.board(.mine, as: "mei").rows.isEmpty)
        #expect(try await relay.board(.followed, as: "lin").rows.map(\.record) == [order])
        #expect(try await relay.board(as: "zhao").rows.isEmpty)
        #expect(sheet.columns.map(\.count).reduce(0, +) == sheet.total)
        let mine = try await relay.house.kernel.answer(MyLegs(), as: try await relay.house.actor("cai"))
        #expect(mine.map(\.record) == [order])
        #expect(mine.first?.giver?.name == "MEI")
        await relay.house.end()
    }

    @Test("A board that does not hold all of them tells how many run all the same")
    func cut() async throws {
        let relay = try await RelayHouse.open()
        for _ in 1...3 { _ = try await relay.order() }
        let sheet = try await relay.house.kernel.answer(
            RelayBoard(process: "inquiry_to_cash", object: "order", limit: 2), as: try await relay.house.actor("lin"))
        #expect(sheet.rows.count == 2 && sheet.isCut && sheet.total == 3)
        await relay.house.end()
    }

    @Test("One order tells its way on, what is to be handed over, who answers for what, and where it came from")
    func standing() async throws {
        let relay = try await RelayHouse.open()
        let order = try await relay.order()
        let standing = try await relay.standing(order, as: "mei")
        #expect(standing.leg?.id == "contract_review")
        #expect(standing.capacity == ["holder"])
        let exit = try #require(standing.exits.first { $0.action == "pass_review" })
        #expect(exit.isPrimary && exit.obstacle == nil && exit.nextLeg?.en == "Deposit")
        #expect(exit.nextHolder?.id == Staff.id("cai"))
        #expect(standing.raci.map(\.letter) == ["R", "A", "C", "I"])
        #expect(standing.raci[0].names.map(\.zh) == ["LIN", "MEI"])
        #expect(standing.limit?.zh == "1 个工作日")
        #expect(standing.runs.contains { $0.object == "quotation" } == false)
        let owner = try await relay.standing(order, as: "lin")
        #expect(Set(owner.runs.map(\.object)) == ["quotation", "pi", "order"])
        let blind = try await refused { try await relay.standing(order, as: "zhao") }
        #expect(blind.kind == .missing)
        try await relay.perform(
            .tick(leg: try await relay.current(order).id, deliverable: "checklist", done: true), as: "mei")
        let ticked = try await relay.standing(order, as: "mei")
        #expect(ticked.deliverables.first { $0.id == "checklist" }?.isDone == true)
        let computed = try await refused {
            try await relay.perform(
                .tick(leg: try await relay.current(order).id, deliverable: "lines", done: false), as: "mei")
        }
        #expect(computed.code == "unknown_deliverable")
        await relay.house.end()
    }

    @Test("A running order keeps the process it set out with; a migration moves all or nothing and tells beforehand")
    func versions() async throws {
        let relay = try await RelayHouse.open()
        let order = try await relay.order()
        let first = try await relay.current(order)
        let files = try Packs.files(changing: "processes/inquiry_to_cash.yaml") { text in
            text.replacing("  - id: contract_review\n", with: "  - id: review\n")
                .replacing("{zh: 评审, en: Review}", with: "{zh: 合同评审, en: Contract review}")
        }
        await relay.house.close()
        let newer = try await TestHouse.open(
            folder: relay.house.folder, packs: files.map { Pack.read(files: $0.texts, directory: $0.folder) },
            digest: "newer", migrate: true, idSeed: 9)
        let mei = try await newer.actor("mei")
        let standing = try await newer.kernel.answer(RelayOf(object: "order", record: order), as: mei)
        #expect(standing.leg?.id == "contract_review")
        let ada = try await newer.actor("ada")
        func migrate(_ legs: [String: String], dryRun: Bool = false) async throws -> Outcome {
            try await newer.kernel.perform(
                Command(.relay(.migrate(process: "inquiry_to_cash", legs: legs)), dryRun: dryRun), as: ada)
        }
        let unmapped = try await refused { try await migrate([:]) }
        #expect(unmapped.code == "legs_unmapped" && unmapped.problems.map(\.field) == ["contract_review"])
        let rights = try await refused {
            try await newer.kernel.perform(
                Command(.relay(.migrate(process: "inquiry_to_cash", legs: [:]))), as: mei)
        }
        #expect(rights.kind == .forbidden)
        _ = try await migrate(["contract_review": "review"], dryRun: true)
        #expect(try await newer.database.read { try Legs($0).current(of: order)?.leg } == "contract_review")
        _ = try await migrate(["contract_review": "review"])
        let moved = try #require(try await newer.database.read { try Legs($0).current(of: order) })
        #expect(moved.leg == "review" && moved.version != first.version)
        #expect(moved.dueAt == first.dueAt && moved.holder == first.holder && moved.clock == first.clock)
        _ = try await newer.kernel.perform(
            Command(.act(object: "order", id: order, action: "pass_review", Draft(), expecting: nil)), as: mei)
        #expect(try await newer.database.read { try Legs($0).current(of: order)?.leg } == "deposit")
        await newer.end()
    }
}
