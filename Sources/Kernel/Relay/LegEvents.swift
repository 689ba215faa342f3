import Definitions
import Store
import Values

/// Writes what happens to the baton into the record's history.
struct LegEvents {
    let context: ReadContext
    let ids: IDSource
    let at: Instant
    let command: RecordID
    let by: RecordID?

    @discardableResult
    func add(_ kind: String, object: String, record: RecordID, reason: String) throws -> Int64 {
        let actor = context.actor
        let entry = EventEntry(
            sequence: 0, at: at, actor: by, actorName: actor.name, onBehalfOf: nil, origin: actor.origin.rawValue,
            command: command, object: object, record: record, parent: nil, kind: kind, changes: [], reason: reason,
            modelVersion: context.model.version)
        return Int64(try EventLog(context.connection).append([entry]))
    }
}
