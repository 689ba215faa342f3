/// A database of Baton: the one place that keeps records and events.
///
/// A body is synchronous and runs off the cooperative pool; no network, no await, no user code inside.
package protocol Database: Sendable {
    var dialect: any Dialect { get }

    /// Runs `body` on one consistent snapshot. Ask everything a request needs in one call.
    ///
    /// - Parameter sight: in whose name it reads; nil for the house, which sees every row.
    /// - Throws: what `body` throws; `StoreError.unavailable` when no connection can be had.
    func read<Result: Sendable>(
        seeing sight: Sight?, _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result

    /// Runs `body` as one atomic change and returns after it is durable.
    ///
    /// Bodies that wait at the same time share one transaction, each in its own savepoint: a body that throws is rolled
    /// back alone, and none is answered before the common commit.
    ///
    /// - Throws: what `body` throws; `StoreError.unavailable` when the change could not be made durable and is undone,
    ///   `StoreError.full` when there was no room for it, `StoreError.outcomeUnknown` when nobody can tell yet.
    func write<Result: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Result) async throws -> Result

    /// Writes a complete, consistent copy to `path` while work goes on.
    ///
    /// - Throws: `StoreError.unavailable` when `path` exists or can't be written.
    func backup(to path: String) async throws

    /// Checks the physical structure from the first page to the last. Takes seconds per gigabyte.
    ///
    /// - Returns: one line for each finding; empty when the file is sound.
    func integrityFindings() async throws -> [String]

    /// Settings of the engine under which a power cut could take what was acknowledged, in words for the log.
    func warnings() async throws -> [String]

    /// Reads and writes one small value; throws `StoreError.unavailable` when the database can't take writes.
    func checkHealth() async throws

    /// Why no writes are taken for the moment, for the log; nil when they are. Costs nothing.
    var standstill: String? { get }

    /// How far the engine's log had come, as far as this process knows; nil where no copy is asked that may be behind.
    var position: UInt64? { get }

    /// What the engine counts of its own work since it was opened. Costs nothing.
    var figures: DatabaseFigures { get }

    /// Comes to life when another process at the same database may have committed; several commits are one. It ends with
    /// the database. One listener at a time.
    var commitsElsewhere: AsyncStream<Void> { get }

    /// Waits for running bodies and closes all connections. Later calls throw `StoreError.unavailable`.
    func close() async
}

extension Database {
    package var standstill: String? { nil }
    package var position: UInt64? { nil }
    package var figures: DatabaseFigures { DatabaseFigures() }

    /// Reads as the house.
    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        try await read(seeing: nil, body)
    }
}

/// One connection, lent to a body for the length of its block.
///
/// After a statement has failed nothing more can be asked until the savepoint in which it failed is left, or the body.
package protocol Connection: AnyObject {
    var dialect: any Dialect { get }

    /// Statements executed since the connection was opened. The difference around an operation is its statement count.
    var statementCount: Int { get }

    /// All rows of the answer, columns in the order of the query.
    func rows(_ query: SQLFragment) throws -> [[SQLValue]]

    /// Calls `body` with one row after the other until it returns false.
    func each(_ query: SQLFragment, _ body: ([SQLValue]) throws -> Bool) throws

    /// Executes a statement.
    ///
    /// - Returns: the number of rows it inserted, updated or deleted.
    @discardableResult
    func run(_ statement: SQLFragment) throws -> Int

    /// Executes a statement whose answer nobody needs; an engine may say it to its server together with the next one. Its
    /// error is then that of the next one, at the latest of the end of the savepoint or block.
    func send(_ statement: SQLFragment) throws

    /// Adds rows, whose values stand in the order of `columns`; the engine's fastest way for many.
    func load(_ table: String, columns: [String], rows: [[SQLValue]]) throws

    /// Executes frozen text of several statements without values: migrations only.
    func runScript(_ text: String) throws

    /// Runs `body` in a savepoint of the current transaction; what it did is undone when it throws.
    func savepoint<Result>(_ body: () throws -> Result) throws -> Result

    /// Lets the rest of the block take as long as it needs: for migrations, proofs and moves. Other blocks have a time
    /// after which they are ended.
    func takeTime() throws

    /// Reads rows that the person in whose name the block reads may not see, for an answer that tells nothing of them
    /// but what everybody may know.
    func beyondSight<Result>(_ body: () throws -> Result) throws -> Result

    /// Those of the walls that do not stand like this yet; none on an engine without row-level security.
    func missing(_ walls: [TableWall]) throws -> [TableWall]
    /// Puts each wall in the place of the one that its table has.
    func raise(_ walls: [TableWall]) throws

    /// The full-text index of this engine.
    var fullText: any FullTextIndex { get }
}

extension Connection {
    package func takeTime() throws {}
    package func send(_ statement: SQLFragment) throws { try run(statement) }
    package func beyondSight<Result>(_ body: () throws -> Result) throws -> Result { try body() }
    package func missing(_ walls: [TableWall]) throws -> [TableWall] { [] }
    package func raise(_ walls: [TableWall]) throws {}

    package func load(_ table: String, columns: [String], rows: [[SQLValue]]) throws {
        try insertEach(table, columns: columns, rows: rows)
    }

    /// `load` by one statement for each row.
    package func insertEach(_ table: String, columns: [String], rows: [[SQLValue]]) throws {
        let names = columns.map { SQLFragment.identifier($0) }.joined(separator: ", ")
        let places = columns.map { _ in SQLFragment.binding(.null) }.joined(separator: ", ")
        let text = ("INSERT INTO \(identifier: table)(\(names)) VALUES (\(places))" as SQLFragment).text(for: dialect)
        for row in rows { try send(.rendered(text, row)) }
    }

    /// The first row, or nil.
    package func row(_ query: SQLFragment) throws -> [SQLValue]? {
        var found: [SQLValue]?
        try each(query) { row in
            found = row
            return false
        }
        return found
    }
}

/// What an engine does with the tokens that `SearchText` makes of a text.
///
/// Store keeps the documents; the engine keeps an index from token to document number.
package protocol FullTextIndex {
    /// A number above those of all documents.
    func nextDocument(on connection: any Connection) throws -> Int64
    /// - Parameter tokens: each once, separated by blanks.
    func add(document: Int64, tokens: String, on connection: any Connection) throws
    /// `tokens` are those the document was added with.
    func remove(document: Int64, tokens: String, on connection: any Connection) throws
    /// A SELECT of `columns` of the `search_document`s (as `d`) that hold all tokens and meet `condition`, newest first;
    /// it reads no further than its limit needs.
    func select(
        _ columns: SQLFragment, holding tokens: [String], condition: SQLFragment, limit: Int
    ) -> SQLFragment
    /// Forgets every document.
    func clear(on connection: any Connection) throws
}
