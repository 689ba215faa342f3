package import Definitions
package import Expressions
package import Values

/// What a list asks of one object's records.
package struct RecordQuery: Sendable {
    /// Which records are meant: those in use, those in the recycle bin, or both.
    package enum Life: Sendable, Hashable { case live, deleted, any }

    package var object: String
    /// All must be true.
    package var predicates: [TypedExpression]
    /// Rights: at least one must be true; empty means no restriction by alternatives.
    package var alternatives: [TypedExpression]
    package var context: EvaluationContext
    /// Paths to read; empty means every live field of the object itself.
    package var fields: [FieldPath]
    /// Ties are broken by id, in the direction of the first key; `-updated_at` when empty.
    package var sort: [SortKey]
    package var limit: Int
    /// The sort values of the last row seen and its id, as `RecordStore.cursor(after:for:)` gives them.
    package var after: [Value]?
    package var deleted: Life
    /// Words to find, as a person types them.
    package var search: String?
    /// Only these records, in no particular order of the ids.
    package var ids: [RecordID]?

    package init(
        object: String, predicates: [TypedExpression] = [], alternatives: [TypedExpression] = [],
        context: EvaluationContext, fields: [FieldPath] = [], sort: [SortKey] = [], limit: Int = 50,
        after: [Value]? = nil, deleted: Life = .live, search: String? = nil, ids: [RecordID]? = nil
    ) {
        self.object = object
        self.predicates = predicates
        self.alternatives = alternatives
        self.context = context
        self.fields = fields
        self.sort = sort
        self.limit = limit
        self.after = after
        self.deleted = deleted
        self.search = search
        self.ids = ids
    }
}

/// What the store itself stamps on a new record.
package struct SystemValues: Sendable {
    package let at: Instant
    package let by: RecordID?
    package let owner: RecordID?
    package let department: RecordID?
    package let region: RecordID?
    /// For lines: the record they belong to and their place.
    package let parent: RecordID?
    package let position: Int

    package init(
        at: Instant, by: RecordID?, owner: RecordID? = nil, department: RecordID? = nil, region: RecordID? = nil,
        parent: RecordID? = nil, position: Int = 0
    ) {
        self.at = at
        self.by = by
        self.owner = owner
        self.department = department
        self.region = region
        self.parent = parent
        self.position = position
    }
}
