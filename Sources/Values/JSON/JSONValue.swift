/// A JSON value that keeps numbers as they were written, so that 0.1 stays 0.1.
package enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    /// The number's own text.
    case number(String)
    case text(String)
    case array([JSONValue])
    /// Members in the order written, names without repetition.
    case object([Member])

    /// One named part of an object.
    package struct Member: Sendable, Hashable {
        package let name: String
        package let value: JSONValue

        package init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// A whole number.
    package static func integer(_ value: Int) -> JSONValue { .number(String(value)) }

    /// An object whose members are written in place; their names differ.
    package static func object(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
        .object(members.map { Member(name: $0.key, value: $0.value) })
    }

    /// The member of this name; nil when there is none or the value is no object.
    package subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }
}

/// Why bytes are not acceptable JSON; offsets are in bytes from the beginning.
package enum JSONError: Error, Sendable, Hashable {
    case syntax(offset: Int)
    case duplicateKey(String)
    case tooDeep
    case notUTF8
    /// One whole value, and then something else.
    case trailing(offset: Int)
}
