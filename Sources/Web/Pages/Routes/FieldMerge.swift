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
    /// Lines field id → its lines, merged by line and cell.
    private(set) var lines: [String: LineMerge] = [:]

    /// Nothing waits for a choice.
    var isSettled: Bool { clashes.isEmpty && lines.values.allSatisfy(\.isSettled) }

    init(
        _ definition: ObjectDefinition, model: Model, settable: Set<String>, seen: FormValues?, mine: FormValues,
        now: FormValues
    ) {
        self.definition = definition
        self.seen = seen
        self.mine = mine
        self.now = now
        for field in definition.liveFields where settable.contains(field.id) {
            if let seen, case .lines(let child) = field.type, let object = model.object(child) {
                takeLines(field.id, object, seen)
                continue
            }
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

    private mutating func takeLines(_ name: String, _ object: ObjectDefinition, _ seen: FormValues) {
        let merge = LineMerge(
            before: seen.lines[name] ?? [], mine: mine.lines[name] ?? [], now: now.lines[name] ?? []
        ) { cell, text in
            // A currency beside an amount is compared as it stands.
            object.field(cell).map { Self.text(text, as: $0.type) } ?? Self.plain(text)
        }
        if merge.hasTheirs { theirs.append(name) }
        guard merge.hasOurs || !merge.isSettled else { return }
        lines[name] = merge
        if merge.isSettled { ours.insert(name) }
    }

    /// The values to go on with: those of now, the author's where they changed them.
    var values: FormValues {
        var out = now
        for id in ours.union(clashes) {
            for (name, text) in mine.texts where Self.root(name) == id { out.texts[name] = text }
            if let rows = mine.lines[id] { out.lines[id] = rows }
        }
        for (name, merge) in lines {
            out.lines[name] = merge.rows.map { row in
                var line = FormValues.Line(id: row.id)
                line.texts = row.texts
                return line
            }
        }
        out.titles.merge(mine.titles) { old, _ in old }
        return out
    }

    /// Of what was posted only the fields that the author changed alone; of lines their ids and the cells changed.
    func content(_ posted: [(name: String, value: String)]) -> [(name: String, value: String)] {
        var out = posted.filter { ours.contains(Self.root($0.name)) && lines[Self.root($0.name)] == nil }
        for (name, merge) in lines.sorted(by: { $0.key < $1.key }) where ours.contains(name) {
            for (place, row) in merge.rows.enumerated() {
                out.append(("\(name)[\(place)].id", row.id))
                out += row.written.sorted { $0.key < $1.key }.map { ("\(name)[\(place)].\($0.key)", $0.value) }
            }
        }
        return out
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
        let own = Self.text(text, as: field.type)
        guard case .money = field.type, !own.isEmpty else { return own }
        return own + " " + (values.texts[field.id + ".currency"] ?? "")
    }

    private static func text(_ text: String, as type: FieldType) -> String {
        switch type {
        case .integer, .decimal, .percent, .money: plain(NumberText.plain(text.trimmingSpaces))
        case .bool: text == "true" ? text : "false"
        default: plain(text)
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
