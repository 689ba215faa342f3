/// Lists, roles and menu as written and merged.
struct RawList {
    struct RawCode {
        let code: Located<String>
        var zh: String?
        var en: String?
        var tone: Located<String>?
        var retired = false
        var extra: [String: String] = [:]
    }
    let id: Located<String>
    var label: Label?
    var codes: [RawCode] = []
}

struct RawRole {
    let id: Located<String>
    var label: Label?
    var clearance: [Located<String>] = []
    var privileges: [Located<String>] = []
    var grants: [RawGrant] = []
}

struct RawGrant {
    let place: SourceLocation
    var objects: [Located<String>] = []
    var actions: [Located<String>] = []
    var scope: Located<String>?
    var condition: Located<String>?
    var hidden: [Located<String>] = []
    var readOnly: [Located<String>] = []
    var writable: [Located<String>]?
}

struct RawMenuEntry {
    var object: Located<String>
    var label: Label?
    var icon: String?
    var primary = false
}

/// Reads the parts that are not objects.
struct PartsReader {
    var findings: [DefinitionDiagnostic] = []

    mutating func list(_ node: SourceNode) -> RawList? {
        var reader = MapReader(node)
        defer { reader.finish(into: &findings) }
        guard let id = reader.required("id") else {
            reader.askAll()
            return nil
        }
        var raw = RawList(id: id)
        raw.label = reader.label("label")
        raw.codes = (reader.items("codes") ?? []).compactMap { code($0) }
        return raw
    }

    /// Keys beyond the known ones are further columns, such as `days` of a payment term.
    private mutating func code(_ node: SourceNode) -> RawList.RawCode? {
        var reader = MapReader(node)
        defer { reader.finish(into: &findings) }
        guard let code = reader.required("code") else {
            reader.askAll()
            return nil
        }
        var raw = RawList.RawCode(code: code)
        raw.zh = reader.text("zh")?.value
        raw.en = reader.text("en")?.value
        if let label = reader.label("label") { (raw.zh, raw.en) = (label.zh, label.en) }
        raw.tone = reader.text("tone")
        raw.retired = reader.flag("retired") ?? false
        for entry in node.entries ?? [] where !reader.knows(entry.key) {
            raw.extra[entry.key] = reader.text(entry.key)?.value
        }
        return raw
    }

    mutating func role(_ node: SourceNode) -> RawRole? {
        var reader = MapReader(node)
        defer { reader.finish(into: &findings) }
        guard let id = reader.required("id") else {
            reader.askAll()
            return nil
        }
        var raw = RawRole(id: id)
        raw.label = reader.label("label")
        raw.clearance = reader.words("clearance") ?? []
        raw.privileges = reader.words("privileges") ?? []
        raw.grants = (reader.items("grants") ?? []).map { grant($0) }
        return raw
    }

    private mutating func grant(_ node: SourceNode) -> RawGrant {
        var reader = MapReader(node)
        var raw = RawGrant(place: node.place)
        raw.objects = reader.words("object") ?? []
        raw.actions = reader.words("actions") ?? []
        raw.scope = reader.text("scope")
        raw.condition = reader.text("where")
        raw.hidden = reader.words("hidden") ?? []
        raw.writable = reader.words("writable")
        raw.readOnly = reader.words("readonly") ?? []
        if raw.objects.isEmpty {
            reader.report("missing_key", at: node.place, zh: "缺少 “object”", en: "“object” is missing")
        }
        reader.finish(into: &findings)
        return raw
    }

    mutating func menuEntry(_ node: SourceNode) -> RawMenuEntry? {
        var reader = MapReader(node)
        defer { reader.finish(into: &findings) }
        guard let object = reader.required("object") else {
            reader.askAll()
            return nil
        }
        var raw = RawMenuEntry(object: object)
        raw.label = reader.label("label")
        raw.icon = reader.text("icon")?.value
        raw.primary = reader.flag("primary") ?? false
        return raw
    }
}
