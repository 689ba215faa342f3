import Definitions
import Values

/// Makes form controls from field definitions and the values they hold.
struct ControlMaker: Sendable {
    let format: Format
    /// List id → list.
    let lists: [String: CodeList]
    /// Names of linked records.
    let titles: [RecordID: String]
    /// Currencies to choose from in money fields that carry their own.
    let currencies: [String]

    /// The control of a field; a field that can't be changed is shown.
    ///
    /// - Parameters:
    ///   - currency: of a money value; of the record for fields that take it from there.
    ///   - scope: makes ids unique when the same field stands twice on a page.
    func control(
        _ field: FieldDefinition, value: Value, currency: String = "", isEditable: Bool, error: String? = nil,
        scope: String = "f"
    ) -> FieldControl {
        let language = format.language
        var control = FieldControl(
            name: field.id, label: field.label[language],
            kind: isEditable ? kind(field, value, currency) : .fixed(shown(field, value, currency)))
        control.value = text(value, field.type, currency: currency)
        control.help = field.help?[language]
        control.error = error
        control.isRequired = field.required && isEditable
        control.scope = scope
        return control
    }

    /// The column of a line sheet for a field.
    func column(_ field: FieldDefinition, isEditable: Bool, currency: String = "") -> LinesGrid.Column {
        let shape = isEditable ? kind(field, .null, currency) : .fixed(isNumber(field.type) ? .number("") : .text(""))
        var column = LinesGrid.Column(id: field.id, label: field.label[format.language], kind: shape)
        column.isComputed = !isEditable
        column.isRequired = field.required && isEditable
        column.width = width(field)
        return column
    }

    /// The value as it stands in a control: `12.50`, `18.5` for a fraction of 0.185, `2026-11-22`.
    func text(_ value: Value, _ type: FieldType, currency: String = "") -> String {
        switch value {
        case .null, .record: ""
        case .bool(let flag): flag ? "true" : "false"
        case .text(let text): text
        case .real(let number): String(number)
        case .day(let day): day.description
        case .instant(let instant): format.localInput(instant)
        case .list(let values): values.compactMap(\.text).joined(separator: ",")
        case .decimal(let number): self.number(number, type, currency)
        }
    }

    /// What a line sheet shows in a cell that is not written: amounts with thousands, codes in words.
    func shown(_ field: FieldDefinition, _ value: Value, _ currency: String) -> Shown {
        ValuePresenter(format: format, lists: lists, titles: titles, url: { _, _ in nil })
            .shown(value, as: field.type, currency: currency, unit: field.unit)
    }

    private func number(_ number: ExactDecimal, _ type: FieldType, _ currency: String) -> String {
        switch type {
        case .percent:
            // A fraction too large to multiply is not a percentage anybody wrote; it is shown as it is.
            return ((try? number * ExactDecimal(100)) ?? number).shortest
        case .money:
            let digits = Format.minorDigits(currency)
            let short = number.shortest
            let fraction = short.split(separator: ".", maxSplits: 1).dropFirst().first?.count ?? 0
            // Padding can't overflow what 64 bits have stored; if it did, the short form is right too.
            return fraction >= digits ? short : (try? number.rounded(to: digits))?.description ?? short
        default: return number.shortest
        }
    }

    private func kind(_ field: FieldDefinition, _ value: Value, _ currency: String) -> FieldControl.Kind {
        switch field.type {
        case .text(let limit, let format): .text(limit: limit, format: format)
        case .longText(let limit): .longText(limit: limit)
        case .json: .longText(limit: 20_000)
        case .bool: .bool
        case .integer: .number(scale: 0, unit: field.unit)
        case .decimal(let scale): .number(scale: scale, unit: field.unit)
        case .percent: .percent
        case .money(.own): .money(currency: currency, currencies: currencies.map { FieldControl.Choice($0, $0) })
        case .money: .money(currency: currency, currencies: [])
        case .choice(let list): .choice(choices(list, keeping: [value.text].compactMap { $0 }))
        case .choices(let list): .choices(choices(list, keeping: codes(value)))
        case .day: .day
        case .instant: .instant
        case .link(let object): .link(object: object, linked(value), createURL: nil)
        case .links(let object): .links(object: object, linkedAll(value))
        case .anyLink(let objects): .link(object: objects.first ?? "", linked(value), createURL: nil)
        case .files: .files([])
        case .lines: .fixed(.nothing)
        }
    }

    private func codes(_ value: Value) -> [String] {
        if case .list(let values) = value { values.compactMap(\.text) } else { [] }
    }

    /// The codes one may choose; a retired one only while the record still holds it.
    private func choices(_ list: String, keeping held: [String]) -> [FieldControl.Choice] {
        (lists[list]?.codes ?? []).filter { !$0.retired || held.contains($0.code) }.map {
            FieldControl.Choice($0.code, $0.label[format.language], tone: Tone($0.tone))
        }
    }

    private func linked(_ value: Value) -> FieldControl.Linked? {
        value.record.map {
            FieldControl.Linked(id: $0.description, title: titles[$0] ?? Words.notVisible[format.language])
        }
    }

    private func linkedAll(_ value: Value) -> [FieldControl.Linked] {
        guard case .list(let values) = value else { return [] }
        return values.compactMap { linked($0) }
    }

    private func isNumber(_ type: FieldType) -> Bool {
        switch type {
        case .integer, .decimal, .percent, .money: true
        default: false
        }
    }

    private func width(_ field: FieldDefinition) -> String {
        switch field.type {
        case .text(let limit, _): limit > 60 ? "w5" : "w3"
        case .longText, .json: "w5"
        case .link, .anyLink: "w3"
        case .integer, .percent, .bool, .choice: "w1"
        default: "w2"
        }
    }
}
