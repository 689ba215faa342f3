import Calendars
import Definitions
import Expressions
import Logging
import Store
import Synchronization
package import Values

/// The house's only doors: `perform` for what changes something, `answer` for what doesn't.
///
/// Pages, API, command line, imports, rules and tests all come through here, each with the actor it acts for.
package final class Kernel: Sendable {
    package let hub: EventHub
    let database: any Database
    let parts: HouseParts
    let passwords = PasswordWorker()
    let guesses = Guesses()
    let reloading = ModelReloading()
    let importBell = ImportBell()
    let followed = Mutex(HandOverLook())
    /// This process among those that share the database.
    let node: RecordID
    private let current: Mutex<Snapshot>

    init(database: any Database, snapshot: Snapshot, parts: HouseParts, lastSequence: Int64) {
        self.database = database
        self.parts = parts
        current = Mutex(snapshot)
        hub = EventHub(last: lastSequence)
        // Not of the house's own source: two processes must never have the same.
        node = RecordID(at: parts.surroundings.now(), random: (.random(in: 0 ... .max), .random(in: 0 ... .max)))
    }

    var logger: Logger { parts.logger }
    var surroundings: Surroundings { parts.surroundings }

    /// The model in force with what is compiled for it; every request pins one.
    var snapshot: Snapshot { current.withLock { $0 } }

    func install(_ snapshot: Snapshot) {
        current.withLock { if snapshot.model.version > $0.model.version { $0 = snapshot } }
    }

    /// Answers a question inside one read block, with the access of `actor`.
    ///
    /// - Throws: `Rejection` when the actor can't have an answer; `Fault` when the house is at fault.
    package func answer<Q: Question>(_ question: Q, as actor: Actor) async throws -> Q.Answer {
        let now = surroundings.now()
        return try await translated {
            do {
                return try await self.answer(question, as: actor, at: now, by: self.snapshot, checksModel: true)
            } catch is ModelMoved {
                try await self.catchUp()
                // Whatever came since: a read by the model of a moment ago is as good as one of a moment ago.
                return try await self.answer(question, as: actor, at: now, by: self.snapshot, checksModel: false)
            }
        }
    }

    private func answer<Q: Question>(
        _ question: Q, as actor: Actor, at now: Instant, by snapshot: Snapshot, checksModel: Bool
    ) async throws -> Q.Answer {
        let evaluation = ReadContext.evaluation(of: actor, at: now)
        let sight = actor.isSystem || Q.isOfTheHouse ? nil : Sight(evaluation)
        return try await database.read(seeing: sight) { connection in
            if checksModel, try ModelVersions(connection).current()?.version ?? 0 > snapshot.model.version {
                throw ModelMoved()
            }
            let context = ReadContext(connection: connection, snapshot: snapshot, actor: actor, now: now)
            return try question.answer(in: context)
        }
    }

    /// Carries out a command in one transaction; what is refused has changed nothing.
    ///
    /// - Throws: `Rejection` with what a person needs to go on; `Fault` when the house is at fault.
    package func perform(_ command: Command, as actor: Actor) async throws -> Outcome {
        let outcome: Outcome
        switch command.kind {
        case .identity(let identity):
            outcome = try await perform(identity, as: actor)
        case .house(let command):
            outcome = try await perform(command, as: actor)
        case .define(let changes):
            outcome = try await define(changes, dryRun: command.dryRun, as: actor)
        case .importing(let step):
            outcome = try await carryOut(step, as: actor)
        default:
            outcome = try await write(command, as: actor)
        }
        if outcome.sequence > 0 { await hub.publish(outcome.sequence) }
        return outcome
    }

    /// A write is decided by the model that its transaction finds; when a change of definitions came in between, it is
    /// decided anew by the new one.
    private func write(_ command: Command, as actor: Actor) async throws -> Outcome {
        for _ in 0..<5 {
            do {
                return try await write(command, as: actor, by: snapshot)
            } catch is ModelMoved {
                try await catchUp()
            }
        }
        throw Rejection.definitionsMoving
    }

    private func write(_ command: Command, as actor: Actor, by snapshot: Snapshot) async throws -> Outcome {
        let now = surroundings.now()
        let ids = surroundings.ids
        return try await translated {
            do {
                return try await self.database.write { connection in
                    guard try ModelVersions(connection).current()?.version == snapshot.model.version else {
                        throw ModelMoved()
                    }
                    let context = ReadContext(connection: connection, snapshot: snapshot, actor: actor, now: now)
                    let outcome = try Transaction(context: context, ids: ids, command: command).run()
                    // A rehearsal takes the same way to the end and is then rolled back with its savepoint.
                    if command.dryRun { throw Rehearsed(outcome: outcome) }
                    return outcome
                }
            } catch let rehearsed as Rehearsed {
                return rehearsed.outcome
            }
        }
    }

    /// Store errors in the words of people, or as our fault.
    func translated<R>(_ body: () async throws -> R) async throws -> R {
        do {
            return try await body()
        } catch let error as StoreError {
            throw Self.translation(of: error)
        } catch let error as CompilationError {
            throw Self.translation(of: error)
        } catch CalendarError.noWorkingTime {
            throw Rejection.calendarNeverOpens(nil)
        }
    }
}

/// Carries the outcome of a dry run out of the block that undoes it.
private struct Rehearsed: Error {
    let outcome: Outcome
}

/// The definitions changed after the command had pinned its model.
struct ModelMoved: Error {}

/// What the Kernel takes from outside: time and fresh ids. Tests give fixed ones.
package struct Surroundings: Sendable {
    package var now: @Sendable () -> Instant
    package var ids: IDSource

    package init(now: @escaping @Sendable () -> Instant, ids: IDSource) {
        self.now = now
        self.ids = ids
    }
}

/// Makes record ids.
package struct IDSource: Sendable {
    package var next: @Sendable (Instant) -> RecordID

    package init(next: @escaping @Sendable (Instant) -> RecordID) { self.next = next }

    package static let random = IDSource { at in
        var generator = SystemRandomNumberGenerator()
        let bits = (
            UInt64.random(in: .min ... .max, using: &generator), UInt64.random(in: .min ... .max, using: &generator)
        )
        return RecordID(at: at, random: bits)
    }
}
