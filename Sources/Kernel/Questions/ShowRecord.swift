package import Values

/// One record, or the rejection `missing` when it is absent or the actor may not see it.
package struct ShowRecord: Question {
    package var object: String
    package var id: RecordID
    /// Field paths; nil: every readable field.
    package var fields: [String]?
    package var withLines: Bool
    package var deleted: Bool

    package init(object: String, id: RecordID, fields: [String]? = nil, withLines: Bool = true, deleted: Bool = false) {
        self.object = object
        self.id = id
        self.fields = fields
        self.withLines = withLines
        self.deleted = deleted
    }
}
