import Definitions
import Values

/// Makes values drawable by their field's type.
struct ValuePresenter: Sendable {
    let format: Format
    /// List id → list.
    let lists: [String: CodeList]
    /// Names of linked records, as far as the reader may see them.
    let titles: [RecordID: String]
    /// Address of a record's page, nil where there is none to show.
    let url: @Sendable (_ object: String, _ id: RecordID) -> String?

    init(
        format: Format, lists: [String: CodeList], titles: [RecordID: String],
        url: @escaping @Sendable (_ object: String, _ id: RecordID) -> String?
    ) {
        self.format = format
        self.lists = lists
        self.titles = titles
        self.url = url
    }

    /// - Parameters:
    ///   - currency: of a money value, when known.
    ///   - unit: shown behind a number.
    func shown(_ value: Value, as type: FieldType, currency: String? = nil, unit: String? = nil) -> Shown {
        switch value {
        case .null: return .nothing
        case .bool(let flag): return .bool(flag)
        case .decimal(let number): return .number(self.number(number, type, currency: currency, unit: unit))
        case .real(let number): return .number(ExactDecimal(String(number)).map { format.number($0) } ?? String(number))
        case .day(let day): return .text(format.day(day))
        case .instant(let instant): return .text(format.instant(instant))
        case .record(let id): return link(id, type)
        case .text(let text): return self.text(text, type)
        case .list(let values): return list(values, type)
        }
    }

    private func number(_ number: ExactDecimal, _ type: FieldType, currency: String?, unit: String?) -> String {
        switch type {
        case .money: return format.amount(number, currency: currency)
        case .percent: return format.percent(number)
        // Four digits after the point are a unit price, here as on documents: 26.4 is 26.40.
        case .decimal(4) where unit == nil: return format.number(number, digits: 2)
        default: return format.number(number) + (unit.map { " " + $0 } ?? "")
        }
    }

    private func text(_ text: String, _ type: FieldType) -> Shown {
        if text.isEmpty { return .nothing }
        switch type {
        case .text(_, .email): return .mail(text)
        case .text(_, .phone): return .phone(text)
        case .text(_, .url): return .web(text)
        case .longText: return .longText(text)
        case .choice(let list): return code(text, list)
        default: return .text(text)
        }
    }

    /// Codes of long reference lists are plain words; codes with a tone, and those of short lists, are tags.
    private func code(_ code: String, _ list: String) -> Shown {
        guard let codes = lists[list] else { return .text(code) }
        guard let found = codes.code(code) else { return .text(code) }
        let label = found.label[format.language]
        return codes.codes.count > 40 || found.tone == "mute" && codes.codes.allSatisfy { $0.tone == "mute" }
            ? .text(label) : .tags([Tag(label, tone: Tone(found.tone))])
    }

    private func list(_ values: [Value], _ type: FieldType) -> Shown {
        if values.isEmpty { return .nothing }
        if case .choices(let list) = type {
            return .tags(
                values.compactMap(\.text).map { code in
                    let found = lists[list]?.code(code)
                    return Tag(found?.label[format.language] ?? code, tone: Tone(found?.tone ?? "mute"))
                })
        }
        if case .links(let object) = type {
            return .links(values.compactMap(\.record).map { (titles[$0] ?? "", url(object, $0) ?? "#") })
        }
        return .text(values.map { shown($0, as: type).plain }.joined(separator: " · "))
    }

    private func link(_ id: RecordID, _ type: FieldType) -> Shown {
        guard let title = titles[id] else { return .text(Words.notVisible[format.language]) }
        guard case .link(let object) = type else { return .text(title) }
        let address = url(object, id)
        if object == "user" { return .person(title, url: address) }
        return address.map { .link(title, url: $0) } ?? .text(title)
    }
}
