package import Values

/// A record as one actor may see it.
package struct RecordView: Sendable {
    package let object: String
    /// For a dry run of a create: an id that is not stored.
    package let id: RecordID
    package let version: Int
    /// Path (`no`, `company.name_en`, `total.currency`) → value. Only what the actor may read and the question asked for.
    package let values: [String: Value]
    /// Names of the records that the values link to, as far as the actor may see them.
    package let titles: [RecordID: String]
    /// Lines field id → lines in order.
    package let lines: [String: [RecordView]]
    /// Ids of the actions that the actor may do now, definition order; includes `assign`, `update`, `delete`, `restore`.
    package let actions: [String]
    /// Field ids the actor may change now.
    package let editable: Set<String>
    /// What names the record.
    package let title: String
    /// Figures and lists of the page whose condition does not hold here, by the ids that `highlights` and `related` give.
    package var withheld: Set<String> = []

    package init(
        object: String, id: RecordID, version: Int, values: [String: Value], titles: [RecordID: String],
        lines: [String: [RecordView]], actions: [String], editable: Set<String>, title: String
    ) {
        self.object = object
        self.id = id
        self.version = version
        self.values = values
        self.titles = titles
        self.lines = lines
        self.actions = actions
        self.editable = editable
        self.title = title
    }

    /// The value at a path; null when absent or hidden.
    package subscript(_ path: String) -> Value { values[path] ?? .null }
}
