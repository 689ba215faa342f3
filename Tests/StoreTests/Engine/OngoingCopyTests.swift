import Foundation
import Store
import StoreSQLite
import Testing
import Values

@Suite("The ongoing copy")
struct OngoingCopyTests {
    @Test("It follows commits, merges and a long log, and what it has reached can be restored at any time")
    func follows() async throws {
        try await Self.withPlaces { database, second, folder in
            let copy = OngoingCopy(of: database, to: second)
            var written = 0
            for round in 0..<6 {
                // Some 900 frames a round: the log is merged and started anew on the way.
                for _ in 0..<60 {
                    try await Self.write(written, to: database)
                    written += 1
                }
                try await copy.advance(at: TradeFixture.at(round))
                #expect(copy.reached?.sequence == written && copy.reached?.at == TradeFixture.at(round))
                let proof = try await SQLiteCopy(destination: folder + "/r\(round).sqlite").restore(fromCopies: second)
                #expect(proof.events == written)
                #expect(proof.note.at == TradeFixture.at(round).milliseconds)
            }
            #expect(try Self.generations(second).count == 1)
            let merged = try await SQLiteCopy(destination: folder + "/end.sqlite").restore(fromCopies: second).note
                .merged
            #expect(merged > 0)
            try await copy.finish(at: TradeFixture.at(9))
        }
    }

    @Test("It goes on while others write and read all the time")
    func underLoad() async throws {
        try await Self.withPlaces { database, second, folder in
            let copy = OngoingCopy(of: database, to: second)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<4 {
                    group.addTask {
                        for number in 0..<150 { try await Self.write(writer * 1000 + number, to: database) }
                    }
                }
                group.addTask {
                    for _ in 0..<300 { _ = try await database.read { try EventLog($0).lastSequence() } }
                }
                group.addTask { for second in 0..<40 { try await copy.advance(at: TradeFixture.at(second)) } }
                try await group.waitForAll()
            }
            try await copy.finish(at: TradeFixture.at(99))
            let proof = try await SQLiteCopy(destination: folder + "/r.sqlite").restore(fromCopies: second)
            #expect(proof.events == 600)
        }
    }

    @Test("Another process that writes, merges and closes beside it is copied as well")
    func besideOthers() async throws {
        try await Self.withPlaces { database, second, folder in
            let copy = OngoingCopy(of: database, to: second)
            try await Self.write(0, to: database)
            try await copy.advance(at: TradeFixture.at(0))
            for number in 1..<6 {
                let shell = try await SQLiteDatabase.open(path: database.path)
                try await Self.write(number, to: shell)
                await shell.close()
                try await copy.advance(at: TradeFixture.at(number))
                let place = folder + "/r\(number).sqlite"
                #expect(try await SQLiteCopy(destination: place).restore(fromCopies: second).events == number + 1)
            }
            try await copy.finish(at: TradeFixture.at(9))
        }
    }

    @Test("A log that was started anew without it begins a new generation; the last two stay")
    func generations() async throws {
        try await Self.withPlaces { database, second, folder in
            for number in 0..<4 {
                let copy = OngoingCopy(of: database, to: second)
                try await Self.write(number, to: database)
                try await copy.advance(at: TradeFixture.at(number * 2))
                try await copy.finish(at: TradeFixture.at(number * 2 + 1))
            }
            #expect(try Self.generations(second).count == 2)
            let proof = try await SQLiteCopy(destination: folder + "/r.sqlite").restore(fromCopies: second)
            #expect(proof.events == 4)
        }
    }

    @Test("A damaged generation is passed over; when none is sound the reasons are told and nothing is put in place")
    func damaged() async throws {
        try await Self.withPlaces { database, second, folder in
            for number in 0..<2 {
                let copy = OngoingCopy(of: database, to: second)
                try await Self.write(number * 2, to: database)
                try await copy.advance(at: TradeFixture.at(number))
                try await Self.write(number * 2 + 1, to: database)
                try await copy.finish(at: TradeFixture.at(number))
            }
            let names = try Self.generations(second)
            // Its note promises more than what is left of it holds.
            try FileManager.default.removeItem(atPath: "\(second)/\(names[1])/baton.sqlite-wal")
            let older = try await SQLiteCopy(destination: folder + "/r.sqlite").restore(fromCopies: second)
            #expect(older.generation == names[0])
            #expect(older.events == 2)

            // The log alone would do: it goes back to the first page of this young database.
            try FileManager.default.removeItem(atPath: "\(second)/\(names[0])/baton.sqlite-wal")
            try Data("damaged".utf8).write(to: URL(fileURLWithPath: "\(second)/\(names[0])/baton.sqlite"))
            await #expect(throws: StoreError.self) {
                _ = try await SQLiteCopy(destination: folder + "/none.sqlite").restore(fromCopies: second)
            }
            #expect(!FileManager.default.fileExists(atPath: folder + "/none.sqlite"))
        }
    }

    @Test("A second place that fails stops nothing here, and the copy goes on once it is back")
    func failingPlace() async throws {
        try await Self.withPlaces { database, second, folder in
            let copy = OngoingCopy(of: database, to: second)
            try Data().write(to: URL(fileURLWithPath: second))
            await #expect(throws: (any Error).self) { try await copy.advance(at: TradeFixture.at(0)) }
            try await Self.write(0, to: database)
            #expect(copy.reached == nil)
            try FileManager.default.removeItem(atPath: second)
            try await copy.advance(at: TradeFixture.at(1))
            #expect(copy.reached?.sequence == 1)
            try await copy.finish(at: TradeFixture.at(2))
        }
    }

    // MARK: Pieces

    private static func withPlaces(
        _ body: @escaping @Sendable (SQLiteDatabase, String, String) async throws -> Void
    ) async throws {
        let model = try TradeFixture.model()
        try await withDirectory { directory in
            let database = try await SQLiteDatabase.open(path: directory + "/a.sqlite")
            _ = try await database.write { try MigrationPlan.plan(on: $0, to: model).apply(on: $0) }
            try await body(database, directory + "/second", directory)
            await database.close()
        }
    }

    /// One event and a value of some pages.
    private static func write(_ number: Int, to database: SQLiteDatabase) async throws {
        try await database.write { connection in
            try EventLog(connection).append([TradeFixture.event(record: number)])
            let text = String(repeating: "\(number) ", count: 8000)
            try Settings(connection).set("key\(number)", text, at: TradeFixture.start, by: nil)
        }
    }

    private static func generations(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }
}
