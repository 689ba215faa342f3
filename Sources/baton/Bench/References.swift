import Foundation
import GRDB

/// What the engine does without Baton, on the same disk: the yardstick of the same run.
struct EngineReference: Sendable {
    private let pool: DatabasePool
    private static let rows = 100_000

    /// A fresh file in `folder` with a table of twelve columns and 100,000 rows.
    init(folder: String) throws {
        let path = folder + "/reference.sqlite"
        for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: path + suffix) {
            try FileManager.default.removeItem(atPath: path + suffix)
        }
        pool = try DatabasePool(path: path)
        try pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = FULL")
            try db.execute(
                sql: """
                    CREATE TABLE company(id INTEGER PRIMARY KEY, code TEXT, name TEXT, short TEXT, country TEXT, city TEXT,
                    address TEXT, website TEXT, tax TEXT, source TEXT, created INTEGER, updated INTEGER) STRICT
                    """)
        }
        try pool.write { db in
            for number in 0..<Self.rows { try Self.insert(number, db) }
            try Self.prepareLegs(db)
        }
    }

    func insert(_ number: Int) async throws {
        try await pool.write { try Self.insert(Self.rows + number, $0) }
    }

    func find(_ number: Int) async throws {
        let key = number * 7919 % Self.rows
        _ = try pool.read { db in
            try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM company WHERE id = ?"), arguments: [key])
        }
    }

    /// One hand-over as plain statements: the run changed only if nobody changed it since, its event, two timers, a
    /// notice and an entry for the outside, in one commit.
    func handOver(_ number: Int) async throws {
        try await pool.write { try Self.handOver(number, $0) }
    }

    private static func handOver(_ number: Int, _ db: GRDB.Database) throws {
        func run(_ sql: String, _ arguments: StatementArguments) throws {
            try db.cachedStatement(sql: sql).execute(arguments: arguments)
        }
        let leg = number % legs
        try run(
            "UPDATE leg SET status = ?, holder = ?, due = ?, revision = revision + 1 WHERE id = ? AND revision = revision",
            ["offered", number % 20, number, leg])
        try run(
            "INSERT INTO event(at, actor, kind, record, changes) VALUES (?, ?, ?, ?, ?)",
            [number, number % 20, "leg:passed", leg, "[]"])
        for rung in ["warn", "late"] {
            try run(
                """
                INSERT INTO timer(record, rung, fire_at) VALUES (?, ?, ?)
                ON CONFLICT(record, rung) DO UPDATE SET fire_at = excluded.fire_at
                """, [leg, rung, number])
        }
        try run("INSERT INTO notice(person, at, text) VALUES (?, ?, ?)", [number % 20, number, "The baton is yours"])
        try run("INSERT INTO outbox(key, payload) VALUES (?, ?)", ["leg:\(number)", "{}"])
    }

    private static let legs = 1000

    private static func prepareLegs(_ db: GRDB.Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE leg(id INTEGER PRIMARY KEY, status TEXT, holder INTEGER, due INTEGER, revision INTEGER) STRICT;
                CREATE TABLE event(sequence INTEGER PRIMARY KEY, at INTEGER, actor INTEGER, kind TEXT, record INTEGER,
                changes TEXT) STRICT;
                CREATE INDEX event_record ON event(record, sequence);
                CREATE TABLE timer(record INTEGER, rung TEXT, fire_at INTEGER, PRIMARY KEY(record, rung)) STRICT;
                CREATE INDEX timer_due ON timer(fire_at);
                CREATE TABLE notice(id INTEGER PRIMARY KEY, person INTEGER, at INTEGER, text TEXT) STRICT;
                CREATE INDEX notice_person ON notice(person, at);
                CREATE TABLE outbox(id INTEGER PRIMARY KEY, key TEXT UNIQUE, payload TEXT) STRICT;
                """)
        for number in 0..<legs {
            try db.execute(sql: "INSERT INTO leg VALUES (?, 'held', 1, 0, 1)", arguments: [number])
        }
    }

    func close() throws { try pool.close() }

    private static func insert(_ number: Int, _ db: GRDB.Database) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT INTO company VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        try statement.execute(arguments: [
            number, "C\(number)", "Hamburg Harbour Home \(number) GmbH", "Harbour \(number)", "DE", "Hamburg",
            "\(number) Harbour Road", "https://c\(number).example", "VATDE\(number)", "fair", number, number,
        ])
    }
}
