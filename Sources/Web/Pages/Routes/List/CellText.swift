import Definitions
import Kernel
import Values

/// Reads what people and spreadsheets write into a cell, into what the control of the field would hold: a word of a list
/// into its code, a name into its record, `12,400.00 USD` into a number.
struct CellText: Sendable {
    let eyes: Presentation
    let definition: ObjectDefinition
    /// Object → name as typed → the records of that name.
    var names: [String: [String: [RecordID]]] = [:]

    /// The names of records that the rows speak of: object → names.
    func wanted(_ rows: [CellRow]) -> [String: Set<String>] {
        var out: [String: Set<String>] = [:]
        for row in rows {
            for (name, value) in row.fields {
                guard case .link(let object)? = definition.field(name)?.type, !value.trimmingSpaces.isEmpty,
                    RecordID(value.trimmingSpaces) == nil
                else { continue }
                out[object, default: []].insert(value.trimmingSpaces)
            }
        }
        return out
    }

    /// The row with its texts read.
    ///
    /// - Throws: what is wrong with the first cell that can't be read.
    func read(_ row: CellRow) throws(Problem) -> CellRow {
        var out = row
        out.fields = []
        for (name, value) in row.fields {
            guard let field = definition.field(name) else {
                out.fields.append((name, value))
                continue
            }
            for pair in try read(Self.withoutGuard(value.trimmingSpaces), field) { out.fields.append(pair) }
        }
        return out
    }

    /// The apostrophe that keeps a spreadsheet from computing a text is not part of it.
    static func withoutGuard(_ text: String) -> String {
        guard text.hasPrefix("'"), let next = text.dropFirst().first, "=+-@".contains(next) else { return text }
        return String(text.dropFirst())
    }

    private func read(
        _ text: String, _ field: FieldDefinition
    ) throws(Problem) -> [(name: String, value: String)] {
        if text.isEmpty || text == "–" { return [(field.id, "")] }
        switch field.type {
        case .integer, .decimal, .percent: return [(field.id, try number(text, field).digits)]
        case .money: return try money(text, field)
        case .choice(let list): return [(field.id, try code(text, list, field))]
        case .choices(let list):
            var codes: [String] = []
            for part in text.split(whereSeparator: { "·,，、;；".contains($0) }) {
                codes.append(try code(String(part).trimmingSpaces, list, field))
            }
            return [(field.id, codes.joined(separator: ","))]
        case .bool: return [(field.id, try flag(text, field) ? "true" : "false")]
        case .day: return [(field.id, try day(text, field))]
        case .link(let object): return [(field.id, try record(text, object, field))]
        default: return [(field.id, text)]
        }
    }

    // MARK: Kinds

    /// Digits without separators, and the letters beside them.
    private func number(_ text: String, _ field: FieldDefinition) throws(Problem) -> (digits: String, unit: String) {
        var letters = ""
        var rest = ""
        for character in text {
            if character.isLetter || "¥￥$€£".contains(character) {
                letters.append(character)
            } else {
                rest.append(character)
            }
        }
        let digits = NumberText.plain(rest.trimmingSpaces)
        guard ExactDecimal(digits) != nil else {
            throw problem(field, "not_a_number", "“\(text.prefix(40))”不是数字", "“\(text.prefix(40))” is no number")
        }
        return (digits, letters.uppercased())
    }

    private func money(_ text: String, _ field: FieldDefinition) throws(Problem) -> [(name: String, value: String)] {
        let read = try number(text, field)
        var out = [(name: field.id, value: read.digits)]
        if case .money(.own) = field.type, eyes.model.lists["currency"]?.code(read.unit) != nil {
            out.append((field.id + ".currency", read.unit))
        }
        return out
    }

    private func code(_ text: String, _ list: String, _ field: FieldDefinition) throws(Problem) -> String {
        let codes = eyes.model.lists[list]?.codes.filter { !$0.retired } ?? []
        if codes.contains(where: { $0.code == text }) { return text }
        let wanted = text.lowercased()
        let found = codes.filter {
            $0.code.lowercased() == wanted || $0.label.zh.lowercased() == wanted || $0.label.en.lowercased() == wanted
        }
        guard found.count == 1, let one = found.first else {
            throw problem(
                field, "unknown_code", "“\(text.prefix(40))”不在选项里", "“\(text.prefix(40))” is not among the choices")
        }
        return one.code
    }

    private func flag(_ text: String, _ field: FieldDefinition) throws(Problem) -> Bool {
        switch text.lowercased() {
        case "✓", "✔", "true", "yes", "y", "1", "是", "对", "有": return true
        case "false", "no", "n", "0", "否", "✗", "×", "无": return false
        default:
            throw problem(
                field, "not_yes_or_no", "“\(text.prefix(40))”既不是“是”也不是“否”",
                "“\(text.prefix(40))” is neither yes nor no")
        }
    }

    /// `2026-11-28`, `2026/11/28`, `2026.11.28`, `2026年11月28日`; what could be read in two ways is refused.
    private func day(_ text: String, _ field: FieldDefinition) throws(Problem) -> String {
        let parts = text.prefix { $0 != " " && $0 != "T" }.split { "-/.年月日".contains($0) }.compactMap { Int($0) }
        if parts.count == 3, parts[0] > 1000 {
            let two = { (number: Int) in number < 10 ? "0\(number)" : String(number) }
            let written = "\(parts[0])-\(two(parts[1]))-\(two(parts[2]))"
            if Day(written) != nil { return written }
        }
        throw problem(
            field, "not_a_day", "“\(text.prefix(40))”不是日期，请写成 2026-11-28",
            "“\(text.prefix(40))” is no date; write 2026-11-28")
    }

    private func record(_ text: String, _ object: String, _ field: FieldDefinition) throws(Problem) -> String {
        if RecordID(text) != nil { return text }
        let found = names[object]?[text] ?? []
        guard let one = found.first else {
            throw problem(
                field, "not_found", "没有叫“\(text.prefix(40))”的记录", "There is no record named “\(text.prefix(40))”")
        }
        guard found.count == 1 else {
            throw problem(
                field, "several", "有多条叫“\(text.prefix(40))”的记录，请逐条选择",
                "Several records are named “\(text.prefix(40))”; choose one by hand")
        }
        return one.description
    }

    private func problem(_ field: FieldDefinition, _ code: String, _ zh: String, _ en: String) -> Problem {
        Problem(field: field.id, code: code, message: Label(zh: zh, en: en))
    }
}

/// The records that bear these names exactly, as far as the reader may see them: one short list for each name.
struct RecordsNamed: Question {
    let names: [String: Set<String>]

    func answer(in context: ReadContext) throws -> [String: [String: [RecordID]]] {
        let sight = try context.ask(VisibleModel())
        var out: [String: [String: [RecordID]]] = [:]
        for (object, wanted) in names {
            guard let definition = sight.model.object(object), sight.canRead(object) else { continue }
            let usable = sight.filterable(object)
            let fields = definition.title.filter { id in
                guard usable.contains(id), case .text? = definition.field(id)?.type else { return false }
                return true
            }
            guard !fields.isEmpty else { continue }
            for name in wanted {
                let quoted = "\"" + name.replacing("\"", with: "\"\"") + "\""
                let filter = fields.map { $0 + " = " + quoted }.joined(separator: " OR ")
                let page = try context.ask(
                    ListRecords(object: object, columns: definition.title, filters: [filter], limit: 2))
                out[object, default: [:]][name] = page.rows.map(\.id)
            }
        }
        return out
    }
}
