import GRDB
import GRDBSQLite
import Store
import Synchronization

/// The connections to one file: a writer and a few readers, with our statement caches beside them.
final class ConnectionSet: Sendable {
    let pool: DatabasePool
    let connections: ConnectionRegistry

    private init(pool: DatabasePool, connections: ConnectionRegistry) {
        self.pool = pool
        self.connections = connections
    }

    /// - Parameter mergesLog: whether commits merge a long write-ahead log into the file; false when somebody copies
    ///   the log and merges it after that.
    static func open(path: String, readers: Int, mergesLog: Bool) throws -> ConnectionSet {
        let registry = ConnectionRegistry()
        do {
            let configuration = configuration(readers: readers, mergesLog: mergesLog, registry: registry)
            let set = ConnectionSet(
                pool: try DatabasePool(path: path, configuration: configuration), connections: registry)
            // GRDB chooses NORMAL when it turns the write-ahead log on; only FULL survives a power cut.
            try set.onWriter { try $0.control("PRAGMA synchronous = FULL") }
            return set
        } catch {
            throw StoreError.unavailable("\(path) can't be opened: \(error)")
        }
    }

    /// Runs `body` on the writer, outside a transaction, after the groups that wait for it. Blocks.
    ///
    /// - Throws: what `body` throws; `StoreError.unavailable` when this set has been closed meanwhile.
    func onWriter<Result>(_ body: (SQLiteConnection) throws -> Result) throws -> Result {
        try pool.writeWithoutTransaction { db in
            guard db.sqliteConnection != nil else { throw StoreError.unavailable("the connections are closed") }
            return try body(connections.connection(of: db))
        }
    }

    /// Runs `body` on a reader. Blocks.
    func onReader<Result>(_ body: (SQLiteConnection) throws -> Result) throws -> Result {
        try pool.read { try body(connections.connection(of: $0)) }
    }

    /// Waits for running bodies and closes the connections; another set may stay open on the file. Blocks.
    func close() {
        // The file is safe whatever closing answers: what was acknowledged is durable.
        try? pool.barrierWriteWithoutTransaction { [connections] _ in connections.forgetStatements() }
        try? pool.close()
    }

    /// As `close`, for the last set of this process: merges the log into the file, so that it is whole alone.
    func closeLast() async {
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

    private static func configuration(
        readers: Int, mergesLog: Bool, registry: ConnectionRegistry
    ) -> Configuration {
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
                PRAGMA wal_autocheckpoint = \(mergesLog ? 4000 : 0);
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
