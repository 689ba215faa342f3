import Foundation
import Store
import StoreSQLite
import Testing
import Values

@Suite("Closing")
struct ClosingTests {
    @Test("A closed database is one file: the write-ahead log is merged into it")
    func oneFile() async throws {
        try await withDirectory { directory in
            let path = directory + "/a.sqlite"
            let database = try await SQLiteDatabase.open(path: path)
            for number in 0..<20 {
                try await database.write { try Settings($0).set("key\(number)", "x", at: TradeFixture.at(0), by: nil) }
                _ = try await database.read { try Settings($0).text("key\(number)") }
            }
            await database.close()
            let log = try? FileManager.default.attributesOfItem(atPath: path + "-wal")  // none is best
            #expect((log?[.size] as? Int ?? 0) == 0)
            try FileManager.default.copyItem(atPath: path, toPath: directory + "/alone.sqlite")
            let alone = try await SQLiteDatabase.open(path: directory + "/alone.sqlite")
            #expect(try await alone.read { try Settings($0).all(prefix: "key").count } == 20)
            await alone.close()
        }
    }

    @Test("Closing beside another process at work waits for nobody and loses nothing")
    func besideOthers() async throws {
        try await withDirectory { directory in
            let path = directory + "/a.sqlite"
            let server = try await SQLiteDatabase.open(path: path)
            let shell = try await SQLiteDatabase.open(path: path)
            try await shell.write { try Settings($0).set("key", "x", at: TradeFixture.at(0), by: nil) }
            await shell.close()
            #expect(try await server.read { try Settings($0).text("key") } == "x")
            try await server.write { try Settings($0).set("key", "y", at: TradeFixture.at(0), by: nil) }
            await server.close()
        }
    }
}
