import Definitions
import Expressions
import Flow
import Logging
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
        let logger = logger
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
                let record = RecordState(object: definition.id, id: row.record, values: found.values)
                do {
                    try keeper.follow(definition, record, isNew: false)
                } catch let refusal as Rejection where refusal.code == Rejection.neverOpens {
                    // Told once: the clock begins anew with the next write that it can follow.
                    try keeper.drop(row.clock, of: row.record)
                    logger.warning(
                        "a clock has no working time and was ended",
                        metadata: ["object": "\(row.object)", "record": "\(row.record)", "clock": "\(row.clock)"])
                }
            }
        }
        return stale.count
    }

    private static let clocksAtOnce = 500
}

extension Kernel {
    /// Starts the clocks of records that were there before their clocks were defined, a portion at a time; what has
    /// come already tells nobody. One statement when there is nothing left to do.
    ///
    /// - Returns: how many records were looked at.
    @discardableResult
    func adoptClocks() async throws -> Int {
        let (snapshot, ids, now) = (snapshot, surroundings.ids, surroundings.now())
        let mark = Self.clockMark(snapshot)
        let known = try await database.read { try Store.Settings($0).text(Self.adoptionKey) } ?? ""
        if known == mark { return 0 }
        let parts = known.split(separator: "|").map { String($0) }
        let place = parts.first == mark && parts.count == 3 ? (object: parts[1], after: RecordID(parts[2])) : nil
        let objects = snapshot.clocks.keys.sorted().filter { $0 >= place?.object ?? "" }
        guard let object = objects.first, let definition = snapshot.model.object(object) else {
            try await database.write { try Store.Settings($0).set(Self.adoptionKey, mark, at: now, by: nil) }
            return 0
        }
        let logger = logger
        return try await database.write { connection in
            let context = ReadContext(connection: connection, snapshot: snapshot, actor: .system("clocks"), now: now)
            let query = RecordQuery(
                object: object, context: context.evaluation, fields: snapshot.ownPaths[object] ?? [],
                sort: [SortKey(path: "id", descending: false)], limit: Self.clocksAtOnce,
                after: place?.after.map { [.record($0)] })
            let rows = try context.store.select(query)
            let keeper = ClockKeeper(context: context, ids: ids, at: now, isSilent: true)
            for row in rows {
                let record = RecordState(object: object, id: row.id, values: row.values)
                let runs = snapshot.clocks[object]?.contains {
                    $0.runs(record, states: definition.states, context.evaluation).runs
                }
                guard runs == true else { continue }
                do {
                    try keeper.follow(definition, record, isNew: false)
                } catch let refusal as Rejection where refusal.code == Rejection.neverOpens {
                    logger.warning(
                        "a clock has no working time and was not begun",
                        metadata: ["object": "\(object)", "record": "\(row.id)"])
                }
            }
            let next =
                rows.count == Self.clocksAtOnce
                ? "\(mark)|\(object)|\(rows.last?.id.description ?? "")"
                : objects.dropFirst().first.map { "\(mark)|\($0)|-" } ?? mark
            try Store.Settings(connection).set(Self.adoptionKey, next, at: now, by: nil)
            return rows.count
        }
    }

    private static let adoptionKey = "clocks_adopted"

    /// Which clocks there are, in few characters.
    private static func clockMark(_ snapshot: Snapshot) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for (object, clocks) in snapshot.clocks.sorted(by: { $0.key < $1.key }) {
            for byte in (object + clocks.map { " " + $0.id + " " + $0.rule }.joined()).utf8 {
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
            }
        }
        return String(hash, radix: 16)
    }
}
