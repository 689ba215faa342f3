/// Where fields lie in the database, as far as expressions read them. The Model's tables implement it.
package protocol TableLayout: Sendable {
    /// Physical table of an object.
    func table(of object: String) -> String?
    /// Physical place of a field; a part of a money field is asked for as `total.base` or `total.currency`.
    func place(of field: String, in object: String) -> FieldPlace?
}

/// The physical form of a field.
package enum FieldPlace: Sendable, Hashable {
    /// A column of the object's table.
    case column(String)
    /// Rows of a link table: the columns with the record's id and with the id linked to.
    case links(table: String, record: String, target: String)
    /// Children, in the table of this object.
    case lines(object: String)
}

/// Why an expression can't be computed by the database.
package enum CompilationError: Error, Sendable, Hashable {
    /// It calls a function that only memory has.
    case memoryOnly
    /// The layout does not know a table or a column of the checked tree.
    case unknownPlace(object: String, field: String)
    /// Nested more deeply than the engine's parser takes.
    case tooDeep
}
