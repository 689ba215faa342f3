import Dispatch
import GRDB
import GRDBSQLite
package import Store
import Synchronization

/// The embedded engine: one file, one writer with group commit, a few readers.
///
/// After an input/output error nothing that its connections hold in memory is believed: writes are refused until the file
/// has been opened anew, checked and written to; reads go on meanwhile.
package final class SQLiteDatabase: Store.Database {
    struct State {
        var set: ConnectionSet
        /// Why writes are refused; nil while they are taken.
        var doubt: String?
        var isRecovering = false
        var lastAttempt = ContinuousClock.now
        /// Commits merge a long log into the file; false while somebody copies the log.
        var mergesLog = true
    }

    package let dialect: any Dialect = SQLiteDialect()
    package let path: String

    let readers: Int
    let queue = WriteQueue()
    let state: Mutex<State>
    /// Where the file is opened anew: blocking work that belongs on no thread of the tasks.
    let recovery = DispatchQueue(label: "baton.recovery")

    private init(path: String, readers: Int, set: ConnectionSet) {
        self.path = path
        self.readers = readers
        state = Mutex(State(set: set))
    }

    /// Opens or creates the file and brings the kernel tables up to date.
    ///
    /// - Parameter readers: connections that read side by side, 1...16.
    /// - Throws: `StoreError.mismatch` when a newer program wrote the file or it is no database of Baton,
    ///   `StoreError.unavailable` when it can't be opened.
    package static func open(path: String, readers: Int = 4) async throws -> SQLiteDatabase {
        let set = try ConnectionSet.open(path: path, readers: readers, mergesLog: true)
        let database = SQLiteDatabase(path: path, readers: readers, set: set)
        do {
            try await database.write { try KernelTables(migrations: SQLiteKernelTables.all).bringUpToDate(on: $0) }
        } catch {
            await database.close()
            throw error
        }
        return database
    }

    /// The connections in use.
    var current: ConnectionSet { state.withLock { $0.set } }

    package func read<Result: Sendable>(
        seeing sight: Sight?, _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        if queue.isClosed { throw StoreError.unavailable("the database is closed") }
        let set = current
        do {
            let ticket = ReadTicket(queue.meter)
            return try await set.pool.read { db in
                try ticket.run { try body(set.connections.connection(of: db)) }
            }
        } catch let error as DatabaseError {
            // The file has been opened anew meanwhile, and the old connections are closed.
            if set !== current { return try await read(seeing: sight, body) }
            throw StoreError.unavailable("\(error)")
        }
    }

    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        if let reason = standstill { throw StoreError.unavailable(reason) }
        return try await withCheckedThrowingContinuation { continuation in
            let job = WriteJob(continuation, body)
            switch queue.add(job) {
            case .refused: job.refuse(StoreError.unavailable("the database is closed"))
            case .waiting: break
            case .mustSchedule: scheduleGroup()
            }
        }
    }

    package var figures: DatabaseFigures {
        var now = queue.meter.now
        now.readers = readers
        now.writesWaiting = queue.count
        return now
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

    /// The embedded engine has one server; what a command line beside it writes is seen by the next look at the house.
    package var commitsElsewhere: AsyncStream<Void> { AsyncStream { $0.finish() } }

    package func warnings() async throws -> [String] { [] }

    package func backup(to path: String) async throws {
        try await SQLiteCopy(destination: path).write(from: current.pool)
    }

    package func close() async {
        queue.close()
        await withCheckedContinuation { continuation in recovery.async { continuation.resume() } }
        await current.closeLast()
    }

    private func scheduleGroup() {
        let set = current
        set.pool.asyncWriteWithoutTransaction { [self] db in
            let (isCurrent, doubt) = state.withLock { ($0.set === set, $0.doubt) }
            guard isCurrent else { return scheduleGroup() }
            if let doubt { return queue.refuseAll(.unavailable(doubt)) }
            let connection = set.connections.connection(of: db)
            let undecided = GroupCommit(connection: connection, queue: queue).run()
            if let doubt = connection.doubt {
                stop(because: doubt, undecided: undecided)
            } else if queue.finishGroup() {
                scheduleGroup()
            }
        }
    }
}
