/// A value with the place where it was written.
struct Located<Wrapped: Sendable>: Sendable {
    let value: Wrapped
    let place: SourceLocation

    init(_ value: Wrapped, at place: SourceLocation) {
        self.value = value
        self.place = place
    }
}

/// Takes a map apart key by key; keys that nobody asked for are reported with what was probably meant.
struct MapReader {
    let place: SourceLocation
    private let entries: [SourceNode.Entry]
    private var asked: [String] = []
    private(set) var findings: [DefinitionDiagnostic] = []

    /// A node that is no map reads as an empty one, with a finding.
    init(_ node: SourceNode) {
        place = node.place
        entries = node.entries ?? []
        if node.entries == nil {
            report("not_a_map", at: place, zh: "这里应为 “键: 值”", en: "“key: value” is expected here")
        }
    }

    /// Hands over what was found, unknown keys included.
    mutating func finish(into all: inout [DefinitionDiagnostic]) {
        for entry in entries where !asked.contains(entry.key) {
            report(
                "unknown_key", at: entry.place, zh: "未知的键 “\(entry.key)”", en: "Unknown key “\(entry.key)”",
                hint: entry.key.contains(")") ? Self.quotes : Spelling.hint(for: entry.key, among: asked))
        }
        all += findings
        findings = []
    }

    /// `{formula: ROUND(a, 2)}` is cut at its comma by YAML.
    private static let quotes = Label(zh: "含逗号的公式请加引号", en: "Put quotes around an expression with a comma")

    mutating func report(_ code: String, at place: SourceLocation, zh: String, en: String, hint: Label? = nil) {
        findings.append(DefinitionDiagnostic(code, at: place, zh: zh, en: en, hint: hint))
    }

    /// Takes all keys as known, when the map can't be used anyway.
    mutating func askAll() { asked += entries.map(\.key) }

    func knows(_ key: String) -> Bool { asked.contains(key) }

    func has(_ key: String) -> Bool { entries.contains { $0.key == key } }

    /// The node at a key; nil when it is absent or null.
    mutating func node(_ key: String) -> SourceNode? {
        asked.append(key)
        guard let node = entries.first(where: { $0.key == key })?.value, !node.isNull else { return nil }
        return node
    }

    mutating func text(_ key: String) -> Located<String>? {
        guard let node = node(key) else { return nil }
        guard let text = node.scalar else {
            report("not_text", at: node.place, zh: "“\(key)” 应为文字", en: "“\(key)” must be text")
            return nil
        }
        return Located(text, at: node.place)
    }

    mutating func flag(_ key: String) -> Bool? {
        guard let text = text(key) else { return nil }
        guard text.value == "true" || text.value == "false" else {
            report("not_a_flag", at: text.place, zh: "“\(key)” 应为 true 或 false", en: "“\(key)” must be true or false")
            return nil
        }
        return text.value == "true"
    }

    mutating func whole(_ key: String) -> Int? {
        guard let text = text(key) else { return nil }
        guard let number = Int(text.value) else {
            report("not_a_number", at: text.place, zh: "“\(key)” 应为整数", en: "“\(key)” must be a whole number")
            return nil
        }
        return number
    }

    mutating func label(_ key: String) -> Label? {
        guard let node = node(key) else { return nil }
        return label(node, key)
    }

    /// A name in both languages; a missing language is reported and the other one stands in for it.
    mutating func label(_ node: SourceNode, _ key: String) -> Label? {
        var reader = MapReader(node)
        let zh = reader.text("zh")?.value ?? ""
        let en = reader.text("en")?.value ?? ""
        reader.finish(into: &findings)
        guard node.entries != nil else { return nil }
        if zh.isEmpty || en.isEmpty {
            report(
                "label_language", at: node.place, zh: "“\(key)” 缺少\(zh.isEmpty ? "中文" : "英文")",
                en: "“\(key)” lacks the \(zh.isEmpty ? "Chinese" : "English") text")
        }
        return Label(zh: zh.isEmpty ? en : zh, en: en.isEmpty ? zh : en)
    }

    /// A list of words; a single word counts as a list of one.
    mutating func words(_ key: String) -> [Located<String>]? {
        guard let node = node(key) else { return nil }
        if let word = node.scalar { return [Located(word, at: node.place)] }
        guard let items = node.items else {
            report("not_a_list", at: node.place, zh: "“\(key)” 应为列表", en: "“\(key)” must be a list")
            return nil
        }
        return items.compactMap { item in
            guard let word = item.scalar else {
                report("not_text", at: item.place, zh: "“\(key)” 的每项应为文字", en: "Each item of “\(key)” must be text")
                return nil
            }
            return Located(word, at: item.place)
        }
    }

    mutating func items(_ key: String) -> [SourceNode]? {
        guard let node = node(key) else { return nil }
        guard let items = node.items else {
            report("not_a_list", at: node.place, zh: "“\(key)” 应为列表", en: "“\(key)” must be a list")
            return nil
        }
        return items
    }

    mutating func map(_ key: String) -> [SourceNode.Entry]? {
        guard let node = node(key) else { return nil }
        guard let entries = node.entries else {
            report("not_a_map", at: node.place, zh: "“\(key)” 应为 “键: 值”", en: "“\(key)” must be “key: value”")
            return nil
        }
        return entries
    }

    /// A word that must be there; its absence is reported.
    mutating func required(_ key: String) -> Located<String>? {
        let text = text(key)
        if text == nil { report("missing_key", at: place, zh: "缺少 “\(key)”", en: "“\(key)” is missing") }
        return text
    }
}
