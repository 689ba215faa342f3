import Store
import Synchronization

/// A database that counts the statements of its blocks.
final class CountingDatabase: Database {
    let inner: any Database
    private let count = Atomic(0)

    init(_ inner: any Database) { self.inner = inner }

    var statements: Int { count.load(ordering: .relaxed) }
    var dialect: any Dialect { inner.dialect }

    func read<Result: Sendable>(
        seeing sight: Sight?, _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        try await inner.read(seeing: sight) { try self.counted($0, body) }
    }

    func write<Result: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Result) async throws -> Result {
        try await inner.write { try self.counted($0, body) }
    }

    func backup(to path: String) async throws { try await inner.backup(to: path) }
    func integrityFindings() async throws -> [String] { try await inner.integrityFindings() }
    func warnings() async throws -> [String] { try await inner.warnings() }
    var commitsElsewhere: AsyncStream<Void> { inner.commitsElsewhere }
    func checkHealth() async throws { try await inner.checkHealth() }
    var standstill: String? { inner.standstill }
    func close() async { await inner.close() }

    private func counted<Result>(
        _ connection: any Connection, _ body: (any Connection) throws -> Result
    ) throws -> Result {
        let before = connection.statementCount
        defer { count.add(connection.statementCount - before, ordering: .relaxed) }
        return try body(connection)
    }
}
