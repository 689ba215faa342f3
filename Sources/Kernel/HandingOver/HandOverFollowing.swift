import Store
import Synchronization
import Values

/// When this process looked last for what came to people whose work was handed over.
struct HandOverLook: Sendable {
    /// Seconds between two looks.
    static let pause = 30

    var at = Instant(milliseconds: 0)
    /// The last event that was there.
    var sequence: Int64 = -1
}

extension Kernel {
    /// Passes on what came to people who leave after their work was handed over. Nothing is written, and little read,
    /// while nothing happens in the house.
    func follow(_ handOvers: [RecordID], at now: Instant) async throws {
        guard !handOvers.isEmpty else { return }
        let last = followed.withLock { $0 }
        guard now >= last.at.adding(seconds: HandOverLook.pause), try await hasDuty(.handOvers) else { return }
        let reached = try await database.read { Int64(try EventLog($0).lastSequence()) }
        guard reached > last.sequence else { return }
        followed.withLock { $0 = HandOverLook(at: now, sequence: reached) }
        for id in handOvers where try await hasNews(id, at: now) {
            let sequence = try await carryOn(id, at: now)
            if sequence > 0 { await hub.publish(sequence) }
        }
    }

    /// Looks without the writer's place, which others wait for.
    private func hasNews(_ id: RecordID, at now: Instant) async throws -> Bool {
        let (snapshot, ids) = (snapshot, surroundings.ids)
        return try await database.read { connection in
            let house = ReadContext(connection: connection, snapshot: snapshot, actor: .system("hand-over"), now: now)
            guard let entry = try HandOvers(connection).find(id), entry.state == "following" else { return false }
            guard try house.peopleBook().byID[entry.person]?.isActive == true else { return true }
            do {
                return try !HandOverPortion(house: house, ids: ids).newcomers(entry).isEmpty
            } catch is Rejection {
                return true  // whoever ordered it is gone: said where it is carried on
            }
        }
    }
}
