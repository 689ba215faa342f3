import Definitions
import Expressions
import Store
import Testing
import Values

@Suite("Search")
struct SearchTests {
    private static let companies: [(Int, [String: Value])] = [
        (
            1,
            [
                "name_en": .text("Nordlicht Haushaltswaren GmbH"), "name_zh": .text("北极光家居用品"),
                "code": .text("QT-2611-032"), "phone": .text("+49 (40) 123-456 78"),
                "email": .text("einkauf@nordlicht.de"),
            ]
        ),
        (
            2,
            [
                "name_en": .text("Société Élan"), "name_zh": .text("保温杯贸易"), "code": .text("QT-2611-033"),
                "note": .text("交期紧，客户要求保温杯样品 2026 年 3 月发出"),
            ]
        ),
        (3, ["name_en": .text("Nord"), "name_zh": .text("北方"), "code": .text("A-9")]),
        (4, ["name_zh": .text("甬江重庆银行"), "code": .text("C-4")]),
    ]

    @Test(
        "What people type finds the record",
        arguments: [
            ("保温", [2]), ("交期", [2]), ("极光", [1]), ("杯", [2]), ("北极光家居", [1]), ("温贸", []),
            ("dlicht", [1]), ("NORDLICHT", [1]), ("haushalt gmbh", [1]), ("nord", [1, 3]), ("no", [1, 3]),
            ("2611", [1, 2]), ("QT-2611", [1, 2]), ("qt2611033", [2]), ("T-26", [1, 2]), ("11-033", [2]),
            ("einkauf@nord", [1]), ("licht.de", [1]), ("4940123", [1]), ("12345678", [1]), ("040", []),
            ("societe", [2]), ("elan", [2]), ("ＮＯＲＤ", [1, 3]), ("保温 2026", [2]), ("保温 nord", []),
            ("A-9", [3]), ("beijiguang", [1]), ("bjgjj", [1]), ("bwb", [2]), ("bw", [2]), ("bf", [3]), ("jiqi", []),
            ("yjcqyh", [4]), ("yongjiangchongqing", [4]), ("yjzqyx", [4]),
            ("%", []), ("\"", []), ("nord\" OR \"x", []), ("lichtnord", []),
        ] as [(String, [Int])])
    func finds(words: String, expected: [Int]) async throws {
        let model = try TradeFixture.model()
        try await withEachEngine(model) { database in
            try await database.write { connection in
                let store = RecordStore(connection, model: model)
                for (number, values) in Self.companies {
                    try store.insert(
                        "company", TradeFixture.id(number), values: values, system: TradeFixture.system(number))
                }
                let hits = try SearchIndex(connection).hits(words, limit: 20).map(\.record)
                #expect(Set(hits) == Set(expected.map(TradeFixture.id)))
                let query = RecordQuery(object: "company", context: TradeFixture.context, search: words)
                #expect(Set(try store.select(query).map(\.id)) == Set(expected.map(TradeFixture.id)))
            }
        }
    }

    @Test("An exact name comes before names that begin with it, and those before other hits")
    func ranking() async throws {
        let model = try TradeFixture.model()
        try await withEachEngine(model) { database in
            try await database.write { connection in
                let store = RecordStore(connection, model: model)
                let names = ["Nord", "Nordlicht", "Trade North and Nord", "Nord"]
                for (number, name) in names.enumerated() {
                    try store.insert(
                        "company", TradeFixture.id(number), values: ["name_en": .text(name)],
                        system: TradeFixture.system(number))
                }
                let found = try SearchIndex(connection).hits("nord", limit: 10).map(\.title)
                #expect(found == ["Nord", "Nord", "Nordlicht", "Trade North and Nord"])
            }
        }
    }

    @Test("A changed record is found by its new words only, and a linked record by the name of its target")
    func changes() async throws {
        let model = try TradeFixture.model()
        try await withEachEngine(model) { database in
            try await database.write { connection in
                let store = RecordStore(connection, model: model)
                let company = TradeFixture.id(1)
                try store.insert(
                    "company", company, values: ["name_en": .text("Alpha"), "code": .text("K77")],
                    system: TradeFixture.system())
                try store.update(
                    "company", company, values: ["name_en": .text("Omega")], expecting: 1, at: TradeFixture.at(1),
                    by: nil)
                try store.insert(
                    "quotation", TradeFixture.id(2), values: ["no": .text("Q1"), "company": .record(company)],
                    system: TradeFixture.system(2))
                let index = SearchIndex(connection)
                #expect(try index.hits("alpha", limit: 5).isEmpty)
                #expect(Set(try index.hits("omega", limit: 5).map(\.object)) == ["company", "quotation"])
                #expect(try index.hits("omega", in: ["quotation"], limit: 5).map(\.title) == ["Q1"])
                #expect(try index.hits("k77", limit: 5).map(\.record) == [company])
            }
        }
    }

    @Test("A list looks past the newest thousand hits when filters hide them")
    func narrowRights() async throws {
        let model = try TradeFixture.model()
        try await withEachEngine(model) { database in
            try await database.write { connection in
                let store = RecordStore(connection, model: model)
                for number in 1...1200 {
                    try store.insert(
                        "company", TradeFixture.id(number), values: ["name_en": .text("Common \(number)")],
                        system: TradeFixture.system(0, owner: TradeFixture.id(number <= 3 ? 1 : 2)))
                }
                let mine = try TradeFixture.expression("owner = ME()", on: "company", in: model)
                var context = TradeFixture.context
                context = .init(now: context.now, today: context.today, me: TradeFixture.id(1))
                let query = RecordQuery(object: "company", predicates: [mine], context: context, search: "common")
                #expect(try store.select(query).count == 3)
            }
        }
    }
}
