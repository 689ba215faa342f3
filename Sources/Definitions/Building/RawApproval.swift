/// An approval as written, before its names are looked up.
struct RawApproval {
    let id: Located<String>
    var label: Label?
    var asks: Located<String>?
    var granted: Located<String>?
    var rejected: Located<String>?
    var returned: Located<String>?
    var withdrawn: Located<String>?
    var kind: Located<String>?
    var dimensions: [RawAssignment] = []
    var binds: [Located<String>] = []
    var atLeast: Int?
    var isSerial = false
    var unresolved: Located<String>?
    var split: RawSplit?
    var note: Located<String>?
}

struct RawSplit {
    let place: SourceLocation
    var by: Located<String>?
    var date: Located<String>?
    var days: Int?
    var of: Located<String>?
}

extension ObjectReader {
    mutating func approval(_ node: SourceNode) -> RawApproval? {
        var reader = MapReader(node)
        defer { reader.finish(into: &findings) }
        guard let id = reader.required("id") else {
            reader.askAll()
            return nil
        }
        var raw = RawApproval(id: id)
        raw.label = reader.label("label")
        raw.asks = reader.required("asks")
        raw.granted = reader.required("granted")
        raw.rejected = reader.text("rejected")
        raw.returned = reader.text("returned")
        raw.withdrawn = reader.text("withdrawn")
        raw.kind = reader.required("kind")
        raw.dimensions = (reader.map("dimensions") ?? []).compactMap { entry in
            guard let text = entry.value.scalar else { return nil }
            return RawAssignment(
                field: Located(entry.key, at: entry.place), value: Located(text, at: entry.value.place))
        }
        raw.binds = reader.words("binds") ?? []
        raw.atLeast = reader.whole("at_least")
        raw.isSerial = reader.flag("serial") ?? false
        raw.unresolved = reader.text("unresolved")
        raw.split = reader.node("split").map { split($0) }
        raw.note = reader.text("note")
        return raw
    }

    private mutating func split(_ node: SourceNode) -> RawSplit {
        var reader = MapReader(node)
        var raw = RawSplit(place: node.place)
        raw.by = reader.required("by")
        raw.date = reader.required("date")
        raw.days = reader.whole("days")
        raw.of = reader.required("of")
        reader.finish(into: &findings)
        return raw
    }
}
