import Definitions
import Foundation
import Kernel
import Values

/// `/api/v1/import`: files that are tried or brought in by the house, and how far they are.
struct ImportsAPI {
    let api: API
    let actor: Actor

    private var exchange: Exchange { api.exchange }
    private var kernel: Kernel { api.site.kernel }

    func reply(_ path: [String]) async throws -> Reply {
        switch (path.count, exchange.method) {
        case (2, "GET") where path[1] == "batches": return try await list()
        case (2, "POST") where path[1] != "batches": return try await start(path[1])
        case (3..., _) where path[1] == "batches":
            guard let batch = RecordID(path[2]) else { throw Rejection.noSuchPath }
            return try await reply(batch, Array(path.dropFirst(3)))
        case (2, _): throw Rejection.wrongMethod
        default: throw Rejection.noSuchPath
        }
    }

    private func reply(_ batch: RecordID, _ rest: [String]) async throws -> Reply {
        switch (rest.first, rest.count, exchange.method) {
        case (nil, _, "GET"): return Self.json(try await progress(batch))
        case ("flagged"?, 1, "GET"): return try await flagged(batch)
        case ("run"?, 1, "POST"):
            return try await steer(.begin(batch: batch, onDuplicate: try policy() ?? .flag), batch)
        case ("cancel"?, 1, "POST"): return try await steer(.cancel(batch: batch), batch)
        case ("resume"?, 1, "POST"): return try await steer(.resume(batch: batch), batch)
        case ("undo"?, 1, "POST"): return try await steer(.takeBack(batch: batch), batch)
        case ("mend"?, 1, "POST"): return try await mend(batch)
        case ("mend"?, 1, _), (nil, _, _), ("flagged"?, 1, _), ("run"?, 1, _), ("cancel"?, 1, _), ("resume"?, 1, _),
            ("undo"?, 1, _):
            throw Rejection.wrongMethod
        default: throw Rejection.noSuchPath
        }
    }

    // MARK: Starting and steering

    private func start(_ object: String) async throws -> Reply {
        let request = try request(object)
        let outcome: Outcome
        do {
            outcome = try await kernel.perform(Command(.importing(.start(request))), as: actor)
        } catch {
            api.site.uploads.forget(request.path)
            throw error
        }
        guard let batch = outcome.report?.batch else {
            throw Fault(code: "no_batch", detail: "a start without a batch")
        }
        return try await accepted(batch, columns: outcome.report?.columns ?? [])
    }

    private func request(_ object: String) throws -> ImportRequest {
        let policy = try policy()
        let mapping = try mapping()
        let path = try api.site.uploads.keep(exchange.body)
        var request = ImportRequest(object: object, path: path, name: exchange[query: "name"] ?? "upload")
        request.dryRun = exchange[query: "dry_run"] == "true"
        request.onDuplicate = policy ?? .flag
        request.dayFirst = exchange[query: "day_first"].map { $0 == "true" }
        request.decimalComma = exchange[query: "decimal_comma"].map { $0 == "true" }
        request.sheet = exchange[query: "sheet"]
        request.encoding = exchange[query: "encoding"]
        request.mapping = mapping
        return request
    }

    /// Heading → field path. One that can't be read is refused: without it the columns would mean something else.
    private func mapping() throws(Rejection) -> [String: String] {
        guard let text = exchange[query: "map"], !text.isEmpty else { return [:] }
        // What is wrong with the text does not matter to who sent it.
        guard case .object(let parts)? = try? JSONText.read(Array(text.utf8)) else { throw .unreadableMap }
        var mapping: [String: String] = [:]
        for (heading, field) in parts {
            guard case .text(let path) = field else { throw .unreadableMap }
            mapping[heading] = path
        }
        return mapping
    }

    private func policy() throws -> ImportRequest.DuplicatePolicy? {
        guard let text = exchange[query: "on_duplicate"] else { return nil }
        guard let policy = ImportRequest.DuplicatePolicy(rawValue: text) else {
            throw Rejection.noSuchPolicy
        }
        return policy
    }

    /// `{"rows": {"4": ["Nordlicht GmbH", "DE"]}}`: lines as they were put right.
    private func mend(_ batch: RecordID) async throws -> Reply {
        let body = try BodyObject(exchange)
        try body.allow("rows")
        guard case .object(let lines)? = body.parts["rows"] else { throw Rejection.unreadableRows }
        var rows: [Int: [String]] = [:]
        for (line, cells) in lines {
            guard let line = Int(line), case .list(let cells) = cells else { throw Rejection.unreadableRows }
            rows[line] = try cells.map { cell in
                guard case .text(let text) = cell else { throw Rejection.unreadableRows }
                return text
            }
        }
        let outcome = try await kernel.perform(Command(.importing(.mend(batch: batch, rows: rows))), as: actor)
        return try await accepted(outcome.report?.batch ?? batch, columns: [])
    }

    private func steer(_ step: ImportCommand, _ batch: RecordID) async throws -> Reply {
        _ = try await kernel.perform(Command(.importing(step)), as: actor)
        return try await accepted(batch, columns: [])
    }

    /// 202 with the batch's address; 200 with the result when `wait` seconds were enough for it.
    private func accepted(_ batch: RecordID, columns: [ColumnMatch]) async throws -> Reply {
        let patience = min(max(Int(exchange[query: "wait"] ?? "") ?? 0, 0), 60)
        let end = ContinuousClock.now + .seconds(patience)
        var state = try await progress(batch)
        while state.isMoving, ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(50))
            state = try await progress(batch)
        }
        if state.isMoving {
            return Self.json(state, columns: columns, status: 202)
                .with("location", "/api/v1/import/batches/" + batch.description).with("retry-after", "1")
        }
        if state.phase == .failed, state.rows == 0, patience > 0, let failure = state.failure {
            throw Rejection(.invalid, code: failure.code, message: failure.message)
        }
        return Self.json(state, columns: columns)
    }

    // MARK: Looking

    private func progress(_ batch: RecordID) async throws -> ImportProgress.State {
        guard let state = try await kernel.answer(ImportProgress(batch: batch), as: actor) else {
            throw Rejection.noSuchPath
        }
        return state
    }

    private func list() async throws -> Reply {
        let limit = Int(exchange[query: "limit"] ?? "20") ?? 20
        let states = try await kernel.answer(ListImports(object: exchange[query: "object"], limit: limit), as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("data")
            writer.array { writer in for state in states { writer.write(state, columns: []) } }
        }
        return .json(writer)
    }

    private func flagged(_ batch: RecordID) async throws -> Reply {
        guard let table = try await kernel.answer(FlaggedRows(batch: batch), as: actor) else {
            throw Rejection.noSuchPath
        }
        let language = exchange[query: "language"].flatMap(Language.init(rawValue:)) ?? actor.language
        let file = FlaggedFile(table: table, language: language) { $0 }
        return try file.reply(asText: exchange[query: "format"] != "xlsx", folder: api.site.settings.uploads)
    }

    static func json(_ state: ImportProgress.State, columns: [ColumnMatch] = [], status: Int = 200) -> Reply {
        var writer = JSONBuilder()
        writer.write(state, columns: columns)
        return .json(writer, status: status)
    }
}

extension ImportProgress.State {
    /// The house has something to do with it.
    var isMoving: Bool { [.waiting, .running, .undoing].contains(phase) }
}

extension Rejection {
    static let noSuchPolicy = Rejection(
        .invalid, code: "bad_parameter",
        message: Label(zh: "on_duplicate 只能是 flag、update 或 create", en: "on_duplicate is flag, update or create"))
}

extension Rejection {
    fileprivate static let unreadableRows = Rejection(
        .invalid, code: "bad_parameter",
        message: Label(
            zh: "rows 须为 JSON 对象：行号 → 各格文字的数组", en: "rows must be a JSON object: line → list of the cells' texts"))

    fileprivate static let unreadableMap = Rejection(
        .invalid, code: "bad_mapping",
        message: Label(
            zh: "map 须为一个 JSON 对象：表头 → 字段路径", en: "map must be a JSON object: heading → field path"))
}
