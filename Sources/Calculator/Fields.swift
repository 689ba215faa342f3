import Values

/// The named members of one input element, read with checks.
struct Fields {
    private let object: JSONValue

    init(_ value: JSONValue) throws(ElementError) {
        guard case .object = value else { throw .wrong("input", "an object") }
        object = value
    }

    var names: [String] {
        guard case .object(let members) = object else { return [] }
        return members.map(\.name)
    }

    /// Nil when the member is missing or null.
    func optional(_ name: String) -> JSONValue? {
        let value = object[name]
        return value == .null ? nil : value
    }

    func required(_ name: String) throws(ElementError) -> JSONValue {
        guard let value = optional(name) else { throw .missing(name) }
        return value
    }

    func decimal(_ name: String) throws(ElementError) -> ExactDecimal { try Self.decimal(required(name), name) }

    func decimal(_ name: String, default standard: ExactDecimal) throws(ElementError) -> ExactDecimal {
        guard let value = optional(name) else { return standard }
        return try Self.decimal(value, name)
    }

    func integer(_ name: String) throws(ElementError) -> Int { try Self.integer(required(name), name) }

    func integer(_ name: String, default standard: Int) throws(ElementError) -> Int {
        guard let value = optional(name) else { return standard }
        return try Self.integer(value, name)
    }

    func text(_ name: String) throws(ElementError) -> String {
        guard case .text(let text) = try required(name) else { throw .wrong(name, "a text") }
        return text
    }

    func text(_ name: String, default standard: String) throws(ElementError) -> String {
        optional(name) == nil ? standard : try text(name)
    }

    func flag(_ name: String, default standard: Bool) throws(ElementError) -> Bool {
        guard let value = optional(name) else { return standard }
        guard case .bool(let flag) = value else { throw .wrong(name, "true or false") }
        return flag
    }

    func day(_ name: String) throws(ElementError) -> Day {
        guard let day = Day(try text(name)) else { throw .wrong(name, "a date such as 2026-11-22") }
        return day
    }

    func array(_ name: String) throws(ElementError) -> [JSONValue] {
        guard case .array(let elements) = try required(name) else { throw .wrong(name, "an array") }
        return elements
    }

    func fields(_ name: String) throws(ElementError) -> Fields { try Fields(required(name)) }

    static func decimal(_ value: JSONValue, _ name: String) throws(ElementError) -> ExactDecimal {
        switch value {
        case .number(let text), .text(let text):
            guard let decimal = ExactDecimal(text) else { throw .wrong(name, "a decimal number") }
            return decimal
        default: throw .wrong(name, "a decimal number")
        }
    }

    static func integer(_ value: JSONValue, _ name: String) throws(ElementError) -> Int {
        let number = try decimal(value, name)
        guard let whole = number.stored(at: 0) else { throw .wrong(name, "a whole number") }
        return Int(whole)
    }
}
