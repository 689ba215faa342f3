import Access
import Definitions
import Flow
import Store
package import Values

/// The clocks of a record: what is due when, and who owes it.
package struct ClocksOf: Question {
    package struct Clock: Sendable {
        package let id: String
        package let label: String
        /// `runs`, `stands`, `ended` or `answered`.
        package let state: String
        package let startedAt: Instant
        /// Nil while it stands still, and once it is over.
        package let dueAt: Instant?
        package let isLate: Bool
        package let person: RecordID?
        /// Why it stands still, since when; nil while it runs.
        package let pausedSince: Instant?
    }

    package let object: String
    package let id: RecordID

    package init(object: String, id: RecordID) {
        self.object = object
        self.id = id
    }

    /// In the order of the definition, for whoever may see the record. Two statements.
    ///
    /// - Throws: the rejection `not_found` for a record out of sight.
    package func answer(in context: ReadContext) throws -> [Clock] {
        _ = try context.ask(ShowRecord(object: object, id: id, fields: [], withLines: false))
        let known = try RunningClocks(context.connection).of(id)
        let definition = try context.object(object)
        return definition.clocks.compactMap { clock in
            guard let row = known[clock.id], let track = ClockTrack(row) else { return nil }
            return Clock(
                id: clock.id, label: context.actor.language == .zh ? clock.label.zh : clock.label.en, state: row.state,
                startedAt: track.ledger.startedAt, dueAt: row.dueAt,
                isLate: row.dueAt.map { $0 <= context.now } ?? false,
                person: row.person, pausedSince: track.ledger.isPaused ? track.ledger.pauses.last?.from : nil)
        }
    }
}
