/// Reads a field's type as a pack writes it, with the keys that belong to it.
struct TypeReader {
    static let names = [
        "text", "longtext", "bool", "integer", "decimal", "percent", "money", "choice", "choices", "day", "instant",
        "link", "links", "anylink", "lines", "files", "json",
    ]

    /// What stands in brackets: `link(company)` has one argument.
    private let name: String
    private let arguments: [String]
    private let raw: RawField
    private let place: SourceLocation
    private var findings: [DefinitionDiagnostic] = []

    /// The type, or nil with the reason in `findings`.
    static func read(_ raw: RawField, into findings: inout [DefinitionDiagnostic]) -> FieldType? {
        guard let text = raw.type else {
            findings.append(
                DefinitionDiagnostic(
                    "missing_key", at: raw.id.place, zh: "字段 “\(raw.id.value)” 缺少 type",
                    en: "The field “\(raw.id.value)” lacks its type"))
            return nil
        }
        var reader = TypeReader(raw, text)
        let type = reader.type()
        findings += reader.findings
        return type
    }

    private init(_ raw: RawField, _ text: Located<String>) {
        self.raw = raw
        place = text.place
        let parts = text.value.split(separator: "(", maxSplits: 1)
        name = parts.first.map { $0.filter { $0 != " " } } ?? ""
        if parts.count == 2, parts[1].last == ")" {
            arguments = parts[1].dropLast().split(separator: ",").map { $0.filter { $0 != " " } }
        } else {
            arguments = []
        }
    }

    private mutating func report(_ code: String, _ zh: String, _ en: String, hint: Label? = nil) {
        findings.append(DefinitionDiagnostic(code, at: place, zh: zh, en: en, hint: hint))
    }

    private mutating func type() -> FieldType? {
        switch name {
        case "text": return text()
        case "longtext": return .longText(maxLength: length(20_000, most: 1_000_000))
        case "bool": return .bool
        case "integer": return .integer
        case "decimal": return decimal()
        case "percent": return .percent
        case "money": return .money(money())
        case "choice": return argument().map { .choice(list: $0) }
        case "choices": return argument().map { .choices(list: $0) }
        case "day": return .day
        case "instant": return .instant
        case "link": return argument().map { .link(object: $0) }
        case "links": return argument().map { .links(object: $0) }
        case "anylink":
            if arguments.isEmpty { return missingArgument() }
            return .anyLink(objects: arguments)
        case "lines": return argument().map { .lines(object: $0) }
        case "files": return .files
        case "json": return .json
        default:
            report(
                "unknown_type", "未知的字段类型 “\(name)”", "There is no field type “\(name)”",
                hint: Spelling.hint(for: name, among: Self.names))
            return nil
        }
    }

    private mutating func missingArgument() -> FieldType? {
        report("type_argument", "“\(name)” 要写明括号里的名称", "“\(name)” needs a name in brackets")
        return nil
    }

    private mutating func argument() -> String? {
        if arguments.count == 1 { return arguments[0] }
        _ = missingArgument()
        return nil
    }

    private mutating func length(_ standard: Int, most: Int) -> Int {
        guard let given = raw.maxLength else { return standard }
        if (1...most).contains(given) { return given }
        report("max_length", "max 应在 1 与 \(most) 之间", "max must be between 1 and \(most)")
        return standard
    }

    private mutating func text() -> FieldType {
        var format = TextFormat.plain
        if let word = raw.format {
            if let known = TextFormat(rawValue: word.value) {
                format = known
            } else {
                findings.append(
                    DefinitionDiagnostic(
                        "unknown_format", at: word.place, zh: "未知的格式 “\(word.value)”",
                        en: "There is no format “\(word.value)”",
                        hint: Label(zh: "email、phone、url", en: "email, phone, url")))
            }
        }
        return .text(maxLength: length(200, most: 4_000), format: format)
    }

    private mutating func decimal() -> FieldType? {
        guard arguments.count == 1, let scale = Int(arguments[0]), (0...12).contains(scale) else {
            report("type_argument", "小数位应在 0 与 12 之间，如 decimal(2)", "decimal needs 0 to 12 digits, such as decimal(2)")
            return nil
        }
        return .decimal(scale: scale)
    }

    private func money() -> MoneySource {
        guard let currency = raw.currency else { return .own }
        return currency.value == "base" ? .base : .record(currency: currency.value, rate: raw.rate?.value)
    }
}
