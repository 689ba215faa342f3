import Definitions
import Flow
import Logging
import Store
import Values

extension Kernel {
    /// Does what has become due: each timer once, by the process that has the duty, also after a restart or when the
    /// clock has jumped. One statement when nothing is due.
    ///
    /// - Returns: how many timers had an effect.
    @discardableResult
    package func keepTime() async -> Int {
        var done = 0
        do {
            while !Task.isCancelled {
                let now = surroundings.now()
                let due = try await database.read { try Timers($0).due(at: now, limit: Self.timersAtOnce) }
                guard !due.isEmpty, try await hasDuty(.timers) else { break }
                let (effects, sequence) = try await fire(due, at: now)
                done += effects
                if sequence > 0 { await hub.publish(sequence) }
                if due.count < Self.timersAtOnce { break }
            }
        } catch {
            logger.error("timers failed", metadata: ["detail": "\(error)"])
        }
        return done
    }

    private static let timersAtOnce = 100

    /// Timers of one portion share a transaction; each is claimed in it, so that nobody else has its effect.
    private func fire(_ due: [TimerEntry], at now: Instant) async throws -> (effects: Int, sequence: Int64) {
        let (snapshot, ids, logger) = (snapshot, surroundings.ids, logger)
        return try await database.write { connection in
            let context = ReadContext(
                connection: connection, snapshot: snapshot, actor: .system("reminder"), now: now)
            var effects = 0
            var sequence: Int64 = 0
            for timer in due where try Timers(connection).fired(timer.id, at: now) {
                do {
                    let reached = try connection.savepoint {
                        try Reminding(context: context, ids: ids).remind(of: timer)
                    }
                    guard let reached else { continue }
                    effects += 1
                    sequence = max(sequence, reached)
                } catch StoreError.unavailable(let reason) {
                    throw StoreError.unavailable(reason)
                } catch {
                    // It stays fired: what can't be done once can't be done every five seconds either.
                    logger.error(
                        "a timer had no effect",
                        metadata: ["object": "\(timer.object)", "rung": "\(timer.rung)", "detail": "\(error)"])
                }
            }
            return (effects, sequence)
        }
    }
}

/// What a reminder's timer does: a notice to the person, and an event of the record.
private struct Reminding {
    let context: ReadContext
    let ids: IDSource

    /// - Returns: the sequence number of its event; nil when the record no longer wants it.
    func remind(of timer: TimerEntry) throws -> Int64? {
        guard timer.kind == ReminderDefinition.timerKind,
            let definition = context.model.object(timer.object), !definition.retired,
            let reminder = definition.reminders.first(where: { $0.id == timer.rung }),
            let row = try context.store.find(
                definition.id, timer.record, fields: context.snapshot.ownPaths[definition.id] ?? [],
                context: context.evaluation)
        else { return nil }
        let state = RecordState(object: definition.id, id: row.id, values: row.values)
        guard let wish = reminder.wish(in: state, context.evaluation) else { return nil }
        // Only who may see the record is told of it, by the name that they may read.
        guard let title = try title(of: row.id, definition, for: wish.person) else { return nil }
        let tail = title.isEmpty ? "" : " · " + title
        try Notifications(context.connection).add(
            NotificationEntry(
                id: ids.next(context.now), user: wish.person, at: context.now, kind: timer.kind, object: definition.id,
                record: row.id, zh: reminder.message.zh + tail, en: reminder.message.en + tail))
        let entry = EventEntry(
            sequence: 0, at: context.now, actor: nil, actorName: context.actor.name, onBehalfOf: nil,
            origin: context.actor.origin.rawValue, command: ids.next(context.now), object: definition.id,
            record: row.id, parent: nil, kind: "reminded",
            changes: [FieldChange(field: reminder.to, before: .null, after: .record(wish.person))],
            reason: reminder.message.zh + " / " + reminder.message.en, modelVersion: context.model.version)
        return Int64(try EventLog(context.connection).append([entry]))
    }

    /// Nil for who is no longer active or has no sight of the record.
    private func title(of id: RecordID, _ definition: ObjectDefinition, for person: RecordID) throws -> String? {
        guard let reader = try ActorReader(context: context).actor(person, origin: .system, session: nil) else {
            return nil
        }
        let sight = ReadContext(
            connection: context.connection, snapshot: context.snapshot, actor: reader, now: context.now)
        do {
            return try sight.ask(ShowRecord(object: definition.id, id: id, fields: [], withLines: false)).title
        } catch let refusal as Rejection where refusal.kind == .missing {
            return nil
        }
    }
}
