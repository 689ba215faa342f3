import Definitions
import Store
import Values

extension Kernel {
    /// Carries out many commands in one transaction, each decided, checked, numbered and logged like any other, without
    /// reading back what was written: for seeds and generated data. Roll-ups are computed once at the end, so no command
    /// sees those of what came before it in the same call.
    ///
    /// - Returns: one outcome for each command, same order, with the ids made and without the record.
    /// - Throws: the rejection of the first command that is refused, `ModelMoved` when the definitions were changed
    ///   meanwhile; then nothing was written.
    package func performAll(_ commands: [Command], as actor: Actor) async throws -> [Outcome] {
        let snapshot = snapshot
        let now = surroundings.now()
        let ids = surroundings.ids
        let outcomes = try await translated {
            try await database.write { connection in
                guard try ModelVersions(connection).current()?.version == snapshot.model.version else {
                    throw ModelMoved()
                }
                let context = ReadContext(connection: connection, snapshot: snapshot, actor: actor, now: now)
                let later = RollupsLater()
                let outcomes = try commands.map { command in
                    try Transaction(
                        context: context, ids: ids, command: command, readsBack: false, rollupsLater: later
                    ).run()
                }
                let house = Command(.bulk([], atomic: true))
                try RecordWriter(context: context, ids: ids, command: house, commandID: ids.next(now)).refresh(later)
                return outcomes
            }
        }
        if let last = outcomes.map(\.sequence).max(), last > 0 { await hub.publish(last) }
        return outcomes
    }
}
