import Definitions
import Expressions
import Store
import Testing
import Values

@Suite("Rights as branches")
struct BranchTests {
    @Test("A list and a count under rights in branches hold exactly the rows that memory lets pass, in order")
    func agreesWithMemory() async throws {
        let model = try TradeFixture.model()
        let rights = try [
            "owner = ME() OR department IN MYDEPARTMENTS()",
            #"owner = ME() AND grade = "a" OR department IN MYDEPARTMENTS() AND grade <> "a""#,
            "owner = ME() OR region IN MYREGIONS() OR created_by = ME()",
            #"owner = ME() OR name_en = "N3""#,
            #"HASROLE("clerk") AND grade = "b" OR owner = ME()"#,
            #"HASROLE("boss") AND grade = "b" OR owner = ME() AND (region IN MYREGIONS() OR grade = "a")"#,
            #"HASROLE("clerk") OR owner = ME()"#,
            #"HASROLE("boss") AND owner = ME()"#,
            "(owner = ME() OR department IN MYDEPARTMENTS()) AND (region IN MYREGIONS() OR NOT(ISBLANK(grade)))",
        ].map { try TradeFixture.expression($0, on: "company", in: model) }
        let filter = try TradeFixture.expression(#"grade = "a" OR ISBLANK(grade)"#, on: "company", in: model)
        let sorts = [[], [SortKey(path: "name_en", descending: false)], [SortKey(path: "grade", descending: true)]]
        try await withEachEngine(model) { database in
            try await database.write { connection throws in
                let store = RecordStore(connection, model: model)
                for number in 0..<240 {
                    var values: [String: Value] = ["name_en": .text("N\(number % 7)")]
                    if number % 3 != 0 { values["grade"] = .text(number % 2 == 0 ? "a" : "b") }
                    let system = SystemValues(
                        at: TradeFixture.at(number / 5), by: TradeFixture.id(number % 11),
                        owner: TradeFixture.id(number % 6),
                        department: number % 4 == 0 ? nil : TradeFixture.id(number % 5),
                        region: TradeFixture.id(number % 8))
                    try store.insert("company", TradeFixture.id(1000 + number), values: values, system: system)
                }
                let context = EvaluationContext(
                    now: TradeFixture.start, today: TradeFixture.start.day, me: TradeFixture.id(2),
                    departments: [TradeFixture.id(1), TradeFixture.id(3)], regions: [TradeFixture.id(4)],
                    roles: ["clerk"])
                for right in rights {
                    for sort in sorts {
                        var all = RecordQuery(object: "company", context: context, sort: sort, limit: 500)
                        let expected = try store.select(all).filter { row in
                            right.matches(RowSource(row: row), context) && filter.matches(RowSource(row: row), context)
                        }.map(\.id)
                        all.predicates = [filter, right]
                        #expect(try store.count(all, cap: 500).count == expected.count)
                        all.limit = 9
                        var paged: [RecordID] = []
                        while true {
                            let rows = try store.select(all)
                            paged += rows.map(\.id)
                            guard rows.count == 9, let last = rows.last else { break }
                            all.after = try store.cursor(after: last, for: all)
                        }
                        #expect(paged == expected, "\(right.source) by \(sort)")
                    }
                }
            }
        }
    }
}

/// A stored row for the evaluator.
private struct RowSource: FieldSource {
    let row: RecordRow
    func value(at path: FieldPath) -> Value { row[path: path.description] }
    func lines(at path: FieldPath) -> [any FieldSource] { [] }
}
