import Definitions
import Store
import StorePostgres
import StoreSQLite
import Synchronization
import TestEngines
import Testing
import Values

@Suite("Moving to another database")
struct DatabaseMoveTests {
    let model: Model

    init() throws { model = try TradeFixture.model(company: TradeFixture.company(extra: Self.flag)) }

    private static let flag = "  - {id: checked, label: {zh: 已核, en: Checked}, type: bool}"
    private static let companies = 2300

    /// Records with every kind of column, links, lines, a sealed log with a tail, a file, accounts, work that waits.
    private func furnish(_ database: any Database) async throws {
        let model = model
        try await database.write { connection in
            _ = try MigrationPlan.plan(on: connection, to: model).apply(on: connection)
            try ModelVersions(connection).record(version: 1, packs: "base 1", digest: "d", at: TradeFixture.start)
            let store = RecordStore(connection, model: model)
            for number in 1...Self.companies {
                try store.insert(
                    "company", TradeFixture.id(number),
                    values: [
                        "name_en": .text("Müller \(number) 公司"), "code": .text("C\(number)"),
                        "checked": number % 3 == 0 ? .null : .bool(number % 2 == 0),
                        "first_order": .day(Day(number: number)),
                        "roles": .list([.text("customer")]), "website": .text("m\(number).example.com"),
                    ], system: TradeFixture.system(number))
            }
            try store.setLinks(
                "company", "friends", of: TradeFixture.id(1), to: [TradeFixture.id(3), TradeFixture.id(2)])
            let log = EventLog(connection)
            try log.append((1...Self.companies).map { TradeFixture.event(record: $0) })
            try log.seal()
            try log.append((1...7).map { TradeFixture.event("updated", record: $0) })
            let content = [UInt8](repeating: 7, count: 5000)
            try Attachments(connection).add(
                Attachment(
                    id: TradeFixture.id(7001), object: "company", record: TradeFixture.id(1), field: "files",
                    position: 0, name: "图.png", mediaType: "image/png", size: content.count,
                    hash: try Attachments.hash(of: content), createdAt: TradeFixture.start, createdBy: nil),
                content: content)
            try Credentials(connection).put(
                Credential(user: TradeFixture.id(900), login: "wang", password: "x", changedAt: TradeFixture.start))
            try Outbox(connection).add(key: "k1", channel: "mail", payload: "{}", at: TradeFixture.start)
        }
    }

    /// Runs `body` with a furnished source and an empty target, for each pair of engines at hand.
    private func withEachPair(
        _ body: (_ source: any Database, _ target: any Database) async throws -> Void
    ) async throws {
        try await withEachEngine { source in
            try await furnish(source)
            try await withEachEngine { target in
                try await body(source, target)
                try await DatabaseMove.release(source)
            }
        }
    }

    @Test("Everything is over, compared row by row and block by block, and work goes on where it was")
    func everything() async throws {
        try await withEachPair { [model] source, target in
            let report = try await DatabaseMove(from: source, to: target, progress: { _, _, _ in }).run()
            #expect(report.events == Self.companies + 7)
            #expect(report.blocks == 3)
            #expect(report.compared >= Self.companies * 4)
            let proof = try await target.read { try EventLog($0).verify() }
            #expect(proof.isWhole && proof.unsealed == 7)
            try await target.write { connection in
                let store = RecordStore(connection, model: model)
                let query = RecordQuery(
                    object: "company", context: TradeFixture.context, limit: 10, search: "müller 1234")
                #expect(try store.select(query).map(\.id) == [TradeFixture.id(1234)])
                #expect(
                    try store.links("company", "friends", of: [TradeFixture.id(1)])
                        == [TradeFixture.id(1): [TradeFixture.id(3), TradeFixture.id(2)]])
                let isNew = try Outbox(connection).add(
                    key: "k2", channel: "mail", payload: "{}", at: TradeFixture.start)
                #expect(isNew)
                #expect(try EventLog(connection).append([TradeFixture.event(record: 1)]) == report.events + 1)
            }
            // The plan from what the target has to the model is empty: it has every table, column and index.
            let plan = try await target.read { try MigrationPlan.plan(on: $0, to: model) }
            #expect(plan.isEmpty)
        }
    }

    @Test("Meanwhile and afterwards the source answers and takes no changes; given up, it does again")
    func readOnly() async throws {
        try await withEachPair { [model] source, target in
            _ = try await DatabaseMove(from: source, to: target, progress: { _, _, _ in }).run()
            let count = try await source.read { connection in
                try RecordStore(connection, model: model).count(
                    RecordQuery(object: "company", context: TradeFixture.context), cap: 10_000
                ).count
            }
            #expect(count == Self.companies)
            await #expect(throws: StoreError.readOnly) {
                try await source.write { _ = try EventLog($0).append([TradeFixture.event(record: 5)]) }
            }
            try await DatabaseMove.release(source)
            // The next target must find what the first one found, so this event is undone.
            await #expect(throws: CancellationError.self) {
                try await source.write { connection in
                    _ = try EventLog(connection).append([TradeFixture.event(record: 5)])
                    throw CancellationError()
                }
            }
        }
    }

    @Test("An interrupted move goes on where it stopped; a changed row is found")
    func interrupted() async throws {
        try await withEachPair { source, target in
            for writes in [1, 2, 3, 4, 5] {
                let failing = FailingDatabase(target, after: writes)
                await #expect(throws: StoreError.unavailable("pulled out")) {
                    try await DatabaseMove(from: source, to: failing, progress: { _, _, _ in }).run()
                }
            }
            _ = try await target.write { try $0.run("UPDATE model_version SET packs = 'x'") }
            await #expect(throws: StoreError.self) {
                try await DatabaseMove(from: source, to: target, progress: { _, _, _ in }).run()
            }
            _ = try await target.write { try $0.run("UPDATE model_version SET packs = 'base 1'") }
            let report = try await DatabaseMove(from: source, to: target, progress: { _, _, _ in }).run()
            #expect(report.events == Self.companies + 7)
        }
    }

    @Test("A target that holds something is refused")
    func foreignTarget() async throws {
        try await withEachPair { source, target in
            try await target.write { _ = try EventLog($0).append([TradeFixture.event(record: 1)]) }
            await #expect(throws: StoreError.mismatch("the target is not empty")) {
                try await DatabaseMove(from: source, to: target, progress: { _, _, _ in }).run()
            }
        }
    }

    @Test("No table and no column of the kernel is left behind")
    func complete() async throws {
        try await withEachEngine { database in
            let isServer = database.dialect is PostgresDialect
            let columns: SQLFragment =
                isServer
                ? """
                SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = 'public'
                """
                : """
                SELECT m.name, c.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c \
                WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE 'search_index%'
                """
            let rows = try await database.read { try $0.rows(columns) }
            var found: [String: Set<String>] = [:]
            for row in rows { found[row[0].text ?? "", default: []].insert(row[1].text ?? "") }
            let apart = [
                "kernel_migration", "lease", "search_index", "event_head", "event_seal", "physical_column",
                "physical_index", "physical_object",
            ]
            for name in apart { found[name] = nil }
            #expect(DatabaseMove.kernelColumns == found)
        }
    }
}

/// A database whose writes fail after a number of them.
private final class FailingDatabase: Database {
    private let inner: any Database
    private let left: Mutex<Int>

    init(_ inner: any Database, after writes: Int) {
        self.inner = inner
        left = Mutex(writes)
    }

    var dialect: any Dialect { inner.dialect }
    var commitsElsewhere: AsyncStream<Void> { inner.commitsElsewhere }

    func read<Result: Sendable>(
        seeing sight: Sight?, _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        try await inner.read(seeing: sight, body)
    }

    func write<Result: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Result) async throws -> Result {
        let isLeft = left.withLock { left in
            left -= 1
            return left >= 0
        }
        guard isLeft else { throw StoreError.unavailable("pulled out") }
        return try await inner.write(body)
    }

    func backup(to path: String) async throws { try await inner.backup(to: path) }
    func integrityFindings() async throws -> [String] { try await inner.integrityFindings() }
    func warnings() async throws -> [String] { try await inner.warnings() }
    func checkHealth() async throws { try await inner.checkHealth() }
    func close() async {}
}
