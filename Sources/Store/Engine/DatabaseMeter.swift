import Synchronization

/// What an engine counts of its own work, for those who watch it.
package struct DatabaseFigures: Sendable, Hashable {
    /// Values sorted by size.
    package struct Distribution: Sendable, Hashable {
        /// Upper bounds, rising.
        package let bounds: [Double]
        /// How many were at most each bound and over the one before; one more for the rest.
        package private(set) var counts: [Int]
        package private(set) var sum = 0.0

        package init(bounds: [Double]) {
            self.bounds = bounds
            counts = [Int](repeating: 0, count: bounds.count + 1)
        }

        mutating func add(_ value: Double) {
            counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
            sum += value
        }

        mutating func add(_ took: Duration) {
            add(Double(took.components.seconds) * 1000 + Double(took.components.attoseconds) / 1e15)
        }
    }

    private static let milliseconds: [Double] = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000]

    /// Connections that read side by side; 0 where nothing is counted.
    package var readers = 0
    package var readersBusy = 0
    /// Reads that wait for a connection.
    package var readsWaiting = 0
    /// Milliseconds that a read had its connection.
    package var reads = Distribution(bounds: milliseconds)
    /// Writes that wait for their turn.
    package var writesWaiting = 0
    /// Milliseconds until a commit was durable.
    package var commits = Distribution(bounds: milliseconds)
    /// Writes that shared one commit.
    package var groups = Distribution(bounds: [1, 2, 4, 8, 16, 32, 64])
    /// Commits that failed or whose outcome is unknown.
    package var failedCommits = 0
    /// What there is beside it with a standby and other nodes; nil without.
    package var standby: Standby?
    package var relay: Relay?

    /// A standby that reads.
    package struct Standby: Sendable, Hashable {
        package var answered = 0
        /// Passed on to the primary, because it had not come far enough.
        package var behind = 0
        /// Passed on because it could not be reached or gave up.
        package var away = 0
        /// Bytes of the log between what this node knows of and what it was last seen to have replayed.
        package var distance: UInt64 = 0

        package init() {}
    }

    /// Notices between the nodes.
    package struct Relay: Sendable, Hashable {
        package var sent = 0
        package var heard = 0
        package var isListening = false

        package init() {}
    }

    package init() {}
}

/// Keeps the count of one engine.
package final class DatabaseMeter: Sendable {
    private let figures = Mutex(DatabaseFigures())

    package init() {}

    package var now: DatabaseFigures { figures.withLock { $0 } }

    package func change(_ body: (inout DatabaseFigures) -> Void) { figures.withLock { body(&$0) } }

    /// - Parameter writes: that shared the commit.
    func committed(_ writes: Int, took: Duration) {
        change { figures in
            figures.commits.add(took)
            figures.groups.add(Double(writes))
        }
    }

    func failed() { change { $0.failedCommits += 1 } }

    fileprivate func begin(isFirst: Bool) {
        change { figures in
            if isFirst { figures.readsWaiting -= 1 }
            figures.readersBusy += 1
        }
    }

    fileprivate func end(took: Duration) {
        change { figures in
            figures.readersBusy -= 1
            figures.reads.add(took)
        }
    }
}

/// One read on its way: waits, has a connection, and may have another one when the first went away.
package final class ReadTicket: Sendable {
    private let meter: DatabaseMeter
    private let hasBegun = Atomic(false)

    package init(_ meter: DatabaseMeter) {
        self.meter = meter
        meter.change { $0.readsWaiting += 1 }
    }

    deinit { if !hasBegun.load(ordering: .relaxed) { meter.change { $0.readsWaiting -= 1 } } }

    package func run<Result>(_ body: () throws -> Result) rethrows -> Result {
        meter.begin(isFirst: !hasBegun.exchange(true, ordering: .relaxed))
        let start = ContinuousClock.now
        defer { meter.end(took: .now - start) }
        return try body()
    }
}
