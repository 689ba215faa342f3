import Dispatch
import Store
import Synchronization

/// What happens after an input/output error.
///
/// A failed `fsync` may have lost pages that the machine still shows as written, so a second try on the same connections
/// proves nothing. The file is opened anew beside the old connections, which go on serving reads: checked from the first
/// page to the last, then written to. That commit takes the place of the failed one in the write-ahead log, so that the
/// failed one can't come back, and its callers can be told that nothing was saved.
extension SQLiteDatabase {
    /// Between two attempts to get going again.
    static let pause = Duration.seconds(1)

    /// Why no writes are taken; nil when they are. Whoever asks while they are not starts the next attempt once it is due.
    package var standstill: String? {
        let (reason, isDue) = state.withLock { state -> (String?, Bool) in
            guard let doubt = state.doubt else { return (nil, false) }
            let isDue = !state.isRecovering && ContinuousClock.now - state.lastAttempt >= Self.pause
            if isDue { state.isRecovering = true }
            return (doubt, isDue)
        }
        if isDue { recovery.async { [self] in recover(undecided: []) } }
        return reason
    }

    /// Refuses writes from now on and begins the first attempt. Called on the writer.
    ///
    /// - Parameter undecided: callers whose commit failed in doubt.
    func stop(because doubt: String, undecided: [WriteJob.Answer]) {
        state.withLock { state in
            state.doubt = doubt
            state.isRecovering = true
        }
        queue.refuseAll(.unavailable(doubt))
        recovery.async { [self] in recover(undecided: undecided) }
    }

    private func recover(undecided: [WriteJob.Answer]) {
        let mergesLog = state.withLock { $0.mergesLog }
        do {
            let fresh = try ConnectionSet.open(path: path, readers: readers, mergesLog: mergesLog)
            do {
                try Self.prove(fresh)
            } catch {
                fresh.close()
                throw error
            }
            let (old, doubt) = state.withLock { state in
                defer { (state.set, state.doubt, state.isRecovering) = (fresh, nil, false) }
                return (state.set, state.doubt ?? "")
            }
            for answer in undecided { answer(StoreError.unavailable("the commit failed and is undone: \(doubt)")) }
            old.close()
        } catch {
            let reason = state.withLock { state in
                state.isRecovering = false
                state.lastAttempt = .now
                state.doubt = "\(error)"
                return "\(error)"
            }
            for answer in undecided { answer(StoreError.outcomeUnknown(reason)) }
        }
    }

    /// The pages, the end of the event log, and a commit.
    private static func prove(_ set: ConnectionSet) throws {
        try set.onReader { connection in
            for row in try connection.rows("PRAGMA quick_check(1)") where row[0] != .text("ok") {
                throw StoreError.unavailable("the file is damaged: \(row[0])")
            }
            if let finding = try EventLog(connection).tailFinding() {
                throw StoreError.unavailable("the event log is damaged: \(finding)")
            }
        }
        try set.onWriter { connection in try connection.transaction { try Settings(connection).touch("health") } }
    }
}
