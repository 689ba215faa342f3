/// Ladders, repeats and similar records as written.
struct RawLadder {
    var rules: Located<String>?
    var by: Located<String>?
    var stops: Located<String>?
    var message: Label?
    var lanes: [RawLane] = []
    let place: SourceLocation
}

struct RawLane {
    let place: SourceLocation
    var label: Label?
    var states: [Located<String>] = []
    var days: Int?
}

struct RawRepeat {
    let id: Located<String>
    var label: Label?
    var field: Located<String>?
    var at: Located<String>?
    var times: Int?
    var days: Int?
    var condition: Located<String>?
    var to: Located<String>?
    var due: Int?
}

struct RawSimilar {
    var by: [Located<String>] = []
    var condition: Located<String>?
    var shows: [Located<String>] = []
}

extension ObjectReader {
    mutating func ladder(_ node: SourceNode) -> RawLadder {
        var reader = MapReader(node)
        var raw = RawLadder(place: node.place)
        raw.rules = reader.required("rules")
        raw.by = reader.required("by")
        raw.stops = reader.required("stops")
        raw.message = reader.label("message")
        for item in reader.items("lanes") ?? [] {
            var inner = MapReader(item)
            var lane = RawLane(place: item.place)
            lane.label = inner.label("label")
            lane.states = inner.words("in") ?? []
            lane.days = inner.whole("days")
            inner.finish(into: &findings)
            raw.lanes.append(lane)
        }
        reader.finish(into: &findings)
        return raw
    }

    mutating func repeated(_ node: SourceNode) -> RawRepeat? {
        var reader = MapReader(node)
        defer { reader.finish(into: &findings) }
        guard let id = reader.required("id") else {
            reader.askAll()
            return nil
        }
        var raw = RawRepeat(id: id)
        raw.label = reader.label("label")
        raw.field = reader.required("field")
        raw.at = reader.required("at")
        raw.times = reader.whole("times")
        raw.days = reader.whole("days")
        raw.condition = reader.text("when")
        raw.to = reader.required("to")
        raw.due = reader.whole("due")
        return raw
    }

    mutating func similar(_ node: SourceNode) -> RawSimilar {
        var reader = MapReader(node)
        var raw = RawSimilar()
        raw.by = reader.words("by") ?? []
        raw.condition = reader.text("when")
        raw.shows = reader.words("shows") ?? []
        reader.finish(into: &findings)
        return raw
    }
}
