import Calendars
import Definitions
import Documents
import Values

/// Gives a cell the meaning of its field's type. What can be read in two ways is a problem, never a choice.
struct CellDecoder: Sendable {
    /// List → its codes by name.
    var codes: [String: CodeNames] = [:]
    /// Order of day and month that the file was declared to have.
    var order: DateOrder?
    /// Sign before the decimals that the file was declared to have.
    var style: NumberStyle?
    /// IANA name of the zone whose clock the file's times show.
    var timeZone = "UTC"

    /// Words of databases and spreadsheets for an empty cell.
    static func isBlank(_ cell: TableCell) -> Bool {
        switch cell {
        case .empty: return true
        case .text(let text):
            // Most cells begin with something that no empty one begins with.
            if let first = text.utf8.first, first > 0x20, first < 0x80, first != 0x4E, first != 0x5C { return false }
            let word = text.trimmed
            return word.isEmpty || word == "NULL" || word == "\\N"
        default: return false
        }
    }

    /// - Returns: path → value; empty for a blank cell.
    func decode(_ cell: TableCell, as field: FieldDefinition, at path: String) throws(Problem) -> [String: Value] {
        if Self.isBlank(cell) { return [:] }
        if case .error(let text) = cell {
            throw .cell(path, "cell_error", "单元格是错误值 \(text)", "The cell is the error \(text)")
        }
        switch field.type {
        case .text(let limit, _): return [field.id: try text(cell, limit, false, path)]
        case .longText(let limit): return [field.id: try text(cell, limit, true, path)]
        case .bool:
            guard let flag = CellParsing.bool(cell).value else {
                throw .unreadable(path, .expected(Label(zh: "是或否", en: "yes or no")))
            }
            return [field.id: .bool(flag)]
        case .integer: return [field.id: try number(cell, 0, field, path)]
        case .decimal(let scale): return [field.id: try number(cell, scale, field, path)]
        case .percent: return [field.id: try percent(cell, path)]
        case .money(let source): return try money(cell, source, field, path)
        case .choice(let list): return try code(cell, list, field, path)
        case .choices(let list): return try someCodes(cell, list, field, path)
        case .day:
            return [field.id: .day(try moment(cell, path).day)]
        case .instant: return [field.id: .instant(try instant(cell, path))]
        default: throw .unreadable(path, .expected(Label(zh: "另行提交的内容", en: "to be sent on its own")))
        }
    }

    private func text(_ cell: TableCell, _ limit: Int, _ multiline: Bool, _ path: String) throws(Problem) -> Value {
        let raw = cell.display
        let text = raw.trimmed
        if multiline || raw.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
            for scalar in text.unicodeScalars where scalar.value < 0x20 || scalar.value == 0x7F {
                guard "\n\r\t".unicodeScalars.contains(scalar) else { throw .unreadable(path, .controlCharacter) }
            }
        }
        let flat = multiline ? text.replacing("\r\n", with: "\n") : Self.oneLine(text)
        guard flat.unicodeScalars.count <= limit else { throw .unreadable(path, .tooLong(limit)) }
        return .text(flat)
    }

    private static func oneLine(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 0x20 }) else { return text }
        return text.split(whereSeparator: { $0.isNewline || $0 == "\t" }).joined(separator: " ")
    }

    private func parsed(_ cell: TableCell, _ path: String) throws(Problem) -> ParsedNumber {
        switch CellParsing.number(cell, style: style) {
        case .value(let number): return number
        case .ambiguous:
            throw .cell(
                path, "ambiguous_number", "“\(cell.display.prefix(40))”可读作两个数，请说明小数点写法",
                "“\(cell.display.prefix(40))” can be read as two numbers; declare the decimal sign")
        case .empty, .invalid:
            throw .unreadable(path, .expected(Label(zh: "数字，如 1234.50", en: "a number such as 1234.50")))
        }
    }

    private func number(
        _ cell: TableCell, _ scale: Int, _ field: FieldDefinition, _ path: String
    ) throws(Problem) -> Value {
        let parsed = try parsed(cell, path)
        let given = parsed.unit ?? parsed.currency
        if let given, !Self.same(given, field.unit) || parsed.isPercent {
            throw .cell(
                path, "unclear_unit", "带有单位“\(given.prefix(20))”，这一列要的是\(field.unit ?? "纯数字")",
                "It has the unit “\(given.prefix(20))”; this column takes \(field.unit ?? "plain numbers")")
        }
        if parsed.isPercent { throw .unreadable(path, .expected(Label(zh: "数字", en: "a number"))) }
        return try stored(parsed.value, scale, path)
    }

    private static func same(_ given: String, _ unit: String?) -> Bool {
        guard let unit else { return false }
        if unit == "USD", ["$", "US$"].contains(given.uppercased()) { return true }
        if unit == "CNY", ["¥", "￥", "元", "RMB", "人民币"].contains(given.uppercased()) { return true }
        return HeadingMatch.folded(given) == HeadingMatch.folded(unit)
    }

    private func stored(_ value: ExactDecimal, _ scale: Int, _ path: String) throws(Problem) -> Value {
        guard let units = value.stored(at: scale) else {
            throw .unreadable(path, value.scale > scale ? .tooPrecise(scale) : .outOfRange)
        }
        return .decimal(ExactDecimal(units: Int128(units), scale: scale))
    }

    /// `12.5%` or `0.125`; `12.5` could be either and is a problem.
    private func percent(_ cell: TableCell, _ path: String) throws(Problem) -> Value {
        let parsed = try parsed(cell, path)
        guard parsed.unit == nil, parsed.currency == nil else {
            throw .unreadable(path, .expected(Label(zh: "百分数，如 12.5%", en: "a percentage such as 12.5%")))
        }
        let one = ExactDecimal(1)
        guard parsed.isPercent || (parsed.value <= one && -parsed.value <= one) else {
            throw .cell(
                path, "ambiguous_percent", "请写成 12.5% 或 0.125", "Write 12.5% or 0.125: this could be either")
        }
        return try stored(parsed.value, 4, path)
    }

    private func money(
        _ cell: TableCell, _ source: MoneySource, _ field: FieldDefinition, _ path: String
    ) throws(Problem) -> [String: Value] {
        let parsed = try parsed(cell, path)
        guard parsed.unit == nil, !parsed.isPercent else {
            throw .unreadable(path, .expected(Label(zh: "金额", en: "an amount")))
        }
        var out = [field.id: try stored(parsed.value, 4, path)]
        guard let sign = parsed.currency else { return out }
        guard source == .own, let code = Self.currencies[sign.uppercased()] else {
            throw .cell(
                path, "unclear_currency", "币种“\(sign)”不明确，请单列币种或去掉符号",
                "The currency “\(sign)” is not clear here; give it in a column of its own")
        }
        out[field.id + ".currency"] = .text(code)
        return out
    }

    private static let currencies = [
        "US$": "USD", "USD": "USD", "美元": "USD", "美金": "USD", "€": "EUR", "EUR": "EUR", "欧元": "EUR", "£": "GBP",
        "GBP": "GBP", "RMB": "CNY", "CNY": "CNY", "CN¥": "CNY", "元": "CNY", "人民币": "CNY", "HK$": "HKD", "HKD": "HKD",
        "JPY": "JPY", "AUD": "AUD", "A$": "AUD", "CAD": "CAD", "C$": "CAD",
    ]

    /// Words for “we don't know” are blanks for a field with options.
    private static let unknown: Set<String> = [
        "unspecified", "unknown", "na", "none", "notspecified", "未知", "不详", "未指定", "无", "",
    ]

    private func code(
        _ cell: TableCell, _ list: String, _ field: FieldDefinition, _ path: String
    ) throws(Problem) -> [String: Value] {
        let text = cell.display.trimmed
        if let names = codes[list] {
            if let code = names.code(text) { return [field.id: .text(code)] }
            if Self.unknown.contains(HeadingMatch.folded(text)) { return [:] }
            throw .unreadable(path, .unknownCode(text))
        }
        return [field.id: try self.text(cell, 200, false, path)]
    }

    private func someCodes(
        _ cell: TableCell, _ list: String, _ field: FieldDefinition, _ path: String
    ) throws(Problem) -> [String: Value] {
        var found: [Value] = []
        for part in cell.display.split(whereSeparator: { ",;/|、，；".contains($0) }) {
            guard let value = try code(.text(String(part)), list, field, path)[field.id] else { continue }
            if !found.contains(value) { found.append(value) }
        }
        return found.isEmpty ? [:] : [field.id: .list(found)]
    }

    private func moment(_ cell: TableCell, _ path: String) throws(Problem) -> ParsedMoment {
        switch CellParsing.date(cell, order: order) {
        case .value(let moment): return moment
        case .ambiguous:
            throw .cell(
                path, "ambiguous_date", "“\(cell.display.prefix(40))”日月顺序不明，请说明",
                "“\(cell.display.prefix(40))” can be read as several days; declare the order of day and month")
        case .empty, .invalid:
            throw .unreadable(path, .expected(Label(zh: "日期，如 2026-11-22", en: "a date such as 2026-11-22")))
        }
    }

    private func instant(_ cell: TableCell, _ path: String) throws(Problem) -> Instant {
        let moment = try moment(cell, path)
        let second = moment.secondOfDay ?? 0
        if let offset = moment.offset { return Instant(day: moment.day, secondOfDay: second).adding(seconds: -offset) }
        do {
            return try Zones.zone(timeZone).instant(of: LocalTime(day: moment.day, secondOfDay: second))
        } catch {
            throw .cell(
                path, "ambiguous_time", "这个时刻因夏令时出现两次，请写明时区", "Clocks show this time twice that day; write its offset")
        }
    }
}

extension Problem {
    static func cell(_ path: String, _ code: String, _ zh: String, _ en: String) -> Problem {
        Problem(field: path, code: code, message: Label(zh: zh, en: en))
    }
}
