package import Values

/// The change of one field.
package struct FieldChange: Sendable, Hashable {
    package let field: String
    package let before: Value
    package let after: Value

    package init(field: String, before: Value, after: Value) {
        self.field = field
        self.before = before
        self.after = after
    }
}

/// What happened to one record: who, when, what, why.
package struct EventEntry: Sendable, Hashable {
    /// Place in the log, from 1 without gaps; 0 until it is appended.
    package let sequence: Int
    package let at: Instant
    package let actor: RecordID?
    /// As it was at that time: people are renamed and leave.
    package let actorName: String
    package let onBehalfOf: RecordID?
    /// `page`, `api`, `import`, `rule`, `sync` or `system`.
    package let origin: String
    /// The same for all events of one command.
    package let command: RecordID
    package let object: String
    package let record: RecordID
    /// For a line: the record it belongs to, on whose timeline it stands too.
    package let parent: RecordID?
    /// `created`, `updated`, `deleted`, `restored`, `action:<id>`, ….
    package let kind: String
    package let changes: [FieldChange]
    package let reason: String?
    package let modelVersion: Int

    package init(
        sequence: Int = 0, at: Instant, actor: RecordID?, actorName: String, onBehalfOf: RecordID? = nil,
        origin: String, command: RecordID, object: String, record: RecordID, parent: RecordID? = nil, kind: String,
        changes: [FieldChange], reason: String? = nil, modelVersion: Int
    ) {
        self.sequence = sequence
        self.at = at
        self.actor = actor
        self.actorName = actorName
        self.onBehalfOf = onBehalfOf
        self.origin = origin
        self.command = command
        self.object = object
        self.record = record
        self.parent = parent
        self.kind = kind
        self.changes = changes
        self.reason = reason
        self.modelVersion = modelVersion
    }
}
