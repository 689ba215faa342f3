import Foundation
import Store
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Tells the other nodes that this one has committed, and hears it from them, on one connection of its own.
///
/// A notice carries how far the server's log had come, and nothing of what is in it: whoever hears it reads what is new by
/// its sequence number, on a standby only when that has come as far. It is never sent inside a
/// transaction of business, where every commit would take the server's one lock for notices, but after it and at most
/// twenty times a second.
final class CommitRelay: Sendable {
    let commitsElsewhere: AsyncStream<Void>

    private struct State {
        var hasNews = false
        var isOver = false
        var tally = DatabaseFigures.Relay()
    }

    private static let channel = "baton_commit"
    private static let pause = 0.05

    private let address: PostgresAddress
    private let clock: LogClock
    private let state = Mutex(State())
    private let listeners: AsyncStream<Void>.Continuation
    private let bell = Bell()

    init(_ address: PostgresAddress, clock: LogClock) {
        self.address = address
        self.clock = clock
        (commitsElsewhere, listeners) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    var figures: DatabaseFigures.Relay { state.withLock { $0.tally } }

    /// After a commit of this node.
    func tell() {
        let isFirst = state.withLock { state in
            defer { state.hasNews = true }
            return !state.hasNews
        }
        if isFirst { bell.ring() }
    }

    func end() {
        state.withLock { $0.isOver = true }
        bell.ring()
        listeners.finish()
    }

    /// The life of the relay's thread.
    func run() {
        while !state.withLock({ $0.isOver }) {
            do {
                let session = try PostgresSession(
                    address.listening, setUp: address.setUp(for: .reading) + "; LISTEN " + Self.channel)
                defer {
                    state.withLock { $0.tally.isListening = false }
                    session.close()
                }
                state.withLock { $0.tally.isListening = true }
                // Whatever was said while nobody listened.
                listeners.yield()
                bell.ring()
                try serve(session)
            } catch {
                // What could not be told is told by the next session.
                state.withLock { $0.hasNews = true }
                Thread.sleep(forTimeInterval: 1)
            }
        }
    }

    private func serve(_ session: PostgresSession) throws {
        while true {
            if let place = try session.hear(orBell: bell.reading, milliseconds: 15_000) {
                clock.raise(to: place)
                state.withLock { $0.tally.heard += 1 }
                listeners.yield()
            }
            bell.silence()
            let (news, isOver) = state.withLock { state in
                defer { state.hasNews = false }
                return (state.hasNews, state.isOver)
            }
            if isOver { return }
            guard news else { continue }
            _ = try session.ask(
                "SELECT pg_notify('\(Self.channel)', pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::text)")
            state.withLock { $0.tally.sent += 1 }
            Thread.sleep(forTimeInterval: Self.pause)
        }
    }
}

/// Wakes a thread that waits for a socket.
private final class Bell: Sendable {
    let reading: Int32
    private let writing: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        // Without descriptors the relay wakes every fifteen seconds only.
        if pipe(&ends) == 0 { for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) } }
        (reading, writing) = (ends[0], ends[1])
    }

    deinit { for end in [reading, writing] where end >= 0 { close(end) } }

    func ring() {
        var byte: UInt8 = 1
        _ = write(writing, &byte, 1)
    }

    func silence() {
        var bytes = [UInt8](repeating: 0, count: 64)
        while read(reading, &bytes, bytes.count) > 0 {}
    }
}
