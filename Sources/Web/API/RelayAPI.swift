import Definitions
import Kernel
import Values

/// `/api/v1/relay` and what is done with batons: the same questions and commands as the board's.
struct RelayAPI {
    let api: API
    let actor: Actor

    private var exchange: Exchange { api.exchange }
    private var kernel: Kernel { api.site.kernel }

    // MARK: Reading

    func read(_ path: [String]) async throws -> Reply {
        guard exchange.method == "GET" || exchange.method == "HEAD" else { throw Rejection.wrongMethod }
        switch path.count {
        case 1: return try await mine()
        case 2: return try await board(path[1])
        case 3:
            guard let id = RecordID(path[2]) else { throw Rejection.noSuchPath }
            let standing = try await kernel.answer(RelayOf(object: path[1], record: id), as: actor)
            let model = try await kernel.answer(CurrentModel(), as: actor)
            var writer = JSONBuilder()
            writer.write(standing, model: model)
            return .json(writer).with("etag", "\"\(standing.record.version)\"")
        default: throw Rejection.noSuchPath
        }
    }

    private func mine() async throws -> Reply {
        let legs = try await kernel.answer(MyLegs(), as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("data")
            writer.array { writer in for leg in legs { writer.write(leg) } }
        }
        return .json(writer)
    }

    private func board(_ object: String) async throws -> Reply {
        let sight = try await kernel.answer(VisibleModel(), as: actor)
        let process = try RelayProcess.of(object, sight)
        let word = exchange[query: "slice"] ?? "all"
        guard let slice = RelayBoard.Slice(rawValue: word) else { throw Rejection.missingProperty("slice") }
        let sheet = try await kernel.answer(
            RelayBoard(
                process: process.id, object: object, slice: slice, filters: exchange.all("filter"),
                search: exchange[query: "q"],
                limit: min(max(exchange[query: "limit"].flatMap { Int($0) } ?? 200, 1), 500)), as: actor)
        var writer = JSONBuilder()
        writer.write(sheet, of: object)
        return .json(writer)
    }

    // MARK: Doing

    /// `POST /legs/{id}/{verb}`
    func act(_ path: [String]) async throws -> Reply {
        guard exchange.method == "POST" else { throw Rejection.wrongMethod }
        guard path.count == 3, let leg = RecordID(path[1]) else { throw Rejection.noSuchPath }
        // What says nothing needs no body.
        let body = exchange.body.isEmpty ? try BodyObject(.object([:])) : try api.object()
        let command: RelayCommand
        switch path[2] {
        case "accept":
            try body.allow()
            command = .accept(leg: leg)
        case "return":
            try body.allow("reason")
            command = .giveBack(leg: leg, reason: try said("reason", body))
        case "pause":
            try body.allow("reason")
            command = .pause(leg: leg, reason: try said("reason", body))
        case "resume":
            try body.allow()
            command = .resume(leg: leg)
        case "urge":
            try body.allow()
            command = .urge(leg: leg)
        case "pass":
            try body.allow("to")
            command = .pass(leg: leg, to: try id("to", body))
        case "tick":
            try body.allow("deliverable", "done")
            let done = body.parts["done"] == nil || body.flag("done")
            command = .tick(leg: leg, deliverable: try body.text("deliverable"), done: done)
        case "settle":
            try body.allow("item")
            command = .settle(leg: leg, item: try id("item", body))
        default: throw Rejection.noSuchPath
        }
        return try await perform(command)
    }

    /// `POST /{object}/{id}/hand-over`
    func handOver(_ object: String, _ record: RecordID, expecting: Int, draft: (BodyObject) throws -> Draft)
        async throws
        -> Reply
    {
        let body = try api.object()
        try body.allow("action", "values", "open_items", "to")
        var items: [OpenItem] = []
        if case .list(let parts)? = body.parts["open_items"] {
            for (index, part) in parts.enumerated() {
                let item = try BodyObject(part)
                try item.allow("deliverable", "text", "due")
                guard let due = Instant(try item.text("due")) else {
                    throw Rejection.missingProperty("open_items[\(index)].due")
                }
                items.append(
                    OpenItem(
                        deliverable: item.optionalText("deliverable") ?? "",
                        text: item.parts["text"] == nil ? "" : try said("text", item, at: "open_items[\(index)].text"),
                        due: due))
            }
        }
        let values = try BodyObject(body.parts["values"] ?? .object([:]))
        return try await perform(
            .handOver(
                object: object, record: record, action: try body.text("action"), draft: try draft(values),
                expecting: expecting, openItems: items,
                to: body.optionalText("to") == nil ? nil : try id("to", body)))
    }

    private func id(_ name: String, _ body: BodyObject) throws(Rejection) -> RecordID {
        guard let id = RecordID(try body.text(name)) else { throw .missingProperty(name) }
        return id
    }

    /// Words of a person; a number or a list is none.
    private func said(_ name: String, _ body: BodyObject, at field: String? = nil) throws(Rejection) -> String {
        switch body.parts[name] {
        case .text(let text): return text
        case nil, .null: throw .missingProperty(field ?? name)
        default: throw .notText(field ?? name)
        }
    }

    private func perform(_ command: RelayCommand) async throws -> Reply {
        let outcome = try await kernel.perform(
            Command(
                .relay(command), idempotencyKey: exchange.headers["idempotency-key"],
                dryRun: exchange[query: "dry_run"] == "true"), as: actor)
        guard let record = outcome.record else { return Reply(status: 204) }
        let model = try await kernel.answer(CurrentModel(), as: actor)
        var writer = JSONBuilder()
        writer.write(record, model: model, extras: outcome)
        return .json(writer).with("etag", "\"\(record.version)\"")
    }
}
