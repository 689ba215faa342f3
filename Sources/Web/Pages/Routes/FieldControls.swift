import Definitions
import Kernel
import Values

/// Makes the control of a field: its kind by the type, its value as written.
struct FieldControls {
    let eyes: Presentation
    let definition: ObjectDefinition
    var values: FormValues
    /// For computed fields, which are shown and not sent.
    var record: RecordView?
    /// Field id or `lines[2].price` → what is wrong.
    var errors: [String: String] = [:]

    init(
        eyes: Presentation, definition: ObjectDefinition, values: FormValues, record: RecordView? = nil,
        errors: [String: String] = [:]
    ) {
        self.eyes = eyes
        self.definition = definition
        self.values = values
        self.record = record
        self.errors = errors
    }

    init(eyes: Presentation, definition: ObjectDefinition, record: RecordView) {
        self.init(
            eyes: eyes, definition: definition, values: FormValues(record, format: eyes.page.format, model: eyes.model),
            record: record)
    }

    /// Nil for fields without a control: lines, files, structured data.
    func control(_ field: FieldDefinition) -> FieldControl? {
        guard let kind = kind(field, of: definition.id, values.texts) else { return nil }
        var control = FieldControl(name: field.id, label: eyes.say(field.label), kind: kind)
        control.value = values.texts[field.id] ?? ""
        control.help = field.help.map(eyes.say)
        control.error = errors[field.id]
        control.isRequired = field.required && field.type != .bool && !hasComputedDefault(field)
        control.origin = origin(field)
        if case .text(let limit, _) = field.type { control.isWide = limit > 200 }
        return control
    }

    /// What an action asks before it is done.
    func inputs(of action: ActionDefinition) -> [FieldControl] {
        action.input.compactMap { id in
            guard let field = definition.field(id), var control = control(field) else { return nil }
            control.isRequired = action.requiredInput.contains(id)
            control.scope = "a-" + action.id
            // What is asked for is the occasion's own, unless it is a date or a record that merely is confirmed.
            if case .text = field.type { control.value = "" }
            if case .longText = field.type { control.value = "" }
            return control
        }
    }

    /// A field that is computed: shown, never sent.
    func fixed(_ field: FieldDefinition) -> FieldControl {
        let shown = record.map { eyes.shown(field.id, of: $0) } ?? .nothing
        return FieldControl(
            name: field.id, label: eyes.say(field.label), kind: .fixed(shown), help: field.help.map(eyes.say))
    }

    /// The server fills it when it is left blank.
    private func hasComputedDefault(_ field: FieldDefinition) -> Bool {
        field.defaultValue != nil && (values.texts[field.id] ?? "").isEmpty
    }

    private func origin(_ field: FieldDefinition) -> String? {
        field.linkFilter == nil ? nil : definition.id + "." + field.id
    }

    /// Longer lists are searched on the server.
    static let longestList = 300

    private func kind(_ field: FieldDefinition, of object: String, _ texts: [String: String]) -> FieldControl.Kind? {
        switch field.type {
        case .text(let limit, let format): return .text(limit: limit, format: format)
        case .longText(let limit): return .longText(limit: limit)
        case .bool: return .bool
        case .integer: return .number(scale: 0, unit: field.unit.map(eyes.unit))
        case .decimal(let scale): return .number(scale: scale, unit: field.unit.map(eyes.unit))
        case .percent: return .percent
        case .money(let source): return money(field, source, texts)
        case .choice(let list): return choice(list, texts[field.id] ?? "")
        case .choices(let list): return .choices(choices(list))
        case .day: return .day
        case .instant: return .instant
        case .link(let target):
            return .link(
                object: target, linked(texts[field.id]).first ?? typed(field, texts),
                createURL: eyes.sight.canCreate(target) ? Paths.new(target) : nil)
        case .links(let target): return .links(object: target, linked(texts[field.id]))
        case .anyLink(let objects):
            return .link(
                object: (["any"] + objects).joined(separator: "~"),
                linked(texts[field.id]).first ?? typed(field, texts),
                createURL: nil)
        case .lines, .files, .json: return nil
        }
    }

    private func money(_ field: FieldDefinition, _ source: MoneySource, _ texts: [String: String]) -> FieldControl.Kind
    {
        switch source {
        case .base: return .money(currency: eyes.model.baseCurrency, currencies: [])
        case .own:
            let chosen = texts[field.id + ".currency"] ?? ""
            return .money(
                currency: chosen.isEmpty ? eyes.model.baseCurrency : chosen, currencies: codesAlone("currency"))
        case .record(let currency, _):
            return .money(currency: texts[currency] ?? values.texts[currency] ?? "", currencies: [])
        }
    }

    private func choice(_ list: String, _ value: String) -> FieldControl.Kind {
        guard let codes = eyes.model.lists[list]?.codes else { return .text(limit: 60, format: .plain) }
        guard codes.count > Self.longestList else { return .choice(choices(list, keeping: value)) }
        let label = eyes.model.lists[list]?.code(value).map { eyes.say($0.label) } ?? value
        return .link(
            object: "list~" + list, value.isEmpty ? nil : FieldControl.Linked(id: value, title: label), createURL: nil)
    }

    private func choices(_ list: String, keeping value: String = "") -> [FieldControl.Choice] {
        (eyes.model.lists[list]?.codes ?? []).filter { !$0.retired || $0.code == value }.map {
            FieldControl.Choice($0.code, eyes.say($0.label), tone: Tone($0.tone))
        }
    }

    /// Currencies are known by their codes.
    private func codesAlone(_ list: String) -> [FieldControl.Choice] {
        (eyes.model.lists[list]?.codes ?? []).filter { !$0.retired }.map { FieldControl.Choice($0.code, $0.code) }
    }

    /// A text of the form before that meant no record, or several.
    private func typed(_ field: FieldDefinition, _ texts: [String: String]) -> FieldControl.Linked? {
        texts[field.id + ".q"].map { FieldControl.Linked(id: "", title: $0) }
    }

    private func linked(_ text: String?) -> [FieldControl.Linked] {
        (text ?? "").split(separator: ",").map {
            FieldControl.Linked(id: String($0), title: values.titles[String($0)] ?? "")
        }
    }

    // MARK: Lines

    func grid(_ field: FieldDefinition, isReadOnly: Bool = false) -> LinesGrid? {
        guard case .lines(let child) = field.type, let object = eyes.model.object(child) else { return nil }
        let rows = values.lines[field.id] ?? []
        let fields = LineFields.shown(object, eyes, rows: rows)
        let columns = fields.map { column($0, of: object) }
        let stored = Dictionary(
            (record?.lines[field.id] ?? []).map { ($0.id.description, $0) }, uniquingKeysWith: { first, _ in first })
        let lines = rows.enumerated().map { place, row in
            line(row, fields, columns, stored[row.id], place: "\(field.id)[\(place)].")
        }
        return LinesGrid(
            name: field.id, label: eyes.say(field.label), columns: columns, lines: lines, isReadOnly: isReadOnly)
    }

    private func column(_ field: FieldDefinition, of object: ObjectDefinition) -> LinesGrid.Column {
        let isComputed = field.formula != nil || field.readOnly
        let kind: FieldControl.Kind =
            isComputed
            ? .fixed(eyes.isNumber(field.type) ? .number("") : .nothing)
            : self.kind(field, of: object.id, [:]) ?? .text(limit: 200, format: .plain)
        var column = LinesGrid.Column(id: field.id, label: eyes.say(field.label), kind: kind)
        column.isComputed = isComputed
        column.isRequired = field.required && field.defaultValue == nil
        column.width = LineFields.width(field)
        column.origin = field.linkFilter == nil ? nil : object.id + "." + field.id
        return column
    }

    private func line(
        _ row: FormValues.Line, _ fields: [FieldDefinition], _ columns: [LinesGrid.Column], _ stored: RecordView?,
        place: String
    ) -> LinesGrid.Line {
        var titles: [Int: String] = [:]
        var problems: [Int: String] = [:]
        let texts = fields.enumerated().map { position, field -> String in
            if let error = errors[place + field.id] { problems[position] = error }
            let text = row.texts[field.id] ?? ""
            if columns[position].isComputed {
                titles[position] = stored.map { eyes.shown(field.id, of: $0, parent: record).plain } ?? ""
            } else if case .link = columns[position].kind {
                let typed = text.isEmpty ? row.texts[field.id + ".q"] : nil
                titles[position] = typed ?? values.titles[text] ?? codeLabel(field, text)
            }
            return text
        }
        return LinesGrid.Line(id: row.id, values: texts, titles: titles, errors: problems)
    }

    private func codeLabel(_ field: FieldDefinition, _ code: String) -> String {
        guard case .choice(let list) = field.type else { return "" }
        return eyes.model.lists[list]?.code(code).map { eyes.say($0.label) } ?? code
    }
}

/// Which fields of lines can be filled in a sheet, in the order in which people fill them.
enum LineFields {
    static func shown(_ child: ObjectDefinition, _ eyes: Presentation, rows: [FormValues.Line]) -> [FieldDefinition] {
        let creatable = eyes.sight.creatable(child.id)
        let live = child.liveFields.filter { field in
            guard !field.isSystem, eyes.isReadable(field.id, of: child.id) else { return false }
            switch field.type {
            case .lines, .files, .json, .links, .choices, .anyLink, .longText: return false
            default: return field.formula != nil || field.readOnly || creatable.contains(field.id)
            }
        }
        let inputs = live.filter { $0.formula == nil && !$0.readOnly && $0.rollup == nil }
        let front = ["product", "sku", "kind", "name", "description", "qty", "unit", "price"].compactMap { id in
            inputs.first { $0.id == id }
        }
        let isDocument = front.contains { $0.id == "price" }
        let computed = live.filter { $0.formula != nil && ["amount", "margin_pct"].contains($0.id) }
        let rest = inputs.filter { field in !front.contains { $0.id == field.id } }
        // A document's sheet keeps to what is typed; other lines show all they have.
        let more = isDocument ? rest.filter { $0.required || $0.id == "note" } : Array(rest.prefix(6))
        return front + computed + more
    }

    static func width(_ field: FieldDefinition) -> String {
        switch field.type {
        case .link: return "w4"
        case .text(let limit, _): return field.id == "sku" ? "w2" : limit > 200 ? "w5" : "w3"
        case .money: return "w3"
        case .choice: return "w2"
        default: return "w2"
        }
    }
}
