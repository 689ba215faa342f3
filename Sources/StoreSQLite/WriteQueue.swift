import Store
import Synchronization

/// A write body that waits, with the way to answer its caller.
struct WriteJob: Sendable {
    /// Answers the caller: with its result when the argument is nil, else with that error.
    typealias Answer = @Sendable ((any Error)?) -> Void

    /// Runs the body; throws what it throws. The answer is given after the commit.
    let perform: @Sendable (SQLiteConnection) throws -> Answer
    /// Answers a caller whose body failed or never ran.
    let refuse: @Sendable (any Error) -> Void
}

/// The bodies that wait for the writer, first come first served.
final class WriteQueue: Sendable {
    private struct Contents {
        var waiting: [WriteJob] = []
        var head = 0
        var isScheduled = false
        var isClosed = false
    }

    private let contents = Mutex(Contents())

    enum Admission { case refused, waiting, mustSchedule }

    func add(_ job: WriteJob) -> Admission {
        contents.withLock { contents in
            if contents.isClosed { return .refused }
            contents.waiting.append(job)
            if contents.isScheduled { return .waiting }
            contents.isScheduled = true
            return .mustSchedule
        }
    }

    func next() -> WriteJob? {
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
    func refuseAll(_ error: StoreError) {
        repeat {
            while let job = next() { job.refuse(error) }
        } while finishGroup()
    }

    /// Whether nobody waits.
    var isEmpty: Bool { contents.withLock { $0.head == $0.waiting.count } }

    /// After a group: whether another one must be scheduled.
    func finishGroup() -> Bool {
        contents.withLock { contents in
            contents.isScheduled = contents.head < contents.waiting.count
            return contents.isScheduled
        }
    }

    func close() { contents.withLock { $0.isClosed = true } }
    var isClosed: Bool { contents.withLock { $0.isClosed } }
}
