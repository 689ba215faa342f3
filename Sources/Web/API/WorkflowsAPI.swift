import Definitions
import Kernel
import Values

/// `/api/v1/workflows`, their runs and tasks: processes that another program drew, run by the house.
struct WorkflowsAPI {
    let api: API
    let actor: Actor

    private var exchange: Exchange { api.exchange }
    private var kernel: Kernel { api.site.kernel }

    // MARK: Workflows

    func workflows(_ path: [String]) async throws -> Reply {
        switch (exchange.method, path.count) {
        case ("GET", 1):
            let list = try await kernel.answer(WorkflowList(object: exchange[query: "object"]), as: actor)
            return .json(.list(list) { $0.write($1) })
        case ("POST", 1): return try await bring()
        case ("GET", 2): return try await show(path[1], status: 200)
        case ("GET", 3) where path[2] == "file": return try await file(path[1])
        case ("POST", 3):
            switch path[2] {
            case "start": return try await start(path[1])
            case "retire": return try await change(.retire(key: path[1]))
            case "migrate": return try await migrate(path[1])
            default: throw Rejection.noSuchPath
            }
        default: throw Rejection.noSuchPath
        }
    }

    /// The body is the file itself; what it does not say stands in the query.
    private func bring() async throws -> Reply {
        var file = WorkflowFile(bytes: exchange.body)
        file.key = exchange[query: "key"]
        file.process = exchange[query: "process"]
        file.object = exchange[query: "object"]
        file.hook = exchange[query: "hook"]
        file.lanes = try lanes()
        let isTrial = exchange[query: "dry_run"] == "true"
        let outcome = try await perform(.bring(file), dryRun: isTrial)
        if isTrial, let report = outcome.workflow?.report {
            var writer = JSONBuilder()
            writer.object { $0.members(report) }
            return .json(writer)
        }
        guard let version = outcome.workflow?.version else {
            throw Fault(code: "no_version", detail: "a workflow was brought without a version")
        }
        return try await show(version.description, status: 201)
    }

    /// `lane=Sales=sales`, as often as there are lanes.
    private func lanes() throws(Rejection) -> [String: String] {
        var lanes: [String: String] = [:]
        for text in exchange.all("lane") {
            let parts = text.split(separator: "=", maxSplits: 1).map { String($0).trimmingSpaces }
            guard parts.count == 2 else { throw .missingProperty("lane") }
            lanes[parts[0]] = parts[1]
        }
        return lanes
    }

    private func show(_ workflow: String, status: Int) async throws -> Reply {
        let detail = try await kernel.answer(WorkflowOf(workflow), as: actor)
        var writer = JSONBuilder()
        writer.write(detail)
        return .json(writer, status: status)
    }

    private func file(_ workflow: String) async throws -> Reply {
        Self.file(try await kernel.answer(WorkflowFileOf(workflow), as: actor))
    }

    private static func file(_ file: (name: String, bytes: [UInt8])) -> Reply {
        Reply(
            headers: [
                ("content-type", "application/xml"),
                ("content-disposition", "attachment; filename=\"\(file.name)\""), ("cache-control", "no-store"),
            ], body: .bytes(file.bytes))
    }

    /// `GET /processes/{process}.bpmn`: a relay of ours for other programs.
    func relay(_ path: [String]) async throws -> Reply {
        guard exchange.method == "GET", path.count == 2, path[1].hasSuffix(".bpmn") else { throw Rejection.noSuchPath }
        let process = String(path[1].dropLast(".bpmn".count))
        return Self.file(try await kernel.answer(RelayFileOf(process: process), as: actor))
    }

    private func start(_ key: String) async throws -> Reply {
        let body = exchange.body.isEmpty ? try BodyObject(.object([:])) : try api.object()
        try body.allow("object", "record")
        var record: RecordReference?
        if let object = body.optionalText("object") {
            guard let id = RecordID(try body.text("record")) else { throw Rejection.missingProperty("record") }
            record = RecordReference(object: object, id: id)
        }
        return try await change(.start(workflow: key, record: record), status: 201)
    }

    private func migrate(_ from: String) async throws -> Reply {
        let body = exchange.body.isEmpty ? try BodyObject(.object([:])) : try api.object()
        try body.allow("to", "nodes", "flows", "timers")
        guard let from = RecordID(from) else { throw Rejection.missingProperty("id") }
        var move = WorkflowMove(from: from)
        if body.optionalText("to") != nil {
            guard let to = RecordID(try body.text("to")) else { throw Rejection.missingProperty("to") }
            move.to = to
        }
        move.nodes = try pairs(body, "nodes")
        move.flows = try pairs(body, "flows")
        move.timers = try pairs(body, "timers")
        let outcome = try await perform(.migrate(move), dryRun: exchange[query: "dry_run"] == "true")
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("moved")
            writer.int(outcome.workflow?.moved ?? 0)
        }
        return .json(writer)
    }

    private func pairs(_ body: BodyObject, _ name: String) throws(Rejection) -> [String: String] {
        guard let input = body.parts[name] else { return [:] }
        guard case .object(let parts) = input else { throw .missingProperty(name) }
        var out: [String: String] = [:]
        for (from, to) in parts {
            guard case .text(let to) = to else { throw .missingProperty(name) }
            out[from] = to
        }
        return out
    }

    // MARK: Runs

    func runs(_ path: [String]) async throws -> Reply {
        switch (exchange.method, path.count) {
        case ("GET", 1):
            guard let object = exchange[query: "object"] else { throw Rejection.missingProperty("object") }
            guard let record = exchange[query: "record"].flatMap({ RecordID($0) }) else {
                throw Rejection.missingProperty("record")
            }
            let runs = try await kernel.answer(WorkflowRunsOf(object: object, record: record), as: actor)
            return .json(.list(runs) { writer, run in writer.object { $0.members(run) } })
        case ("GET", 2): return try await run(try id(path[1]), status: 200)
        case ("POST", 3) where path[2] == "cancel":
            let body = try api.object()
            try body.allow("reason")
            return try await change(.cancel(run: try id(path[1]), reason: body.optionalText("reason") ?? ""))
        default: throw Rejection.noSuchPath
        }
    }

    private func run(_ id: RecordID, status: Int) async throws -> Reply {
        let detail = try await kernel.answer(WorkflowRunOf(id), as: actor)
        var writer = JSONBuilder()
        writer.write(detail)
        return .json(writer, status: status)
    }

    // MARK: Tasks

    func tasks(_ path: [String]) async throws -> Reply {
        switch (exchange.method, path.count) {
        case ("GET", 1):
            let limit = min(max(exchange[query: "limit"].flatMap { Int($0) } ?? 50, 1), 500)
            let tasks =
                exchange[query: "kind"] == "service"
                ? try await kernel.answer(
                    WorkflowServices(topic: exchange[query: "topic"], limit: limit), as: actor)
                : try await kernel.answer(MyWorkflowTasks(limit: limit), as: actor)
            return .json(.list(tasks) { $0.write($1) })
        case ("POST", 3): return try await act(try id(path[1]), path[2])
        default: throw Rejection.noSuchPath
        }
    }

    private func act(_ task: RecordID, _ verb: String) async throws -> Reply {
        let body = exchange.body.isEmpty ? try BodyObject(.object([:])) : try api.object()
        switch verb {
        case "take":
            try body.allow()
            return try await change(.take(task: task))
        case "put-back":
            try body.allow()
            return try await change(.putBack(task: task))
        case "complete":
            try body.allow("note", "values", "version")
            var done = WorkflowDone(note: body.optionalText("note") ?? "")
            if case .object(let values)? = body.parts["values"] { done.values = Draft(values) }
            done.expecting = body.optionalText("version").flatMap { Int($0) }
            return try await change(.complete(task: task, done))
        case "give-back":
            try body.allow("to", "reason")
            return try await change(
                .giveBack(task: task, to: try body.text("to"), reason: body.optionalText("reason") ?? ""))
        default: throw Rejection.noSuchPath
        }
    }

    // MARK: Doing

    private func perform(_ step: WorkflowCommand, dryRun: Bool = false) async throws -> Outcome {
        try await kernel.perform(
            Command(.workflow(step), idempotencyKey: exchange.headers["idempotency-key"], dryRun: dryRun), as: actor)
    }

    /// Does a step and answers with the run it concerns, as it stands then; nothing when it is out of sight now.
    private func change(_ step: WorkflowCommand, status: Int = 200) async throws -> Reply {
        let outcome = try await perform(step)
        guard let run = outcome.workflow?.run else { return Reply(status: 204) }
        do {
            return try await self.run(run, status: status)
        } catch let rejection as Rejection where rejection.kind == .missing {
            return Reply(status: 204)
        }
    }

    private func id(_ text: String) throws(Rejection) -> RecordID {
        guard let id = RecordID(text) else { throw .noSuchPath }
        return id
    }
}

extension HouseOperation {
    /// The paths of workflows.
    static let workflows =
        [
            HouseOperation(
                path: "/workflows", method: "get", id: "workflows", summary: "Workflows, each in its newest version",
                queries: ["object"]),
            HouseOperation(
                path: "/workflows", method: "post", id: "bringWorkflow",
                summary: "Brings in a BPMN 2.0 file as the next version, with the privilege define",
                queries: ["object", "key", "process", "lane", "hook", "dry_run"], body: .file, success: "201"),
            HouseOperation(
                path: "/workflows/{workflow}", method: "get", id: "showWorkflow",
                summary: "One workflow by its key, or a version by its id"),
            HouseOperation(
                path: "/workflows/{workflow}/file", method: "get", id: "workflowFile",
                summary: "The file as it came, with the privilege define or audit"),
            HouseOperation(
                path: "/workflows/{workflow}/start", method: "post", id: "startWorkflow", summary: "Begins a run",
                body: .members([("object", false), ("record", false)]), success: "201"),
            HouseOperation(
                path: "/workflows/{workflow}/retire", method: "post", id: "retireWorkflow",
                summary: "No new run begins, with the privilege define", success: "204"),
            HouseOperation(
                path: "/workflows/{workflow}/migrate", method: "post", id: "migrateWorkflow",
                summary: "Brings the runs of a version to another, with the privilege define", queries: ["dry_run"],
                body: .members([("to", false), ("nodes", false), ("flows", false), ("timers", false)])),
            HouseOperation(
                path: "/processes/{process}.bpmn", method: "get", id: "relayFile",
                summary: "A relay as a BPMN 2.0 file"),
            HouseOperation(
                path: "/workflow-runs", method: "get", id: "workflowRuns", summary: "The runs on a record",
                queries: ["object", "record"]),
            HouseOperation(
                path: "/workflow-runs/{run}", method: "get", id: "showWorkflowRun",
                summary: "Where a run stands, its tasks and what was"),
            HouseOperation(
                path: "/workflow-runs/{run}/cancel", method: "post", id: "cancelWorkflowRun", summary: "Ends a run",
                body: .members([("reason", true)])),
            HouseOperation(
                path: "/workflow-tasks", method: "get", id: "workflowTasks",
                summary: "One's own tasks, or with kind=service those for programs",
                queries: ["kind", "topic", "limit"]),
        ]
        + [
            ("take", "Takes a task", []), ("put-back", "Puts a task back that was taken", []),
            ("complete", "Completes a task", [("note", false), ("values", false), ("version", false)]),
            ("give-back", "Gives a task back to an earlier node", [("to", true), ("reason", true)]),
        ].map { (verb: String, summary: String, members: [(String, required: Bool)]) in
            HouseOperation(
                path: "/workflow-tasks/{task}/" + verb, method: "post", id: verb.replacing("-", with: "_") + "_task",
                summary: summary, body: .members(members))
        }
}
