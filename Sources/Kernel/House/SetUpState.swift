import Access
import Definitions
import Expressions
import Store
import Values

/// The first steps of a house.
package enum SetUpStep: String, Sendable, CaseIterable {
    /// Who sends the documents: names, address, numbers, logo.
    case company
    /// The rates of the currencies that are traded in.
    case currencies
    /// Departments and regions.
    case structure
    /// Colleagues with their accounts.
    case people
}

/// What of the first steps is done and what was left for later; nil for who may not set up a house.
package struct SetUpState: Question {
    package struct Standing: Sendable {
        package let done: Set<SetUpStep>
        /// Left for later; what is done counts as done.
        package let skipped: Set<SetUpStep>
        /// Somebody put the list away.
        package let isClosed: Bool

        /// The steps that still ask to be done, in order.
        package var open: [SetUpStep] { SetUpStep.allCases.filter { !done.contains($0) && !skipped.contains($0) } }
        /// Whether the list stands on the day.
        package var isOffered: Bool { !isClosed && !open.isEmpty }
    }

    package init() {}

    /// At most six statements; one when the list was put away.
    package func answer(in context: ReadContext) throws -> Standing? {
        guard context.access.has("define"), context.access.has("users") else { return nil }
        let kept = try context.connection.beyondSight { try Settings(context.connection).all(prefix: Self.prefix) }
        let skipped = Set(SetUpStep.allCases.filter { kept[Self.key($0)] != nil })
        let isClosed = kept[Self.closed] != nil
        let done = try Set(SetUpStep.allCases.filter { try isDone($0, context) })
        return Standing(done: done, skipped: skipped, isClosed: isClosed)
    }

    private func isDone(_ step: SetUpStep, _ context: ReadContext) throws -> Bool {
        switch step {
        case .company: try context.model.letterhead.map { try holds($0.object, 1, context) } ?? true
        case .currencies: try holds("fx_rate", 1, context)
        case .structure: try holds("department", 1, context) || holds("region", 1, context)
        case .people: try holds("user", 2, context)
        }
    }

    /// Whether an object has so many records; what no pack has asks for nothing.
    private func holds(_ object: String, _ count: Int, _ context: ReadContext) throws -> Bool {
        guard let definition = context.model.object(object), !definition.retired else { return true }
        let query = RecordQuery(
            object: object, context: context.evaluation, fields: [FieldPath(["id"])], limit: count)
        return try context.store.select(query).count >= count
    }

    static let prefix = "setup."
    static let closed = "setup.closed"
    static func key(_ step: SetUpStep) -> String { prefix + "skipped." + step.rawValue }
}

extension Kernel {
    func setUp(_ command: SetUpCommand, _ actor: Actor) async throws -> Outcome {
        let now = surroundings.now()
        try await database.write { connection in
            let settings = Settings(connection)
            switch command {
            case .skip(let step): try settings.set(SetUpState.key(step), "1", at: now, by: actor.userID)
            case .resume(let step): try settings.set(SetUpState.key(step), nil, at: now, by: actor.userID)
            case .close: try settings.set(SetUpState.closed, "1", at: now, by: actor.userID)
            case .reopen: try settings.set(SetUpState.closed, nil, at: now, by: actor.userID)
            }
        }
        return Outcome()
    }
}
