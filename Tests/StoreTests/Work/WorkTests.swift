import Definitions
import Store
import Testing
import Values

@Suite("Kernel tables")
struct WorkTests {
    @Test("Numbers run without gaps, start anew with their prefix and are given again after a rollback")
    func numbers() async throws {
        struct Refused: Error {}
        let field = try TradeFixture.model().object("quotation")?.field("no")
        let series = try #require(field?.series)
        let day = try #require(Day(year: 2026, month: 11, day: 22))
        try await withEachEngine { database in
            @Sendable func next(_ day: Day, fails: Bool = false) async throws -> String {
                try await database.write { connection in
                    let number = try Numbers(connection).next(series, of: "quotation", field: "no", on: day)
                    if fails { throw Refused() }
                    return number
                }
            }
            #expect(try await next(day) == "Q261122001")
            await #expect(throws: Refused.self) { _ = try await next(day, fails: true) }
            #expect(try await next(day) == "Q261122002")
            #expect(try await next(day.adding(days: 1)) == "Q261123001")
            try await database.write {
                try Numbers($0).raise(series, of: "quotation", field: "no", on: day, above: 41)
            }
            #expect(try await next(day) == "Q261122042")
        }
    }

    @Test("A key gives the same answer once, is told in flight, and refuses another request")
    func idempotency() async throws {
        let user = TradeFixture.id(1)
        try await withEachEngine { database in
            try await database.write { connection in
                let keys = Idempotency(connection)
                let at = TradeFixture.start
                #expect(try keys.begin(user: user, key: "k", requestHash: [1], at: at) == .started)
                #expect(try keys.begin(user: user, key: "k", requestHash: [1], at: at) == .inFlight)
                try keys.finish(user: user, key: "k", status: 201, body: [7])
                #expect(try keys.begin(user: user, key: "k", requestHash: [1], at: at) == .done(status: 201, body: [7]))
                #expect(try keys.begin(user: user, key: "k", requestHash: [2], at: at) == .differs)
                #expect(try keys.begin(user: TradeFixture.id(2), key: "k", requestHash: [2], at: at) == .started)
                try keys.release(user: TradeFixture.id(2), key: "k")
                #expect(try keys.begin(user: TradeFixture.id(2), key: "k", requestHash: [3], at: at) == .started)
            }
        }
    }

    @Test("A timer fires once; moved to a later instant it fires again")
    func timers() async throws {
        try await withEachEngine { database in
            try await database.write { connection in
                let timers = Timers(connection)
                func entry(_ fireAt: Int) -> TimerEntry {
                    TimerEntry(
                        id: TradeFixture.id(1), kind: "leg", object: "order", record: TradeFixture.id(2), rung: "late",
                        fireAt: TradeFixture.at(fireAt), payload: "{}")
                }
                try timers.set(entry(10))
                #expect(try timers.due(at: TradeFixture.at(9), limit: 5).isEmpty)
                #expect(try timers.due(at: TradeFixture.at(10), limit: 5) == [entry(10)])
                #expect(try timers.fired(TradeFixture.id(1), at: TradeFixture.at(11)))
                #expect(try !timers.fired(TradeFixture.id(1), at: TradeFixture.at(11)))
                try timers.set(entry(10))
                #expect(try timers.due(at: TradeFixture.at(99), limit: 5).isEmpty)
                try timers.set(entry(20))
                #expect(try timers.due(at: TradeFixture.at(99), limit: 5) == [entry(20)])
                try timers.cancel(record: TradeFixture.id(2))
                #expect(try timers.due(at: TradeFixture.at(99), limit: 5).isEmpty)
            }
        }
    }

    @Test("An outbox item is claimed by one worker until its lease ends")
    func outbox() async throws {
        try await withEachEngine { database in
            try await database.write { connection in
                let outbox = Outbox(connection)
                #expect(try outbox.add(key: "a", channel: "mail", payload: "{}", at: TradeFixture.at(0)))
                #expect(try !outbox.add(key: "a", channel: "mail", payload: "{}", at: TradeFixture.at(0)))
                let claimed = try outbox.due(at: TradeFixture.at(1), limit: 9, lease: 60)
                #expect(claimed.map(\.key) == ["a"])
                #expect(try outbox.due(at: TradeFixture.at(30), limit: 9, lease: 60).isEmpty)
                let again = try outbox.due(at: TradeFixture.at(61), limit: 9, lease: 60)
                #expect(again.map(\.attempts) == [2])
                try outbox.done(again[0].id, at: TradeFixture.at(62))
                #expect(try outbox.waitingCount() == 0)
            }
        }
    }

    @Test("Failed logins are counted for each login and address, and forgotten after the window")
    func loginFailures() async throws {
        try await withEachEngine { database in
            try await database.write { connection in
                let failures = LoginFailures(connection)
                func fail(_ address: String, _ at: Int) throws {
                    try failures.record(
                        login: "wang", address: address, at: TradeFixture.at(at), windowSeconds: 60, lockedUntil: nil)
                }
                try fail("1.1.1.1", 0)
                try fail("1.1.1.1", 10)
                try fail("2.2.2.2", 10)
                #expect(try failures.standing(login: "wang", address: "1.1.1.1").failures == 2)
                #expect(try failures.standing(login: "wang", address: "2.2.2.2").failures == 1)
                try fail("1.1.1.1", 100)
                #expect(try failures.standing(login: "wang", address: "1.1.1.1").failures == 1)
            }
        }
    }

    @Test("Sessions and tokens are found by hash until they end")
    func sessions() async throws {
        try await withEachEngine { database in
            try await database.write { connection in
                let user = TradeFixture.id(1)
                let sessions = Sessions(connection)
                let entry = SessionEntry(
                    hash: [1, 2], user: user, kind: "page", createdAt: TradeFixture.at(0), seenAt: TradeFixture.at(0),
                    expiresAt: TradeFixture.at(60), address: "::1", agent: "test")
                try sessions.open(entry)
                #expect(try sessions.find(hash: [1, 2], at: TradeFixture.at(59)) == entry)
                #expect(try sessions.find(hash: [1, 2], at: TradeFixture.at(60)) == nil)
                try sessions.closeAll(of: user)
                #expect(try sessions.find(hash: [1, 2], at: TradeFixture.at(1)) == nil)

                let tokens = APITokens(connection)
                let token = APIToken(id: TradeFixture.id(5), user: user, name: "erp", createdAt: TradeFixture.at(0))
                try tokens.add(token, hash: [9])
                #expect(try tokens.find(hash: [9], at: TradeFixture.at(1)) == token)
                #expect(try tokens.revoke(token.id, of: user, at: TradeFixture.at(2)))
                #expect(try tokens.find(hash: [9], at: TradeFixture.at(3)) == nil)
            }
        }
    }

    @Test("A login belongs to one user; a code of the second factor works once")
    func credentials() async throws {
        try await withEachEngine { database in
            try await database.write { connection in
                let credentials = Credentials(connection)
                #expect(try credentials.isEmpty())
                let credential = Credential(
                    user: TradeFixture.id(1), login: "wang", password: "$argon2id$", totpSecret: "ABC",
                    changedAt: TradeFixture.at(0))
                try credentials.put(credential)
                #expect(try credentials.credential(login: "wang") == credential)
                #expect(throws: StoreError.duplicate(field: "login")) {
                    try connection.savepoint {
                        try credentials.put(
                            Credential(
                                user: TradeFixture.id(2), login: "wang", password: "x", changedAt: TradeFixture.at(0)))
                    }
                }
                #expect(try credentials.useTOTP(user: TradeFixture.id(1), step: 100))
                #expect(try !credentials.useTOTP(user: TradeFixture.id(1), step: 100))
            }
        }
    }

    @Test("A file's content is stored once and goes when the last file of it goes")
    func attachments() async throws {
        try await withEachEngine { database in
            try await database.write { connection in
                let files = Attachments(connection)
                let content: [UInt8] = Array("drawing".utf8)
                let hash = try Attachments.hash(of: content)
                func file(_ number: Int) -> Store.Attachment {
                    Store.Attachment(
                        id: TradeFixture.id(number), object: "order", record: TradeFixture.id(9), field: "files",
                        position: number, name: "图纸.pdf", mediaType: "application/pdf", size: content.count, hash: hash,
                        createdAt: TradeFixture.at(0), createdBy: nil)
                }
                try files.add(file(1), content: content)
                try files.add(file(2), content: content)
                #expect(try files.list(of: TradeFixture.id(9)) == [file(1), file(2)])
                #expect(try files.counts(of: [TradeFixture.id(9)]) == [TradeFixture.id(9): 2])
                #expect(try files.setDeleted(TradeFixture.id(1), TradeFixture.at(1)))
                try files.purge(before: TradeFixture.at(5))
                #expect(try files.content(hash: hash) == content)
                #expect(try files.setDeleted(TradeFixture.id(2), TradeFixture.at(1)))
                try files.purge(before: TradeFixture.at(5))
                #expect(try files.content(hash: hash) == nil)
            }
        }
    }

    @Test("An import remembers what it did, to undo it last first")
    func imports() async throws {
        try await withEachEngine { database in
            try await database.write { connection in
                let batches = ImportBatches(connection)
                let batch = ImportBatch(
                    id: TradeFixture.id(1), object: "company", fileName: "a.xlsx", fileHash: [1], state: "done",
                    total: 2, created: 1, updated: 1, mapping: "{}", at: TradeFixture.at(0), by: nil)
                try batches.put(batch)
                let rows = [
                    ImportRow(
                        line: 2, object: "company", record: TradeFixture.id(2), created: true, version: 1, before: [:]),
                    ImportRow(
                        line: 3, object: "company", record: TradeFixture.id(3), created: false, version: 5,
                        before: ["credit": .decimal(ExactDecimal(units: 5, scale: 4)), "name_en": .null]),
                ]
                try batches.add(rows, to: batch.id)
                #expect(try batches.rows(of: batch.id, limit: 10) == rows.reversed())
                #expect(try batches.rows(of: batch.id, before: (3, 0), limit: 10) == [rows[0]])
                #expect(try batches.same(fileHash: [1], object: "company") == batch)
            }
        }
    }
}
