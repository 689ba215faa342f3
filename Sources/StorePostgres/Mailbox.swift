import Foundation

/// Work that waits for one of a few threads, first come first served.
final class Mailbox<Job: Sendable>: @unchecked Sendable {
    /// Guarded by the condition's lock.
    private var waiting: [Job] = []
    private var head = 0
    private var isClosed = false
    private let condition = NSCondition()
    private let limit: Int

    /// - Parameter limit: how many may wait.
    init(limit: Int) { self.limit = limit }

    /// - Returns: false when the box is closed or full.
    func put(_ job: Job) -> Bool {
        condition.withLock {
            guard !isClosed, waiting.count - head < limit else { return false }
            waiting.append(job)
            condition.signal()
            return true
        }
    }

    /// The next job; waits for one. Nil when the box was closed and is empty.
    func take() -> Job? {
        condition.withLock {
            while head == waiting.count {
                if isClosed { return nil }
                condition.wait()
            }
            let job = waiting[head]
            head += 1
            if head == waiting.count || head > 1024 {
                waiting.removeFirst(head)
                head = 0
            }
            return job
        }
    }

    /// No further job is taken in; those that wait are still done.
    func close() {
        condition.withLock {
            isClosed = true
            condition.broadcast()
        }
    }
}
