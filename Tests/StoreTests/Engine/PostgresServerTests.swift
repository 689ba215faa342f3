import Expressions
import Foundation
import Store
import StorePostgres
import TestEngines
import Testing
import Values

/// What becomes of work when the server is away, hangs, or loses its sessions.
@Suite("A server that is not there")
struct PostgresServerTests {
    private func withDatabase(
        _ limits: PostgresAddress.Limits = .init(), _ body: (PostgresDatabase) async throws -> Void
    ) async throws {
        guard let server = TestServer.shared else { return }
        try await server.withDatabase { text in
            var address = PostgresAddress(text, readers: 2)
            address.limits = limits
            let database = try await PostgresDatabase.open(address)
            do {
                try await body(database)
            } catch {
                await database.close()
                throw error
            }
            await database.close()
        }
    }

    private func backend(_ connection: any Connection) throws -> pid_t {
        pid_t(try connection.row("SELECT pg_backend_pid()")?[0].integer ?? 0)
    }

    @Test("Sessions that the server has ended are opened anew, and nobody notices")
    func endedSessions() async throws {
        try await withDatabase { database in
            for round in 0..<3 {
                try await database.write { try Settings($0).set("round", "\(round)", at: TradeFixture.start, by: nil) }
                try await database.read { connection in
                    _ = try connection.rows(
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                        WHERE datname = current_database() AND pid <> pg_backend_pid()
                        """)
                }
                let read = try await database.read { try Settings($0).text("round") }
                #expect(read == "\(round)")
            }
        }
    }

    @Test("A transaction whose session is ended saves nothing and says so; the next one works")
    func endedInside() async throws {
        try await withDatabase { database in
            let failure = await #expect(throws: StoreError.self) {
                try await database.write { connection in
                    try Settings(connection).set("half", "x", at: TradeFixture.start, by: nil)
                    kill(try backend(connection), SIGTERM)
                    Thread.sleep(forTimeInterval: 0.2)
                    try Settings(connection).set("other", "x", at: TradeFixture.start, by: nil)
                }
            }
            if case .unavailable? = failure {} else { Issue.record("\(String(describing: failure))") }
            let kept = try await database.read { try Settings($0).all() }
            #expect(kept.isEmpty)
            try await database.checkHealth()
        }
    }

    @Test("A commit without an answer in time is of unknown outcome; it may well be saved")
    func hungCommit() async throws {
        var limits = PostgresAddress.Limits()
        limits.commit = 0.5
        try await withDatabase(limits) { database in
            let stopped = StoppedProcess()
            await #expect(throws: StoreError.outcomeUnknown("the connection broke while committing")) {
                try await database.write { connection in
                    try Settings(connection).set("sent", "x", at: TradeFixture.start, by: nil)
                    stopped.stop(try backend(connection))
                }
            }
            stopped.goOn()
            try await database.checkHealth()
            #expect(try await database.read { try Settings($0).text("sent") } == "x")
        }
    }

    @Test("A question that takes too long is ended, and the next one is answered")
    func slowQuestion() async throws {
        var limits = PostgresAddress.Limits()
        limits.read = 0.5
        try await withDatabase(limits) { database in
            let started = ContinuousClock.now
            await #expect(throws: StoreError.self) {
                try await database.read { _ = try $0.rows("SELECT pg_sleep(30)") }
            }
            #expect(ContinuousClock.now - started < .seconds(20))
            let one = try await database.read { try $0.row("SELECT 1::bigint")?[0] }
            #expect(one == .integer(1))
        }
    }

    @Test("A server that is not there is unavailable")
    func absent() async throws {
        await #expect(throws: StoreError.self) {
            _ = try await PostgresDatabase.open(PostgresAddress("postgresql://nobody@127.0.0.1:1/none"))
        }
    }

    @Test("A login that may make no role works all the same, and the log says what it goes without")
    func poorLogin() async throws {
        guard let server = TestServer.shared else { return }
        let login = "poor_" + UUID().uuidString.prefix(8).lowercased()
        try await server.withDatabase { text in
            let name = text.split(separator: "/").last ?? ""
            try await PostgresTool(text).run("CREATE ROLE \(login) LOGIN; ALTER DATABASE \(name) OWNER TO \(login)")
            let address = text.replacing(/\/\/[^@\/]+@/, with: "//\(login)@")
            var database = try await PostgresDatabase.open(PostgresAddress(address, readers: 1))
            #expect(try await database.warnings().contains { $0.contains("row-level security is off") })
            let sight = Sight(EvaluationContext(now: TradeFixture.start, today: Day(number: 0)))
            _ = try await database.read(seeing: sight) { try Settings($0).text("n") }
            await database.close()
            try await PostgresTool(text).run("CREATE ROLE \(login)_reader; GRANT \(login)_reader TO \(login)")
            database = try await PostgresDatabase.open(PostgresAddress(address, readers: 1))
            #expect(try await !database.warnings().contains { $0.contains("row-level security is off") })
            _ = try await database.read(seeing: sight) { try Settings($0).text("n") }
            await #expect(throws: StoreError.self) {
                try await database.read(seeing: sight) { _ = try $0.rows("SELECT * FROM credential") }
            }
            await database.close()
            try await PostgresTool(text).run("DROP OWNED BY \(login)_reader; DROP ROLE \(login)_reader")
        }
        try await server.withDatabase { try await PostgresTool($0).run("DROP ROLE \(login)") }
    }

    @Test("A session keeps what is asked again and again, and no more than it has room for")
    func keptStatements() async throws {
        try await withDatabase { database in
            for round in 0..<3 {
                try await database.write { connection in
                    for number in 0..<450 {
                        let text = SQLFragment.raw("SELECT \(number) + 1 AS n\(number)")
                        #expect(try connection.row(text)?[0].integer == Int64(number + 1))
                        // What is asked all the time is never forgotten.
                        _ = try connection.row("SELECT 'always'")
                        if round > 0 { try connection.send("SELECT 1 WHERE \(number) > 0") }
                    }
                }
            }
            let kept = try await database.write { connection in
                try connection.rows("SELECT statement FROM pg_prepared_statements").map { $0[0].text ?? "" }
            }
            #expect(kept.count <= 200 && kept.count > 100)
            #expect(kept.contains("SELECT 'always'"))
            #expect(kept.contains { $0.hasPrefix("SELECT 449 ") } && !kept.contains { $0.hasPrefix("SELECT 1 +") })
        }
    }

    @Test("Two nodes hear each other's commits, and not their own")
    func hearing() async throws {
        guard let server = TestServer.shared else { return }
        try await server.withDatabase { text in
            let here = try await PostgresDatabase.open(PostgresAddress(text, readers: 1))
            let there = try await PostgresDatabase.open(PostgresAddress(text, readers: 1))
            var heard = there.commitsElsewhere.makeAsyncIterator()
            // The first word is that it listens at all.
            _ = await heard.next()
            for number in 0..<3 {
                try await here.write { try Settings($0).set("n", "\(number)", at: TradeFixture.start, by: nil) }
                _ = await heard.next()
                let read = try await there.read { try Settings($0).text("n") }
                #expect(read == "\(number)")
            }
            await here.close()
            await there.close()
        }
    }

    @Test("Writers on two nodes never come between each other")
    func writersApart() async throws {
        guard let server = TestServer.shared else { return }
        try await server.withDatabase { text in
            let nodes = [
                try await PostgresDatabase.open(PostgresAddress(text, readers: 1)),
                try await PostgresDatabase.open(PostgresAddress(text, readers: 1)),
            ]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<16 {
                    group.addTask {
                        for _ in 0..<25 {
                            try await nodes[writer % 2].write { connection in
                                let settings = Settings(connection)
                                let count = Int(try settings.text("count") ?? "0") ?? 0
                                try settings.set("count", "\(count + 1)", at: TradeFixture.start, by: nil)
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await nodes[1].read { try Settings($0).text("count") } == "400")
            for node in nodes { await node.close() }
        }
    }
}

/// A process that is held for a while; it always goes on in the end.
/// Used by one test at a time.
private final class StoppedProcess: @unchecked Sendable {
    private var process: pid_t = 0

    func stop(_ process: pid_t) {
        self.process = process
        kill(process, SIGSTOP)
    }

    func goOn() { if process > 0 { kill(process, SIGCONT) } }

    deinit { goOn() }
}
