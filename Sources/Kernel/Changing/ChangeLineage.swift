import Definitions
import Store
package import Values

/// Which requests changed a record, each with the fields and what they were: the record's lineage, newest first.
package struct LineageOf: Question {
    package struct Step: Sendable {
        package let sequence: Int64
        package let at: Instant
        package let actorName: String
        /// The request that was carried out.
        package let request: RecordReference
        /// `SO… · why`, as it was said then.
        package let reason: String
        /// Only fields that the asker may read.
        package let changes: [TimelineEntry.Change]
    }

    package var object: String
    package var id: RecordID
    /// Only this field (`lines` stands for all lines); nil for all.
    package var field: String?

    package init(object: String, id: RecordID, field: String? = nil) {
        self.object = object
        self.id = id
        self.field = field
    }

    /// Looks through the last 500 events of the record.
    package func answer(in context: ReadContext) throws -> [Step] {
        let entries = try context.ask(TimelineOf(object: object, id: id, limit: 500, merged: false))
        return entries.compactMap { entry in
            guard let request = ChangeLineage.request(entry.kind) else { return nil }
            let changes = entry.changes.filter { change in
                field.map { change.field == $0 || change.field.hasPrefix($0 + "[") || change.field.hasPrefix($0 + ".") }
                    ?? true
            }
            guard field == nil || !changes.isEmpty else { return nil }
            return Step(
                sequence: entry.sequence, at: entry.at, actorName: entry.actorName, request: request,
                reason: entry.reason ?? "", changes: changes)
        }
    }
}

/// The kind of event under which a request changes a record: `change:change_request:01J…`.
package enum ChangeLineage {
    static func kind(_ object: String, _ request: RecordID) -> String { "change:\(object):\(request)" }

    /// The request that an event of this kind carries out; nil for all other events.
    package static func request(_ kind: String) -> RecordReference? {
        let parts = kind.split(separator: ":")
        guard parts.count == 3, parts[0] == "change", let id = RecordID(parts[2]) else { return nil }
        return RecordReference(object: String(parts[1]), id: id)
    }
}
