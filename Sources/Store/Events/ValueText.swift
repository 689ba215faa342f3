package import Values

/// Values as JSON that reads back to the same value: `null`, `true`, `"text"`, a list, or for the other kinds an object
/// with one entry such as `{"number":"12.50"}`, `{"day":"2026-11-22"}`, `{"record":"0192…"}`.
///
/// Events are sealed over this text: how a value is written never changes.
enum ValueText {
    static func append(_ value: Value, to builder: inout JSONBuilder) {
        switch value {
        case .null: builder.null()
        case .bool(let flag): builder.bool(flag)
        case .text(let text): builder.string(text)
        case .decimal(let number): append("number", number.description, to: &builder)
        case .real(let number): append("real", String(number), to: &builder)
        case .day(let day): append("day", day.description, to: &builder)
        case .instant(let instant): append("instant", instant.description, to: &builder)
        case .record(let id): append("record", id.description, to: &builder)
        case .list(let items): builder.array { builder in for item in items { append(item, to: &builder) } }
        }
    }

    private static func append(_ kind: String, _ text: String, to builder: inout JSONBuilder) {
        builder.object { builder in builder.field(kind, text) }
    }

    /// Reads what `append` wrote.
    static func value(_ json: JSONValue) throws(StoreError) -> Value {
        switch json {
        case .null: return .null
        case .bool(let flag): return .bool(flag)
        case .text(let text): return .text(text)
        case .number: throw malformed
        case .array(let elements):
            var items: [Value] = []
            items.reserveCapacity(elements.count)
            for element in elements { items.append(try value(element)) }
            return .list(items)
        case .object(let members):
            guard members.count == 1, case .text(let text) = members[0].value else { throw malformed }
            return try value(members[0].name, text)
        }
    }

    private static func value(_ kind: String, _ text: String) throws(StoreError) -> Value {
        let value: Value? =
            switch kind {
            case "number": ExactDecimal(text).map { .decimal($0) }
            case "real": Double(text).map { .real($0) }
            case "day": Day(text).map { .day($0) }
            case "instant": Instant(text).map { .instant($0) }
            case "record": RecordID(text).map { .record($0) }
            default: nil
            }
        guard let value else { throw malformed }
        return value
    }

    /// Reads a stored column. Anything malformed is `StoreError.broken`: only this room writes these columns.
    static func json(_ text: String) throws(StoreError) -> JSONValue {
        do throws(JSONError) {
            return try JSONReader.read(text)
        } catch {
            throw malformed
        }
    }

    static var malformed: StoreError { .broken("a stored value is malformed") }
}

/// Field values as one JSON object: what a record was before an import changed it.
package enum ValuesText {
    /// Keys in order, so that equal values give equal text.
    package static func text(_ values: [String: Value]) -> String {
        var builder = JSONBuilder(escaping: .minimal)
        builder.object { builder in
            for key in values.keys.sorted() {
                builder.key(key)
                ValueText.append(values[key] ?? .null, to: &builder)
            }
        }
        return builder.text
    }

    /// Reads what `text` wrote.
    package static func values(_ text: String) throws(StoreError) -> [String: Value] {
        guard case .object(let members) = try ValueText.json(text) else { throw ValueText.malformed }
        var values: [String: Value] = [:]
        values.reserveCapacity(members.count)
        for member in members { values[member.name] = try ValueText.value(member.value) }
        return values
    }
}

/// The changes of an event as JSON: `[{"field":"discount","before":null,"after":{"number":"0.1200"}}]`.
enum ChangesText {
    static func text(_ changes: [FieldChange]) -> String {
        var builder = JSONBuilder(escaping: .minimal)
        builder.array { builder in
            for change in changes {
                builder.object { builder in
                    builder.field("field", change.field)
                    builder.key("before")
                    ValueText.append(change.before, to: &builder)
                    builder.key("after")
                    ValueText.append(change.after, to: &builder)
                }
            }
        }
        return builder.text
    }

    static func changes(_ text: String) throws(StoreError) -> [FieldChange] {
        guard case .array(let elements) = try ValueText.json(text) else { throw ValueText.malformed }
        var changes: [FieldChange] = []
        changes.reserveCapacity(elements.count)
        for element in elements {
            guard case .object(let members) = element, members.map(\.name) == ["field", "before", "after"],
                case .text(let field) = members[0].value
            else { throw ValueText.malformed }
            let before = try ValueText.value(members[1].value)
            let after = try ValueText.value(members[2].value)
            changes.append(FieldChange(field: field, before: before, after: after))
        }
        return changes
    }
}
