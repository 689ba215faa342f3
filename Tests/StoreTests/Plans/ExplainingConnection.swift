import Store

/// Passes everything on and keeps the engine's plan of every question.
final class ExplainingConnection: Connection {
    private let inner: any Connection
    /// A line for each step of each plan.
    private(set) var plans: [String] = []

    init(_ inner: any Connection) { self.inner = inner }

    var dialect: any Dialect { inner.dialect }
    var statementCount: Int { inner.statementCount }
    var fullText: any FullTextIndex { inner.fullText }

    func rows(_ query: SQLFragment) throws -> [[SQLValue]] {
        try explain(query)
        return try inner.rows(query)
    }

    func each(_ query: SQLFragment, _ body: ([SQLValue]) throws -> Bool) throws {
        try explain(query)
        try inner.each(query, body)
    }

    func run(_ statement: SQLFragment) throws -> Int { try inner.run(statement) }
    func load(_ table: String, columns: [String], rows: [[SQLValue]]) throws {
        try inner.load(table, columns: columns, rows: rows)
    }
    func takeTime() throws { try inner.takeTime() }
    func runScript(_ text: String) throws { try inner.runScript(text) }
    func savepoint<Result>(_ body: () throws -> Result) throws -> Result { try inner.savepoint(body) }

    private func explain(_ query: SQLFragment) throws {
        let isServer = dialect is PostgresDialect
        let rows = try inner.rows((isServer ? "EXPLAIN " : "EXPLAIN QUERY PLAN ") + query)
        plans += rows.compactMap { $0[isServer ? 0 : 3].text }
    }

    /// The steps that read a table from its first row to its last: of records, events and what is searched.
    var walks: [String] {
        plans.filter { step in
            if dialect is PostgresDialect { return step.contains("Seq Scan on") }
            // A scan along an index ends with the page; one of the table itself reads all of it.
            return step.hasPrefix("SCAN ") && !step.contains("INDEX") && !step.contains("search_index")
                && !step.contains("CONSTANT") && !step.contains("SUBQUERY") && step != "SCAN b" && step != "SCAN c"
        }
    }
}
