package import Values

/// A running process as one text, as it is kept.
extension ProcessState {
    /// The same state always gives the same text.
    package var json: JSONValue {
        .object([
            "version": .text(version), "status": .text(status.rawValue), "counter": .integer(counter),
            "activities": .array(activities.map(\.json)), "waiting": .array(waiting.map(\.json)),
            "timers": .array(timers.map(\.json)), "visits": .array(visits.map(\.json)),
        ])
    }

    /// Nil for what is no state: another member, a number given twice, something inside nothing, a number that the
    /// counter has not come to.
    package init?(json: JSONValue) {
        guard case .object(let members) = json, members.count == 7, let version = json["version"]?.word,
            let status = json["status"]?.word.flatMap(Status.init), let counter = json["counter"]?.whole,
            let activities = json["activities"]?.items?.all(Activity.init(json:)),
            let waiting = json["waiting"]?.items?.all(Waiting.init(json:)),
            let timers = json["timers"]?.items?.all(RunningTimer.init(json:)),
            let visits = json["visits"]?.items?.all(Visit.init(json:))
        else { return nil }
        self.init(
            version: version, status: status, activities: activities, waiting: waiting, timers: timers,
            visits: visits, counter: counter)
        guard hangsTogether else { return nil }
    }

    private var hangsTogether: Bool {
        let ids = activities.map(\.id) + timers.map(\.id)
        let inside = Set(activities.map(\.id))
        guard Set(ids).count == ids.count, ids.allSatisfy({ (1...max(counter, 1)).contains($0) }) else { return false }
        let parents = activities.map(\.parent) + waiting.map(\.parent) + visits.map(\.parent)
        return parents.allSatisfy { $0 == 0 || inside.contains($0) }
            && timers.allSatisfy { inside.contains($0.activity) }
    }
}

extension ProcessState.Activity {
    fileprivate var json: JSONValue {
        let role: JSONValue =
            switch role {
            case .work: .text("work")
            case .scope: .text("scope")
            case .repeated(let total, let begun, let ended):
                .array([.integer(total), .integer(begun), .integer(ended)])
            }
        return .array([
            .integer(id), .text(node), .integer(parent), index.map { .integer($0) } ?? .null, role, .line(line),
        ])
    }

    fileprivate init?(json: JSONValue) {
        guard let parts = json.items, parts.count == 6, let id = parts[0].whole, let node = parts[1].word,
            let parent = parts[2].whole, let line = parts[5].line, parts[3] == .null || parts[3].whole != nil
        else { return nil }
        let role: ProcessState.Role
        switch parts[4] {
        case .text("work"): role = .work
        case .text("scope"): role = .scope
        case .array(let numbers):
            guard numbers.count == 3, let counts = numbers.all(\.whole) else { return nil }
            role = .repeated(total: counts[0], begun: counts[1], ended: counts[2])
        default: return nil
        }
        self.init(id: id, node: node, parent: parent, index: parts[3].whole, role: role, line: line)
    }
}

extension ProcessState.Waiting {
    fileprivate var json: JSONValue { .array([.text(flow), .integer(parent), .line(line)]) }

    fileprivate init?(json: JSONValue) {
        guard let parts = json.items, parts.count == 3, let flow = parts[0].word, let parent = parts[1].whole,
            let line = parts[2].line
        else { return nil }
        self.init(flow: flow, parent: parent, line: line)
    }
}

extension ProcessState.RunningTimer {
    fileprivate var json: JSONValue { .array([.integer(id), .text(timer), .integer(activity)]) }

    fileprivate init?(json: JSONValue) {
        guard let parts = json.items, parts.count == 3, let id = parts[0].whole, let timer = parts[1].word,
            let activity = parts[2].whole
        else { return nil }
        self.init(id: id, timer: timer, activity: activity)
    }
}

extension ProcessState.Visit {
    fileprivate var json: JSONValue { .array([.text(node), .integer(parent), .line(line), .integer(at)]) }

    fileprivate init?(json: JSONValue) {
        guard let parts = json.items, parts.count == 4, let node = parts[0].word, let parent = parts[1].whole,
            let line = parts[2].line, let at = parts[3].whole
        else { return nil }
        self.init(node: node, parent: parent, line: line, at: at)
    }
}

extension JSONValue {
    fileprivate static func line(_ line: [Int]) -> JSONValue { .array(line.map { .integer($0) }) }

    fileprivate var word: String? { if case .text(let text) = self { text } else { nil } }
    fileprivate var whole: Int? { if case .number(let digits) = self { Int(digits) } else { nil } }
    fileprivate var items: [JSONValue]? { if case .array(let items) = self { items } else { nil } }
    fileprivate var line: [Int]? { items?.all(\.whole) }
}

extension [JSONValue] {
    /// Nil when one of them can't be read.
    fileprivate func all<Part>(_ read: (JSONValue) -> Part?) -> [Part]? {
        let found = compactMap(read)
        return found.count == count ? found : nil
    }
}
