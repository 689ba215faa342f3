import Definitions
import Expressions
import Store
import Testing
import Values

@Suite("Records")
struct RecordStoreTests {
    let model: Model

    init() throws { model = try TradeFixture.model() }

    private func insert(_ store: RecordStore, _ number: Int, _ values: [String: Value], owner: Int? = nil) throws {
        try store.insert(
            "company", TradeFixture.id(number), values: values,
            system: TradeFixture.system(number, owner: owner.map(TradeFixture.id)))
    }

    private func query(_ filter: String? = nil, sort: [SortKey] = [], limit: Int = 50) throws -> RecordQuery {
        let predicates = try filter.map { [try TradeFixture.expression($0, on: "company", in: model)] } ?? []
        return RecordQuery(
            object: "company", predicates: predicates, context: TradeFixture.context, sort: sort, limit: limit)
    }

    @Test("Every kind of value comes back as it was stored")
    func roundTrip() async throws {
        try await withEachEngine(model) { [model] database in
            let values: [String: Value] = [
                "name_en": .text("Nördlicht \"GmbH\" 100 %_"), "grade": .text("a"),
                "roles": .list([.text("customer"), .text("supplier")]), "first_order": .day(TradeFixture.start.day),
                "credit": .decimal(ExactDecimal(units: 1_234_500, scale: 4)), "credit.currency": .text("EUR"),
                "credit.rate": .decimal(ExactDecimal(units: 7_812_345, scale: 6)),
                "credit.base": .decimal(ExactDecimal(units: 9_644_340, scale: 4)),
            ]
            try await database.write {
                try RecordStore($0, model: model).insert(
                    "company", TradeFixture.id(1), values: values,
                    system: TradeFixture.system(1, owner: TradeFixture.id(7)))
            }
            let row = try await database.read {
                try RecordStore($0, model: model).find("company", TradeFixture.id(1), context: TradeFixture.context)
            }
            for (key, value) in values { #expect(row?[path: key] == value) }
            #expect(row?.version == 1)
            #expect(row?[path: "owner"] == .record(TradeFixture.id(7)))
            #expect(row?[path: "created_at"] == .instant(TradeFixture.at(1)))
            #expect(row?[path: "name_zh"] == .null)
        }
    }

    @Test("A change decided on an old version is refused and names the current one")
    func staleVersion() async throws {
        try await withEachEngine(model) { [model] database in
            let id = TradeFixture.id(1)
            try await database.write { connection throws in
                let store = RecordStore(connection, model: model)
                try store.insert("company", id, values: ["name_en": .text("A")], system: TradeFixture.system())
                #expect(
                    try store.update(
                        "company", id, values: ["name_en": .text("B")], expecting: 1, at: TradeFixture.at(1), by: nil)
                        == 2)
                #expect(throws: StoreError.stale(current: 2)) {
                    try store.update(
                        "company", id, values: ["name_en": .text("C")], expecting: 1, at: TradeFixture.at(2), by: nil)
                }
                #expect(throws: StoreError.missing) {
                    try store.update(
                        "company", TradeFixture.id(99), values: ["name_en": .text("C")], expecting: 1,
                        at: TradeFixture.at(2), by: nil)
                }
            }
        }
    }

    @Test("A taken unique value names its field; a deleted record gives its value free")
    func uniqueValues() async throws {
        try await withEachEngine(model) { [model] database in
            try await database.write { connection throws in
                let store = RecordStore(connection, model: model)
                try insert(store, 1, ["code": .text("K1")])
                try insert(store, 2, [:])
                try insert(store, 3, [:])
                #expect(throws: StoreError.duplicate(field: "code")) {
                    try connection.savepoint { try insert(store, 4, ["code": .text("K1")]) }
                }
                try store.setDeleted(
                    "company", TradeFixture.id(1), TradeFixture.at(9), expecting: 1, at: TradeFixture.at(9), by: nil)
                try insert(store, 5, ["code": .text("K1")])
                #expect(throws: StoreError.duplicate(field: "code")) {
                    try connection.savepoint {
                        try store.setDeleted(
                            "company", TradeFixture.id(1), nil, expecting: nil, at: TradeFixture.at(10), by: nil)
                    }
                }
            }
        }
    }

    @Test("Deleted records are out of lists and search until they are restored")
    func recycleBin() async throws {
        try await withEachEngine(model) { [model] database in
            try await database.write { connection throws in
                let store = RecordStore(connection, model: model)
                let id = TradeFixture.id(1)
                try insert(store, 1, ["name_en": .text("Nordlicht")])
                try store.setDeleted("company", id, TradeFixture.at(5), expecting: 1, at: TradeFixture.at(5), by: nil)
                #expect(try store.select(query()).isEmpty)
                #expect(try SearchIndex(connection).hits("nordlicht", limit: 5).isEmpty)
                var bin = try query()
                bin.deleted = .deleted
                #expect(try store.select(bin).map(\.id) == [id])
                try store.setDeleted("company", id, nil, expecting: 2, at: TradeFixture.at(6), by: nil)
                #expect(try store.select(query()).map(\.id) == [id])
                #expect(try SearchIndex(connection).hits("nordlicht", limit: 5).map(\.record) == [id])
            }
        }
    }

    @Test("Filters, sorting and paths over links run in the database")
    func filtersAndPaths() async throws {
        try await withEachEngine(model) { [model] database in
            try await database.write { connection throws in
                let store = RecordStore(connection, model: model)
                try insert(store, 1, ["name_en": .text("Alpha"), "grade": .text("a")])
                try insert(store, 2, ["name_en": .text("Beta"), "grade": .text("b")])
                for (number, company) in [(11, 1), (12, 2), (13, 1)] {
                    let values: [String: Value] = [
                        "no": .text("Q\(number)"), "company": .record(TradeFixture.id(company)),
                        "status": .text("draft"),
                    ]
                    try store.insert(
                        "quotation", TradeFixture.id(number), values: values, system: TradeFixture.system(number))
                }
                let filter = try TradeFixture.expression(#"company.grade = "a""#, on: "quotation", in: model)
                let found = try store.select(
                    RecordQuery(
                        object: "quotation", predicates: [filter], context: TradeFixture.context,
                        fields: [FieldPath(text: "no"), FieldPath(text: "company.name_en")],
                        sort: [SortKey(path: "company.name_en", descending: false)]))
                #expect(found.map { $0[path: "company.name_en"] } == [.text("Alpha"), .text("Alpha")])
                #expect(Set(found.map { $0[path: "no"] }) == [.text("Q11"), .text("Q13")])
            }
        }
    }

    @Test("Alternatives are one right or the other; predicates are all")
    func alternatives() async throws {
        try await withEachEngine(model) { [model] database in
            try await database.write { connection throws in
                let store = RecordStore(connection, model: model)
                for number in 1...6 {
                    try insert(store, number, ["grade": .text(number % 2 == 0 ? "a" : "b")], owner: number)
                }
                var list = try query(#"grade = "a""#)
                list.alternatives = [
                    try TradeFixture.expression("owner = ME()", on: "company", in: model),
                    try TradeFixture.expression(#"version = 1 AND code = "none""#, on: "company", in: model),
                ]
                list.context = EvaluationContext(
                    now: TradeFixture.start, today: TradeFixture.start.day, me: TradeFixture.id(4))
                #expect(try store.select(list).map(\.id) == [TradeFixture.id(4)])
                #expect(try store.count(list, cap: 10).count == 1)
            }
        }
    }

    @Test(
        "Pages of a list follow each other without gap or repetition, over nulls and equal values",
        arguments: [
            [SortKey(path: "grade", descending: false)], [SortKey(path: "grade", descending: true)],
            [SortKey(path: "grade", descending: true), SortKey(path: "first_order", descending: false)],
            [SortKey(path: "first_order", descending: false), SortKey(path: "name_en", descending: true)],
            [SortKey(path: "updated_at", descending: true)], [],
        ])
    func keysetPaging(sort: [SortKey]) async throws {
        try await withEachEngine(model) { [model] database in
            try await database.write { connection throws in
                let store = RecordStore(connection, model: model)
                for number in 1...47 {
                    var values: [String: Value] = ["name_en": .text("N\(number % 5)")]
                    if number % 3 != 0 { values["grade"] = .text(number % 2 == 0 ? "a" : "b") }
                    if number % 4 != 0 { values["first_order"] = .day(Day(number: number % 3)) }
                    try store.insert(
                        "company", TradeFixture.id(number), values: values, system: TradeFixture.system(number / 10))
                }
                let whole = try store.select(query(sort: sort, limit: 100)).map(\.id)
                var paged: [RecordID] = []
                var page = try query(sort: sort, limit: 7)
                while true {
                    let rows = try store.select(page)
                    paged += rows.map(\.id)
                    guard rows.count == 7, let last = rows.last else { break }
                    page.after = try store.cursor(after: last, for: page)
                }
                #expect(whole.count == 47)
                #expect(paged == whole)
            }
        }
    }

    @Test("A count stops at its cap and says so")
    func cappedCount() async throws {
        try await withEachEngine(model) { [model] database in
            try await database.write { connection throws in
                let store = RecordStore(connection, model: model)
                for number in 1...30 { try insert(store, number, [:]) }
                let capped = try store.count(query(), cap: 20)
                #expect(capped.count == 20 && capped.isCapped)
                let exact = try store.count(query(), cap: 30)
                #expect(exact.count == 30 && !exact.isCapped)
            }
        }
    }

    @Test("Replacing lines tells what was added, changed and removed, and keeps the order")
    func lines() async throws {
        try await withEachEngine(model) { [model] database in
            try await database.write { connection throws in
                let store = RecordStore(connection, model: model)
                let parent = TradeFixture.id(1)
                try store.insert("quotation", parent, values: ["no": .text("Q1")], system: TradeFixture.system())
                func line(_ number: Int, _ item: String) -> (id: RecordID, values: [String: Value]) {
                    (TradeFixture.id(number), ["item": .text(item)])
                }
                let first = try store.replaceChildren(
                    of: parent, in: "quotation_line", with: [line(11, "cup"), line(12, "bottle"), line(13, "lid")],
                    at: TradeFixture.at(1), by: nil)
                #expect(first.created.count == 3)
                let second = try store.replaceChildren(
                    of: parent, in: "quotation_line", with: [line(13, "lid"), line(11, "mug"), line(14, "box")],
                    at: TradeFixture.at(2), by: nil)
                #expect(second.created.map(\.id) == [TradeFixture.id(14)])
                #expect(Set(second.updated.map(\.after.id)) == [TradeFixture.id(11), TradeFixture.id(13)])
                #expect(second.removed.map(\.id) == [TradeFixture.id(12)])
                let items = try store.children(of: [parent], in: "quotation_line")[parent]?.map { $0[path: "item"] }
                #expect(items == [.text("lid"), .text("mug"), .text("box")])
                let third = try store.replaceChildren(
                    of: parent, in: "quotation_line", with: [line(13, "lid"), line(11, "mug"), line(14, "box")],
                    at: TradeFixture.at(3), by: nil)
                #expect(third.isEmpty)
                #expect(throws: StoreError.missing) {
                    try connection.savepoint {
                        try store.replaceChildren(
                            of: TradeFixture.id(2), in: "quotation_line", with: [line(13, "theft")],
                            at: TradeFixture.at(4), by: nil)
                    }
                }
            }
        }
    }

    @Test("Links keep their order and come for many records at once")
    func links() async throws {
        try await withEachEngine(model) { [model] database in
            try await database.write { connection throws in
                let store = RecordStore(connection, model: model)
                let ids = (1...3).map(TradeFixture.id)
                for number in 1...3 { try insert(store, number, [:]) }
                try store.setLinks("company", "friends", of: ids[0], to: [ids[2], ids[1], ids[2]])
                try store.setLinks("company", "friends", of: ids[1], to: [ids[0]])
                #expect(
                    try store.links("company", "friends", of: ids) == [ids[0]: [ids[2], ids[1]], ids[1]: [ids[0]]])
            }
        }
    }

    @Test("A record is named by its first title field that is filled, over a link if need be")
    func titles() async throws {
        try await withEachEngine(model) { [model] database in
            try await database.write { connection throws in
                let store = RecordStore(connection, model: model)
                try insert(store, 1, ["name_zh": .text("北极光")])
                try store.insert(
                    "quotation", TradeFixture.id(2), values: ["company": .record(TradeFixture.id(1))],
                    system: TradeFixture.system())
                try store.insert(
                    "quotation", TradeFixture.id(3), values: ["no": .text("Q3")], system: TradeFixture.system())
                let titles = try store.titles("quotation", [TradeFixture.id(2), TradeFixture.id(3)])
                #expect(titles == [TradeFixture.id(2): "北极光", TradeFixture.id(3): "Q3"])
            }
        }
    }

    @Test("A value that does not fit its field is refused before it is written")
    func unfit() async throws {
        try await withEachEngine(model) { [model] database in
            try await database.write { connection throws in
                let store = RecordStore(connection, model: model)
                #expect(throws: StoreError.unfit(field: "credit")) {
                    try insert(store, 1, ["credit": .decimal(ExactDecimal(units: 1, scale: 5))])
                }
                #expect(throws: StoreError.unfit(field: "grade")) { try insert(store, 1, ["grade": .bool(true)]) }
                #expect(try store.count(query(), cap: 5).count == 0)
            }
        }
    }

    @Test("The statement count of the usual operations is bounded")
    func statementCounts() async throws {
        try await withEachEngine(model) { [model] database in
            try await database.write { connection throws in
                let store = RecordStore(connection, model: model)
                func statements(_ body: () throws -> Void) rethrows -> Int {
                    let before = connection.statementCount
                    try body()
                    return connection.statementCount - before
                }
                #expect(
                    try statements { try insert(store, 1, ["name_en": .text("A"), "website": .text("a.de")]) } <= 6)
                #expect(try statements { _ = try store.select(query(sort: [])) } == 1)
                #expect(try statements { _ = try store.count(query(), cap: 1000) } == 1)
                let update: [String: Value] = ["grade": .text("a")]
                #expect(
                    try statements {
                        try store.update(
                            "company", TradeFixture.id(1), values: update, expecting: 1, at: TradeFixture.at(1), by: nil
                        )
                    } <= 4)
                let ids = (1...400).map(TradeFixture.id)
                #expect(try statements { _ = try store.children(of: ids, in: "quotation_line") } == 1)
                #expect(try statements { _ = try store.titles("company", ids) } == 1)
            }
        }
    }
}
