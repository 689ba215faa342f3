import Logging
import Store
import Values

/// Work that one process does for all that share the database.
enum Duty: String {
    /// Sealing, forgetting, the figures of the day.
    case house
    /// Imports.
    case imports
    /// Timers.
    case timers
    /// Hand-overs.
    case handOvers

    /// Without a word from its holder another process takes over after so many seconds.
    var seconds: Int {
        switch self {
        case .house: 40
        case .imports, .timers, .handOvers: 15
        }
    }
}

extension Kernel {
    /// Takes the duty, or goes on having it.
    ///
    /// - Returns: whether this process has it now.
    func hasDuty(_ duty: Duty) async throws -> Bool {
        // Who has not the definitions in force would write by others.
        if isOutdated { return false }
        let (now, node) = (surroundings.now(), node)
        return try await database.write { connection in
            try Leases(connection).take(
                duty.rawValue, holder: node, at: now, until: now.adding(seconds: duty.seconds))
        }
    }

    func leaveDuty(_ duty: Duty) async {
        do {
            let node = node
            try await database.write { try Leases($0).release(duty.rawValue, holder: node) }
        } catch {
            // It ends by itself.
            logger.notice("a duty was not given back", metadata: ["duty": "\(duty)", "detail": "\(error)"])
        }
    }

    /// Runs `work` while this process has the duty; prolongs it meanwhile, and cancels the work when it is lost.
    func onDuty(_ duty: Duty, _ work: @escaping @Sendable () async -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await work() }
            group.addTask { [self] in
                while !Task.isCancelled {
                    do {
                        try await Task.sleep(for: .seconds(duty.seconds / 3))
                        guard try await hasDuty(duty) else { return }
                    } catch is CancellationError {
                        return
                    } catch {
                        logger.warning("a duty can't be prolonged", metadata: ["detail": "\(error)"])
                    }
                }
            }
            await group.next()
            group.cancelAll()
        }
    }

    /// What a client hands in with its next request, to see at least what it has written; nil where everything is seen
    /// at once.
    package var position: String? { database.position.map { String($0) } }

    /// Runs `body` so that its reads see at least what was written at `position`.
    package func notBefore<Result>(
        _ position: String?, _ body: () async throws -> Result
    ) async rethrows -> Result {
        guard let place = position.flatMap({ UInt64($0) }), database.position != nil else { return try await body() }
        return try await LogPosition.$required.withValue(place, operation: body)
    }

    /// Passes on what other processes at the same database commit, until the task is cancelled: wakes live pages and
    /// the work that waits.
    package func hearOthers() async {
        for await _ in database.commitsElsewhere {
            if Task.isCancelled { return }
            do {
                await hub.publish(Int64(try await database.read { try EventLog($0).lastSequence() }))
                importBell.ring()
            } catch {
                logger.notice("what others wrote can't be read now", metadata: ["detail": "\(error)"])
            }
        }
    }
}
