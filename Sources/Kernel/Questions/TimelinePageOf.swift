import Access
import Definitions
import Store
package import Values

/// What kind of happening an event is: what a timeline can be narrowed to.
package enum TimelineKind: String, Sendable, Hashable, CaseIterable {
    /// A note that is a mail.
    case mail
    /// What else was written: calls, visits, notes.
    case note
    /// A record was made, acted upon, deleted or restored.
    case document
    /// The baton, and workflows.
    case relay
    /// Fields that were changed.
    case system

    static let noteObject = "followup"

    /// - Parameter isMail: of a note, whether it is one.
    package init(object: String, kind: String, isMail: Bool) {
        if object == Self.noteObject {
            self = isMail ? .mail : .note
        } else if kind.hasPrefix("leg:") || kind.hasPrefix("workflow:") {
            self = .relay
        } else {
            self = kind == "updated" ? .system : .document
        }
    }
}

/// A part of a timeline, newest first, of some kinds.
package struct TimelinePageOf: Question {
    package var object: String
    package var id: RecordID
    /// Only entries with a smaller sequence: the cursor.
    package var before: Int64?
    package var limit: Int
    package var merged: Bool
    /// Empty: all.
    package var kinds: Set<TimelineKind>

    package struct Answer: Sendable {
        package let entries: [TimelineEntry]
        /// The cursor of what is older; nil at the beginning.
        package let next: Int64?

        package init(entries: [TimelineEntry], next: Int64?) {
            self.entries = entries
            self.next = next
        }
    }

    package init(
        object: String, id: RecordID, before: Int64? = nil, limit: Int = 30, merged: Bool = true,
        kinds: Set<TimelineKind> = []
    ) {
        self.object = object
        self.id = id
        self.before = before
        self.limit = limit
        self.merged = merged
        self.kinds = kinds
    }

    /// Of a narrowed timeline so many events are looked through at a time, and so many times.
    private static let stretch = 200
    private static let stretches = 4

    /// Reads on until there are enough; what lies further back comes with the next part.
    package func answer(in context: ReadContext) throws -> Answer {
        let definition = try context.object(object)
        _ = try context.ask(ShowRecord(object: object, id: id, fields: ["id"], withLines: false, deleted: true))
        let related = merged ? TimelineOf.related(to: definition, context) : []
        let parts = try Merges(context.connection).records(into: id)
        let limit = Limits.rows(limit)
        let length = kinds.isEmpty ? limit : max(limit, Self.stretch)
        let reader = EventReader(context: context)
        var found: [TimelineEntry] = []
        var cursor = before.map { Int($0) }
        for _ in 0..<Self.stretches {
            let events = try EventLog(context.connection).timeline(
                object, id, before: cursor, limit: length, related: related, merged: parts)
            found += try ofKinds(try reader.visible(events.filter { mayBe($0.object, $0.kind) }), context)
            cursor = events.count < length ? nil : events.last?.sequence
            if found.count > limit {
                found = Array(found.prefix(limit))
                return Answer(entries: found, next: found.last?.sequence)
            }
            if cursor == nil || found.count == limit { break }
        }
        return Answer(entries: found, next: cursor.map { Int64($0) })
    }

    private func mayBe(_ object: String, _ kind: String) -> Bool {
        kinds.isEmpty
            || [true, false].contains { kinds.contains(TimelineKind(object: object, kind: kind, isMail: $0)) }
    }

    /// Whether a note is a mail is what it says of itself now.
    private func ofKinds(_ entries: [TimelineEntry], _ context: ReadContext) throws -> [TimelineEntry] {
        guard !kinds.isEmpty else { return entries }
        let notes = entries.filter { $0.object == TimelineKind.noteObject }.map(\.record)
        let known = try context.ask(RecordsByID(object: TimelineKind.noteObject, ids: notes, columns: ["kind"]))
        return entries.filter { entry in
            let isMail = entry.isMail(now: known[entry.record])
            return kinds.contains(TimelineKind(object: entry.object, kind: entry.kind, isMail: isMail))
        }
    }
}

extension TimelineEntry {
    /// - Parameter now: the note as it is; without it what the event says.
    package func isMail(now: RecordView?) -> Bool {
        (now?["kind"].text ?? changes.first { $0.field == "kind" }?.after.text) == "email"
    }
}
