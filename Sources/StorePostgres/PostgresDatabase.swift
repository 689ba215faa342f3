import Foundation
package import Store
import Synchronization

/// A database on a PostgreSQL server: one connection that writes with group commit, a bounded number that read.
///
/// Each connection has a thread of its own, so that no cooperative thread waits for the server.
package final class PostgresDatabase: Store.Database {
    package let dialect: any Dialect = PostgresDialect()

    private let address: PostgresAddress
    private let queue = WriteQueue()
    private let groups = Mailbox<Void>(limit: 2)
    private let reads = Mailbox<ReadJob>(limit: 4000)
    private let watchman: Watchman
    private let relay: CommitRelay
    private let clock: LogClock
    private let replica: Replica?
    private let threads: ThreadGroup
    /// The role of blocks that read in somebody's name; nil when the login can't have one.
    private let reader = Mutex<String?>(nil)

    /// A body that reads, with the way to answer its caller.
    private struct ReadJob: Sendable {
        let perform: @Sendable (PostgresConnection) throws -> Void
        let refuse: @Sendable (any Error) -> Void
    }

    private init(_ address: PostgresAddress) {
        self.address = address
        let replicaReaders = address.replica == nil ? 0 : address.readers
        watchman = Watchman((0...address.readers + replicaReaders).map { _ in Deadline() })
        clock = LogClock()
        relay = CommitRelay(address, clock: clock)
        replica = address.onReplica.map { Replica($0) }
        threads = ThreadGroup()
    }

    package var commitsElsewhere: AsyncStream<Void> { relay.commitsElsewhere }

    /// Connects and brings the kernel tables up to date.
    ///
    /// - Throws: `StoreError.unavailable` when the server can't be reached, `mismatch` when a newer program wrote the
    ///   database or its encoding is not UTF8.
    package static func open(_ address: PostgresAddress) async throws -> PostgresDatabase {
        let database = PostgresDatabase(address)
        database.start()
        do {
            try await database.checkServer()
            let reader = try await database.write { connection in
                try KernelTables(migrations: PostgresKernelTables.all).bringUpToDate(on: connection)
                return try (connection as? PostgresConnection).flatMap { try PostgresRowWalls.reader(on: $0) }
            }
            database.reader.withLock { $0 = reader }
        } catch {
            await database.close()
            throw error
        }
        return database
    }

    // MARK: The two blocks

    package func read<Result: Sendable>(
        seeing sight: Sight?, _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        let role = reader.withLock { $0 }
        let seeing = sight.flatMap { sight in role.map { (of: sight, role: $0) } }
        let needed = max(clock.known, LogPosition.required)
        let ticket = ReadTicket(queue.meter)
        return try await withCheckedThrowingContinuation { continuation in
            let job = ReadJob(
                perform: { connection in
                    try ticket.run {
                        try connection.reading(
                            as: seeing, { try body(connection) }, answer: { continuation.resume(returning: $0) })
                    }
                },
                refuse: { continuation.resume(throwing: $0) })
            if let replica, replica.isThere {
                let isTaken = replica.reads.put(
                    Replica.Job(
                        needed: needed, perform: job.perform, passOn: { self.readOnPrimary(job) }, refuse: job.refuse))
                if isTaken { return }
            }
            readOnPrimary(job)
        }
    }

    package var figures: DatabaseFigures {
        var now = queue.meter.now
        now.readers = address.readers * (replica == nil ? 1 : 2)
        now.writesWaiting = queue.count
        now.standby = replica?.figures(known: clock.known)
        now.relay = relay.figures
        return now
    }

    private func readOnPrimary(_ job: ReadJob) {
        if reads.put(job) { return }
        job.refuse(StoreError.unavailable(queue.isClosed ? "the database is closed" : "too many wait to read"))
    }

    /// What a client may hand in again to see at least what it has written. Nil without a standby that reads.
    package var position: UInt64? { replica == nil ? nil : clock.known }

    /// Tells other nodes, and this one's standby, of a commit.
    private func hasCommitted(on connection: PostgresConnection) {
        if replica != nil { clock.committed(at: connection.written()) }
        relay.tell()
    }

    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            let job = WriteJob(continuation, body)
            switch queue.add(job) {
            case .refused: job.refuse(StoreError.unavailable("the database is closed"))
            case .waiting: break
            case .mustSchedule: _ = groups.put(())
            }
        }
    }

    // MARK: Threads

    private func start() {
        let (address, queue, groups, reads, deadlines) = (address, queue, groups, reads, watchman.deadlines)
        threads.start(name: "database relay") { [relay] in relay.run() }
        threads.start(name: "database writer") {
            let connection = PostgresConnection(address, for: .writing, deadline: deadlines[0]) { [weak self] in
                self?.hasCommitted(on: $0)
            }
            while groups.take() != nil {
                repeat { _ = GroupCommit(connection: connection, queue: queue).run() } while queue.finishGroup()
            }
            connection.disconnect()
        }
        if let replica {
            for deadline in deadlines.suffix(address.readers) {
                threads.start(name: "standby reader") { replica.run(deadline: deadline) }
            }
        }
        for deadline in deadlines.dropFirst().prefix(address.readers) {
            threads.start(name: "database reader") {
                let connection = PostgresConnection(address, for: .reading, deadline: deadline)
                while let job = reads.take() {
                    do {
                        try job.perform(connection)
                    } catch {
                        job.refuse(error)
                    }
                }
                connection.disconnect()
            }
        }
        watchman.start()
    }

    package func close() async {
        queue.close()
        groups.close()
        replica?.reads.close()
        reads.close()
        relay.end()
        await threads.ended()
        watchman.end()
    }

    // MARK: The server

    private func checkServer() async throws {
        let (encoding, version) = try await read { connection in
            let row = try connection.row(
                "SELECT current_setting('server_encoding'), current_setting('server_version_num')")
            return (row?[0].text ?? "", Int(row?[1].text ?? "") ?? 0)
        }
        guard encoding == "UTF8" else {
            throw StoreError.mismatch("the database has the encoding \(encoding): create one with ENCODING 'UTF8'")
        }
        guard version >= 150_000 else {
            throw StoreError.mismatch("the server is too old (\(version / 10_000)): PostgreSQL 15 or later is needed")
        }
    }

    package func checkHealth() async throws {
        try await write { try Settings($0).touch("health") }
        _ = try await read { try Settings($0).text("health") }
    }

    package func integrityFindings() async throws -> [String] {
        try await read { connection in
            var findings = try connection.rows(
                """
                SELECT c.relname::text FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid \
                WHERE NOT i.indisvalid OR NOT i.indisready
                """
            ).map { "the index \($0[0].text ?? "") is not valid: REINDEX" }
            let failures = try connection.row(
                "SELECT COALESCE(checksum_failures, 0) FROM pg_stat_database WHERE datname = current_database()")
            if let count = failures?[0].integer, count > 0 { findings.append("\(count) pages had a wrong checksum") }
            return findings
        }
    }

    package func warnings() async throws -> [String] {
        try await read { connection in
            try ["fsync", "full_page_writes", "synchronous_commit"].filter { setting in
                try connection.row("SELECT current_setting(\(setting))")?[0].text == "off"
            }.map { "\($0) is off on the server: a power cut would take or damage what was acknowledged" }
        }
            + (reader.withLock { $0 } == nil
                ? ["the login may not have a role that reads: row-level security is off (docs/operations.md)"] : [])
    }

    package func backup(to path: String) async throws {
        try await PostgresDump(address: address.text).write(to: path)
    }
}

/// Threads that can be waited for.
private final class ThreadGroup: Sendable {
    private struct State {
        var running = 0
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func start(name: String, _ body: @escaping @Sendable () -> Void) {
        state.withLock { $0.running += 1 }
        let thread = Thread { [self] in
            body()
            let waiters = state.withLock { state in
                state.running -= 1
                defer { if state.running == 0 { state.waiters = [] } }
                return state.running == 0 ? state.waiters : []
            }
            for waiter in waiters { waiter.resume() }
        }
        thread.name = name
        thread.stackSize = 8 << 20
        thread.start()
    }

    func ended() async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.running > 0 { state.waiters.append(continuation) }
                return state.running == 0
            }
            if isOver { continuation.resume() }
        }
    }
}
