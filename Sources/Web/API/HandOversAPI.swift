import Definitions
import Kernel
import Values

/// `/api/v1/hand-overs`: giving what somebody holds to others, planned, looked at, then done by the house.
struct HandOversAPI {
    let api: API
    let actor: Actor

    private var kernel: Kernel { api.site.kernel }
    private var exchange: Exchange { api.exchange }

    func reply(_ path: [String]) async throws -> Reply {
        let rest = Array(path.dropFirst())
        switch (exchange.method, rest.count) {
        case ("GET", 0): return try await recent()
        case ("POST", 0): return try await plan()
        case ("GET", 2) where rest[0] == "holdings": return try await holdings(try id(rest[1]))
        case ("GET", 1): return try await show(try id(rest[0]))
        case ("PATCH", 1): return try await change(try id(rest[0]))
        case ("GET", 2) where rest[1] == "items": return try await items(try id(rest[0]))
        case ("POST", 2): return try await steer(try id(rest[0]), rest[1])
        default: throw rest.count < 3 ? Rejection.wrongMethod : Rejection.noSuchPath
        }
    }

    private func id(_ text: String) throws(Rejection) -> RecordID {
        guard let id = RecordID(text) else { throw .noSuchPath }
        return id
    }

    // MARK: Steps

    private func perform(_ step: HandOverCommand) async throws -> Outcome {
        try await kernel.perform(
            Command(
                .handingOver(step), idempotencyKey: exchange.headers["idempotency-key"],
                dryRun: exchange[query: "dry_run"] == "true"), as: actor)
    }

    private func plan() async throws -> Reply {
        let body = try BodyObject(exchange)
        guard let person = RecordID(try body.text("person")) else { throw HandOverBody.wrong("person") }
        let outcome = try await perform(.plan(try HandOverBody(body).wish(HandOverWish(person: person))))
        guard exchange[query: "dry_run"] != "true", let made = outcome.created.first?.id else {
            return Reply(status: 204)
        }
        return try await show(made, status: 201)
    }

    /// What is not named stays as it is.
    private func change(_ id: RecordID) async throws -> Reply {
        guard let kept = try await kernel.answer(HandOverOf(id), as: actor).wish else { throw Rejection.noSuchPath }
        _ = try await perform(.change(id, try HandOverBody(try BodyObject(exchange)).wish(kept)))
        return try await show(id)
    }

    private func steer(_ id: RecordID, _ verb: String) async throws -> Reply {
        // A step has nothing to say; a program that sends nothing names no content type either.
        if !exchange.body.isEmpty { try BodyObject(exchange).allow() }
        switch verb {
        case "start": _ = try await perform(.start(id))
        case "cancel": _ = try await perform(.cancel(id))
        case "resume": _ = try await perform(.resume(id))
        case "undo": _ = try await perform(.undo(id))
        case "accept": _ = try await perform(.accept(id))
        default: throw Rejection.noSuchPath
        }
        return try await show(id)
    }

    // MARK: Answers

    private func show(_ id: RecordID, status: Int = 200) async throws -> Reply {
        let answer = try await kernel.answer(HandOverOf(id), as: actor)
        var writer = JSONBuilder()
        HandOverJSON.write(answer, &writer)
        let reply = Reply.json(writer, status: status)
        return status == 201 ? reply.with("location", "/api/v1/hand-overs/\(id)") : reply
    }

    private func recent() async throws -> Reply {
        let entries = try await kernel.answer(RecentHandOvers(), as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("data")
            writer.array { writer in
                for entry in entries {
                    writer.object { writer in
                        writer.field("id", entry.id.description)
                        writer.key("person")
                        HandOverJSON.write(entry.person, &writer)
                        writer.field("state", entry.state.rawValue)
                        writer.field("by", entry.by)
                        writer.field("at", entry.at.description)
                        HandOverJSON.write("fire_at", entry.fireAt, &writer)
                    }
                }
            }
        }
        return .json(writer)
    }

    private func holdings(_ person: RecordID) async throws -> Reply {
        let held = try await kernel.answer(HoldingsOf(person: person), as: actor)
        var writer = JSONBuilder()
        HandOverJSON.write(held, &writer)
        return .json(writer)
    }

    private func items(_ id: RecordID) async throws -> Reply {
        let answer = try await kernel.answer(HandOverOf(id), as: actor)
        // Who only gets something by it sees that.
        let receiver = answer.wish == nil ? actor.userID : exchange[query: "receiver"].flatMap { RecordID($0) }
        let page = try await kernel.answer(
            HandOverItems(
                id, problemsOnly: exchange[query: "show"] == "problems", receiver: receiver,
                from: exchange[query: "from"].flatMap { Int($0) } ?? 0,
                limit: exchange[query: "limit"].flatMap { Int($0) } ?? 50), as: actor)
        var writer = JSONBuilder()
        HandOverJSON.write(page, &writer)
        return .json(writer)
    }
}

/// A wish as programs write it.
struct HandOverBody {
    static let members = [
        "person", "usual", "groups", "rules", "exceptions", "fire_at", "ends_account", "follows", "note",
    ]

    let body: BodyObject

    init(_ body: BodyObject) throws(Rejection) {
        try body.allow(names: Self.members)
        self.body = body
    }

    /// What the body names, over what was wished before.
    func wish(_ kept: HandOverWish) throws(Rejection) -> HandOverWish {
        var wish = kept
        let parts = body.parts
        if let text = body.optionalText("person"), RecordID(text) != kept.person { throw Self.wrong("person") }
        if parts["usual"] != nil { wish.usual = try person("usual") }
        if parts["groups"] != nil { wish.groups = try targets("groups") }
        if parts["exceptions"] != nil { wish.exceptions = try targets("exceptions") }
        if parts["rules"] != nil { wish.rules = try rules() }
        if parts["fire_at"] != nil { wish.fireAt = try instant("fire_at") }
        if parts["ends_account"] != nil { wish.endsAccount = body.flag("ends_account") }
        if parts["follows"] != nil { wish.follows = body.flag("follows") }
        if parts["note"] != nil { wish.note = String((body.optionalText("note") ?? "").prefix(200)) }
        return wish
    }

    private func person(_ name: String) throws(Rejection) -> RecordID? {
        guard let text = body.optionalText(name), !text.isEmpty else { return nil }
        guard let id = RecordID(text) else { throw Self.wrong(name) }
        return id
    }

    private func instant(_ name: String) throws(Rejection) -> Instant? {
        guard let text = body.optionalText(name), !text.isEmpty else { return nil }
        guard let instant = Instant(text) else { throw Self.wrong(name) }
        return instant
    }

    private func targets(_ name: String) throws(Rejection) -> [String: HandOverWish.Target] {
        guard let input = body.parts[name], input != .null else { return [:] }
        let object = try BodyObject(input)
        var out: [String: HandOverWish.Target] = [:]
        for key in object.parts.keys {
            guard let target = object.optionalText(key).flatMap({ HandOverWish.Target($0) }) else {
                throw Self.wrong(name + "." + key)
            }
            out[key] = target
        }
        return out
    }

    private func rules() throws(Rejection) -> [HandOverWish.Rule] {
        guard case .list(let items)? = body.parts["rules"] else { throw Self.wrong("rules") }
        var out: [HandOverWish.Rule] = []
        for item in items {
            let rule = try BodyObject(item)
            try rule.allow("object", "condition", "to")
            guard let to = RecordID(try rule.text("to")) else { throw Self.wrong("rules[\(out.count)].to") }
            out.append(.init(object: try rule.text("object"), condition: rule.optionalText("condition") ?? "", to: to))
        }
        return out
    }

    static func wrong(_ name: String) -> Rejection {
        let message = Label(
            zh: "这里填 id；不交的填 \"-\"，时间如 2026-12-31T16:00:00Z",
            en: "This takes an id, \"-\" for what stays, or a time such as 2026-12-31T16:00:00Z")
        return Rejection(
            .invalid, code: "wrong_type", message: message,
            problems: [Problem(field: name, code: "wrong_type", message: message)])
    }
}
