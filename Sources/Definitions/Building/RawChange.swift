/// A change desk as written, before its names are looked up.
struct RawChange {
    let place: SourceLocation
    var texts: [String: Located<String>] = [:]
    var lists: [String: [Located<String>]] = [:]
    var acts: [(kind: Located<String>, action: Located<String>, reason: Located<String>?)] = []
    var points: [(code: Located<String>, condition: Located<String>)] = []
    var latest: RawSource?
    var shared: [RawSource] = []
    var documents: [RawSource] = []
    var emergency: [String: Located<String>] = [:]
    var hasEmergency = false
    var into: [(result: Located<String>, field: Located<String>)] = []

    static let words = [
        "target", "kind", "point", "before", "after", "sheet", "confirms", "applies", "planned", "promised", "amount",
        "defaults",
    ]
}

/// Records that link to the one that changes.
struct RawSource {
    let place: SourceLocation
    var label: Label?
    var texts: [String: Located<String>] = [:]
    var names: [Located<String>] = []
    var same: [Located<String>] = []
}

extension ObjectReader {
    mutating func change(_ node: SourceNode) -> RawChange {
        var reader = MapReader(node)
        defer { reader.finish(into: &findings) }
        var raw = RawChange(place: node.place)
        let needed = ["target", "kind", "point", "before", "after", "sheet", "applies"]
        for word in RawChange.words {
            raw.texts[word] = needed.contains(word) ? reader.required(word) : reader.text(word)
        }
        for word in ["computes", "fields"] { raw.lists[word] = reader.words(word) ?? [] }
        for item in reader.items("acts") ?? [] {
            var inner = MapReader(item)
            if let kind = inner.required("kind"), let action = inner.required("action") {
                raw.acts.append((kind, action, inner.text("reason")))
            }
            inner.finish(into: &findings)
        }
        for item in reader.items("points") ?? [] {
            var inner = MapReader(item)
            if let code = inner.required("code"), let condition = inner.required("when") {
                raw.points.append((code, condition))
            }
            inner.finish(into: &findings)
        }
        raw.latest = reader.node("latest").map { source($0) }
        raw.shared = (reader.items("shared") ?? []).map { source($0) }
        raw.documents = (reader.items("documents") ?? []).map { source($0) }
        if let node = reader.node("emergency") {
            raw.hasEmergency = true
            var inner = MapReader(node)
            for word in ["action", "at", "share", "tells"] { raw.emergency[word] = inner.required(word) }
            inner.finish(into: &findings)
        }
        for entry in reader.map("into") ?? [] {
            guard let text = entry.value.scalar else { continue }
            raw.into.append((Located(entry.key, at: entry.place), Located(text, at: entry.value.place)))
        }
        return raw
    }

    private mutating func source(_ node: SourceNode) -> RawSource {
        var reader = MapReader(node)
        var raw = RawSource(place: node.place)
        raw.label = reader.label("label")
        raw.texts["object"] = reader.required("object")
        for word in ["via", "field", "code", "link", "from", "to", "where"] { raw.texts[word] = reader.text(word) }
        raw.names = reader.words("names") ?? []
        raw.same = reader.words("same") ?? []
        reader.finish(into: &findings)
        return raw
    }
}
