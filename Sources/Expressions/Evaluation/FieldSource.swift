package import Values

/// A row as an expression reads it.
package protocol FieldSource {
    /// The value at the end of the path, which may cross links; null when there is none.
    ///
    /// A choice is a text, a choices field a list of texts, a links field a list of records, a money field its amount.
    func value(at path: FieldPath) -> Value
    /// The live children for an aggregate, e.g. at `lines` or at `order.lines`, in any order.
    func lines(at path: FieldPath) -> [any FieldSource]
}

/// A function that only memory has, such as WORKDAYS: given by the room that knows the calendars.
package struct ExternalFunction: Sendable {
    /// In capitals, as users write it.
    package let name: String
    package let parameters: [ValueType]
    package let result: ValueType
    /// Gets one value for each parameter, null included.
    package let body: @Sendable ([Value]) throws -> Value

    package init(
        name: String, parameters: [ValueType], result: ValueType, body: @escaping @Sendable ([Value]) throws -> Value
    ) {
        self.name = name
        self.parameters = parameters
        self.result = result
        self.body = body
    }
}
