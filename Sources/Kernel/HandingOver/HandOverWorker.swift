import Definitions
import Logging
import Store
import Values

extension Kernel {
    /// Carries hand-overs on: those that were begun, those whose day has come, those to take back. One portion is one
    /// transaction, so that a server that goes down loses nothing and another goes on. One statement when nothing waits.
    package func workOnHandOvers() async {
        // Every turn moves a portion; the limit is for a broken disk.
        for _ in 0..<10_000 where !Task.isCancelled {
            do {
                let now = surroundings.now()
                let (next, following) = try await database.read { connection in
                    let store = HandOvers(connection)
                    let open = try store.list(in: ["waiting", "running", "undoing", "following"], limit: 200)
                    let next = try open.first { $0.state != "following" } ?? store.due(at: now)
                    return (next, open.filter { $0.state == "following" }.map(\.id))
                }
                guard let next else { return try await follow(following, at: now) }
                guard try await hasDuty(.handOvers) else { return }
                let sequence = try await carryOn(next.id, at: now)
                if sequence > 0 { await hub.publish(sequence) }
            } catch is ModelMoved {
                do { try await catchUp() } catch {
                    logger.error("definitions can't be taken over", metadata: ["detail": "\(error)"])
                    return
                }
            } catch {
                logger.error("hand-overs wait", metadata: ["detail": "\(error)"])
                return
            }
        }
    }

    func carryOn(_ id: RecordID, at now: Instant) async throws -> Int64 {
        let (snapshot, ids) = (snapshot, surroundings.ids)
        do {
            return try await database.write { connection in
                guard try ModelVersions(connection).current()?.version == snapshot.model.version else {
                    throw ModelMoved()
                }
                let house = ReadContext(
                    connection: connection, snapshot: snapshot, actor: .system("hand-over"), now: now)
                return try HandOverPortion(house: house, ids: ids).run(id)
            }
        } catch {
            guard let rejection = Transaction.rejection(error) else { throw error }
            return try await database.write { connection in
                guard var entry = try HandOvers(connection).find(id) else { return 0 }
                entry.state = entry.state == "undoing" ? "done" : "failed"
                entry.failure = rejection.message.zh + "\n" + rejection.message.en
                try HandOvers(connection).put(entry)
                return 0
            }
        }
    }
}

/// One portion of a hand-over.
struct HandOverPortion {
    private static let size = 100

    let house: ReadContext
    let ids: IDSource

    private var connection: any Connection { house.connection }
    private var rows: HandOverRows { HandOverRows(connection) }

    /// - Returns: the number of its last event; 0 without one.
    func run(_ id: RecordID) throws -> Int64 {
        guard var entry = try HandOvers(connection).find(id) else { return 0 }
        let before = try EventLog(connection).lastSequence()
        switch entry.state {
        case "waiting", "scheduled": try begin(&entry)
        case "running": try give(&entry)
        case "undoing": try takeBack(&entry)
        case "following": try follow(&entry)
        default: return 0
        }
        let after = try EventLog(connection).lastSequence()
        return after > before ? Int64(after) : 0
    }

    private func begin(_ entry: inout HandOverEntry) throws {
        let wish = try HandOverWish(entry.wish)
        let asker = try orderer(entry)
        try rows.add(try HandOverPlanner(context: asker, wish: wish).rows(), to: entry.id)
        try endOthers(of: entry)
        entry.state = "running"
        entry.begunAt = house.now
        try HandOvers(connection).put(entry)
    }

    /// Whoever takes over last is who takes over what comes later.
    private func endOthers(of entry: HandOverEntry) throws {
        for var other in try HandOvers(connection).newest(of: entry.person, limit: 50) where other.state == "following"
        {
            other.state = "done"
            try HandOvers(connection).put(other)
        }
    }

    /// What came to the person since the plan was worked out goes before what closes it.
    private func give(_ entry: inout HandOverEntry) throws {
        let waiting = try rows.list(of: entry.id, in: "waiting", limit: Self.size)
        let open = waiting.filter { $0.number < HandOverPlanner.closing }
        let newcomers = open.isEmpty ? try newcomers(entry) : []
        if !newcomers.isEmpty { return try rows.add(newcomers, to: entry.id) }
        if !waiting.isEmpty {
            try give(open.isEmpty ? waiting : open, of: entry)
            return
        }
        let isOn = try house.peopleBook().byID[entry.person]?.isActive == true
        entry.state = try isOn && HandOverWish(entry.wish).follows ? "following" : "done"
        entry.endedAt = house.now
        try HandOvers(connection).put(entry)
        try HandOverTelling(house: house, ids: ids).tell(entry, rows.counts(of: entry.id))
    }

    /// What is in the person's hands and was not there when it was looked at last. An approval may come again.
    func newcomers(_ entry: HandOverEntry) throws -> [HandOverRow] {
        struct Key: Hashable {
            let kind: String
            let record: RecordID
            let field: String
        }
        let known = try rows.list(of: entry.id, limit: .max).filter { $0.kind != "approval" || $0.state != "done" }
        let keys = Set(known.map { Key(kind: $0.kind, record: $0.record, field: $0.field) })
        let planned = try HandOverPlanner(context: orderer(entry), wish: HandOverWish(entry.wish)).rows()
        let new = planned.filter {
            $0.number < HandOverPlanner.closing
                && !keys.contains(Key(kind: $0.kind, record: $0.record, field: $0.field))
        }
        let first = try rows.nextNumber(of: entry.id, below: HandOverPlanner.closing)
        return new.enumerated().map { place, row in
            HandOverRow(
                number: first + place, kind: row.kind, object: row.object, record: row.record, field: row.field,
                receiver: row.receiver, was: row.was)
        }
    }

    /// Gives what has come since, and says so; ends when the account is off.
    private func follow(_ entry: inout HandOverEntry) throws {
        let new = Array(try newcomers(entry).prefix(Self.size))
        guard new.isEmpty else {
            try rows.add(new, to: entry.id)
            let given = try give(new, of: entry)
            let counts = given.map { (row: $0, count: 1) }
            return try HandOverTelling(house: house, ids: ids).tellMore(entry, counts)
        }
        guard try house.peopleBook().byID[entry.person]?.isActive != true else { return }
        entry.state = "done"
        try HandOvers(connection).put(entry)
    }

    /// - Returns: the rows with what became of them.
    @discardableResult
    private func give(_ waiting: [HandOverRow], of entry: HandOverEntry) throws -> [HandOverRow] {
        var out: [HandOverRow] = []
        let (giving, later) = try giving(entry)
        for row in waiting {
            var next = row
            do {
                next = try connection.savepoint { try giving.give(row) }
            } catch {
                guard let rejection = Transaction.rejection(error) else { throw error }
                next.state = "refused"
                next.problem = rejection.problems.first?.message ?? rejection.message
            }
            try rows.change(next, of: entry.id)
            out.append(next)
        }
        try giving.writer.refresh(later)
        return out
    }

    private func takeBack(_ entry: inout HandOverEntry) throws {
        let given = try rows.list(of: entry.id, in: "done", backwards: true, limit: Self.size)
        guard !given.isEmpty else {
            entry.state = "undone"
            entry.undoneAt = house.now
            return try HandOvers(connection).put(entry)
        }
        let (giving, later) = try giving(entry)
        for row in given {
            var next = row
            do {
                next = try connection.savepoint { try giving.takeBack(row) }
            } catch {
                guard let rejection = Transaction.rejection(error) else { throw error }
                next.state = "stays"
                next.problem = rejection.problems.first?.message ?? rejection.message
            }
            try rows.change(next, of: entry.id)
        }
        try giving.writer.refresh(later)
    }

    /// Whoever ordered it, with the rights they have now.
    private func orderer(_ entry: HandOverEntry) throws -> ReadContext {
        guard let by = entry.by else { return house }
        guard let actor = try ActorReader(context: house).actor(by, origin: .system, session: nil) else {
            throw Rejection.ordererGone
        }
        return ReadContext(connection: connection, snapshot: house.snapshot, actor: actor, now: house.now)
    }

    private func giving(_ entry: HandOverEntry) throws -> (HandOverGiving, RollupsLater) {
        let asker = try orderer(entry)
        let note = try HandOverWish(entry.wish).note
        let reason = "工作交接 / hand-over" + (note.isEmpty ? "" : ": " + note)
        let command = ids.next(house.now)
        let later = RollupsLater()
        var own = RecordWriter(
            context: asker, ids: ids, command: Command(.bulk([], atomic: false), reason: reason), commandID: command,
            rollupsLater: later)
        own.isOneOfMany = true
        var byHouse = RecordWriter(
            context: house, ids: ids,
            command: Command(
                .bulk([], atomic: false), reason: reason, stamp: Stamp(by: entry.by, byName: asker.actor.name)),
            commandID: command, rollupsLater: later)
        byHouse.isOneOfMany = true
        return (HandOverGiving(entry: entry, writer: own, house: byHouse), later)
    }
}
