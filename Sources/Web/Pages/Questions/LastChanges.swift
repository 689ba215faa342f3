import Kernel
import Values

/// Who changed some fields of a record last, and when: of its last hundred events, as far as the asker may read them.
struct LastChanges: Question {
    let object: String
    let id: RecordID
    let fields: [String]

    struct Change: Sendable {
        let name: String
        let at: Instant
    }

    func answer(in context: ReadContext) throws -> [String: Change] {
        let wanted = Set(fields)
        var out: [String: Change] = [:]
        for entry in try context.ask(TimelineOf(object: object, id: id, limit: 100, merged: false)) {
            for change in entry.changes {
                let field = FieldMerge.root(change.field)
                guard wanted.contains(field), out[field] == nil else { continue }
                out[field] = Change(name: entry.actorName.isEmpty ? "Baton" : entry.actorName, at: entry.at)
            }
        }
        return out
    }
}

extension LastChanges.Change {
    /// 何静 16:05, with the day when it was not today.
    func words(_ format: Format) -> String {
        let day = format.localDay(at)
        return name + " " + (day == format.today ? "" : format.shortDay(day) + " ") + format.time(at)
    }
}
