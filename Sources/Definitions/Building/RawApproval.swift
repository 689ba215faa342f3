/// An approval as written, before its names are looked up.
struct RawApproval {
    let id: Located<String>
    var label: Label?
    var asks: Located<String>?
    var granted: Located<String>?
    var own: Located<String>?
    var rejected: Located<String>?
    var returned: Located<String>?
    var withdrawn: Located<String>?
    var kind: Located<String>?
    var dimensions: [RawDimension] = []
    var amount: Located<String>?
    var shows: [Located<String>] = []
    var mode: Located<String>?
    var steps: [RawApprovalStep] = []
    var binds: [Located<String>] = []
    var atLeast: Int?
    var isSerial = false
    var isOnce = false
    var unresolved: Located<String>?
    var split: RawSplit?
    var note: Located<String>?
}

/// `id: expression`, or a map with `value`, `base` and `in`.
struct RawDimension {
    let id: Located<String>
    var value: Located<String>?
    var base: Located<String>?
    var currency: Located<String>?
}

struct RawApprovalStep {
    let place: SourceLocation
    var level: Int?
    var mode: Located<String>?
    var seats: [RawSeat] = []
}

struct RawSeat {
    let place: SourceLocation
    var role: Located<String>?
    var weight: Int?
    var hasVeto = false
    var isEach = false
}

struct RawSplit {
    let place: SourceLocation
    var by: Located<String>?
    var date: Located<String>?
    var days: Int?
    var of: Located<String>?
    var condition: Located<String>?
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
        raw.own = reader.text("own")
        raw.rejected = reader.text("rejected")
        raw.returned = reader.text("returned")
        raw.withdrawn = reader.text("withdrawn")
        raw.kind = reader.required("kind")
        raw.dimensions = (reader.map("dimensions") ?? []).map { dimension($0) }
        raw.amount = reader.text("amount")
        raw.shows = reader.words("shows") ?? []
        raw.mode = reader.text("mode")
        raw.steps = (reader.items("steps") ?? []).map { step($0) }
        raw.binds = reader.words("binds") ?? []
        raw.atLeast = reader.whole("at_least")
        raw.isOnce = reader.flag("once") ?? false
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
        raw.condition = reader.text("where")
        reader.finish(into: &findings)
        return raw
    }

    private mutating func dimension(_ entry: SourceNode.Entry) -> RawDimension {
        var raw = RawDimension(id: Located(entry.key, at: entry.place))
        if let text = entry.value.scalar {
            raw.value = Located(text, at: entry.value.place)
            return raw
        }
        var reader = MapReader(entry.value)
        raw.value = reader.text("value")
        raw.base = reader.required("base")
        raw.currency = reader.required("in")
        reader.finish(into: &findings)
        return raw
    }

    private mutating func step(_ node: SourceNode) -> RawApprovalStep {
        var reader = MapReader(node)
        var raw = RawApprovalStep(place: node.place)
        raw.level = reader.whole("level")
        raw.mode = reader.text("mode")
        raw.seats = (reader.items("seats") ?? []).map { node in
            var reader = MapReader(node)
            var seat = RawSeat(place: node.place)
            seat.role = reader.required("role")
            seat.weight = reader.whole("weight")
            seat.hasVeto = reader.flag("veto") ?? false
            seat.isEach = reader.flag("each") ?? false
            reader.finish(into: &findings)
            return seat
        }
        reader.finish(into: &findings)
        return raw
    }
}
