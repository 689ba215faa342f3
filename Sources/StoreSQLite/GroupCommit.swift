import Store

/// Runs waiting bodies as savepoints of one transaction and answers them after its commit.
struct GroupCommit {
    /// Bodies in one transaction.
    static let bodyLimit = 64
    /// No further body is taken once the transaction has been open this long.
    static let timeLimit = Duration.milliseconds(20)

    let connection: SQLiteConnection
    let queue: WriteQueue

    func run() {
        do {
            try connection.control("BEGIN IMMEDIATE")
        } catch {
            for _ in 0..<Self.bodyLimit { queue.next()?.refuse(error) }
            return
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
                if !connection.isInTransaction {
                    // The engine undid the whole transaction (disk full, input/output error).
                    let failure = StoreError.unavailable("the transaction was undone: \(error)")
                    for answer in answers { answer(failure) }
                    return
                }
            }
            let isFull = taken == Self.bodyLimit || ContinuousClock.now - start > Self.timeLimit
            next = isFull ? nil : queue.next()
        }
        finish(answers)
    }

    /// A body without company needs no savepoint, which makes a long one, such as an import, a third cheaper.
    private func runAlone(_ job: WriteJob) {
        do {
            finish([try job.perform(connection)])
        } catch {
            // The engine may have undone the transaction itself; either way nothing of it is left.
            if connection.isInTransaction { try? connection.control("ROLLBACK") }
            job.refuse(error)
        }
    }

    private func finish(_ answers: [WriteJob.Answer]) {
        do {
            try connection.control("COMMIT")
            for answer in answers { answer(nil) }
        } catch {
            if connection.isInTransaction {
                // A rollback can only fail when the transaction is gone already, which is what it is for.
                try? connection.control("ROLLBACK")
            }
            for answer in answers { answer(error) }
        }
    }
}
