package import Values

/// JSON to `Input` and back.
package enum JSONText {
    /// Reads one JSON value as strictly as `JSONReader` does.
    package static func read(_ bytes: [UInt8]) throws(JSONError) -> Input { Input(try JSONReader.read(bytes)) }

    /// The input as compact JSON, names in order.
    package static func write(_ input: Input) -> String {
        var writer = JSONBuilder()
        writer.write(input)
        return writer.text
    }
}

extension Input {
    /// The JSON value as it came; what it means is for the field to say.
    package init(_ json: JSONValue) {
        switch json {
        case .null: self = .null
        case .bool(let flag): self = .bool(flag)
        case .number(let digits): self = .number(digits)
        case .text(let text): self = .text(text)
        case .array(let elements): self = .list(elements.map { Input($0) })
        case .object(let members):
            var parts: [String: Input] = [:]
            parts.reserveCapacity(members.count)
            for member in members { parts[member.name] = Input(member.value) }
            self = .object(parts)
        }
    }
}
