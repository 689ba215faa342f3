package import Values

/// An approval as one text, as it is kept.
extension ApprovalCase {
    package var json: JSONValue {
        .object([
            "requester": .text(requester.description), "status": .text(status.rawValue), "round": .integer(round),
            "policy": .array([
                .text(policy.unresolved.rawValue), .text(policy.repeated.rawValue), .bool(policy.nestsSigners),
            ]),
            "stages": .array(stages.map(\.json)), "course": course.json, "previous": previous?.json ?? .null,
            "acts": .array(acts.map(\.json)), "copies": .ids(copies), "resumes_at": .optional(resumesAt),
        ])
    }

    /// Nil for what is no approval.
    package init?(json: JSONValue) {
        guard let requester = json["requester"]?.id, let status = json["status"]?.word.flatMap(Status.init),
            let round = json["round"]?.whole, let policy = json["policy"]?.items, policy.count == 3,
            let unresolved = policy[0].word.flatMap(ApprovalPolicy.Unresolved.init),
            let repeated = policy[1].word.flatMap(ApprovalPolicy.Repeated.init),
            let stages = json["stages"]?.items?.all(ApprovalStage.init(json:)),
            let course = json["course"].flatMap(ApprovalCourse.init(json:)),
            let acts = json["acts"]?.items?.all(ApprovalAct.init(json:)), let copies = json["copies"]?.ids
        else { return nil }
        self.init(
            requester: requester,
            policy: ApprovalPolicy(
                unresolved: unresolved, repeated: repeated, nestsSigners: policy[2] == .bool(true)),
            stages: stages, status: status, round: round, course: course,
            previous: json["previous"].flatMap(ApprovalCourse.init(json:)), acts: acts, copies: copies,
            resumesAt: json["resumes_at"]?.whole)
    }
}

extension ApprovalStage {
    fileprivate var json: JSONValue {
        .array([.integer(level), mode.json, .array(seats.map(\.json))])
    }

    fileprivate init?(json: JSONValue) {
        guard let parts = json.items, parts.count == 3, let level = parts[0].whole,
            let mode = ApprovalMode(json: parts[1]), let seats = parts[2].items?.all(ApprovalSeatPlan.init(json:))
        else { return nil }
        self.init(level: level, mode: mode, seats: seats)
    }
}

extension ApprovalMode {
    /// `all`, `any`, `sequential`, or the share of a vote as a number.
    fileprivate var json: JSONValue {
        switch self {
        case .all: .text("all")
        case .any: .text("any")
        case .sequential: .text("sequential")
        case .ratio(let share): .integer(share)
        }
    }

    fileprivate init?(json: JSONValue) {
        switch json {
        case .text("all"): self = .all
        case .text("any"): self = .any
        case .text("sequential"): self = .sequential
        default:
            guard let share = json.whole else { return nil }
            self = .ratio(share)
        }
    }
}

extension ApprovalSeatPlan {
    fileprivate var json: JSONValue {
        .array([.array(ladder.map(\.json)), .integer(weight), .bool(hasVeto)])
    }

    fileprivate init?(json: JSONValue) {
        guard let parts = json.items, parts.count == 3, let ladder = parts[0].items?.all(ApprovalRung.init(json:)),
            let weight = parts[1].whole
        else { return nil }
        self.init(ladder: ladder, weight: weight, hasVeto: parts[2] == .bool(true))
    }
}

extension ApprovalRung {
    fileprivate var json: JSONValue { .array([.integer(level), .text(role), .ids(people), .integer(hours)]) }

    fileprivate init?(json: JSONValue) {
        guard let parts = json.items, parts.count == 4, let level = parts[0].whole, let role = parts[1].word,
            let people = parts[2].ids, let hours = parts[3].whole
        else { return nil }
        self.init(level: level, role: role, people: people, hours: hours)
    }
}

extension ApprovalCourse {
    fileprivate var json: JSONValue {
        .object([
            "stage": .optional(stage), "back": .optional(goesBackTo), "walk": .integer(walk),
            "groups": .array(groups.map(\.json)), "seats": .array(seats.map(\.json)),
            "tasks": .array(tasks.map(\.json)),
        ])
    }

    fileprivate init?(json: JSONValue) {
        guard let walk = json["walk"]?.whole, let groups = json["groups"]?.items?.numbered(ApprovalGroup.init),
            let seats = json["seats"]?.items?.numbered(ApprovalSeat.init),
            let tasks = json["tasks"]?.items?.numbered(ApprovalTask.init)
        else { return nil }
        self.init(
            stage: json["stage"]?.whole, goesBackTo: json["back"]?.whole, walk: walk, groups: groups, seats: seats,
            tasks: tasks)
    }
}

extension ApprovalGroup {
    fileprivate var json: JSONValue {
        let (kind, at): (String, Int) =
            switch place {
            case .stage(let index): ("stage", index)
            case .before(let seat): ("before", seat)
            case .after(let seat): ("after", seat)
            case .parallel(let seat): ("parallel", seat)
            }
        return .array([.text(kind), .integer(at), mode.json, .integer(walk), .text(state.rawValue)])
    }

    fileprivate init?(number: Int, json: JSONValue) {
        guard let parts = json.items, parts.count == 5, let at = parts[1].whole,
            let mode = ApprovalMode(json: parts[2]), let walk = parts[3].whole, let state = parts[4].word,
            let state = State(rawValue: state)
        else { return nil }
        let place: Place
        switch parts[0].word {
        case "stage": place = .stage(at)
        case "before": place = .before(seat: at)
        case "after": place = .after(seat: at)
        case "parallel": place = .parallel(seat: at)
        default: return nil
        }
        self.init(number: number, place: place, mode: mode, walk: walk, state: state)
    }
}

extension ApprovalSeat {
    fileprivate var json: JSONValue {
        .array([
            .integer(group), .array(ladder.map(\.json)), .integer(weight), .bool(hasVeto), .integer(rung),
            .text(state.rawValue), .optional(addedBy),
        ])
    }

    fileprivate init?(number: Int, json: JSONValue) {
        guard let parts = json.items, parts.count == 7, let group = parts[0].whole,
            let ladder = parts[1].items?.all(ApprovalRung.init(json:)), let weight = parts[2].whole,
            let rung = parts[4].whole, let state = parts[5].word.flatMap(State.init)
        else { return nil }
        self.init(
            number: number, group: group, ladder: ladder, weight: weight, hasVeto: parts[3] == .bool(true), rung: rung,
            state: state, addedBy: parts[6].id)
    }
}

extension ApprovalTask {
    fileprivate var json: JSONValue {
        .array([
            .integer(seat), .text(person.description), .optional(standsInFor), .optional(advises), .at(openedAt),
            .optional(standIn), .text(state.rawValue), .optional(decidedBy), decidedAt.map { .at($0) } ?? .null,
            .text(note),
        ])
    }

    fileprivate init?(number: Int, json: JSONValue) {
        guard let parts = json.items, parts.count == 10, let seat = parts[0].whole, let person = parts[1].id,
            let openedAt = parts[4].instant, let state = parts[6].word.flatMap(State.init), let note = parts[9].word
        else { return nil }
        self.init(
            number: number, seat: seat, person: person, standsInFor: parts[2].id, advises: parts[3].whole,
            openedAt: openedAt, standIn: parts[5].id, state: state, decidedBy: parts[7].id,
            decidedAt: parts[8].instant, note: note)
    }
}

extension ApprovalAct {
    fileprivate var json: JSONValue {
        .array([
            .text(verb), .optional(by), .at(at), .optional(task), .ids(people), .text(note), .integer(round),
        ])
    }

    fileprivate init?(json: JSONValue) {
        guard let parts = json.items, parts.count == 7, let verb = parts[0].word, let at = parts[2].instant,
            let people = parts[4].ids, let note = parts[5].word, let round = parts[6].whole
        else { return nil }
        self.init(
            verb: verb, by: parts[1].id, at: at, task: parts[3].whole, people: people, note: note, round: round)
    }
}

extension JSONValue {
    fileprivate static func optional(_ number: Int?) -> JSONValue { number.map { .integer($0) } ?? .null }
    fileprivate static func optional(_ id: RecordID?) -> JSONValue { id.map { .text($0.description) } ?? .null }
    fileprivate static func ids(_ ids: [RecordID]) -> JSONValue { .array(ids.map { .text($0.description) }) }
    fileprivate static func at(_ instant: Instant) -> JSONValue { .number(String(instant.milliseconds)) }

    fileprivate var word: String? { if case .text(let text) = self { text } else { nil } }
    fileprivate var whole: Int? { if case .number(let digits) = self { Int(digits) } else { nil } }
    fileprivate var id: RecordID? { word.flatMap { RecordID($0) } }
    fileprivate var items: [JSONValue]? { if case .array(let items) = self { items } else { nil } }
    fileprivate var ids: [RecordID]? { items?.all(\.id) }
    fileprivate var instant: Instant? {
        guard case .number(let digits) = self, let milliseconds = Int64(digits) else { return nil }
        return Instant(milliseconds: milliseconds)
    }
}

extension [JSONValue] {
    /// Nil when one of them can't be read.
    fileprivate func all<Part>(_ read: (JSONValue) -> Part?) -> [Part]? {
        let found = compactMap(read)
        return found.count == count ? found : nil
    }

    fileprivate func numbered<Part>(_ read: (Int, JSONValue) -> Part?) -> [Part]? {
        let found = enumerated().compactMap { read($0.offset, $0.element) }
        return found.count == count ? found : nil
    }
}
