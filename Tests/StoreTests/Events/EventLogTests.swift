import Store
import Testing
import Values

@Suite("Event log")
struct EventLogTests {
    private struct Refused: Error {}

    @Test("Events come back as they were written, with every kind of value")
    func roundTrip() async throws {
        let changes = [
            FieldChange(field: "name", before: .null, after: .text("引号\" 反斜\\ 换行\n\u{1} é 😀")),
            FieldChange(field: "rate", before: .decimal(ExactDecimal(units: -50, scale: 2)), after: .real(0.1)),
            FieldChange(field: "day", before: .day(Day(number: -1)), after: .instant(TradeFixture.at(3))),
            FieldChange(field: "list", before: .list([]), after: .list([.text("a"), .bool(true)])),
            FieldChange(field: "link", before: .record(TradeFixture.id(5)), after: .bool(false)),
        ]
        let entry = TradeFixture.event("action:submit", record: 1, parent: TradeFixture.id(2), changes: changes)
        try await withEachEngine { database in
            let last = try await database.write { try EventLog($0).append([entry, entry]) }
            let read = try await database.read { try EventLog($0).events(after: 1, limit: 10) }
            #expect(last == 2)
            #expect(read.count == 1)
            #expect(read.first?.changes == changes)
            #expect(read.first?.sequence == 2)
            #expect(read.first?.parent == TradeFixture.id(2))
            #expect(read.first?.actorName == "王芳")
        }
    }

    @Test("A rolled-back body leaves neither row nor event nor a gap")
    func rowAndEventTogether() async throws {
        let model = try TradeFixture.model()
        try await withEachEngine(model) { database in
            for number in 1...9 {
                do {
                    try await database.write { connection in
                        try RecordStore(connection, model: model).insert(
                            "company", TradeFixture.id(number), values: [:], system: TradeFixture.system())
                        try EventLog(connection).append([TradeFixture.event(record: number)])
                        if number % 3 == 0 { throw Refused() }
                    }
                } catch is Refused {}
            }
            let events = try await database.read { try EventLog($0).events(after: 0, limit: 100) }
            let rows = try await database.read { connection in
                try RecordStore(connection, model: model).select(
                    RecordQuery(object: "company", context: TradeFixture.context))
            }
            #expect(events.map(\.sequence) == Array(1...6))
            #expect(Set(events.map(\.record)) == Set(rows.map(\.id)))
        }
    }

    @Test("Events can't be changed or deleted through the program")
    func appendOnly() async throws {
        try await withEachEngine { database in
            try await database.write { connection in
                try EventLog(connection).append([TradeFixture.event(record: 1)])
                try EventLog(connection).seal()
            }
            let attempts: [SQLFragment] = [
                "UPDATE event SET reason = 'x'", "DELETE FROM event", "UPDATE event_block SET last = 9",
                "DELETE FROM event_block", "DELETE FROM event_head",
                "DELETE FROM event_seal",
            ]
            for attempt in attempts {
                await #expect(throws: StoreError.self) { try await database.write { try $0.run(attempt) } }
            }
            #expect(try await database.read { try EventLog($0).verify() }.isWhole)
        }
    }

    @Test("A timeline holds the record's events, its lines' and those of related records, newest first")
    func timeline() async throws {
        let model = try TradeFixture.model()
        try await withEachEngine(model) { database in
            try await database.write { connection in
                let store = RecordStore(connection, model: model)
                try store.insert("company", TradeFixture.id(1), values: [:], system: TradeFixture.system())
                try store.insert(
                    "quotation", TradeFixture.id(2), values: ["company": .record(TradeFixture.id(1))],
                    system: TradeFixture.system())
                let log = EventLog(connection)
                try log.append([
                    TradeFixture.event(record: 1), TradeFixture.event(object: "quotation", record: 2),
                    TradeFixture.event(object: "quotation_line", record: 3, parent: TradeFixture.id(2)),
                    TradeFixture.event(record: 4), TradeFixture.event("updated", record: 1),
                ])
                let id = TradeFixture.id(1)
                #expect(try log.timeline("company", id, limit: 10).map(\.sequence) == [5, 1])
                #expect(try log.timeline("quotation", TradeFixture.id(2), limit: 10).map(\.sequence) == [3, 2])
                let related = [EventLog.Related(object: "quotation", field: "company")]
                #expect(try log.timeline("company", id, limit: 10, related: related).map(\.sequence) == [5, 2, 1])
                #expect(try log.timeline("company", id, before: 5, limit: 1, related: related).map(\.sequence) == [2])
            }
        }
    }
}
