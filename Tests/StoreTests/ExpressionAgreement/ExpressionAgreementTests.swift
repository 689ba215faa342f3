import Expressions
import Store
import Testing
import Values

/// Memory and SQL must agree on every row; this is what lets the product check a rule in one place and list in another.
@Suite("Expressions in memory and in the database")
struct ExpressionAgreementTests {
    static let context = EvaluationContext(
        now: Instant(milliseconds: 1_795_310_000_123), today: Day(number: 20_779), me: RecordID(high: 7, low: 1),
        departments: [RecordID(high: 7, low: 1), RecordID(high: 7, low: 2)], regions: [], roles: ["sales"])

    struct Case {
        let expression: TypedExpression
        let column: SQLFragment
    }

    @Test(
        "20,000 random expressions give the same value in memory and in each engine on hostile rows", arguments: 0..<8)
    func valuesAgree(round: Int) async throws {
        try await withEachEngine { try await Self.valuesAgree(round: round, in: $0) }
    }

    private static func valuesAgree(round: Int, in database: any Store.Database) async throws {
        var writer = RandomExpressions(seed: 0xBA70 &+ UInt64(round))
        let data = AgreementData(deals: 20, dice: &writer.dice)
        let probe = try await AgreementProbe(data, in: database)
        var compared = 0
        var tooDeep = 0
        var differences: [String] = []
        while compared < 2_600, differences.count < 3 {
            var cases: [Case] = []
            while cases.count < 50 {
                guard let next = try Self.next(&writer, &tooDeep, probe.dialect) else { continue }
                cases.append(next)
            }
            differences += try await Self.differences(cases, data, probe)
            compared += cases.count
        }
        #expect(differences.isEmpty, "\(differences.joined(separator: "\n\n"))")
        #expect(tooDeep * 20 < compared, "too many expressions are too deep: \(tooDeep) of \(compared)")
    }

    @Test("A filter selects exactly the rows that match in memory")
    func filtersAgree() async throws {
        try await withEachEngine { database in
            var writer = RandomExpressions(seed: 4711)
            let data = AgreementData(deals: 40, dice: &writer.dice)
            let probe = try await AgreementProbe(data, in: database)
            var tooDeep = 0
            var compared = 0
            while compared < 500 {
                guard let next = try Self.next(&writer, &tooDeep, probe.dialect, kind: .bool) else { continue }
                compared += 1
                let found = try await probe.rows("SELECT t.id FROM o_deal AS t WHERE \(next.column) ORDER BY t.id")
                let expected = data.deals.filter { next.expression.matches($0, Self.context) }
                #expect(found.map { $0[0] } == expected.map { .blob($0.id.bytes) }, "\(next.expression.source)")
            }
        }
    }

    @Test("Every hostile text compares, joins and is found alike")
    func textsAgree() async throws {
        try await withEachEngine { try await Self.textsAgree(in: $0) }
    }

    private static func textsAgree(in database: any Store.Database) async throws {
        var dice = Dice(seed: 99)
        let data = AgreementData(deals: 120, dice: &dice)
        let probe = try await AgreementProbe(data, in: database)
        for text in HostileValues.texts {
            let literal =
                "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
            let sources = [
                "name = \(literal)", "name < \(literal)", "name IN (note, \(literal))", "CONTAINS(name, \(literal))",
                "STARTSWITH(name, \(literal))", "ENDSWITH(name, \(literal))", "MIN(name, \(literal))",
                "\(literal) & name",
                "UPPER(\(literal)) = UPPER(name)", "LEN(name & \(literal))", "HAS(tags, \(literal))",
                "TRIM(\(literal) & note)",
                "RIGHT(name & \(literal), 2)", "MAX(parts.label, parts.label < \(literal))",
            ]
            let cases = try sources.map { try Self.compiled($0, probe.dialect) }
            let differences = try await Self.differences(cases, data, probe)
            #expect(differences.isEmpty, "\(differences.joined(separator: "\n\n"))")
        }
    }

    @Test(
        "Numbers at the edge of what an engine counts agree",
        arguments: [
            "LEFT(name, 4294967298)", "RIGHT(name, 4294967298)", "MID(name, 2, 4294967298)",
            "MID(name, -4294967295, 1)",
            "LEFT(name, qty)", "RIGHT(name, qty)", "MID(name, qty, 2)", "MID(name, 1, qty)", "-qty", "ABS(qty)",
            "qty + 1 - 1",
            "qty * 0", "qty * -1", "(qty + qty) - qty", "DIVIDE(qty, -1, 0)", "DIVIDE(qty, price, 0)",
            "ROUND(qty / price, 2)",
            "FLOOR(price)", "CEILING(total)", "ROUND(price, 3)", "TEXT(price)", "TEXT(qty, 2)", "SUM(parts.count)",
            "AVG(parts.count)",
            "SUM(parts.count + parts.count)", "qty > 0.5", "qty = price", "ISBLANK(qty * qty)",
            "COALESCE(qty * qty, -1)",
            "MIN(qty * qty, 5)", "IF(qty * qty > 0, 1, 2)", "ADDDAYS(due, qty)", "ADDMONTHS(due, qty)",
            "ADDMONTHS(due, 0)",
            "(0.000000000001 / qty) * (0.000000000001 / qty) * (0.000000000001 / qty) * (0.000000000001 / qty) * (0.000000000001 / qty)",
            "(qty / 0.001) * (qty / 0.001) * (qty / 0.001) * (qty / 0.001) * (qty / 0.001) * (qty / 0.001)", "DAY(at)",
            "qty / 0",
        ])
    func edgesAgree(source: String) async throws {
        try await withEachEngine { database in
            var dice = Dice(seed: 5)
            let data = AgreementData(deals: 120, dice: &dice)
            let probe = try await AgreementProbe(data, in: database)
            let differences = try await Self.differences([try Self.compiled(source, probe.dialect)], data, probe)
            #expect(differences.isEmpty, "\(differences.joined(separator: "\n\n"))")
        }
    }

    private static func compiled(_ source: String, _ dialect: any Dialect) throws -> Case {
        let expression = try ExpressionChecker(schema: AgreementFixture()).check(source, on: "deal").get()
        let compiler = ExpressionCompiler(layout: AgreementFixture(), dialect: dialect, context: context)
        return Case(expression: expression, column: try compiler.scalar(expression, row: "t"))
    }

    /// The next random expression that passes the checker and fits the engine.
    private static func next(
        _ writer: inout RandomExpressions, _ tooDeep: inout Int, _ dialect: any Dialect,
        kind: RandomExpressions.Kind? = nil
    ) throws -> Case? {
        let depth = 2 + writer.dice.below(4)
        let source = writer.expression(kind ?? writer.dice.pick(RandomExpressions.Kind.allCases), depth: depth)
        let checker = ExpressionChecker(schema: AgreementFixture())
        guard case .success(let expression) = checker.check(source, on: "deal") else { return nil }
        let compiler = ExpressionCompiler(layout: AgreementFixture(), dialect: dialect, context: context)
        let column: SQLFragment
        do {
            column = try compiler.scalar(expression, row: "t")
        } catch {
            guard error == .tooDeep else { throw error }
            tooDeep += 1
            return nil
        }
        return Case(expression: expression, column: column)
    }

    private static func differences(
        _ cases: [Case], _ data: AgreementData, _ probe: AgreementProbe
    ) async throws -> [String] {
        let columns = cases.map(\.column).joined(separator: ", ")
        let rows = try await probe.rows("SELECT \(columns) FROM o_deal AS t ORDER BY t.id")
        guard rows.count == data.deals.count else {
            return ["\(rows.count) rows:\n" + cases.map(\.expression.source).joined(separator: "\n")]
        }
        var differences: [String] = []
        for (deal, row) in zip(data.deals, rows) {
            for (item, found) in zip(cases, row) {
                let expected = AgreementProbe.stored(item.expression.filterValue(deal, context))
                if !isSame(expected, found) {
                    differences.append(report(item, deal, expected: expected, found: found, probe.dialect))
                }
            }
        }
        return differences
    }

    private static func isSame(_ a: SQLValue, _ b: SQLValue) -> Bool {
        if case .text(let x) = a, case .text(let y) = b { return x.utf8.elementsEqual(y.utf8) }
        return a == b
    }

    private static func report(
        _ item: Case, _ deal: FixtureRow, expected: SQLValue, found: SQLValue, _ dialect: any Dialect
    ) -> String {
        let inputs = item.expression.fieldPaths.map { "\($0) = \(deal.value(at: $0))" }.sorted().joined(separator: ", ")
        let lines = deal.parts.map { "\($0.values)\($0.isDeleted ? " deleted" : "")" }.joined(separator: "\n  ")
        return """
            \(item.expression.source)
            memory \(expected), database \(found)
            \(inputs)
              \(lines)
            \(item.column.text(for: dialect))
            """
    }
}
