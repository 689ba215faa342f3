/// What the checker must know of the model. Implemented by Definitions, by Access (which leaves out what an actor may
/// not see) and by tests.
package protocol ExpressionSchema: Sendable {
    /// The field `id` of `object`; nil when there is none or it may not be used.
    ///
    /// Covers live user fields and system fields. For a money field `x` the ids `x.base`, `x.currency` and `x.rate`
    /// are asked for as well when the expression names them.
    func field(_ id: String, of object: String) -> ExpressionField?
    /// Ids to search for "did you mean"; may be empty.
    func fieldIDs(of object: String) -> [String]
}

extension ExpressionSchema {
    package func fieldIDs(of object: String) -> [String] { [] }
}

/// A field as the language sees it.
package struct ExpressionField: Sendable, Hashable {
    package let id: String
    package let type: ValueType
    /// For `.lines`: the link field of the child object that points here, always `parent`.
    package let parentField: String?
    /// For a choice or choices field: the codes it may hold; comparing it with another text literal is refused.
    package let codes: [String]?

    package init(id: String, type: ValueType, parentField: String? = nil, codes: [String]? = nil) {
        self.id = id
        self.type = type
        self.parentField = parentField
        self.codes = codes
    }
}
