import Store
import Synchronization

/// The furthest place of the server's log that this node knows to be written: by itself, or by a node it heard of.
final class LogClock: Sendable {
    private let place = Atomic<UInt64>(0)
    private let isLost = Atomic(false)

    /// The end of all while it can't be told.
    var known: UInt64 { isLost.load(ordering: .acquiring) ? .max : place.load(ordering: .acquiring) }

    func raise(to place: UInt64) { _ = self.place.max(place, ordering: .acquiringAndReleasing) }

    /// After a commit of this node.
    ///
    /// - Parameter place: nil when the server could not be asked: until the next commit every read goes to the primary.
    func committed(at place: UInt64?) {
        if let place { raise(to: place) }
        isLost.store(place == nil, ordering: .releasing)
    }
}

/// A standby that answers what it has already heard of; everything else goes to the primary.
final class Replica: Sendable {
    let reads = Mailbox<Job>(limit: 4000)
    let address: PostgresAddress
    /// How far the standby was when it was last asked: it only goes on.
    private let replayed = Atomic<UInt64>(0)
    private let awayUntil = Mutex(ContinuousClock.now)
    private let tally = Mutex(DatabaseFigures.Standby())

    /// A read with the place of the log that it must see.
    struct Job: Sendable {
        let needed: UInt64
        let perform: @Sendable (PostgresConnection) throws -> Void
        /// Gives it to the primary: it has not been answered.
        let passOn: @Sendable () -> Void
        let refuse: @Sendable (any Error) -> Void
    }

    /// The standby has not come so far, or is not there.
    struct Behind: Error {}

    init(_ address: PostgresAddress) { self.address = address }

    /// Whether it is worth asking now.
    var isThere: Bool { awayUntil.withLock { $0 <= .now } }

    /// - Parameter known: the furthest place of the log that this node knows of.
    func figures(known: UInt64) -> DatabaseFigures.Standby {
        var now = tally.withLock { $0 }
        let place = replayed.load(ordering: .acquiring)
        // The end of all means that nobody knows.
        if known < .max, known > place, place > 0 { now.distance = known - place }
        return now
    }

    /// The life of one of its threads.
    func run(deadline: Deadline) {
        let connection = PostgresConnection(address, for: .reading, deadline: deadline)
        while let job = reads.take() {
            do {
                try catchUp(connection, to: job.needed)
                try job.perform(connection)
                tally.withLock { $0.answered += 1 }
            } catch is Behind {
                tally.withLock { $0.behind += 1 }
                job.passOn()
            } catch StoreError.unavailable {
                // It went away, or its own replaying came in the way; a question may be asked again.
                awayUntil.withLock { $0 = .now + .seconds(5) }
                tally.withLock { $0.away += 1 }
                job.passOn()
            } catch {
                job.refuse(error)
            }
        }
        connection.disconnect()
    }

    /// Asked before the snapshot is taken, so that the snapshot has all that was replayed by then.
    private func catchUp(_ connection: PostgresConnection, to needed: UInt64) throws {
        if replayed.load(ordering: .acquiring) >= needed, needed > 0 { return }
        let place = try connection.replayed()
        _ = replayed.max(place, ordering: .acquiringAndReleasing)
        if place < needed { throw Behind() }
    }
}
