package import Definitions

/// Which of its title fields name a record to a reader: those of the other language come last, and a name that is kept
/// in both languages is told in the reader's.
///
/// A field belongs to a language by its id: `zh` and `name_zh`, `en` and `name_en`; any other to both.
struct Naming {
    /// Readable title fields, best first.
    let fields: [String]
    private let language: Language

    init(of definition: ObjectDefinition, in language: Language, readable: Set<String>) {
        let known = definition.title.filter(readable.contains)
        let other: Language = language == .zh ? .en : .zh
        fields = known.filter { !Self.isOf(other, $0) } + known.filter { Self.isOf(other, $0) }
        self.language = language
    }

    /// The name, nil when every field is empty. Chinese characters give way to an English name that stands beside.
    func name(_ text: (String) -> String?) -> String? {
        guard let first = first(of: fields, text) else { return nil }
        guard language == .en, first.unicodeScalars.contains(where: \.isHan) else { return first }
        return self.first(of: fields.filter { Self.isOf(.en, $0) }, text) ?? first
    }

    private func first(of fields: [String], _ text: (String) -> String?) -> String? {
        for field in fields {
            if let found = text(field), !found.isEmpty { return found }
        }
        return nil
    }

    static func isOf(_ language: Language, _ field: String) -> Bool {
        field == language.rawValue || field.hasSuffix("_" + language.rawValue)
    }
}

extension ObjectDefinition {
    /// The columns for a reader of this language. Lists are drawn up in Chinese: for an English reader `name_zh` gives way
    /// to a `name_en` that is not there already. One that names the English field means it for everybody.
    package func columns(_ columns: [String], in language: Language) -> [String] {
        guard language == .en else { return columns }
        return columns.map { column in
            guard Naming.isOf(.zh, column), field(column) != nil else { return column }
            let own = String(column.dropLast(Language.zh.rawValue.count)) + Language.en.rawValue
            return field(own)?.retired == false && !columns.contains(own) ? own : column
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isHan: Bool { (0x4E00...0x9FFF).contains(value) || (0x3400...0x4DBF).contains(value) }
}
