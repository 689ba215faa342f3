import Foundation
import Store
import StorePostgres
import Synchronization
import TestEngines
import Testing
import Values

/// Work that waits in a table and is claimed by many at once, on two nodes.
@Suite("Claiming work")
struct ClaimTests {
    private static let claimers = 64
    private static let portion = 20
    /// More of them on demand: `BATON_CLAIMS=20000`.
    private static let jobs = ProcessInfo.processInfo.environment["BATON_CLAIMS"].flatMap { Int($0) } ?? 3000

    /// Who has what, as the claimers see it.
    private final class Tally: Sendable {
        private struct State {
            var owners: [Int: (claimer: Int, until: Instant)] = [:]
            var done: Set<Int> = []
            var doubled = 0
            var dropped = 0
        }

        private let state = Mutex(State())

        /// A claim is double when the one before it had neither ended nor been finished.
        func claim(_ items: [OutboxItem], by claimer: Int, at: Instant, until: Instant) {
            state.withLock { state in
                for item in items {
                    if let owner = state.owners[item.id], owner.until > at { state.doubled += 1 }
                    if state.done.contains(item.id) { state.doubled += 1 }
                    state.owners[item.id] = (claimer, until)
                }
            }
        }

        func drop(_ items: [OutboxItem]) { state.withLock { $0.dropped += items.count } }

        func finish(_ items: [OutboxItem], by claimer: Int) {
            state.withLock { state in
                for item in items where state.owners[item.id]?.claimer == claimer { state.done.insert(item.id) }
            }
        }

        var figures: (done: Int, doubled: Int, dropped: Int) {
            state.withLock { ($0.done.count, $0.doubled, $0.dropped) }
        }
    }

    /// Seconds of the test's clock: it goes on by one with each portion claimed.
    private final class Ticks: Sendable {
        private let count = Atomic(0)
        func next() -> Instant { TradeFixture.at(count.add(1, ordering: .relaxed).newValue) }
    }

    @Test("64 claimers on two nodes, some of whom give up half way, do every job once")
    func onTwoNodes() async throws {
        guard let server = TestServer.shared else { return }
        try await server.withDatabase { address in
            let nodes = [
                try await PostgresDatabase.open(PostgresAddress(address)),
                try await PostgresDatabase.open(PostgresAddress(address)),
            ]
            try await claimAll(nodes)
            for node in nodes { await node.close() }
        }
    }

    @Test("64 claimers at the embedded database do every job once")
    func embedded() async throws {
        try await withSQLite { try await claimAll([$0]) }
    }

    private func claimAll(_ nodes: [any Database]) async throws {
        let jobs = Self.jobs
        try await nodes[0].write { connection in
            for job in 0..<jobs {
                try Outbox(connection).add(key: "job \(job)", channel: "test", payload: "{}", at: TradeFixture.at(0))
            }
        }
        let tally = Tally()
        let ticks = Ticks()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for claimer in 0..<Self.claimers {
                let node = nodes[claimer % nodes.count]
                group.addTask {
                    var dice = Dice(seed: UInt64(claimer))
                    while try await work(claimer, on: node, &dice, ticks, tally) {}
                }
            }
            try await group.waitForAll()
        }
        let result = tally.figures
        #expect(result.done == jobs)
        #expect(result.doubled == 0)
        #expect(result.dropped > 0, "nobody gave up: the leases were not tried")
        #expect(try await nodes[0].read { try Outbox($0).waitingCount() } == 0)
    }

    /// One portion. Who gives up leaves what it claimed to whoever comes after the lease.
    ///
    /// - Returns: whether there may be more to do.
    private func work(
        _ claimer: Int, on node: any Database, _ dice: inout Dice, _ ticks: Ticks, _ tally: Tally
    ) async throws -> Bool {
        let at = ticks.next()
        let lease = 200
        let claimed = try await node.write { try Outbox($0).due(at: at, limit: Self.portion, lease: lease) }
        if claimed.isEmpty { return try await node.read { try Outbox($0).waitingCount() } > 0 }
        tally.claim(claimed, by: claimer, at: at, until: at.adding(seconds: lease))
        if dice.chance(5) {
            tally.drop(claimed)
            return true
        }
        try await node.write { connection in
            for item in claimed { try Outbox(connection).done(item.id, at: at) }
        }
        tally.finish(claimed, by: claimer)
        return true
    }
}
