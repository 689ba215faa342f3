/// The one connection of an engine that writes.
package protocol WriterConnection: Connection {
    /// Begins the transaction in which no other writer, of this process or another, comes between.
    func begin() throws
    /// Has everything executed that was sent, so that its errors are known.
    func settle() throws
    /// Makes the transaction durable.
    func commit() throws
    /// Undoes the transaction; what has failed anyway needs no answer.
    func rollback()
    var isInTransaction: Bool { get }
    /// Why what this connection holds can't be believed any more; nil while it can.
    var doubt: String? { get }
    /// Whether a body that failed with `error`, and was undone, should be run once more.
    func isWorthRetrying(_ error: any Error) -> Bool
}

extension WriterConnection {
    package func settle() throws {}
}

/// Runs waiting bodies as savepoints of one transaction and answers them after its commit.
package struct GroupCommit {
    /// Bodies in one transaction.
    static let bodyLimit = 64
    /// No further body is taken once the transaction has been open this long.
    static let timeLimit = Duration.milliseconds(20)

    let connection: any WriterConnection
    let queue: WriteQueue

    package init(connection: any WriterConnection, queue: WriteQueue) {
        self.connection = connection
        self.queue = queue
    }

    /// - Returns: the callers whose commit failed in doubt. They are answered once it is known what became of it.
    package func run() -> [WriteJob.Answer] {
        do {
            try connection.begin()
        } catch {
            for _ in 0..<Self.bodyLimit { queue.next()?.refuse(error) }
            return []
        }
        guard let first = queue.next() else { return finish([]) }
        if queue.isEmpty { return runAlone(first) }
        var next: WriteJob? = first
        var answers: [WriteJob.Answer] = []
        let start = ContinuousClock.now
        var taken = 0
        while let job = next {
            taken += 1
            do {
                answers.append(try retrying { try connection.savepoint { try job.perform(connection) } })
            } catch {
                job.refuse(error)
                if !connection.isInTransaction || connection.doubt != nil { return undo(answers, because: error) }
            }
            let isFull = taken == Self.bodyLimit || ContinuousClock.now - start > Self.timeLimit
            next = isFull ? nil : queue.next()
        }
        return finish(answers)
    }

    /// A body without company needs no savepoint, which makes a long one, such as an import, a third cheaper.
    private func runAlone(_ job: WriteJob) -> [WriteJob.Answer] {
        do {
            let answer = try retrying {
                if !connection.isInTransaction { try connection.begin() }
                do {
                    let answer = try job.perform(connection)
                    try connection.settle()
                    return answer
                } catch {
                    rollBack()
                    throw error
                }
            }
            return finish([answer])
        } catch {
            job.refuse(error)
            return []
        }
    }

    private func retrying(_ body: () throws -> WriteJob.Answer) throws -> WriteJob.Answer {
        do {
            return try body()
        } catch  where connection.isWorthRetrying(error) {
            return try body()
        }
    }

    /// Ends a transaction that the engine undid, or whose pages can't be believed, before its commit.
    private func undo(_ answers: [WriteJob.Answer], because error: any Error) -> [WriteJob.Answer] {
        rollBack()
        var failure = StoreError.unavailable("the transaction was undone: \(error)")
        if case .full? = error as? StoreError { failure = .full("the transaction was undone: \(error)") }
        for answer in answers { answer(failure) }
        return []
    }

    private func finish(_ answers: [WriteJob.Answer]) -> [WriteJob.Answer] {
        if let doubt = connection.doubt { return undo(answers, because: StoreError.unavailable(doubt)) }
        let start = ContinuousClock.now
        do {
            try connection.commit()
            queue.meter.committed(answers.count, took: .now - start)
            for answer in answers { answer(nil) }
        } catch {
            queue.meter.failed()
            rollBack()
            if connection.doubt != nil { return answers }
            for answer in answers { answer(error) }
        }
        return []
    }

    /// The engine may have undone the transaction itself; either way nothing of it is left.
    private func rollBack() { if connection.isInTransaction { connection.rollback() } }
}
