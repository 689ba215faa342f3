import Definitions
import Flow
import Store
import Values

extension Kernel {
    /// Moves running clocks to rules of the company that were changed since they were set, some at a time.
    ///
    /// - Returns: how many were moved.
    @discardableResult
    func adjustClocks() async throws -> Int {
        let (snapshot, ids, now) = (snapshot, surroundings.ids, surroundings.now())
        let stale = try await database.read { connection in
            let context = ReadContext(connection: connection, snapshot: snapshot, actor: .system("clocks"), now: now)
            return try RunningClocks(connection).stale(
                by: context.clockRules().mapValues(\.mark), limit: Self.clocksAtOnce)
        }
        guard !stale.isEmpty else { return 0 }
        try await database.write { connection in
            let context = ReadContext(connection: connection, snapshot: snapshot, actor: .system("clocks"), now: now)
            let keeper = ClockKeeper(context: context, ids: ids, at: now)
            for row in stale {
                guard let definition = context.model.object(row.object), !definition.retired,
                    snapshot.clocks[definition.id]?.contains(where: { $0.id == row.clock }) == true,
                    let found = try context.store.find(
                        definition.id, row.record, fields: snapshot.ownPaths[definition.id] ?? [],
                        context: context.evaluation)
                else {
                    try keeper.drop(row.clock, of: row.record)
                    continue
                }
                try keeper.follow(
                    definition, RecordState(object: definition.id, id: row.record, values: found.values), isNew: false)
            }
        }
        return stale.count
    }

    private static let clocksAtOnce = 500
}
