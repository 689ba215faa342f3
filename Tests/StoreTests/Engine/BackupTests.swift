import Foundation
import Store
import StoreSQLite
import Testing
import Values

@Suite("Backup and restore")
struct BackupTests {
    @Test("A backup taken while others write is whole, restores and verifies")
    func whileWriting() async throws {
        let model = try TradeFixture.model()
        try await withDirectory { directory in
            let path = directory + "/a.sqlite"
            let database = try await SQLiteDatabase.open(path: path)
            _ = try await database.write { try MigrationPlan.plan(on: $0, to: model).apply(on: $0) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<4 {
                    group.addTask {
                        for number in 0..<50 {
                            let record = writer * 1000 + number
                            try await database.write { connection in
                                try RecordStore(connection, model: model).insert(
                                    "company", TradeFixture.id(record), values: ["code": .text("C\(record)")],
                                    system: TradeFixture.system())
                                try EventLog(connection).append([TradeFixture.event(record: record)])
                                try EventLog(connection).seal()
                            }
                        }
                    }
                }
                group.addTask { try await database.backup(to: directory + "/copy.sqlite") }
                try await group.waitForAll()
            }
            await database.close()

            try await SQLiteCopy(destination: path).restore(from: directory + "/copy.sqlite")
            let restored = try await SQLiteDatabase.open(path: path)
            let report = try await restored.read { try EventLog($0).verify() }
            let records = try await restored.read { connection in
                let query = RecordQuery(object: "company", context: TradeFixture.context)
                return try RecordStore(connection, model: model).count(query, cap: 10_000).count
            }
            #expect(report.isWhole)
            #expect(report.events == records)
            #expect(try await restored.integrityFindings().isEmpty)
            #expect(FileManager.default.fileExists(atPath: path + ".replaced"))
            await restored.close()
        }
    }

    @Test("A backup never overwrites a file")
    func neverOverwrites() async throws {
        try await withDirectory { directory in
            let database = try await SQLiteDatabase.open(path: directory + "/a.sqlite")
            try Data("keep".utf8).write(to: URL(fileURLWithPath: directory + "/b"))
            await #expect(throws: StoreError.self) { try await database.backup(to: directory + "/b") }
            #expect(try String(contentsOfFile: directory + "/b", encoding: .utf8) == "keep")
            await database.close()
        }
    }

    @Test("What is no database of Baton is not restored, and the old one stays")
    func foreignFile() async throws {
        try await withDirectory { directory in
            let path = directory + "/a.sqlite"
            let database = try await SQLiteDatabase.open(path: path)
            await database.close()
            try Data("not a database".utf8).write(to: URL(fileURLWithPath: directory + "/b"))
            await #expect(throws: StoreError.self) {
                try await SQLiteCopy(destination: path).restore(from: directory + "/b")
            }
            let again = try await SQLiteDatabase.open(path: path)
            try await again.checkHealth()
            await again.close()
        }
    }

    @Test("A database of a newer program is refused with a way on")
    func newerProgram() async throws {
        try await withDirectory { directory in
            let path = directory + "/a.sqlite"
            let database = try await SQLiteDatabase.open(path: path)
            _ = try await database.write { try $0.run("INSERT INTO kernel_migration VALUES (999, 'future')") }
            await database.close()
            await #expect(throws: StoreError.self) { _ = try await SQLiteDatabase.open(path: path) }
        }
    }
}
