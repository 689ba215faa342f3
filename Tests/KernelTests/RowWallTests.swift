import Access
import Definitions
import Kernel
import Store
import TestEngines
import Testing
import Values

/// Row-level security, of the engine that has it: what a query shows that carries no condition at all.
@Suite(.serialized, .enabled(if: TestPlace.hasRowWalls)) struct RowWallTests {
    private static let world = Task { try await CanaryWorld.build() }

    @Test("Without any condition the tables themselves show each person exactly the rows of their rights")
    func wallAlone() async throws {
        let world = try await Self.world.value
        let model = try await world.house.kernel.answer(CurrentModel(), as: .nobody)
        var compared = 0
        var hidden = 0
        for person in Staff.people {
            let actor = try await world.house.actor(person.login)
            let sight = Sight(ReadContext.evaluation(of: actor, at: world.house.clock.now))
            for object in model.liveObjects where object.parent == nil {
                let bare = try await Self.ids(object, in: world, seeing: sight)
                let all = try await Self.ids(object, in: world, seeing: nil)
                var permitted: Set<[UInt8]> = []
                do {
                    let page = try await world.house.kernel.answer(
                        ListRecords(object: object.id, columns: ["id"], limit: 500), as: actor)
                    permitted = Set(page.rows.map(\.id.bytes))
                    #expect(page.next == nil)
                } catch let refusal as Rejection {
                    #expect(refusal.kind == .missing)
                }
                #expect(
                    bare == permitted,
                    "\(person.login) \(object.id): \(bare.count) behind the wall, \(permitted.count) by right, \(all.count) in all"
                )
                compared += 1
                hidden += all.count - bare.count
            }
        }
        #expect(compared > 1000)
        #expect(hidden > 200)
    }

    @Test("Lines follow their document, and who is nobody sees no row of any object")
    func linesAndNobody() async throws {
        let world = try await Self.world.value
        let model = try await world.house.kernel.answer(CurrentModel(), as: .nobody)
        let lin = try await world.house.actor("lin")
        let sight = Sight(ReadContext.evaluation(of: lin, at: world.house.clock.now))
        let seen = try await world.house.database.read(seeing: sight) { connection in
            try connection.rows(
                "SELECT l.id, q.id FROM o_quotation_line AS l LEFT JOIN o_quotation AS q ON q.id = l.parent")
        }
        let all = try await world.house.database.read { try $0.rows("SELECT id FROM o_quotation_line") }
        #expect(!seen.isEmpty && seen.count < all.count)
        #expect(seen.allSatisfy { !$0[1].isNull })
        let nobody = Sight(ReadContext.evaluation(of: .nobody, at: world.house.clock.now))
        for object in model.liveObjects {
            #expect(try await Self.ids(object, in: world, seeing: nobody).isEmpty, "\(object.id)")
        }
    }

    @Test("A block in a person's name reads no password, session or token, and writes nothing")
    func closedTables() async throws {
        let world = try await Self.world.value
        let zong = try await world.house.actor("zong")
        let sight = Sight(ReadContext.evaluation(of: zong, at: world.house.clock.now))
        for statement: SQLFragment in [
            "SELECT count(*) FROM credential", "SELECT count(*) FROM session", "SELECT count(*) FROM api_token",
            "UPDATE o_company SET version = 9", "DELETE FROM o_company",
        ] {
            await #expect(throws: StoreError.self) {
                try await world.house.database.read(seeing: sight) { _ = try $0.rows(statement) }
            }
        }
    }

    @Test("The wall of one block is not that of the next on the same connection")
    func notLeftBehind() async throws {
        let world = try await Self.world.value
        let company = try #require(
            try await world.house.kernel.answer(CurrentModel(), as: .nobody).object("company"))
        let all = try await Self.ids(company, in: world, seeing: nil).count
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<300 {
                let login = ["lin", "zhao", "zong", nil][index % 4]
                group.addTask {
                    guard let login else {
                        #expect(try await Self.ids(company, in: world, seeing: nil).count == all)
                        return
                    }
                    let actor = try await world.house.actor(login)
                    let sight = Sight(ReadContext.evaluation(of: actor, at: world.house.clock.now))
                    let seen = try await Self.ids(company, in: world, seeing: sight).count
                    #expect(login == "zong" ? seen == all : seen < all)
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("A role that is changed while people work, and a field that its condition reads, move the wall with them")
    func movesWithDefinitions() async throws {
        let house = try await TestHouse.open()
        let ours = try await house.customer("zqours", of: "lin", [:])
        _ = try await house.customer("zqtheirs", of: "zhao", [:])
        let sight = Sight(
            ReadContext.evaluation(of: Self.reader, at: house.clock.now))
        func seen() async throws -> [[UInt8]] {
            try await house.database.read(seeing: sight) { connection in
                try connection.rows("SELECT id FROM o_company").compactMap { $0[0].blob }
            }
        }
        #expect(try await seen().isEmpty)
        func role(_ condition: String) -> DefinitionChange {
            .setRole(
                RoleDraft(
                    id: "x_reader", label: Label(zh: "读者", en: "Reader"),
                    clearance: [], privileges: [],
                    grants: [GrantDraft(object: "company", actions: ["read"], scope: "all", condition: condition)]))
        }
        _ = try await house.define([role("name_en = \"zqours\"")])
        #expect(try await seen() == [ours.bytes])
        _ = try await house.define([
            .addField(object: "company", FieldDraft(id: "x_mark", label: Label(zh: "x", en: "x"), type: "text"))
        ])
        _ = try await house.define([role("x_mark = \"1\"")])
        #expect(try await seen().isEmpty)
        _ = try await house.update("company", ours, Draft(["x_mark": .text("1")]), as: "zong")
        #expect(try await seen() == [ours.bytes])
        // The column of that name is another one now.
        _ = try await house.define([
            .removeRole(id: "x_reader"), .changeType(object: "company", field: "x_mark", type: "decimal(0)"),
        ])
        _ = try await house.define([role("x_mark = 1")])
        #expect(try await seen() == [ours.bytes])
        _ = try await house.define([.removeRole(id: "x_reader")])
        #expect(try await seen().isEmpty)
        await house.end()
    }

    private static let reader = Actor(
        identity: .nobody, login: "reader", name: "Reader", roles: ["x_reader"], department: nil, departments: [],
        region: nil, regions: [], language: .en, timeZone: "UTC", origin: .api, session: nil)

    private static func ids(
        _ object: ObjectDefinition, in world: CanaryWorld, seeing sight: Sight?
    ) async throws -> Set<[UInt8]> {
        try await world.house.database.read(seeing: sight) { connection in
            let rows = try connection.rows(
                "SELECT id FROM \(identifier: object.table) WHERE \(raw: object.parent == nil ? "deleted_at IS NULL" : "TRUE")"
            )
            return Set(rows.compactMap { $0[0].blob })
        }
    }
}
