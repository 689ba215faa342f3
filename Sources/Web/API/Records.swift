import Definitions
import Kernel
import Values

/// `/api/v1/{object}`: the records of one object.
struct Records {
    let api: API
    let actor: Actor
    let object: String

    private var exchange: Exchange { api.exchange }
    private var kernel: Kernel { api.site.kernel }

    func reply(_ rest: [String]) async throws -> Reply {
        switch (exchange.method, rest.count) {
        case ("GET", 0), ("HEAD", 0): return try await list()
        case ("POST", 0): return try await create()
        case ("GET", 1) where rest[0] == "board":
            return try await BoardAPI(kernel: kernel, actor: actor).board(object, filter: exchange[query: "filter"])
        case ("GET", 1) where rest[0] == "count": return try await count()
        case ("GET", 1) where rest[0] == "duplicates": return try await merging.duplicates()
        case ("POST", 1) where rest[0] == "bulk": return try await bulk()
        case ("POST", 1) where rest[0] == "preview": return try await preview(id: nil)
        case ("GET", 1), ("HEAD", 1): return try await show(try id(rest[0]))
        case ("PATCH", 1): return try await update(try id(rest[0]))
        case ("DELETE", 1): return try await delete(try id(rest[0]))
        case ("GET", 2) where rest[1] == "timeline": return try await timeline(try id(rest[0]))
        case ("GET", 2) where rest[1] == "similar":
            return try await BoardAPI(kernel: kernel, actor: actor).similar(object, try id(rest[0]))
        case ("GET", 2) where rest[1] == "impact": return try await desk.impact(try id(rest[0]))
        case ("GET", 2) where rest[1] == "lineage":
            return try await desk.lineage(try id(rest[0]), field: exchange[query: "field"])
        case ("GET", 2) where rest[1] == "pdf": return try await document(try id(rest[0]))
        case ("GET", 2) where rest[1] == "access": return try await access(try id(rest[0]))
        case ("POST", 2) where rest[1] == "restore": return try await restore(try id(rest[0]))
        case ("POST", 2) where rest[1] == "preview": return try await preview(id: try id(rest[0]))
        case ("GET", 2) where rest[1] == "clocks": return try await clocks(try id(rest[0]))
        case ("POST", 3) where rest[1] == "rules":
            return try await RulesAPI(exchange: exchange, kernel: kernel, actor: actor).run(
                rest[2], object, try id(rest[0]))
        case ("POST", 2) where rest[1] == "notes":
            let notes = NotesAPI(exchange: exchange, kernel: kernel, actor: actor, object: object)
            return try await reply(try await notes.write(try id(rest[0]), try api.object()), status: 201)
        case ("GET", 2) where rest[1] == "mail":
            return try await NotesAPI(exchange: exchange, kernel: kernel, actor: actor, object: object).mail(
                try id(rest[0]))
        case ("POST", 2) where rest[1] == "merge": return try await merge(try id(rest[0]))
        case ("GET", 2) where rest[1] == "merges": return try await merging.merges(of: try id(rest[0]))
        case ("POST", 4) where rest[1] == "merges" && rest[3] == "undo":
            return try await reply(try await merging.undo(try id(rest[2])), status: 200)
        case ("POST", 2) where rest[1] == "hand-over": return try await handOver(try id(rest[0]))
        case ("POST", 3) where rest[1] == "actions": return try await act(try id(rest[0]), rest[2])
        default: throw Rejection.noSuchPath
        }
    }

    private var merging: MergeAPI { MergeAPI(exchange: exchange, kernel: kernel, actor: actor, object: object) }

    private func merge(_ id: RecordID) async throws -> Reply {
        try await reply(
            try await merging.merge(id, version: try expectedVersion(), try api.object()), status: 200)
    }

    private var desk: DeskAPI { DeskAPI(kernel: kernel, actor: actor, object: object) }

    private func id(_ text: String) throws(Rejection) -> RecordID {
        guard let id = RecordID(text) else { throw .noSuchPath }
        return id
    }

    private func list() async throws -> Reply {
        let limit = Int(exchange[query: "limit"] ?? "50") ?? 50
        let question = ListRecords(
            object: object, columns: exchange[query: "fields"].map(Self.names) ?? ["*"],
            filters: exchange.all("filter"), sort: (exchange[query: "sort"].map(Self.names) ?? []).map(Self.sortKey),
            search: exchange[query: "q"], limit: min(max(limit, 1), 500), cursor: exchange[query: "cursor"],
            deleted: exchange[query: "deleted"] == "true", withLines: exchange[query: "lines"] == "true")
        let page = try await kernel.answer(question, as: actor)
        let model = try await kernel.answer(CurrentModel(), as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("data")
            writer.array { writer in for row in page.rows { writer.write(row, model: model) } }
            writer.key("next")
            if let next = page.next { writer.string(next) } else { writer.null() }
        }
        return .json(writer)
    }

    private func count() async throws -> Reply {
        let count = try await kernel.answer(
            CountRecords(
                object: object, filters: exchange.all("filter"), search: exchange[query: "q"],
                cap: exchange[query: "exact"] == "true" ? 100_000_000 : 1000), as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("count")
            writer.int(count.count)
            writer.key("capped")
            writer.bool(count.isCapped)
        }
        return .json(writer)
    }

    private func show(_ id: RecordID) async throws -> Reply {
        do {
            let record = try await kernel.answer(
                ShowRecord(object: object, id: id, fields: exchange[query: "fields"].map(Self.names)), as: actor)
            return try await self.reply(record, status: 200)
        } catch let rejection as Rejection where rejection.kind == .missing {
            guard let way = try await merging.whereItWent(id) else { throw rejection }
            return way
        }
    }

    private func create() async throws -> Reply {
        let draft = try draft(try api.object(), for: try await definition())
        let outcome = try await perform(.create(object: object, draft))
        return try await reply(outcome, status: 201)
    }

    private func update(_ id: RecordID) async throws -> Reply {
        let draft = try draft(try api.object(), for: try await definition())
        let outcome = try await perform(.update(object: object, id: id, draft, expecting: try expectedVersion()))
        return try await reply(outcome, status: 200)
    }

    private func delete(_ id: RecordID) async throws -> Reply {
        let expecting = exchange.headers["if-match"] == nil ? nil : try expectedVersion()
        _ = try await perform(.delete(object: object, id: id, expecting: expecting))
        return Reply(status: 204)
    }

    private func restore(_ id: RecordID) async throws -> Reply {
        try await reply(try await perform(.restore(object: object, id: id)), status: 200)
    }

    private func act(_ id: RecordID, _ action: String) async throws -> Reply {
        let body = exchange.body.isEmpty ? try BodyObject(.object([:])) : try api.object()
        let draft = try draft(body, for: try await definition())
        let expecting = exchange.headers["if-match"] == nil ? nil : try expectedVersion()
        let outcome = try await perform(
            .act(object: object, id: id, action: action, draft, expecting: expecting),
            dryRun: exchange[query: "dry_run"] == "true")
        return try await reply(outcome, status: 200)
    }

    /// What a write would give, without writing: the server's own arithmetic for editors.
    private func preview(id: RecordID?) async throws -> Reply {
        let draft = try draft(try api.object(), for: try await definition())
        let kind: Command.Kind =
            if let id { .update(object: object, id: id, draft, expecting: nil) } else { .create(object: object, draft) }
        let outcome = try await kernel.perform(Command(kind, dryRun: true), as: actor)
        return try await reply(outcome, status: 200)
    }

    /// `{"items": [{"op": "create"|"update"|"delete", "id", "version", "values": {…}}], "atomic": true}`.
    private func bulk() async throws -> Reply {
        let body = try api.object()
        try body.allow("items", "atomic", "quiet")
        guard case .list(let items)? = body.parts["items"] else { throw Rejection.missingProperty("items") }
        guard items.count <= 1000 else {
            throw Rejection(
                .invalid, code: "too_many_items", message: Label(zh: "一次最多 1000 条", en: "At most 1,000 items at once"))
        }
        let definition = try await definition()
        var kinds: [Command.Kind] = []
        for item in items { kinds.append(try self.kind(of: try BodyObject(item), definition: definition)) }
        let outcome = try await kernel.perform(
            Command(
                .bulk(kinds, atomic: body.flag("atomic")), idempotencyKey: exchange.headers["idempotency-key"],
                quiet: body.flag("quiet")), as: actor)
        let model = try await kernel.answer(CurrentModel(), as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("items")
            writer.array { writer in for part in outcome.parts { writer.write(part, model: model) } }
        }
        return .json(writer)
    }

    private func kind(of item: BodyObject, definition: ObjectDefinition) throws -> Command.Kind {
        try item.allow("op", "id", "version", "values")
        let values = try BodyObject(item.parts["values"] ?? .object([:]))
        let draft = try draft(values, for: definition)
        let version = item.optionalText("version").flatMap { Int($0) }
        switch item.optionalText("op") ?? "create" {
        case "create": return .create(object: object, draft)
        case "update": return .update(object: object, id: try id(try item.text("id")), draft, expecting: version)
        case "delete": return .delete(object: object, id: try id(try item.text("id")), expecting: version)
        default: throw Rejection.missingProperty("op")
        }
    }

    private func timeline(_ id: RecordID) async throws -> Reply {
        let part = try await kernel.answer(
            TimelinePageOf(
                object: object, id: id, before: exchange[query: "before"].flatMap { Int64($0) },
                limit: min(Int(exchange[query: "limit"] ?? "30") ?? 30, 200),
                merged: exchange[query: "merged"] != "false", kinds: TimelineKind.read(exchange[query: "kinds"])),
            as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("data")
            writer.array { writer in for entry in part.entries { writer.write(entry) } }
            writer.key("next")
            if let next = part.next { writer.int(Int(next)) } else { writer.null() }
        }
        return .json(writer)
    }

    private func clocks(_ id: RecordID) async throws -> Reply {
        var writer = JSONBuilder()
        writer.write(try await kernel.answer(ClocksOf(object: object, id: id), as: actor))
        return .json(writer)
    }

    private func document(_ id: RecordID) async throws -> Reply {
        try await api.site.printed(
            DocumentOf(object: object, id: id), as: actor, download: exchange[query: "download"] != nil)
    }

    private func access(_ id: RecordID) async throws -> Reply {
        let user = exchange[query: "user"].flatMap { RecordID($0) }
        let answer = try await kernel.answer(
            Explain(object: object, id: id, field: exchange[query: "field"], user: user), as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("allowed")
            writer.bool(answer.allowed)
            writer.key("reasons")
            writer.array { writer in for reason in answer.reasons { writer.label(reason) } }
        }
        return .json(writer)
    }

    private func handOver(_ id: RecordID) async throws -> Reply {
        let definition = try await definition()
        return try await RelayAPI(api: api, actor: actor).handOver(object, id, expecting: try expectedVersion()) {
            try draft($0, for: definition)
        }
    }

    // MARK: Pieces

    private func perform(_ kind: Command.Kind, dryRun: Bool = false) async throws -> Outcome {
        try await kernel.perform(
            Command(
                kind, idempotencyKey: exchange.headers["idempotency-key"],
                reason: exchange.headers["x-reason"].flatMap { PercentCode.decode($0) }, dryRun: dryRun), as: actor)
    }

    private func reply(_ outcome: Outcome, status: Int) async throws -> Reply {
        guard let record = outcome.record else { return Reply(status: 204) }
        let model = try await kernel.answer(CurrentModel(), as: actor)
        var writer = JSONBuilder()
        writer.write(record, model: model, extras: outcome)
        return .json(writer, status: status).with("etag", "\"\(record.version)\"")
    }

    private func reply(_ record: RecordView, status: Int) async throws -> Reply {
        let model = try await kernel.answer(CurrentModel(), as: actor)
        var writer = JSONBuilder()
        writer.write(record, model: model)
        return .json(writer, status: status).with("etag", "\"\(record.version)\"")
    }

    private func definition() async throws -> ObjectDefinition {
        let model = try await kernel.answer(CurrentModel(), as: actor)
        guard let definition = model.object(object), !definition.retired else { throw Rejection.noSuchPath }
        return definition
    }

    /// Splits lines from fields: `{"no": …, "lines": [{…}, {"id": …, …}]}`.
    private func draft(_ body: BodyObject, for definition: ObjectDefinition) throws(Rejection) -> Draft {
        var draft = Draft()
        for (name, input) in body.parts {
            guard case .lines? = definition.field(name)?.type, case .list(let items) = input else {
                draft.fields[name] = input
                continue
            }
            var lines: [LineDraft] = []
            for item in items {
                var parts = try BodyObject(item).parts
                var id: RecordID?
                if case .text(let text)? = parts.removeValue(forKey: "id") {
                    guard let read = RecordID(text) else { throw .noSuchPath }
                    id = read
                }
                lines.append(LineDraft(id: id, parts))
            }
            draft.lines[name] = lines
        }
        return draft
    }

    private func expectedVersion() throws(Rejection) -> Int {
        guard let header = exchange.headers["if-match"] else {
            throw .versionRequired
        }
        let digits = header.trimmingSpaces.filter { $0 != "\"" }
        guard let version = Int(digits.hasPrefix("W/") ? String(digits.dropFirst(2)) : digits) else {
            throw Rejection(
                .malformed, code: "malformed_version",
                message: Label(zh: "If-Match 须为版本号", en: "If-Match must be a version number"))
        }
        return version
    }

    private static func names(_ text: String) -> [String] {
        text.split(separator: ",").map { String($0).trimmingSpaces }
    }

    private static func sortKey(_ text: String) -> SortKey {
        text.hasPrefix("-")
            ? SortKey(path: String(text.dropFirst()), descending: true) : SortKey(path: text, descending: false)
    }
}
