import Access
import Definitions
import Store
package import Values

/// How records run through the processes of the house: by which version, and how many in each leg.
package struct HouseProcesses: Question {
    package struct Version: Sendable {
        /// Digest of what the process said.
        package let digest: String
        package let isCurrent: Bool
        package let since: Instant?
        package let open: Int
    }

    package struct Leg: Sendable, Hashable {
        package let running: Int
        package let late: Int
        package let paused: Int
    }

    package struct Process: Sendable {
        package let id: String
        /// The one in force first, then those that records still run by, the newest first.
        package let versions: [Version]
        /// By the leg's id, over all versions.
        package let legs: [String: Leg]
        /// Legs of older versions in which records stand, by their ids.
        package let outside: [Outside]
    }

    /// A leg of older versions in which records stand.
    package struct Outside: Sendable, Hashable {
        package let leg: String
        package let object: String
        package let count: Int
        /// The version in force has no leg of this id for the object.
        package let isGone: Bool
    }

    package init() {}

    /// For whoever may define or audit. Two statements, and two for each process.
    ///
    /// - Throws: the rejection `not_allowed` for others.
    package func answer(in context: ReadContext) throws -> [Process] {
        guard context.access.has("define") || context.access.has("audit") else { throw Rejection.notAllowed }
        return try context.connection.beyondSight {
            let tallies = try Legs(context.connection).tallies(at: context.now)
            return try context.model.processes.map { process in
                try Self.process(process, tallies.filter { $0.process == process.id }, context)
            }
        }
    }

    private static func process(
        _ process: ProcessDefinition, _ tallies: [LegTally], _ context: ReadContext
    ) throws -> Process {
        let current = process.objects.first.flatMap { context.snapshot.processes.current(of: $0)?.digest } ?? ""
        let kept = try ProcessVersions(context.connection).kept(of: process.id)
        var legs: [String: Leg] = [:]
        var open: [String: Int] = [:]
        for row in tallies {
            let all = row.tally.running + row.tally.paused
            open[row.version, default: 0] += all
            guard process.leg(row.leg) != nil else { continue }
            let known = legs[row.leg] ?? Leg(running: 0, late: 0, paused: 0)
            legs[row.leg] = Leg(
                running: known.running + row.tally.running, late: known.late + row.tally.late,
                paused: known.paused + row.tally.paused)
        }
        let older = open.keys.filter { $0 != current }.map { digest in
            Version(digest: digest, isCurrent: false, since: kept[digest], open: open[digest] ?? 0)
        }
        let first = Version(digest: current, isCurrent: true, since: kept[current], open: open[current] ?? 0)
        return Process(
            id: process.id,
            versions: [first]
                + older.sorted { ($0.since?.milliseconds ?? 0, $0.digest) > ($1.since?.milliseconds ?? 0, $1.digest) },
            legs: legs, outside: older.isEmpty ? [] : try outside(process, current, context))
    }

    private static func outside(
        _ process: ProcessDefinition, _ current: String, _ context: ReadContext
    ) throws -> [Outside] {
        let open = try Legs(context.connection).open(process: process.id, besides: current, limit: RelayMigration.most)
        let groups = Dictionary(grouping: open) { [$0.leg, $0.object] }
        return groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, entries in
            Outside(
                leg: key[0], object: key[1], count: entries.count, isGone: process.leg(key[0])?.object != key[1])
        }
    }
}
