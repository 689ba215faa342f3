import Store
import StoreSQLite
import Testing
import Values

@Suite("Group commit")
struct GroupCommitTests {
    private struct Refused: Error {}

    @Test("A body that throws is rolled back alone, its neighbours in the same commit stand")
    func isolation() async throws {
        try await withEachEngine { database in
            let outcomes = await withTaskGroup(of: (Int, Bool).self) { group in
                for number in 0..<200 {
                    group.addTask {
                        do {
                            try await database.write { connection in
                                try Settings(connection).set(
                                    "k\(number)", "v", at: TradeFixture.start, by: nil)
                                if number % 3 == 0 { throw Refused() }
                            }
                            return (number, true)
                        } catch {
                            return (number, false)
                        }
                    }
                }
                return await group.reduce(into: [Int: Bool]()) { $0[$1.0] = $1.1 }
            }
            let kept = try await database.read { try Settings($0).all(prefix: "k") }
            #expect(outcomes.count == 200)
            for number in 0..<200 {
                #expect(outcomes[number] == (number % 3 != 0))
                #expect((kept["k\(number)"] != nil) == (number % 3 != 0))
            }
        }
    }

    @Test("Reads, writes and the commits that they share are counted")
    func figures() async throws {
        try await withEachEngine { database in
            let before = database.figures
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        // Every fourth is refused, and the test is about the count.
                        try? await database.write { connection in
                            try Settings(connection).set("f\(number)", "v", at: TradeFixture.start, by: nil)
                            if number % 4 == 0 { throw Refused() }
                        }
                    }
                }
            }
            for _ in 0..<40 { _ = try await database.read { try Settings($0).text("f1") } }
            let after = database.figures
            check(after, since: before)
        }
    }

    private func check(_ after: DatabaseFigures, since before: DatabaseFigures) {
        #expect(after.groups.sum - before.groups.sum == 30)
        let groups = after.groups.counts.reduce(0, +)
        let commits = groups - before.groups.counts.reduce(0, +)
        // A refused body alone needs no commit, and one whose neighbours came too late has its own.
        #expect((1...40).contains(commits))
        #expect(after.commits.counts.reduce(0, +) == groups)
        #expect(after.failedCommits == 0 && after.readsWaiting == 0 && after.writesWaiting == 0)
        #expect(after.readers > 0 && after.readersBusy <= after.readers)
        // The last ones may be counted a moment after their answer.
        let read = after.reads.counts.reduce(0, +) - before.reads.counts.reduce(0, +)
        #expect(read + after.readers >= 40)
    }

    @Test("Sixteen writers that count up lose no step")
    func counters() async throws {
        try await withEachEngine { database in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        for _ in 0..<25 {
                            try await database.write { connection in
                                let settings = Settings(connection)
                                let count = Int(try settings.text("count") ?? "0") ?? 0
                                try settings.set("count", String(count + 1), at: TradeFixture.start, by: nil)
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await database.read { try Settings($0).text("count") } == "400")
        }
    }

    @Test("A statement that the engine refuses leaves the connection usable")
    func refusedStatement() async throws {
        try await withEachEngine { database in
            await #expect(throws: StoreError.self) {
                try await database.write { try $0.run("INSERT INTO nowhere VALUES (1)") }
            }
            try await database.checkHealth()
        }
    }

    @Test("What is answered is there for the next reader")
    func readYourWrite() async throws {
        try await withEachEngine { database in
            for number in 0..<50 {
                try await database.write {
                    try Settings($0).set("now", String(number), at: TradeFixture.start, by: nil)
                }
                #expect(try await database.read { try Settings($0).text("now") } == String(number))
            }
        }
    }

    @Test("A closed database refuses work and says so")
    func closed() async throws {
        try await withEachEngine { database in
            await database.close()
            await #expect(throws: StoreError.unavailable("the database is closed")) {
                try await database.write { _ in }
            }
            await #expect(throws: StoreError.unavailable("the database is closed")) {
                try await database.read { _ in }
            }
        }
    }

    @Test("The writer syncs every commit")
    func synchronousFull() async throws {
        try await withSQLite { database in
            let level = try await database.write { try $0.rows("PRAGMA synchronous")[0][0] }
            let mode = try await database.write { try $0.rows("PRAGMA journal_mode")[0][0] }
            #expect(level == .integer(2))
            #expect(mode == .text("wal"))
        }
    }

    @Test("A failed savepoint inside a body undoes its own part only")
    func nestedSavepoint() async throws {
        try await withEachEngine { database in
            try await database.write { connection in
                let settings = Settings(connection)
                try settings.set("outer", "1", at: TradeFixture.start, by: nil)
                do {
                    try connection.savepoint {
                        try settings.set("inner", "1", at: TradeFixture.start, by: nil)
                        throw Refused()
                    }
                } catch is Refused {}
            }
            let kept = try await database.read { try Settings($0).all() }
            #expect(kept == ["outer": "1"])
        }
    }
}
