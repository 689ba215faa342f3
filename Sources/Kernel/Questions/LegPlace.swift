import Access
import Store
package import Values

/// Where a baton is run: the record of a run, or of the run that a record's thread has now.
package struct LegPlace: Question {
    /// Id of a run, or of a record.
    package let id: RecordID

    package init(_ id: RecordID) { self.id = id }

    /// - Returns: nil when there is no such baton in the actor's sight. Three statements.
    package func answer(in context: ReadContext) throws -> RecordReference? {
        let legs = Legs(context.connection)
        guard let run = try legs.find(id) ?? legs.current(of: id) else { return nil }
        do {
            let record = try context.ask(
                ShowRecord(object: run.object, id: run.record, fields: [], withLines: false))
            return RecordReference(object: record.object, id: record.id)
        } catch let rejection as Rejection where rejection.kind == .missing {
            return nil
        }
    }
}
