import Definitions
import Kernel
import Values

/// Reads what a form sent into a draft, in the words the Kernel understands.
struct FormReader {
    let model: Model
    let definition: ObjectDefinition
    let format: Format
    /// A blank control of a new record leaves the field to its default.
    let isNew: Bool
    /// Lines fields the form had: without rows they are empty, not unchanged.
    var linesShown: Set<String> = []
    /// Defaults that stood in the form, so that a control emptied by hand is empty on purpose.
    var prefilled: Set<String> = []
    /// The line, by its place among `lines`, whose product was just chosen: its blanks are filled anew.
    var filling: Int?

    func draft(_ fields: [(name: String, value: String)]) throws(Rejection) -> Draft {
        try refuseUnpicked(fields)
        let values = FormValues(posted: fields, definition: definition)
        var draft = Draft()
        for field in definition.liveFields {
            guard let input = input(field, values.texts, leavesDefaults: isNew && !prefilled.contains(field.id)) else {
                continue
            }
            draft.fields[field.id] = input
        }
        for field in definition.liveFields {
            guard case .lines(let child) = field.type, let object = model.object(child) else { continue }
            guard linesShown.contains(field.id) || values.lines[field.id] != nil else { continue }
            draft.lines[field.id] = lines(values.lines[field.id] ?? [], object, isMain: field.id == "lines")
        }
        return draft
    }

    /// Text typed into a picker and never picked: without scripts nobody has looked it up yet.
    private func refuseUnpicked(_ fields: [(name: String, value: String)]) throws(Rejection) {
        var problems: [Problem] = []
        for (name, value) in fields where name.hasSuffix(".q") && !value.trimmingSpaces.isEmpty {
            let id = String(name.dropLast(2))
            guard !fields.contains(where: { $0.name == id && !$0.value.isEmpty }),
                definition.field(id) != nil || id.contains("[")
            else { continue }
            let message = Label(zh: "请从列表里选“\(value.prefix(40))”", en: "Choose “\(value.prefix(40))” from the list")
            problems.append(Problem(field: id, code: "not_picked", message: message))
        }
        guard problems.isEmpty else { throw Rejection.entries(problems) }
    }

    private func lines(_ rows: [FormValues.Line], _ object: ObjectDefinition, isMain: Bool) -> [LineDraft] {
        var out: [LineDraft] = []
        for (place, row) in rows.enumerated() {
            let fills = isMain && filling == place
            let id = fills ? nil : RecordID(row.id)
            if id == nil, isBlank(row, object) { continue }
            var fields: [String: Input] = [:]
            for field in object.liveFields {
                guard let input = input(field, row.texts, leavesDefaults: id == nil) else { continue }
                fields[field.id] = input
            }
            out.append(LineDraft(id: id, fields))
        }
        return out
    }

    /// Lists always have something chosen, so they don't make a line.
    private func isBlank(_ row: FormValues.Line, _ object: ObjectDefinition) -> Bool {
        row.texts.allSatisfy { name, text in
            if text.trimmingSpaces.isEmpty { return true }
            switch object.field(name)?.type {
            case .choice?, .bool?: return true
            case nil: return true
            default: return false
            }
        }
    }

    /// Nil when the form had no such control, or when the field is to take its default.
    private func input(_ field: FieldDefinition, _ texts: [String: String], leavesDefaults: Bool) -> Input? {
        guard let text = texts[field.id], !field.readOnly, field.formula == nil else { return nil }
        let trimmed = text.trimmingSpaces
        if trimmed.isEmpty {
            if leavesDefaults { return nil }
            switch field.type {
            case .choices, .links: return .list([])
            default: return .null
            }
        }
        switch field.type {
        case .lines, .files: return nil
        case .integer, .decimal: return .text(NumberText.plain(trimmed))
        case .percent: return .text(NumberText.plain(trimmed) + "%")
        case .money(.own):
            return .object([
                "amount": .text(NumberText.plain(trimmed)),
                "currency": .text(texts[field.id + ".currency"] ?? model.baseCurrency),
            ])
        case .money: return .text(NumberText.plain(trimmed))
        case .choices, .links: return .list(trimmed.split(separator: ",").map { .text(String($0)) })
        case .instant: return .text(Self.instant(of: trimmed, format)?.description ?? trimmed)
        case .json: return (try? JSONText.read(Array(text.utf8))) ?? .text(text)  // what is no JSON is kept as a text
        default: return .text(text)
        }
    }

    /// `2026-11-22T09:30` of the reader's zone as an instant.
    static func instant(of text: String, _ format: Format) -> Instant? {
        guard let wall = Instant(text + ":00Z") ?? Instant(text + "Z") else { return nil }
        // The offset of the wall time, then once more at the instant found, for days when clocks change.
        let first = wall.adding(seconds: -format.offset(wall))
        return wall.adding(seconds: -format.offset(first))
    }
}

extension Rejection {
    /// A form of which nothing was saved, for what is said at its fields.
    static func entries(_ problems: [Problem]) -> Rejection {
        Rejection(
            .invalid, code: "invalid",
            message: Label(zh: "有内容需要修改，没有保存", en: "Some entries need a change; nothing was saved"),
            problems: problems)
    }
}
