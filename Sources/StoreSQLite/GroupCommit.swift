import Store

/// Runs waiting bodies as savepoints of one transaction and answers them after its commit.
struct GroupCommit {
    /// Bodies in one transaction.
    static let bodyLimit = 64
    /// No further body is taken once the transaction has been open this long.
    static let timeLimit = Duration.milliseconds(20)

    let connection: SQLiteConnection
    let queue: WriteQueue

    /// - Returns: the callers whose commit failed in doubt. They are answered once it is known what became of it.
    func run() -> [WriteJob.Answer] {
        do {
            try connection.control("BEGIN IMMEDIATE")
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
                answers.append(try connection.savepoint { try job.perform(connection) })
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
            return finish([try job.perform(connection)])
        } catch {
            rollBack()
            job.refuse(error)
            return []
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
        do {
            try connection.control("COMMIT")
            for answer in answers { answer(nil) }
        } catch {
            rollBack()
            if connection.doubt != nil { return answers }
            for answer in answers { answer(error) }
        }
        return []
    }

    private func rollBack() {
        // A rollback can only fail when the transaction is gone already, which is what it is for.
        if connection.isInTransaction { try? connection.control("ROLLBACK") }
    }
}
