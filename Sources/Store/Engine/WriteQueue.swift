import Synchronization

/// A write body that waits, with the way to answer its caller.
package struct WriteJob: Sendable {
    /// Answers the caller: with its result when the argument is nil, else with that error.
    package typealias Answer = @Sendable ((any Error)?) -> Void

    /// Runs the body; throws what it throws. The answer is given after the commit.
    let perform: @Sendable (any Connection) throws -> Answer
    /// Answers a caller whose body failed or never ran.
    package let refuse: @Sendable (any Error) -> Void

    /// - Parameter body: may run twice when the engine rolled its first run back.
    package init<Result: Sendable>(
        _ continuation: CheckedContinuation<Result, any Error>,
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) {
        perform = { connection in
            let result = try body(connection)
            return { failure in
                if let failure {
                    continuation.resume(throwing: failure)
                } else {
                    continuation.resume(returning: result)
                }
            }
        }
        refuse = { continuation.resume(throwing: $0) }
    }
}

/// The bodies that wait for the writer, first come first served.
package final class WriteQueue: Sendable {
    private struct Contents {
        var waiting: [WriteJob] = []
        var head = 0
        var isScheduled = false
        var isClosed = false
    }

    private let contents = Mutex(Contents())
    /// Counts what becomes of the bodies, and the reads beside them.
    package let meter = DatabaseMeter()

    package init() {}

    /// How many wait.
    package var count: Int { contents.withLock { $0.waiting.count - $0.head } }

    package enum Admission { case refused, waiting, mustSchedule }

    package func add(_ job: WriteJob) -> Admission {
        contents.withLock { contents in
            if contents.isClosed { return .refused }
            contents.waiting.append(job)
            if contents.isScheduled { return .waiting }
            contents.isScheduled = true
            return .mustSchedule
        }
    }

    package func next() -> WriteJob? {
        contents.withLock { contents in
            guard contents.head < contents.waiting.count else { return nil }
            let job = contents.waiting[contents.head]
            contents.head += 1
            if contents.head == contents.waiting.count || contents.head > 1024 {
                contents.waiting.removeFirst(contents.head)
                contents.head = 0
            }
            return job
        }
    }

    /// Refuses everybody who waits; afterwards the next one to come schedules a group again.
    package func refuseAll(_ error: StoreError) {
        repeat {
            while let job = next() { job.refuse(error) }
        } while finishGroup()
    }

    /// Whether nobody waits.
    package var isEmpty: Bool { contents.withLock { $0.head == $0.waiting.count } }

    /// After a group: whether another one must be scheduled.
    package func finishGroup() -> Bool {
        contents.withLock { contents in
            contents.isScheduled = contents.head < contents.waiting.count
            return contents.isScheduled
        }
    }

    package func close() { contents.withLock { $0.isClosed = true } }
    package var isClosed: Bool { contents.withLock { $0.isClosed } }
}
