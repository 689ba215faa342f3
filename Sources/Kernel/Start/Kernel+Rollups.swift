import Definitions
import Expressions
import Store
import Values

extension Kernel {
    /// Brings every roll-up up to date, holders of roll-ups of holders included; for seeds and repairs.
    package func refreshAllRollups(reason: String) async throws {
        let snapshot = snapshot
        let now = surroundings.now()
        let ids = surroundings.ids
        let holders = Set(snapshot.rollups.values.joined().map(\.holder)).sorted()
        // Twice: what a first round changed may be summed up by another holder that came before.
        for holder in holders + holders {
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
                        ).refreshAll(definition, after: start)
                    }
                }
            } while after != nil
        }
    }
}
