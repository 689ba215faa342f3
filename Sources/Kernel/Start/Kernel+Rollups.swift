import Definitions
import Expressions
import Store
import Values

extension Kernel {
    /// Brings every roll-up up to date, holders of roll-ups of holders included; for seeds and repairs.
    package func refreshAllRollups(reason: String) async throws {
        let places = snapshot.rollups.values.joined()
        // Twice: what a first round changed may be summed up by another holder that came before.
        for _ in 1...2 { try await refresh(Array(places), reason: reason) }
    }

    /// Brings the roll-ups that ask what day it is up to date, with the formulas that read them: overdue days, the
    /// sales of the last twelve months. Once a day; does nothing when the day's work is done.
    ///
    /// Cost: for each record of a holder a read and a statement per such roll-up, two hundred records a transaction.
    ///
    /// - Returns: whether it had to.
    @discardableResult
    package func refreshDailyFigures() async throws -> Bool {
        let reason = "figures of the day"
        let now = surroundings.now()
        let actor = Actor.system(reason)
        let snapshot = snapshot
        let key = "figures_day"
        let (today, done) = try await translated {
            try await database.read { connection in
                let context = ReadContext(connection: connection, snapshot: snapshot, actor: actor, now: now)
                return (context.evaluation.today.description, try Store.Settings(connection).text(key))
            }
        }
        guard done != today else { return false }
        try await refresh(snapshot.rollups.values.joined().filter { $0.rollup.usesTime }, reason: reason)
        try await translated {
            try await database.write { try Store.Settings($0).set(key, today, at: now, by: nil) }
        }
        return true
    }

    private func refresh(_ places: [Snapshot.RollupPlace], reason: String) async throws {
        let snapshot = snapshot
        let now = surroundings.now()
        let ids = surroundings.ids
        for (holder, places) in Dictionary(grouping: places, by: \.holder).sorted(by: { $0.key < $1.key }) {
            guard let definition = snapshot.model.object(holder) else { continue }
            var after: RecordID?
            repeat {
                let start = after
                after = try await translated {
                    try await database.write { connection in
                        let context = ReadContext(
                            connection: connection, snapshot: snapshot, actor: .system(reason), now: now)
                        let command = Command(.bulk([], atomic: true), stamp: Stamp())
                        return try RecordWriter(
                            context: context, ids: ids, command: command, commandID: ids.next(now)
                        ).refreshAll(definition, places, after: start)
                    }
                }
            } while after != nil
        }
    }
}

extension Rollup {
    /// Its value changes with the day, without anything being written.
    fileprivate var usesTime: Bool { of?.usesTime == true || filter?.usesTime == true }
}
