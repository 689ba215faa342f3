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
                let next = try await database.read { connection in
                    let store = HandOvers(connection)
                    return try store.list(in: ["waiting", "running", "undoing"], limit: 1).first ?? store.due(at: now)
                }
                guard let next, try await hasDuty(.handOvers) else { return }
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

    private func carryOn(_ id: RecordID, at now: Instant) async throws -> Int64 {
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
        default: return 0
        }
        let after = try EventLog(connection).lastSequence()
        return after > before ? Int64(after) : 0
    }

    private func begin(_ entry: inout HandOverEntry) throws {
        let wish = try HandOverWish(entry.wish)
        let asker = try orderer(entry)
        try rows.add(try HandOverPlanner(context: asker, wish: wish).rows(), to: entry.id)
        entry.state = "running"
        entry.begunAt = house.now
        try HandOvers(connection).put(entry)
    }

    private func give(_ entry: inout HandOverEntry) throws {
        let waiting = try rows.list(of: entry.id, in: "waiting", limit: Self.size)
        guard !waiting.isEmpty else {
            entry.state = "done"
            entry.endedAt = house.now
            try HandOvers(connection).put(entry)
            return try HandOverTelling(house: house, ids: ids).tell(entry, rows.counts(of: entry.id))
        }
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
        }
        try giving.writer.refresh(later)
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

/// Says once that a hand-over is done, to each who got something and to who ordered it.
struct HandOverTelling {
    let house: ReadContext
    let ids: IDSource

    func tell(_ entry: HandOverEntry, _ counts: [(row: HandOverRow, count: Int)]) throws {
        let book = try house.peopleBook()
        let name = book.byID[entry.person]?.name ?? ""
        var got: [RecordID: Int] = [:]
        for part in counts where part.row.state == "done" {
            if let receiver = part.row.receiver { got[receiver, default: 0] += part.count }
        }
        for (receiver, count) in got.sorted(by: { $0.key < $1.key })
        where receiver != entry.by && book.byID[receiver]?.isActive == true {
            try add(
                receiver, entry,
                Label(
                    zh: "\(name) 的 \(count) 项工作交接给你，请查看并确认接收",
                    en: "\(count) items of \(name) were handed over to you; look and accept"))
        }
        let refused = counts.reduce(0) { $0 + ($1.row.state == "refused" ? $1.count : 0) }
        guard let by = entry.by, refused > 0 || entry.fireAt != nil else { return }
        let done = counts.reduce(0) { $0 + ($1.row.state == "done" ? $1.count : 0) }
        try add(
            by, entry,
            Label(
                zh: "\(name) 的工作已交接 \(done) 项" + (refused > 0 ? "，\(refused) 项没有交" : ""),
                en: "\(done) items of \(name) were handed over" + (refused > 0 ? ", \(refused) were not" : "")))
    }

    private func add(_ person: RecordID, _ entry: HandOverEntry, _ text: Label) throws {
        try Notifications(house.connection).add(
            NotificationEntry(
                id: ids.next(house.now), user: person, at: house.now, kind: NoticeKind.handOver.rawValue,
                record: entry.id, zh: text.zh, en: text.en))
    }
}

extension Rejection {
    static let ordererGone = Rejection(
        .forbidden, code: "hand_over_orderer",
        message: Label(
            zh: "安排交接的人已停用账号，请管理员重新安排",
            en: "Whoever ordered it has no account any more; an administrator may order it anew"))
}
