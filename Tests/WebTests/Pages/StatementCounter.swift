import Store
import Synchronization

/// A database that counts the statements of its readers' blocks.
final class StatementCounter: Store.Database {
    let inner: any Store.Database
    private let count = Mutex(0)

    init(_ inner: any Store.Database) { self.inner = inner }

    /// Statements that were asked while `body` ran.
    func counted(_ body: () async throws -> Void) async rethrows -> Int {
        let before = count.withLock { $0 }
        try await body()
        return count.withLock { $0 } - before
    }

    var dialect: any Dialect { inner.dialect }
    var standstill: String? { inner.standstill }
    var position: UInt64? { inner.position }
    var figures: DatabaseFigures { inner.figures }
    var commitsElsewhere: AsyncStream<Void> { inner.commitsElsewhere }

    func read<Result: Sendable>(
        seeing sight: Sight?, _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        try await inner.read(seeing: sight) { [self] connection in
            let before = connection.statementCount
            defer { count.withLock { $0 += connection.statementCount - before } }
            return try body(connection)
        }
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        try await inner.write(body)
    }

    func backup(to path: String) async throws { try await inner.backup(to: path) }
    func integrityFindings() async throws -> [String] { try await inner.integrityFindings() }
    func warnings() async throws -> [String] { try await inner.warnings() }
    func checkHealth() async throws { try await inner.checkHealth() }
    func close() async { await inner.close() }
}
