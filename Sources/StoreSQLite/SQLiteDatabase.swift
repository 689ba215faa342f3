import GRDB
import GRDBSQLite
package import Store
import Synchronization

/// The embedded engine: one file, one writer with group commit, a few readers.
package final class SQLiteDatabase: Store.Database {
    package let dialect: any Dialect = SQLiteDialect()
    package let path: String

    private let pool: DatabasePool
    private let queue = WriteQueue()
    private let connections: ConnectionRegistry

    private init(path: String, pool: DatabasePool, connections: ConnectionRegistry) {
        self.path = path
        self.pool = pool
        self.connections = connections
    }

    /// Opens or creates the file and brings the kernel tables up to date.
    ///
    /// - Parameter readers: connections that read side by side, 1...16.
    /// - Throws: `StoreError.mismatch` when a newer program wrote the file or it is no database of Baton,
    ///   `StoreError.unavailable` when it can't be opened.
    package static func open(path: String, readers: Int = 4) async throws -> SQLiteDatabase {
        let registry = ConnectionRegistry()
        let pool: DatabasePool
        do {
            pool = try DatabasePool(path: path, configuration: configuration(readers: readers, registry: registry))
        } catch {
            throw StoreError.unavailable("\(path) can't be opened: \(error)")
        }
        let database = SQLiteDatabase(path: path, pool: pool, connections: registry)
        try await pool.writeWithoutTransaction { db in
            // GRDB chooses NORMAL when it turns the write-ahead log on; only FULL survives a power cut.
            try registry.connection(of: db).control("PRAGMA synchronous = FULL")
        }
        do {
            try await database.write { try KernelTables(migrations: SQLiteKernelTables.all).bringUpToDate(on: $0) }
        } catch {
            await database.close()
            throw error
        }
        return database
    }

    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        if queue.isClosed { throw StoreError.unavailable("the database is closed") }
        do {
            return try await pool.read { [connections] db in try body(connections.connection(of: db)) }
        } catch let error as DatabaseError {
            throw StoreError.unavailable("\(error)")
        }
    }

    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            let job = WriteJob(
                perform: { connection in
                    let result = try body(connection)
                    return { failure in
                        if let failure {
                            continuation.resume(throwing: failure)
                        } else {
                            continuation.resume(returning: result)
                        }
                    }
                },
                refuse: { continuation.resume(throwing: $0) })
            switch queue.add(job) {
            case .refused: job.refuse(StoreError.unavailable("the database is closed"))
            case .waiting: break
            case .mustSchedule: scheduleGroup()
            }
        }
    }

    package func checkHealth() async throws {
        try await write { connection in
            try Settings(connection).touch("health")
        }
        _ = try await read { try Settings($0).text("health") }
    }

    package func integrityFindings() async throws -> [String] {
        try await read { connection in
            try connection.rows("PRAGMA integrity_check").compactMap { row in
                guard case .text(let line) = row[0], line != "ok" else { return nil }
                return line
            }
        }
    }

    package func backup(to path: String) async throws {
        try await SQLiteCopy(destination: path).write(from: pool)
    }

    package func close() async {
        queue.close()
        // Waits for the bodies before it; the file is safe whatever these answer.
        try? await pool.barrierWriteWithoutTransaction { [connections] db in
            connections.forgetStatements()
            // The last connection to close is a reader, which can't merge the log. Another process at work keeps us from
            // it: it does so itself when it ends.
            let connection = connections.connection(of: db)
            try? connection.runScript("PRAGMA busy_timeout = 200; PRAGMA wal_checkpoint(TRUNCATE);")
            connections.forgetStatements()
        }
        try? pool.close()
    }

    private func scheduleGroup() {
        pool.asyncWriteWithoutTransaction { [self] db in
            GroupCommit(connection: connections.connection(of: db), queue: queue).run()
            if queue.finishGroup() { scheduleGroup() }
        }
    }

    private static func configuration(readers: Int, registry: ConnectionRegistry) -> Configuration {
        var configuration = Configuration()
        configuration.maximumReaderCount = max(1, min(readers, 16))
        configuration.busyMode = .timeout(5)
        configuration.persistentReadOnlyConnections = true
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { db in
            let connection = registry.connection(of: db)
            try connection.runScript(
                """
                PRAGMA synchronous = FULL;
                PRAGMA temp_store = MEMORY;
                PRAGMA cache_size = -32000;
                PRAGMA wal_autocheckpoint = 4000;
                PRAGMA journal_size_limit = 67108864;
                PRAGMA trusted_schema = ON;
                """)
        }
        return configuration
    }
}

/// Our statement caches beside GRDB's connections.
final class ConnectionRegistry: Sendable {
    /// A connection of ours is used only on the queue of the GRDB connection it stands beside.
    private struct Entry: @unchecked Sendable { let connection: SQLiteConnection }

    /// By the address of the handle.
    private let entries = Mutex<[Int: Entry]>([:])

    /// The connection that stands beside `db`. Nobody else asks for the same one meanwhile: GRDB lends it.
    func connection(of db: GRDB.Database) -> SQLiteConnection {
        guard let handle = db.sqliteConnection else { preconditionFailure("GRDB lends open connections only") }
        let address = Int(bitPattern: handle)
        if let known = entries.withLock({ $0[address] }) { return known.connection }
        let fresh = Entry(connection: SQLiteConnection(handle: handle))
        entries.withLock { $0[address] = fresh }
        return fresh.connection
    }

    /// Finalizes all statements; called when nobody uses a connection any more.
    func forgetStatements() {
        let all = entries.withLock { entries in
            defer { entries.removeAll() }
            return Array(entries.values)
        }
        for entry in all { entry.connection.forgetStatements() }
    }
}
