import Values

/// The cursor of a list as text that travels in addresses: typed values, not readable and not trusted.
enum CursorText {
    static func write(_ values: [Value]) -> String {
        var builder = JSONBuilder()
        builder.array { builder in
            for value in values { builder.string(tagged(value)) }
        }
        return Secrets.base64URL(builder.bytes)
    }

    /// Nil for anything that `write` did not give.
    static func read(_ text: String) -> [Value]? {
        guard text.utf8.count <= 4096, let bytes = Secrets.bytes(base64URL: text),
            let input = try? JSONText.read(bytes),
            case .list(let items) = input
        else { return nil }  // a cursor that can't be read is refused by the caller
        var out: [Value] = []
        for item in items {
            guard case .text(let text) = item, let value = untagged(text) else { return nil }
            out.append(value)
        }
        return out
    }

    private static func tagged(_ value: Value) -> String {
        switch value {
        case .null, .list: "n"
        case .bool(let flag): flag ? "b1" : "b0"
        case .text(let text): "t" + text
        case .decimal(let number): "d" + number.description
        case .real(let number): "r" + String(number)
        case .day(let day): "y" + String(day.number)
        case .instant(let instant): "i" + String(instant.milliseconds)
        case .record(let id): "x" + id.description
        }
    }

    private static func untagged(_ text: String) -> Value? {
        let rest = text.dropFirst()
        switch text.first {
        case "n": return rest.isEmpty ? .null : nil
        case "b": return .bool(rest == "1")
        case "t": return .text(String(rest))
        case "d": return ExactDecimal(rest).map { .decimal($0) }
        case "r": return Double(rest).map { .real($0) }
        case "y": return Int(rest).map { .day(Day(number: $0)) }
        case "i": return Int64(rest).map { .instant(Instant(milliseconds: $0)) }
        case "x": return RecordID(rest).map { .record($0) }
        default: return nil
        }
    }
}
