import Store
import Testing

/// Statements that are said together with the next one.
@Suite("Statements whose answer nobody needs")
struct SentStatementTests {
    private func count(_ connection: any Connection) throws -> Int64 {
        try connection.row("SELECT count(*) FROM setting WHERE key LIKE 'sent%'")?[0].integer ?? -1
    }

    private func insertion(_ key: String) -> SQLFragment {
        "INSERT INTO setting(key, value, updated_at, updated_by) VALUES (\(key), '', 0, NULL)"
    }

    /// Why a part is undone.
    private func refusal(of connection: any Connection, _ part: () throws -> Void) -> StoreError? {
        do {
            try connection.savepoint(part)
            return nil
        } catch {
            return error as? StoreError
        }
    }

    @Test("They are there for the next question, and in their order")
    func order() async throws {
        try await withEachEngine { database in
            try await database.write { connection in
                for number in 0..<130 { try connection.send(insertion("sent\(number)")) }
                #expect(try count(connection) == 130)
                try connection.send("DELETE FROM setting WHERE key = 'sent7'")
                try connection.send(insertion("sent7"))
                #expect(try count(connection) == 130)
                try connection.send(insertion("sent-last"))
            }
            #expect(try await database.read { try count($0) } == 131)
        }
    }

    @Test("One that fails undoes its own part and nothing else")
    func failing() async throws {
        try await withEachEngine { database in
            try await database.write { connection in
                try connection.send(insertion("sent-before"))
                let twice = refusal(of: connection) {
                    try connection.send(insertion("sent-inside"))
                    try connection.send(insertion("sent-before"))
                }
                #expect(twice == .duplicate(field: "key"))
                try connection.savepoint { try connection.send(insertion("sent-after")) }
                // A part that fails before anything was said to the server.
                let unsaid = refusal(of: connection) {
                    try connection.send(insertion("sent-never"))
                    throw StoreError.missing
                }
                #expect(unsaid == .missing)
                #expect(try count(connection) == 2)
            }
            await #expect(throws: StoreError.self) {
                try await database.write { connection in
                    try connection.send(insertion("sent-x"))
                    try connection.send(insertion("sent-x"))
                }
            }
            #expect(try await database.read { try count($0) } == 2)
        }
    }

    @Test("Of bodies that share a transaction only the one whose statement fails is refused")
    func group() async throws {
        try await withEachEngine { database in
            let refused = await withTaskGroup(of: Int?.self) { group in
                for number in 0..<60 {
                    group.addTask {
                        do {
                            try await database.write { connection in
                                try connection.send(insertion("sent\(number)"))
                                if number % 3 == 0 { try connection.send(insertion("sent\(number)")) }
                            }
                            return nil
                        } catch {
                            return number
                        }
                    }
                }
                return await group.reduce(into: Set<Int>()) { found, number in if let number { found.insert(number) } }
            }
            #expect(refused == Set((0..<60).filter { $0 % 3 == 0 }))
            let kept = try await database.read { try count($0) }
            #expect(kept == 40)
        }
    }
}
