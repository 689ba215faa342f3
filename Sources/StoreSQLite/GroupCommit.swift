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
        var answers: [WriteJob.Answer] = []
        let start = ContinuousClock.now
        var taken = 0
        while taken < Self.bodyLimit, let job = queue.next() {
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
            if ContinuousClock.now - start > Self.timeLimit { break }
        }
        finish(answers)
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
