package import Values

/// Values as JSON that reads back to the same value: `null`, `true`, `"text"`, a list, or for the other kinds an object
/// with one entry such as `{"number":"12.50"}`, `{"day":"2026-11-22"}`, `{"record":"0192…"}`.
enum ValueText {
    static func append(_ value: Value, to out: inout String) {
        switch value {
        case .null: out += "null"
        case .bool(let flag): out += flag ? "true" : "false"
        case .text(let text): append(string: text, to: &out)
        case .decimal(let number): append("number", number.description, to: &out)
        case .real(let number): append("real", String(number), to: &out)
        case .day(let day): append("day", day.description, to: &out)
        case .instant(let instant): append("instant", instant.description, to: &out)
        case .record(let id): append("record", id.description, to: &out)
        case .list(let items):
            out += "["
            for (index, item) in items.enumerated() {
                if index > 0 { out += "," }
                append(item, to: &out)
            }
            out += "]"
        }
    }

    private static func append(_ kind: String, _ text: String, to out: inout String) {
        out += "{\"" + kind + "\":\"" + text + "\"}"
    }

    static func append(string: String, to out: inout String) {
        out += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            default:
                if scalar.value < 0x20 {
                    let hex = String(scalar.value, radix: 16)
                    out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
                } else {
                    out.unicodeScalars.append(scalar)
                }
            }
        }
        out += "\""
    }
}

/// Reads what `ValueText` writes. Anything else is `StoreError.broken`: only this room writes these columns.
struct ValueReader {
    private var bytes: ArraySlice<UInt8>

    init(_ text: String) { bytes = Array(text.utf8)[...] }

    var isAtEnd: Bool { bytes.isEmpty }

    mutating func value() throws(StoreError) -> Value {
        switch bytes.first {
        case 0x6E:
            try word("null")
            return .null
        case 0x74:
            try word("true")
            return .bool(true)
        case 0x66:
            try word("false")
            return .bool(false)
        case 0x22: return .text(try string())
        case 0x5B: return .list(try list())
        case 0x7B: return try tagged()
        default: throw Self.malformed
        }
    }

    mutating func word(_ word: String) throws(StoreError) {
        guard bytes.starts(with: word.utf8) else { throw Self.malformed }
        bytes = bytes.dropFirst(word.utf8.count)
    }

    /// Takes `byte` if it comes next.
    mutating func takes(_ byte: Character) -> Bool {
        guard let code = byte.asciiValue, bytes.first == code else { return false }
        bytes = bytes.dropFirst()
        return true
    }

    mutating func string() throws(StoreError) -> String {
        try word("\"")
        var out: [UInt8] = []
        while let byte = bytes.popFirst() {
            switch byte {
            case 0x22: return String(decoding: out, as: UTF8.self)
            case 0x5C: try escaped(&out)
            default: out.append(byte)
            }
        }
        throw Self.malformed
    }

    private mutating func escaped(_ out: inout [UInt8]) throws(StoreError) {
        switch bytes.popFirst() {
        case 0x22: out.append(0x22)
        case 0x5C: out.append(0x5C)
        case 0x6E: out.append(0x0A)
        case 0x72: out.append(0x0D)
        case 0x74: out.append(0x09)
        case 0x75:
            let hex = String(decoding: bytes.prefix(4), as: UTF8.self)
            guard let code = UInt8(hex, radix: 16), hex.utf8.count == 4 else { throw Self.malformed }
            bytes = bytes.dropFirst(4)
            out.append(code)
        default: throw Self.malformed
        }
    }

    private mutating func list() throws(StoreError) -> [Value] {
        try word("[")
        if takes("]") { return [] }
        var items: [Value] = []
        while true {
            items.append(try value())
            if takes("]") { return items }
            try word(",")
        }
    }

    private mutating func tagged() throws(StoreError) -> Value {
        try word("{")
        let kind = try string()
        try word(":")
        let text = try string()
        try word("}")
        let value: Value? =
            switch kind {
            case "number": ExactDecimal(text).map { .decimal($0) }
            case "real": Double(text).map { .real($0) }
            case "day": Day(text).map { .day($0) }
            case "instant": Instant(text).map { .instant($0) }
            case "record": RecordID(text).map { .record($0) }
            default: nil
            }
        guard let value else { throw Self.malformed }
        return value
    }

    static var malformed: StoreError { .broken("a stored value is malformed") }
}

/// Field values as one JSON object: what a record was before an import changed it.
package enum ValuesText {
    /// Keys in order, so that equal values give equal text.
    package static func text(_ values: [String: Value]) -> String {
        var out = "{"
        for (index, key) in values.keys.sorted().enumerated() {
            if index > 0 { out += "," }
            ValueText.append(string: key, to: &out)
            out += ":"
            ValueText.append(values[key] ?? .null, to: &out)
        }
        return out + "}"
    }

    /// Reads what `text` wrote.
    package static func values(_ text: String) throws(StoreError) -> [String: Value] {
        var reader = ValueReader(text)
        var values: [String: Value] = [:]
        try reader.word("{")
        if reader.takes("}") { return values }
        while true {
            let key = try reader.string()
            try reader.word(":")
            values[key] = try reader.value()
            if reader.takes("}") { return values }
            try reader.word(",")
        }
    }
}

/// The changes of an event as JSON: `[{"field":"discount","before":null,"after":{"number":"0.1200"}}]`.
enum ChangesText {
    static func text(_ changes: [FieldChange]) -> String {
        var out = "["
        for (index, change) in changes.enumerated() {
            out += index > 0 ? ",{\"field\":" : "{\"field\":"
            ValueText.append(string: change.field, to: &out)
            out += ",\"before\":"
            ValueText.append(change.before, to: &out)
            out += ",\"after\":"
            ValueText.append(change.after, to: &out)
            out += "}"
        }
        return out + "]"
    }

    static func changes(_ text: String) throws(StoreError) -> [FieldChange] {
        var reader = ValueReader(text)
        var changes: [FieldChange] = []
        try reader.word("[")
        if reader.takes("]") { return changes }
        while true {
            try reader.word("{\"field\":")
            let field = try reader.string()
            try reader.word(",\"before\":")
            let before = try reader.value()
            try reader.word(",\"after\":")
            changes.append(FieldChange(field: field, before: before, after: try reader.value()))
            try reader.word("}")
            if reader.takes("]") { return changes }
            try reader.word(",")
        }
    }
}
