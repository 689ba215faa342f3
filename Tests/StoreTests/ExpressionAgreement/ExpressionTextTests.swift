import Expressions
import Store
import Testing
import Values

/// The SQL text of both dialects, word by word: a change here is a change of every statement and its plan.
@Suite("The SQL of an expression")
struct ExpressionTextTests {
    struct Golden: Sendable, CustomTestStringConvertible {
        let source: String
        let sql: String

        /// The SQL stands in pieces of a line each.
        init(_ source: String, _ pieces: [String]) {
            self.source = source
            sql = pieces.joined()
        }

        var testDescription: String { source }
    }

    private func text(_ source: String, _ dialect: some Dialect) throws -> String {
        try predicate(source, dialect).text(for: dialect)
    }

    private func predicate(_ source: String, _ dialect: any Dialect) throws -> SQLFragment {
        let expression = try ExpressionChecker(schema: AgreementFixture()).check(source, on: "deal").get()
        let compiler = ExpressionCompiler(
            layout: AgreementFixture(), dialect: dialect, context: ExpressionAgreementTests.context)
        return try compiler.predicate(expression, row: "t")
    }

    @Test("is this in PostgreSQL", arguments: postgres)
    func postgresText(golden: Golden) throws {
        #expect(try text(golden.source, PostgresDialect()) == golden.sql)
    }

    @Test("is this in SQLite", arguments: sqlite)
    func sqliteText(golden: Golden) throws {
        #expect(try text(golden.source, SQLiteDialect()) == golden.sql)
    }

    @Test("A literal is rescaled before it is bound, so that an index on the column serves")
    func rescaledLiteral() throws {
        let expression = try ExpressionChecker(schema: AgreementFixture()).check("total >= 50000", on: "deal").get()
        let compiler = ExpressionCompiler(
            layout: AgreementFixture(), dialect: SQLiteDialect(), context: ExpressionAgreementTests.context)
        let fragment = try compiler.predicate(expression, row: "t")
        #expect(fragment.text(for: SQLiteDialect()) == "(\"t\".\"f_total\" >= ?)")
        #expect(fragment.bindings == [.integer(500_000_000)])
    }

    @Test("A thousand conditions stay flat enough for every engine")
    func manyConditions() async throws {
        let source = (0..<700).map { "qty = \($0)" }.joined(separator: " OR ")
        #expect(try text(source, SQLiteDialect()).hasPrefix("(((((((((((\"t\".\"f_qty\" = ?) OR"))
        try await withEachEngine { database in
            var dice = Dice(seed: 1)
            let probe = try await AgreementProbe(AgreementData(deals: 3, dice: &dice), in: database)
            let predicate = try predicate(source, probe.dialect)
            _ = try await probe.rows("SELECT t.id FROM o_deal AS t WHERE \(predicate)")
        }
    }

    @Test("An aggregate over values of the row around it stays an aggregate over the lines")
    func outerAggregate() async throws {
        try await withEachEngine { database in
            var dice = Dice(seed: 2)
            let probe = try await AgreementProbe(AgreementData(deals: 8, dice: &dice), in: database)
            for source in [
                "MAX(price, parts.flag) > 0", "COUNT(qty, parts.count <> 0) = 1",
                "MIN(IF(FALSE, parts.ready, due)) > due",
            ] {
                let predicate = try predicate(source, probe.dialect)
                #expect(predicate.text(for: probe.dialect).contains("FROM (SELECT"))
                let count = try await probe.rows("SELECT t.id, \(predicate) FROM o_deal AS t").count
                #expect(count == 8, "\(source)")
            }
        }
    }

    @Test("What is nested too deeply for SQLite is refused before it gets there")
    func tooDeep() throws {
        var source = "qty"
        for _ in 0..<15 { source = "ROUND(MAX(\(source), 1) * 1.5, 0)" }
        #expect(throws: CompilationError.tooDeep) { try text(source, SQLiteDialect()) }
    }

    @Test("A function of memory alone has no SQL")
    func memoryOnly() throws {
        let workdays = ExternalFunction(name: "WORKDAYS", parameters: [.day, .day], result: .decimal(scale: 0)) { _ in
            .null
        }
        let checker = ExpressionChecker(schema: AgreementFixture(), functions: [workdays])
        let expression = try checker.check("WORKDAYS(due, start) > 5", on: "deal").get()
        let compiler = ExpressionCompiler(
            layout: AgreementFixture(), dialect: SQLiteDialect(), context: ExpressionAgreementTests.context)
        #expect(throws: CompilationError.memoryOnly) { try compiler.predicate(expression, row: "t") }
    }
}
