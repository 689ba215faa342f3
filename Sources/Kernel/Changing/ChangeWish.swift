import Definitions
import Flow
import Values

/// The new values that a request asks for: `{"current_etd": "2026-12-20", "lines": [{"line": 1, "qty": 500}]}`.
///
/// A name that is no field of the record is a remark: it is kept and shown, nothing is done with it.
struct ChangeWish {
    let desk: ChangeDefinition
    let definition: ObjectDefinition
    private var parts: [String: Input]
    private(set) var problems: [Problem] = []

    init(desk: ChangeDefinition, definition: ObjectDefinition, text: String?) {
        self.desk = desk
        self.definition = definition
        var parts: [String: Input] = [:]
        // What was stored is JSON; what isn't an object of fields names none.
        if let text, let input = try? JSONText.read(Array(text.utf8)), case .object(let members) = input {
            parts = members
        }
        self.parts = parts
        for name in parts.keys.sorted() where definition.field(name) != nil && !desk.fields.contains(name) {
            let label = definition.field(name)?.label ?? Label(zh: name, en: name)
            problems.append(
                Problem(
                    field: desk.after, code: "not_changeable",
                    message: Label(zh: "“\(label.zh)”不能通过变更修改", en: "“\(label.en)” can't be changed by a request")))
        }
    }

    /// Fields of the record that the change names and may change.
    var fields: [String] { desk.fields.filter { parts[$0] != nil } }

    /// The same wish with its prices alone: of the lines only the fields of the group `price`, which a quantity is not
    /// in. Nil when it names none.
    func pricing(_ model: Model) -> ChangeWish? {
        var copy = self
        copy.parts = [:]
        for name in fields {
            guard case .lines(let child)? = definition.field(name)?.type, let lines = model.object(child),
                case .list(let items)? = parts[name]
            else { continue }
            let priced = items.compactMap { item -> Input? in
                guard case .object(let fields) = item, fields["line"] != nil || fields["id"] != nil else { return nil }
                let kept = fields.filter {
                    ["line", "id"].contains($0.key) || lines.field($0.key)?.sensitivity == "price"
                }
                return kept.count > 1 ? .object(kept) : nil
            }
            if !priced.isEmpty { copy.parts[name] = .list(priced) }
        }
        return copy.parts.isEmpty ? nil : copy
    }

    /// The change as the record takes it; lines that are not named stay as they are.
    func change(_ reader: DraftReader, _ record: StoredRecord, _ problems: inout [Problem]) -> RecordChange {
        var draft = Draft()
        for name in fields {
            guard let input = parts[name], let field = definition.field(name) else { continue }
            if field.isLines {
                draft.lines[name] = lines(input, stored: record.state.lines[name] ?? [], &problems)
            } else {
                draft.fields[name] = input
            }
        }
        return reader.change(draft, stored: record.state.lines, &problems)
    }

    /// `line` counts from 1; `id` names one for good. With neither it is a new line.
    private func lines(_ input: Input, stored: [LineState], _ problems: inout [Problem]) -> [LineDraft] {
        var drafts = stored.map { LineDraft(id: $0.id, [:]) }
        guard case .list(let items) = input else {
            problems.append(.unknownLine(desk.after))
            return drafts
        }
        for item in items {
            guard case .object(var fields) = item else {
                problems.append(.unknownLine(desk.after))
                continue
            }
            let place = fields.removeValue(forKey: "line")
            let id = fields.removeValue(forKey: "id")
            if let index = Self.index(place, id, stored) {
                drafts[index].fields.merge(fields) { _, new in new }
            } else if place == nil, id == nil {
                drafts.append(LineDraft(fields))
            } else {
                problems.append(.unknownLine(desk.after))
            }
        }
        return drafts
    }

    private static func index(_ place: Input?, _ id: Input?, _ stored: [LineState]) -> Int? {
        if case .text(let text)? = id { return stored.firstIndex { $0.id.description == text } }
        let digits: String? =
            switch place {
            case .number(let digits)?, .text(let digits)?: digits
            default: nil
            }
        guard let digits, let number = Int(digits), stored.indices.contains(number - 1) else { return nil }
        return number - 1
    }

    /// What the record has now in the fields that the change names, as JSON.
    func before(_ state: RecordState) -> String {
        var writer = JSONBuilder()
        writer.object { writer in
            for name in fields {
                writer.key(name)
                guard definition.field(name)?.isLines == true else {
                    writer.write(state[name])
                    continue
                }
                guard case .list(let items)? = parts[name] else {
                    writer.null()
                    continue
                }
                writer.array { writer in
                    for item in items { Self.write(item, state.lines[name] ?? [], &writer) }
                }
            }
        }
        return writer.text
    }

    private static func write(_ item: Input, _ stored: [LineState], _ writer: inout JSONBuilder) {
        guard case .object(let fields) = item, let index = index(fields["line"], fields["id"], stored) else {
            writer.null()
            return
        }
        writer.object { writer in
            writer.key("line")
            writer.raw(String(index + 1))
            for name in fields.keys.sorted() where name != "line" && name != "id" {
                writer.key(name)
                writer.write(stored[index].values[name] ?? .null)
            }
        }
    }
}
