import Definitions
import Values

/// Gives an input the meaning of its field's type.
///
/// The result is keyed by path: a money field gives `total` and `total.currency`.
struct FieldDecoder {
    let model: Model

    /// - Returns: path → value; a blank input gives null.
    /// - Throws: the problem, at `path`.
    func decode(_ input: Input, as field: FieldDefinition, at path: String) throws(Problem) -> [String: Value] {
        if case .value(let value) = input { return [field.id: value] }
        if isBlank(input) { return blank(field) }
        switch field.type {
        case .text(let limit, _):
            return [field.id: try text(input, limit: limit, multiline: false, at: path)]
        case .longText(let limit):
            return [field.id: try text(input, limit: limit, multiline: true, at: path)]
        case .json:
            return [field.id: .text(JSONText.write(input))]
        case .bool:
            return [field.id: try bool(input, at: path)]
        case .integer:
            return [field.id: try number(input, scale: 0, at: path)]
        case .decimal(let scale):
            return [field.id: try number(input, scale: scale, at: path)]
        case .percent:
            return [field.id: try percent(input, at: path)]
        case .money(let source):
            return try money(input, source: source, field: field, at: path)
        case .choice(let list):
            return [field.id: try code(input, list: list, at: path)]
        case .choices(let list):
            return [field.id: try codes(input, list: list, at: path)]
        case .day:
            return [field.id: try day(input, at: path)]
        case .instant:
            return [field.id: try instant(input, at: path)]
        case .link:
            return [field.id: try record(input, at: path)]
        case .links:
            return [field.id: try records(input, at: path)]
        case .anyLink(let objects):
            return try anyRecord(input, objects: objects, field: field, at: path)
        case .lines, .files:
            throw Problem.unreadable(path, .expected(Label(zh: "另行提交的内容", en: "to be sent on its own")))
        }
    }

    private func isBlank(_ input: Input) -> Bool {
        switch input {
        case .null: true
        case .text(let text): text.allSatisfy(\.isWhitespace)
        default: false
        }
    }

    private func blank(_ field: FieldDefinition) -> [String: Value] {
        switch field.type {
        case .money(.own): [field.id: .null, field.id + ".currency": .null]
        case .anyLink: [field.id: .null, field.id + ".object": .null]
        case .choices, .links: [field.id: .list([])]
        default: [field.id: .null]
        }
    }

    private func text(_ input: Input, limit: Int, multiline: Bool, at path: String) throws(Problem) -> Value {
        guard case .text(let raw) = input else {
            throw .unreadable(path, .expected(Label(zh: "文字", en: "text")))
        }
        let trimmed = multiline ? raw.replacing("\r\n", with: "\n") : raw.trimmed
        for scalar in trimmed.unicodeScalars {
            let isBreak = scalar == "\n" || scalar == "\t"
            if scalar.value < 0x20 && !(multiline && isBreak) || scalar.value == 0x7F {
                throw .unreadable(path, .controlCharacter)
            }
        }
        guard trimmed.unicodeScalars.count <= limit else { throw .unreadable(path, .tooLong(limit)) }
        return .text(trimmed)
    }

    private func bool(_ input: Input, at path: String) throws(Problem) -> Value {
        switch input {
        case .bool(let flag): return .bool(flag)
        case .text("true"), .text("on"), .text("1"), .text("是"): return .bool(true)
        case .text("false"), .text("off"), .text("0"), .text("否"): return .bool(false)
        default: throw .unreadable(path, .expected(Label(zh: "是或否", en: "yes or no")))
        }
    }

    private func digits(_ input: Input, at path: String) throws(Problem) -> ExactDecimal {
        let wanted = Label(zh: "数字，如 1234.50", en: "a number such as 1234.50")
        switch input {
        case .number(let text):
            guard let value = ExactDecimal(text) else { throw .unreadable(path, .outOfRange) }
            return value
        case .text(let text):
            guard let value = ExactDecimal(text.trimmed) else { throw .unreadable(path, .expected(wanted)) }
            return value
        default:
            throw .unreadable(path, .expected(wanted))
        }
    }

    private func number(_ input: Input, scale: Int, at path: String) throws(Problem) -> Value {
        try stored(try digits(input, at: path), scale: scale, at: path)
    }

    private func stored(_ value: ExactDecimal, scale: Int, at path: String) throws(Problem) -> Value {
        guard let units = value.stored(at: scale) else {
            let tooFine = value.scale > scale && (try? value.rounded(to: scale)) != value  // overflow means too large
            throw .unreadable(path, tooFine ? .tooPrecise(scale) : .outOfRange)
        }
        return .decimal(ExactDecimal(units: Int128(units), scale: scale))
    }

    /// `0.125` or `12.5%`.
    private func percent(_ input: Input, at path: String) throws(Problem) -> Value {
        guard case .text(let raw) = input, raw.trimmed.hasSuffix("%") else {
            return try number(input, scale: 4, at: path)
        }
        let hundred = try digits(.text(String(raw.trimmed.dropLast())), at: path)
        guard hundred.scale + 2 <= ExactDecimal.maximumScale else { throw .unreadable(path, .tooPrecise(2)) }
        return try stored(ExactDecimal(units: hundred.units, scale: hundred.scale + 2), scale: 4, at: path)
    }

    private func money(
        _ input: Input, source: MoneySource, field: FieldDefinition, at path: String
    ) throws(Problem) -> [String: Value] {
        guard case .object(let parts) = input else { return [field.id: try number(input, scale: 4, at: path)] }
        for key in parts.keys where key != "amount" && key != "currency" {
            throw .unreadable(path, .expected(Label(zh: "金额和币种", en: "amount and currency")))
        }
        var out: [String: Value] = [field.id: .null]
        if let amount = parts["amount"], !isBlank(amount) {
            out[field.id] = try number(amount, scale: 4, at: path)
        }
        if source == .own, let currency = parts["currency"] {
            out[field.id + ".currency"] = isBlank(currency) ? .null : try code(currency, list: "currency", at: path)
        }
        return out
    }

    private func code(_ input: Input, list: String, at path: String) throws(Problem) -> Value {
        guard case .text(let raw) = input else {
            throw .unreadable(path, .expected(Label(zh: "一个选项", en: "one of the options")))
        }
        let code = raw.trimmed
        guard let known = model.lists[list] else { return .text(code) }
        guard let found = known.code(code) else { throw .unreadable(path, .unknownCode(code)) }
        return .text(found.code)
    }

    private func codes(_ input: Input, list: String, at path: String) throws(Problem) -> Value {
        let parts: [Input]
        switch input {
        case .list(let items): parts = items
        case .text(let text): parts = text.split(separator: ",").map { .text(String($0)) }
        default: throw .unreadable(path, .expected(Label(zh: "若干选项", en: "some of the options")))
        }
        var out: [Value] = []
        for part in parts {
            let value = try code(part, list: list, at: path)
            if !out.contains(value) { out.append(value) }
        }
        return .list(out)
    }

    private func day(_ input: Input, at path: String) throws(Problem) -> Value {
        guard case .text(let raw) = input, let day = Day(raw.trimmed) else {
            throw .unreadable(path, .expected(Label(zh: "日期，如 2026-11-22", en: "a date such as 2026-11-22")))
        }
        return .day(day)
    }

    private func instant(_ input: Input, at path: String) throws(Problem) -> Value {
        guard case .text(let raw) = input, let instant = Instant(raw.trimmed) else {
            let wanted = Label(
                zh: "带时区的时间，如 2026-11-22T09:30:00+08:00", en: "a time with its zone such as 2026-11-22T09:30:00+08:00")
            throw .unreadable(path, .expected(wanted))
        }
        return .instant(instant)
    }

    private func record(_ input: Input, at path: String) throws(Problem) -> Value {
        let raw: Input? = if case .object(let parts) = input { parts["id"] } else { input }
        guard case .text(let text)? = raw, let id = RecordID(text.trimmed) else {
            throw .unreadable(path, .expected(Label(zh: "一条记录", en: "a record")))
        }
        return .record(id)
    }

    private func records(_ input: Input, at path: String) throws(Problem) -> Value {
        let parts: [Input]
        switch input {
        case .list(let items): parts = items
        case .text(let text): parts = text.split(separator: ",").map { .text(String($0)) }
        default: throw .unreadable(path, .expected(Label(zh: "若干记录", en: "some records")))
        }
        var out: [Value] = []
        for part in parts {
            let value = try record(part, at: path)
            if !out.contains(value) { out.append(value) }
        }
        return .list(out)
    }

    private func anyRecord(
        _ input: Input, objects: [String], field: FieldDefinition, at path: String
    ) throws(Problem) -> [String: Value] {
        let wanted = Label(zh: "一条记录及其类型", en: "a record with its object")
        let object: String
        let id: RecordID
        switch input {
        case .object(let parts):
            guard case .text(let name)? = parts["object"], case .text(let text)? = parts["id"],
                let read = RecordID(text)
            else { throw .unreadable(path, .expected(wanted)) }
            (object, id) = (name, read)
        case .text(let text):
            let parts = text.split(separator: "/")
            guard parts.count == 2, let read = RecordID(parts[1]) else { throw .unreadable(path, .expected(wanted)) }
            (object, id) = (String(parts[0]), read)
        default:
            throw .unreadable(path, .expected(wanted))
        }
        guard objects.isEmpty || objects.contains(object) else { throw .unreadable(path, .expected(wanted)) }
        return [field.id: .record(id), field.id + ".object": .text(object)]
    }
}

extension StringProtocol {
    /// Without white space at either end.
    var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
