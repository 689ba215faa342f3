import Definitions
import Values

/// What an author changed, laid upon what others changed meanwhile: fields that only one side changed stand as that side
/// left them, those that both changed differently wait for a choice.
struct FieldMerge {
    private let definition: ObjectDefinition
    /// What the form held when it was opened; nil when nobody knows.
    private let seen: FormValues?
    private let mine: FormValues
    private let now: FormValues
    /// Fields that the author changed and nobody else.
    private(set) var ours: Set<String> = []
    /// Fields that others changed and the author did not.
    private(set) var theirs: [String] = []
    /// Fields that both changed differently, in the definition's order.
    private(set) var clashes: [String] = []

    init(_ definition: ObjectDefinition, settable: Set<String>, seen: FormValues?, mine: FormValues, now: FormValues) {
        self.definition = definition
        self.seen = seen
        self.mine = mine
        self.now = now
        for field in definition.liveFields where settable.contains(field.id) {
            guard let wish = Self.text(field, mine) else { continue }
            let current = Self.text(field, now) ?? ""
            guard let seen else {
                if wish != current { clashes.append(field.id) }
                continue
            }
            let before = Self.text(field, seen) ?? ""
            if wish == current { continue }
            if wish == before {
                theirs.append(field.id)
            } else if current == before {
                ours.insert(field.id)
            } else {
                clashes.append(field.id)
            }
        }
    }

    /// The values to go on with: those of now, the author's where they changed them.
    var values: FormValues {
        var out = now
        for id in ours.union(clashes) {
            for (name, text) in mine.texts where Self.root(name) == id { out.texts[name] = text }
            if let rows = mine.lines[id] { out.lines[id] = rows }
        }
        out.titles.merge(mine.titles) { old, _ in old }
        return out
    }

    /// Of what was posted only the fields that the author changed alone.
    func content(_ posted: [(name: String, value: String)]) -> [(name: String, value: String)] {
        posted.filter { ours.contains(Self.root($0.name)) }
    }

    /// `lines[2].price`, `price.currency` and `price.q` belong to `lines` and `price`.
    static func root(_ name: String) -> String { String(name.prefix { $0 != "." && $0 != "[" }) }

    /// A field as one text that two sides can be compared by; nil when the form had no such control.
    private static func text(_ field: FieldDefinition, _ values: FormValues) -> String? {
        if case .lines = field.type {
            return values.lines[field.id].map { rows in
                rows.filter { !$0.id.isEmpty || $0.texts.values.contains { !$0.trimmingSpaces.isEmpty } }.map { row in
                    row.id
                        + row.texts.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
                        .map { "|\($0.key)=\(plain($0.value))" }.joined()
                }.joined(separator: "\n")
            }
        }
        guard let text = values.texts[field.id] else { return nil }
        switch field.type {
        case .integer, .decimal, .percent: return plain(NumberText.plain(text.trimmingSpaces))
        case .money:
            let amount = plain(NumberText.plain(text.trimmingSpaces))
            return amount.isEmpty ? "" : amount + " " + (values.texts[field.id + ".currency"] ?? "")
        case .bool: return text == "true" ? text : "false"
        default: return plain(text)
        }
    }

    private static func plain(_ text: String) -> String { text.trimmingSpaces.replacing("\r\n", with: "\n") }
}

extension FormValues {
    /// All that the form holds as one text, to come back with it.
    func written(settable: Set<String>) -> String {
        var pairs = texts.filter { settable.contains(FieldMerge.root($0.key)) }.map { ($0.key, $0.value) }
        for (name, rows) in lines where settable.contains(name) {
            for (place, row) in rows.enumerated() {
                pairs.append(("\(name)[\(place)].id", row.id))
                pairs += row.texts.filter { !$0.value.isEmpty }.map { ("\(name)[\(place)].\($0.key)", $0.value) }
            }
        }
        return pairs.sorted { $0.0 < $1.0 }.map { PercentCode.encode($0.0) + "=" + PercentCode.encode($0.1) }
            .joined(separator: "&")
    }

    /// What `written` wrote; nil for what it did not.
    static func read(_ text: String, _ definition: ObjectDefinition) -> FormValues? {
        guard !text.isEmpty, let fields = PercentCode.form(text) else { return nil }
        return FormValues(posted: fields, definition: definition)
    }
}
