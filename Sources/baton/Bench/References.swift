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
