import Definitions
import Kernel
import Values

/// Makes the form of an object: its sections with the fields one may set.
struct FormComposition {
    let eyes: Presentation
    let definition: ObjectDefinition
    let values: FormValues
    /// Nil for a new record.
    let record: RecordView?
    var problems: [Problem] = []

    var maker: FieldControls {
        var errors: [String: String] = [:]
        for problem in problems {
            if let field = problem.field, errors[field] == nil { errors[field] = eyes.say(problem.message) }
        }
        return FieldControls(eyes: eyes, definition: definition, values: values, record: record, errors: errors)
    }

    var settable: Set<String> { record?.editable ?? eyes.sight.creatable(definition.id) }

    /// Lines fields that stand in the form.
    var linesShown: Set<String> {
        Set(
            definition.liveFields.compactMap { field in
                if case .lines = field.type, settable.contains(field.id) { field.id } else { nil }
            })
    }

    var problemItems: [ErrorSummary.Item] {
        problems.map { problem in
            let field = problem.field ?? ""
            let named = field.isEmpty || field.contains("[") ? nil : definition.field(field)
            let place = FormValues.cell(field).map { cell in
                let lines = definition.field(cell.lines).map { eyes.say($0.label) } ?? cell.lines
                return "\(lines) \(cell.place + 1): "
            }
            let label = named.map { eyes.say($0.label) + (eyes.language == .zh ? "：" : ": ") } ?? place ?? ""
            return ErrorSummary.Item(
                text: label + eyes.say(problem.message), control: named == nil ? nil : "f-" + field)
        }
    }

    func sections() -> [FormPage.Section] {
        var named: Set<String> = []
        var out: [FormPage.Section] = []
        for section in definition.sections {
            named.formUnion(section.fields)
            out += sections(title: eyes.say(section.label), section.fields, isFolded: section.folded)
        }
        let rest = definition.liveFields.filter { !named.contains($0.id) && settable.contains($0.id) && !$0.isSystem }
            .map(\.id)
        let title = definition.sections.isEmpty ? Words.facts : Label(zh: "其他", en: "More")
        out += sections(title: eyes.say(title), rest, isFolded: false)
        return out
    }

    /// The sections with one more behind the first.
    func sections(with extra: FormPage.Section?) -> [FormPage.Section] {
        var out = sections()
        if let extra { out.insert(extra, at: min(1, out.count)) }
        return out
    }

    /// A section, and one more for each sheet of lines in it.
    private func sections(title: String, _ ids: [String], isFolded: Bool) -> [FormPage.Section] {
        let maker = maker
        let fields = ids.compactMap { definition.field($0) }.filter { !$0.retired }
        let inputs = fields.filter { settable.contains($0.id) }
        var controls: [FieldControl] = []
        if inputs.contains(where: { !isLines($0) }) {
            for field in fields where !isLines(field) {
                if settable.contains(field.id) {
                    if let control = maker.control(field) { controls.append(control) }
                } else if field.formula != nil, record != nil, eyes.isReadable(field.id, of: definition.id) {
                    controls.append(maker.fixed(field))
                }
            }
        }
        var out: [FormPage.Section] = []
        let hasError = controls.contains { $0.error != nil }
        if !controls.isEmpty {
            out.append(FormPage.Section(title: title, fields: controls, isFolded: isFolded && !hasError))
        }
        for field in inputs where isLines(field) {
            guard let grid = maker.grid(field) else { continue }
            out.append(FormPage.Section(title: eyes.say(field.label), fields: [], lines: grid))
        }
        return out
    }

    private func isLines(_ field: FieldDefinition) -> Bool { if case .lines = field.type { true } else { false } }

    /// Names of records that the values link to, to be asked for.
    func linksWithoutNames() -> [String: [RecordID]] {
        var out: [String: [RecordID]] = [:]
        func note(_ field: FieldDefinition, _ text: String) {
            let target: String
            switch field.type {
            case .link(let object), .links(let object): target = object
            default: return
            }
            for part in text.split(separator: ",") where values.titles[String(part)] == nil {
                if let id = RecordID(part) { out[target, default: []].append(id) }
            }
        }
        for (name, text) in values.texts { if let field = definition.field(name) { note(field, text) } }
        for (name, rows) in values.lines {
            guard case .lines(let child)? = definition.field(name)?.type, let object = eyes.model.object(child) else {
                continue
            }
            for row in rows {
                for (cell, text) in row.texts { if let field = object.field(cell) { note(field, text) } }
            }
        }
        return out
    }
}
