import Foundation
import Synchronization

/// Until when the call of one connection must have ended.
final class Deadline: Sendable {
    private struct State {
        var until: ContinuousClock.Instant?
        var socket: PostgresSocket?
    }

    private let state = Mutex(State())

    func set(_ seconds: Double) { state.withLock { $0.until = .now + .seconds(seconds) } }
    func clear() { state.withLock { $0.until = nil } }
    /// The socket to cut; nil while there is none.
    func watch(_ socket: PostgresSocket?) { state.withLock { $0.socket = socket } }

    /// Ends the call when its time is over.
    func enforce(at now: ContinuousClock.Instant) {
        state.withLock { state in
            guard let until = state.until, until < now else { return }
            state.socket?.cut()
            state.until = nil
        }
    }
}

/// Looks ten times a second whether a call is overdue.
final class Watchman: Sendable {
    let deadlines: [Deadline]
    private let isOver = Mutex(false)

    init(_ deadlines: [Deadline]) { self.deadlines = deadlines }

    func start() {
        Thread.detachNewThread { [self] in
            while !isOver.withLock({ $0 }) {
                Thread.sleep(forTimeInterval: 0.1)
                let now = ContinuousClock.now
                for deadline in deadlines { deadline.enforce(at: now) }
            }
        }
    }

    func end() { isOver.withLock { $0 = true } }
}
