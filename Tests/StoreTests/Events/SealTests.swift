import Store
import Testing
import Values

@Suite("Sealed log")
struct SealTests {
    /// 2,300 events in three blocks and a tail of 50.
    private func filled(_ database: any Store.Database) async throws {
        try await database.write { connection in
            let log = EventLog(connection)
            try log.append((1...2300).map { TradeFixture.event(record: $0) })
            try log.seal()
            try log.append((1...50).map { TradeFixture.event(record: $0) })
        }
    }

    /// Changes the file behind the program's back.
    private func tamper(_ database: any Store.Database, _ statements: [SQLFragment]) async throws {
        try await database.write { connection in
            let guards: [SQLFragment] =
                connection.dialect is PostgresDialect
                ? ["event_stays ON event", "block_stays ON event_block"]
                : ["event_no_update", "event_no_delete", "block_no_update", "block_no_delete"]
            for trigger in guards { try connection.run("DROP TRIGGER \(trigger)") }
            for statement in statements { try connection.run(statement) }
        }
    }

    private static let zeros = SQLValue.blob([UInt8](repeating: 0, count: 16))

    @Test("A whole log verifies and tells how much of it is sealed")
    func whole() async throws {
        try await withEachEngine { database in
            try await filled(database)
            let report = try await database.read { try EventLog($0).verify() }
            #expect(report.isWhole)
            #expect(report.events == 2350)
            #expect(report.blocks == 3)
            #expect(report.unsealed == 50)
        }
    }

    @Test("Full blocks only are sealed when a partial one may wait")
    func partial() async throws {
        try await withEachEngine { database in
            try await database.write { connection in
                let log = EventLog(connection)
                try log.append((1...1500).map { TradeFixture.event(record: $0) })
                #expect(try log.seal(partial: false) == 1)
                #expect(try log.currentSeal().sequence == 1000)
                #expect(try log.seal() == 1)
                #expect(try log.currentSeal().sequence == 1500)
                #expect(try log.seal() == 0)
            }
        }
    }

    @Test(
        "Any changed column of any sealed event is found in its block",
        arguments: [
            "at = at + 1", "actor = NULL", "actor_name = 'x'", "on_behalf_of = \(Self.zeros)", "origin = 'api'",
            "command = \(Self.zeros)", "object = 'quotation'", "record = \(Self.zeros)", "parent = \(Self.zeros)",
            "kind = 'updated'", "changes = '[ ]'", "reason = 'because'", "model_version = 2",
        ] as [SQLFragment])
    func changedEvent(change: SQLFragment) async throws {
        try await withEachEngine { database in
            try await filled(database)
            try await tamper(database, ["UPDATE event SET \(change) WHERE sequence = 1700"])
            let report = try await database.read { try EventLog($0).verify() }
            #expect(report.finding == .changedBlock(number: 2, first: 1001, last: 2000))
        }
    }

    @Test("A deleted event, block or tail is found")
    func deletions() async throws {
        let cases: [(SQLFragment, EventLog.VerifyReport.Finding)] = [
            ("DELETE FROM event WHERE sequence = 1500", .missingEvent(sequence: 1500)),
            ("DELETE FROM event WHERE sequence > 2340", .missingEvent(sequence: 2341)),
            ("DELETE FROM event WHERE sequence > 1990", .missingEvent(sequence: 1991)),
            ("DELETE FROM event_block WHERE number = 3", .missingBlock(number: 3)),
            (
                "UPDATE event_block SET hash = \(Self.zeros) WHERE number = 1",
                .changedBlock(number: 1, first: 1, last: 1000)
            ),
            ("UPDATE event_head SET sequence = 2349", .foreignEvent(sequence: 2350)),
        ]
        for (statement, finding) in cases {
            try await withEachEngine { database in
                try await filled(database)
                try await tamper(database, [statement])
                #expect(try await database.read { try EventLog($0).verify() }.finding == finding)
            }
        }
    }

    @Test("A tail cut off with all its traces does not pass a checkpoint kept elsewhere")
    func checkpoint() async throws {
        try await withEachEngine { database in
            try await filled(database)
            let kept = try await database.read { try EventLog($0).currentSeal() }
            let before = try await database.read { try EventLog($0).verify(against: kept) }
            #expect(before.isWhole)
            let second = try await database.read {
                try $0.rows("SELECT hash FROM event_block WHERE number = 2")[0][0]
            }
            try await tamper(
                database,
                [
                    "DELETE FROM event WHERE sequence > 2000", "DELETE FROM event_block WHERE number = 3",
                    "UPDATE event_head SET sequence = 2000",
                    "UPDATE event_seal SET blocks = 2, sequence = 2000, hash = \(second)",
                ])
            let alone = try await database.read { try EventLog($0).verify() }
            let compared = try await database.read { try EventLog($0).verify(against: kept) }
            #expect(alone.isWhole)
            #expect(compared.finding == .checkpointNotHeld)
        }
    }
}
