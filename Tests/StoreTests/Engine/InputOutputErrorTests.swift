import Foundation
import Store
import StoreSQLite
import Testing
import Values

#if canImport(Glibc)
    import Glibc
#endif

@Suite("Input/output errors")
struct InputOutputErrorTests {
    @Test("A commit that fails is not acknowledged and not there; the file is opened anew and writing goes on")
    func failedCommit() async throws {
        try await withDirectory { directory in
            let path = directory + "/a.sqlite"
            let database = try await SQLiteDatabase.open(path: path)
            #expect(await Self.write("before", to: database) == nil)
            try Self.spoilLog(of: path)
            await withTaskGroup(of: StoreError?.self) { group in
                for number in 0..<12 { group.addTask { await Self.write("lost\(number)", to: database) } }
                for await outcome in group {
                    guard case .unavailable? = outcome else {
                        Issue.record("\(String(describing: outcome))")
                        continue
                    }
                }
            }
            try await Self.waitUntilWriting(database)
            #expect(await Self.write("after", to: database) == nil)
            let kept = try await database.read { try Settings($0).all() }
            #expect(kept["before"] != nil && kept["after"] != nil)
            #expect(kept.keys.filter { $0.hasPrefix("lost") }.isEmpty)
            await database.close()

            let again = try await SQLiteDatabase.open(path: path)
            #expect(try await again.read { try Settings($0).all() } == kept)
            #expect(try await again.integrityFindings().isEmpty)
            await again.close()
        }
    }

    @Test("While the file is damaged writes are refused, reads go on, and writing resumes once it is mended")
    func damagedFile() async throws {
        try await withDirectory { directory in
            let path = directory + "/a.sqlite"
            let made = try await SQLiteDatabase.open(path: path)
            for number in 0..<200 { #expect(await Self.write("key\(number)", to: made) == nil) }
            await made.close()

            let database = try await SQLiteDatabase.open(path: path)
            let page = try await database.read { connection in
                try connection.rows("SELECT rootpage FROM sqlite_master WHERE name = 'idempotency'")[0][0].integer ?? 0
            }
            let (sound, place) = try Self.overwritePage(Int(page), of: path)
            let command = TradeFixture.id(1)
            let failure = await Self.outcome {
                try await database.write { connection in
                    _ = try Idempotency(connection).begin(
                        user: command, key: "k", requestHash: [], at: TradeFixture.start)
                }
            }
            guard case .unavailable? = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            try await Self.until(database) {
                await Self.write("while", to: database) != nil && database.standstill != nil
            }
            #expect(try await database.read { try Settings($0).text("key7") } != nil)
            await #expect(throws: StoreError.self) { try await database.checkHealth() }

            try Self.write(sound, at: place, of: path)
            try await Self.waitUntilWriting(database)
            #expect(await Self.write("after", to: database) == nil)
            #expect(try await database.integrityFindings().isEmpty)
            await database.close()
        }
    }

    @Test("Proving that writing works writes each time, also when the same stands there already")
    func writesEachTime() async throws {
        try await withDirectory { directory in
            let database = try await SQLiteDatabase.open(path: directory + "/a.sqlite")
            var sizes: [Int] = []
            for _ in 0..<4 {
                try await database.checkHealth()
                let log = try FileManager.default.attributesOfItem(atPath: directory + "/a.sqlite-wal")
                sizes.append(log[.size] as? Int ?? 0)
            }
            #expect(Set(sizes).count == 4)
            await database.close()
        }
    }

    @Test("A savepoint after a transaction that the engine undid writes nothing")
    func savepointAfterUndoing() async throws {
        try await withEachEngine { database in
            let failure = await Self.outcome {
                try await database.write { connection in
                    try connection.run("ROLLBACK")
                    try connection.savepoint { try Settings(connection).touch("stray") }
                }
            }
            #expect(failure != nil)
            let stray = try await database.read { try Settings($0).text("stray") }
            #expect(stray == nil)
        }
    }

    @Test("The end of the event log is checked like the whole: sound, changed, cut off")
    func tail() async throws {
        let model = try TradeFixture.model()
        try await withEachEngine(model) { database in
            try await database.write { connection in
                let log = EventLog(connection)
                try log.append((0..<5).map { TradeFixture.event(record: $0) })
                try log.seal()
                try log.append((5..<8).map { TradeFixture.event(record: $0) })
                #expect(try log.tailFinding() == nil)
            }
            let cut = try await database.write { connection in
                try connection.run("UPDATE event_head SET sequence = 9 WHERE id = 1")
                return try EventLog(connection).tailFinding()
            }
            #expect(cut == .missingEvent(sequence: 9))
        }
    }

    // MARK: Faults

    /// From now on writing to the log through the descriptors that are open now fails: they can only read it.
    private static func spoilLog(of path: String) throws {
        var spoiled = 0
        for name in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
            // Descriptors of other tests come and go meanwhile.
            guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/" + name),
                target.hasSuffix("/" + URL(fileURLWithPath: path + "-wal").lastPathComponent),
                target.contains(URL(fileURLWithPath: path).deletingLastPathComponent().lastPathComponent),
                let descriptor = Int32(name)
            else { continue }
            let readOnly = open(path + "-wal", O_RDONLY)
            #expect(dup2(readOnly, descriptor) == descriptor)
            close(readOnly)
            spoiled += 1
        }
        #expect(spoiled > 0)
    }

    /// Overwrites a page in the file and gives what stood there and where.
    private static func overwritePage(_ page: Int, of path: String) throws -> ([UInt8], Int) {
        let place = (page - 1) * 4096
        let sound = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))[place..<place + 4096])
        try write([UInt8](repeating: 0xFF, count: 4096), at: place, of: path)
        return (sound, place)
    }

    private static func write(_ bytes: [UInt8], at place: Int, of path: String) throws {
        // A program of its own: closing the file here would drop the locks that the engine holds on it.
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/dd")
        process.arguments = ["of=" + path, "bs=1", "seek=\(place)", "conv=notrunc", "status=none"]
        let pipe = Pipe()
        process.standardInput = pipe
        try process.run()
        try pipe.fileHandleForWriting.write(contentsOf: Data(bytes))
        try pipe.fileHandleForWriting.close()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    private static func write(_ key: String, to database: SQLiteDatabase) async -> StoreError? {
        await outcome { try await database.write { try Settings($0).set(key, key, at: TradeFixture.start, by: nil) } }
    }

    private static func outcome(_ body: () async throws -> Void) async -> StoreError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? StoreError ?? .broken("\(error)")
        }
    }

    private static func waitUntilWriting(_ database: SQLiteDatabase) async throws {
        try await until(database) { database.standstill == nil }
    }

    /// The engine gets going again by itself; there is nothing to wait for but it. Reads go on meanwhile.
    private static func until(_ database: SQLiteDatabase, _ condition: () async -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(120)
        while await !condition() {
            guard ContinuousClock.now < end else {
                Issue.record("it took more than two minutes")
                return
            }
            _ = try await database.read { try Settings($0).all() }
        }
    }
}
