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
                        try TimerEffects(context: context, ids: ids).effect(of: timer)
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
