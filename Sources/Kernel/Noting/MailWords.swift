import Access
import Definitions
import Expressions
import Values

/// Values as a mail says them, in the language of its template.
struct MailWords {
    let context: ReadContext
    let language: String

    private var isChinese: Bool { language.hasPrefix("zh") }
    private func say(_ label: Label) -> String { isChinese ? label.zh : label.en }

    // MARK: Which fields

    /// What has to be read of the record for an expression, the currency of a bare amount included; lines are not named.
    func paths(of expression: TypedExpression, _ schema: MailSchema) -> [String] {
        let currency = currencyPath(of: expression).map { [$0] } ?? []
        return (Array(expression.fieldPaths) + currency).flatMap { path -> [String] in
            if schema.isName(path.description) { return [] }
            let field = context.model.object(schema.object)?.field(path.first)
            if field?.isLines == true { return [] }
            // With the link itself one sees whether there was anything to be shown.
            let own = field?.isMoney == true ? [FieldPath([path.first])] : [path, FieldPath([path.first])]
            return own.filter {
                context.access.checkPath($0, on: schema.object) || context.isOwnReadable($0, on: schema.object)
            }.map(\.description)
        }
    }

    private func field(of expression: TypedExpression) -> (FieldReference, FieldDefinition)? {
        guard case .field(let reference) = expression.root.form,
            let field = context.model.object(reference.holder)?.field(reference.field)
        else { return nil }
        return (reference, field)
    }

    private func currencyPath(of expression: TypedExpression) -> FieldPath? {
        guard let (reference, field) = field(of: expression), case .money(let source) = field.type else { return nil }
        switch source {
        case .own: return reference.path.appending(FieldPath(["currency"]))
        case .record(let currency, _): return FieldPath(reference.path.steps.dropLast() + [currency])
        case .base: return nil
        }
    }

    func label(of expression: TypedExpression) -> Label? { field(of: expression)?.1.label }
    func name(of gap: FilledMail.Gap) -> String { gap.label.map(say) ?? gap.place }

    // MARK: Words

    func text(_ value: Value, of expression: TypedExpression, _ source: ViewSource) -> String {
        switch value {
        case .null: ""
        case .text(let text): code(text, of: expression) ?? text
        case .decimal(let number): amount(number, of: expression, source)
        case .real(let number): String(number)
        case .day(let day): self.day(day)
        case .instant(let instant): self.day(Zones.day(of: instant, in: context.actor.timeZone))
        case .bool(let flag): say(flag ? Label(zh: "是", en: "yes") : Label(zh: "否", en: "no"))
        case .record(let id): source.view.titles[id] ?? ""
        case .list(let items):
            items.map { text($0, of: expression, source) }.filter { !$0.isEmpty }
                .joined(separator: isChinese ? "、" : ", ")
        }
    }

    private func code(_ code: String, of expression: TypedExpression) -> String? {
        let type = field(of: expression)?.1.type
        let list: String
        switch type {
        case .choice(let id)?, .choices(let id)?: list = id
        default: return nil
        }
        guard let found = context.model.lists[list]?.code(code) else { return nil }
        return ["currency", "incoterm", "unit"].contains(list) ? code : say(found.label)
    }

    /// `USD 12,300.00`: a bare amount says its currency.
    private func amount(_ number: ExactDecimal, of expression: TypedExpression, _ source: ViewSource) -> String {
        guard let (_, field) = field(of: expression) else { return Grouped.text(number, digits: nil) }
        switch field.type {
        case .money:
            let currency =
                currencyPath(of: expression).map { source.value(at: $0).text ?? "" } ?? context.model.baseCurrency
            let text = Grouped.text(number, digits: Currencies.minorUnits(of: currency))
            return currency.isEmpty ? text : currency + " " + text
        case .percent: return (try? number * ExactDecimal(100)).map { $0.shortest + " %" } ?? number.shortest
        default: return Grouped.text(number, digits: nil)
        }
    }

    /// 28 Nov 2026 where English is read, 2026-11-28 elsewhere.
    private func day(_ day: Day) -> String {
        guard language.hasPrefix("en") else { return day.description }
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let parts = day.components
        return "\(parts.day) \(months[parts.month - 1]) \(parts.year)"
    }
}
