import Store
import Synchronization
import Values

/// A database whose process is killed at the n-th statement of a write: nothing of that write stands.
final class Stumbling: Store.Database {
    let inner: any Store.Database
    private let left = Mutex<Int?>(nil)

    init(_ inner: any Store.Database) { self.inner = inner }

    /// The next write ends before its n-th statement; nil lets all go through.
    func stumble(at statement: Int?) { left.withLock { $0 = statement } }

    /// Whether the write that was to end has ended.
    var hasStumbled: Bool { left.withLock { $0 == 0 } }

    fileprivate func step() throws {
        let ends = left.withLock { left -> Bool in
            guard let now = left, now > 0 else { return false }
            left = now - 1
            return now == 1
        }
        if ends { throw StoreError.unavailable("killed here") }
    }

    var dialect: any Dialect { inner.dialect }

    func read<Result: Sendable>(
        seeing sight: Sight?, _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result { try await inner.read(seeing: sight, body) }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        try await inner.write { [self] connection in try body(StumblingConnection(connection, of: self)) }
    }

    func backup(to path: String) async throws { try await inner.backup(to: path) }
    func integrityFindings() async throws -> [String] { try await inner.integrityFindings() }
    func warnings() async throws -> [String] { try await inner.warnings() }
    func checkHealth() async throws { try await inner.checkHealth() }
    var commitsElsewhere: AsyncStream<Void> { inner.commitsElsewhere }
    func close() async { await inner.close() }
}

private final class StumblingConnection: Connection {
    private let inner: any Connection
    private let house: Stumbling

    init(_ inner: any Connection, of house: Stumbling) {
        self.inner = inner
        self.house = house
    }

    var dialect: any Dialect { inner.dialect }
    var statementCount: Int { inner.statementCount }
    var fullText: any FullTextIndex { inner.fullText }

    func rows(_ query: SQLFragment) throws -> [[SQLValue]] {
        try house.step()
        return try inner.rows(query)
    }

    func each(_ query: SQLFragment, _ body: ([SQLValue]) throws -> Bool) throws {
        try house.step()
        try inner.each(query, body)
    }

    func run(_ statement: SQLFragment) throws -> Int {
        try house.step()
        return try inner.run(statement)
    }

    func send(_ statement: SQLFragment) throws {
        try house.step()
        try inner.send(statement)
    }

    func load(_ table: String, columns: [String], rows: [[SQLValue]]) throws {
        try house.step()
        try inner.load(table, columns: columns, rows: rows)
    }

    func runScript(_ text: String) throws { try inner.runScript(text) }
    func savepoint<Result>(_ body: () throws -> Result) throws -> Result { try inner.savepoint(body) }
    func takeTime() throws { try inner.takeTime() }
    func beyondSight<Result>(_ body: () throws -> Result) throws -> Result { try inner.beyondSight(body) }
    func missing(_ walls: [TableWall]) throws -> [TableWall] { try inner.missing(walls) }
    func raise(_ walls: [TableWall]) throws { try inner.raise(walls) }
}
