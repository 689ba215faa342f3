import Definitions
import Store
import Testing
import Values

@Suite("Migration of pack tables")
struct MigrationTests {
    private func applied(_ model: Model, on database: any Store.Database) async throws -> MigrationReport {
        try await database.write { try MigrationPlan.plan(on: $0, to: model).apply(on: $0) }
    }

    @Test("The same model needs nothing, also when it is built anew")
    func nothingToDo() async throws {
        let model = try TradeFixture.model()
        try await withEachEngine(model) { database in
            let plan = try await database.read {
                try MigrationPlan.plan(on: $0, to: try TradeFixture.model(version: 2))
            }
            #expect(plan.isEmpty)
            #expect(MigrationPlan(from: model, to: model).isEmpty)
            #expect(!MigrationPlan(from: nil, to: model).texts.isEmpty)
        }
    }

    @Test("A new field is added with records in place and can be used at once")
    func addField() async throws {
        let old = try TradeFixture.model()
        let colour = "  - {id: colour, label: {zh: 颜色, en: Colour}, type: text}"
        let new = try TradeFixture.model(version: 2, company: TradeFixture.company(extra: colour))
        try await withEachEngine(old) { database in
            let id = TradeFixture.id(1)
            try await database.write {
                try RecordStore($0, model: old).insert(
                    "company", id, values: ["name_en": .text("A")], system: TradeFixture.system())
            }
            let plan = try await database.read { try MigrationPlan.plan(on: $0, to: new) }
            #expect(plan.texts == [Label(zh: "公司：增加列 colour", en: "Company: add the column colour")])
            _ = try await applied(new, on: database)
            try await database.write { connection in
                let store = RecordStore(connection, model: new)
                try store.update(
                    "company", id, values: ["colour": .text("red")], expecting: 1, at: TradeFixture.at(1), by: nil)
                let row = try store.find("company", id, context: TradeFixture.context)
                #expect(row?[path: "colour"] == .text("red"))
                #expect(row?[path: "name_en"] == .text("A"))
            }
        }
    }

    @Test("A retired field keeps its values and is back when it is restored")
    func retireAndRestore() async throws {
        let live = "  - {id: colour, label: {zh: 颜色, en: Colour}, type: text}"
        let gone = "  - {id: colour, label: {zh: 颜色, en: Colour}, type: text, retired: true}"
        let first = try TradeFixture.model(company: TradeFixture.company(extra: live))
        let retired = try TradeFixture.model(version: 2, company: TradeFixture.company(extra: gone))
        try await withEachEngine(first) { database in
            let id = TradeFixture.id(1)
            try await database.write {
                try RecordStore($0, model: first).insert(
                    "company", id, values: ["colour": .text("red")], system: TradeFixture.system())
            }
            _ = try await applied(retired, on: database)
            let hidden = try await database.read {
                try RecordStore($0, model: retired).find("company", id, context: TradeFixture.context)
            }
            #expect(hidden?.has("colour") == false)
            _ = try await applied(first, on: database)
            let back = try await database.read {
                try RecordStore($0, model: first).find("company", id, context: TradeFixture.context)
            }
            #expect(back?[path: "colour"] == .text("red"))
        }
    }

    @Test("A changed type converts what fits, reports the rest and loses nothing")
    func changeType() async throws {
        let old = try TradeFixture.model()
        let new = try TradeFixture.model(version: 2, company: TradeFixture.company(score: "decimal(2)"))
        try await withEachEngine(old) { database in
            try await database.write { connection in
                for (number, score) in ["12.5", " 7 ", "many", "0.123"].enumerated() {
                    try RecordStore(connection, model: old).insert(
                        "company", TradeFixture.id(number), values: ["score": .text(score)],
                        system: TradeFixture.system())
                }
            }
            let report = try await applied(new, on: database)
            #expect(report.converted == 2)
            #expect(report.unconverted.map(\.value) == ["many", "0.123"])
            let scores = try await database.read { connection in
                try (0..<4).map {
                    try RecordStore(connection, model: new).find(
                        "company", TradeFixture.id($0), context: TradeFixture.context)?[path: "score"]
                }
            }
            #expect(scores[0] == .decimal(ExactDecimal(units: 1250, scale: 2)))
            #expect(scores[1] == .decimal(ExactDecimal(7)))
            #expect(scores[2] == .null)

            // Back again: every text is the one of the number, the old column is still kept.
            _ = try await applied(old, on: database)
            let back = try await database.read {
                try RecordStore($0, model: old).find("company", TradeFixture.id(0), context: TradeFixture.context)
            }
            #expect(back?[path: "score"] == .text("12.5"))
            let kept = try await database.read { try $0.rows("SELECT f_score__was1 FROM o_company ORDER BY id") }
            #expect(kept.map { $0[0] } == [.text("12.5"), .text(" 7 "), .text("many"), .text("0.123")])
            #expect(try await applied(old, on: database).converted == 0)
        }
    }

    @Test("A field becomes unique only when no value stands twice; otherwise nothing of the plan is applied")
    func becomesUnique() async throws {
        let old = try TradeFixture.model()
        let new = try TradeFixture.model(version: 2, company: TradeFixture.company(unique: ", unique: true"))
        try await withEachEngine(old) { database in
            try await database.write { connection in
                for number in 1...2 {
                    try RecordStore(connection, model: old).insert(
                        "company", TradeFixture.id(number), values: ["tax_id": .text("T")],
                        system: TradeFixture.system())
                }
            }
            await #expect(throws: StoreError.self) { _ = try await applied(new, on: database) }
            try await database.write { connection in
                _ = try RecordStore(connection, model: old).update(
                    "company", TradeFixture.id(2), values: ["tax_id": .text("U")], expecting: 1,
                    at: TradeFixture.at(1), by: nil)
            }
            _ = try await applied(new, on: database)
            await #expect(throws: StoreError.duplicate(field: "tax_id")) {
                try await database.write {
                    try RecordStore($0, model: new).insert(
                        "company", TradeFixture.id(3), values: ["tax_id": .text("T")], system: TradeFixture.system())
                }
            }
        }
    }

    @Test("What search is made of can change; existing records are found by the new fields")
    func searchFields() async throws {
        let old = try TradeFixture.model()
        let changed = TradeFixture.company().replacing("search: [name_en,", with: "search: [tax_id, name_en,")
        let new = try TradeFixture.model(version: 2, company: changed)
        try await withEachEngine(old) { database in
            try await database.write {
                try RecordStore($0, model: old).insert(
                    "company", TradeFixture.id(1), values: ["name_en": .text("A"), "tax_id": .text("DE81234")],
                    system: TradeFixture.system())
                #expect(try SearchIndex($0).hits("81234", limit: 5).isEmpty)
            }
            _ = try await applied(new, on: database)
            let found = try await database.read { try SearchIndex($0).hits("81234", limit: 5).map(\.record) }
            #expect(found == [TradeFixture.id(1)])
        }
    }
}
