package import Values

/// What happened to a record and to the records that belong to it, newest first.
package struct TimelineOf: Question {
    package var object: String
    package var id: RecordID
    /// Only entries with a smaller sequence: the cursor.
    package var before: Int64?
    package var limit: Int
    /// Also the events of the records that link to this one (inquiries, quotations, orders of a company).
    package var merged: Bool

    package init(object: String, id: RecordID, before: Int64? = nil, limit: Int = 30, merged: Bool = true) {
        self.object = object
        self.id = id
        self.before = before
        self.limit = limit
        self.merged = merged
    }
}

/// One event as the actor may see it: changes of unreadable fields are left out.
package struct TimelineEntry: Sendable {
    package let sequence: Int64
    package let at: Instant
    package let actorName: String
    package let actor: RecordID?
    /// Name of whom the actor stood in for.
    package let onBehalfOf: String?
    package let origin: String
    package let object: String
    package let record: RecordID
    /// What names the record now.
    package let title: String
    /// `created`, `updated`, `deleted`, `restored`, `action:<id>`.
    package let kind: String
    package let changes: [Change]
    /// Names of records that the changes link to.
    package let titles: [RecordID: String]
    package let reason: String?

    package struct Change: Sendable {
        package let field: String
        package let before: Value
        package let after: Value

        package init(field: String, before: Value, after: Value) {
            self.field = field
            self.before = before
            self.after = after
        }
    }
}

/// Events after a sequence, oldest first: for live pages, sync and integrations.
package struct EventsAfter: Question {
    package var sequence: Int64
    package var limit: Int
    package var object: String?

    package init(sequence: Int64, limit: Int = 200, object: String? = nil) {
        self.sequence = sequence
        self.limit = limit
        self.object = object
    }
}

package struct EventPage: Sendable {
    package let entries: [TimelineEntry]
    /// Ask again after this one; grows even when nothing was visible.
    package let last: Int64
}
