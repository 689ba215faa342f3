import Definitions
import Kernel
import Values

/// `/api/v1/approvals`: what waits for me, one of them, and a step with it.
struct ApprovalsAPI {
    let api: API
    let actor: Actor

    private var kernel: Kernel { api.site.kernel }
    private var exchange: Exchange { api.exchange }

    /// - Parameter path: what follows `/api/v1`.
    func reply(_ path: [String]) async throws -> Reply {
        if path.count == 3, let key = ApprovalKey(path[1]), path[2] == "levels" || path[2] == "levels.dmn" {
            return try await LevelsAPI(api: api, actor: actor, key: key).reply(isFile: path[2] == "levels.dmn")
        }
        switch (path.count, exchange.method) {
        case (1, "GET"), (1, "HEAD"): return try await list()
        case (2, "GET"), (2, "HEAD"): return try await show(try id(path[1]))
        case (3, "POST"): return try await step(try id(path[1]), path[2])
        case (1...3, _): throw Rejection.wrongMethod
        default: throw Rejection.noSuchPath
        }
    }

    private func id(_ text: String) throws(Rejection) -> RecordID {
        guard let id = RecordID(text) else { throw .noSuchPath }
        return id
    }

    private func list() async throws -> Reply {
        guard let box = MyApprovals.Box(rawValue: exchange[query: "box"] ?? "mine") else {
            throw Rejection(
                .invalid, code: "bad_parameter",
                message: Label(
                    zh: "box 为 mine、started、copied、delegated 或 done",
                    en: "box is mine, started, copied, delegated or done"))
        }
        let limit = exchange[query: "limit"].flatMap { Int($0) } ?? 50
        let items = try await kernel.answer(MyApprovals(box: box, limit: limit), as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("items")
            writer.array { writer in for item in items { writer.object { Self.write(item, &$0) } } }
        }
        return .json(writer)
    }

    private func show(_ id: RecordID) async throws -> Reply {
        let detail = try await kernel.answer(ShowApproval(id: id), as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            Self.write(detail.item, &writer)
            writer.key("verbs")
            writer.array { writer in for verb in detail.verbs { writer.string(verb) } }
            writer.key("findings")
            writer.array { writer in for finding in detail.findings { writer.object { Self.write(finding, &$0) } } }
            writer.key("changed")
            writer.array { writer in for basis in detail.basis where basis.isChanged { writer.string(basis.field) } }
            if let difference = detail.difference {
                writer.key("difference")
                writer.write(difference.changes)
            }
            writer.key("tasks")
            writer.array { writer in for task in detail.tasks { writer.object { Self.write(task, &$0) } } }
            writer.key("history")
            writer.array { writer in for act in detail.history { writer.object { Self.write(act, &$0) } } }
        }
        return .json(writer).with("etag", "\"\(detail.item.version)\"")
    }

    private func step(_ id: RecordID, _ verb: String) async throws -> Reply {
        let body = exchange.body.isEmpty ? try BodyObject(.object([:])) : try api.object()
        try body.allow("note", "people", "to", "afterwards", "position", "mode", "task", "version")
        var step = ApprovalCommand(id: id, verb: verb, note: body.optionalText("note") ?? "")
        step.people = try body.texts("people").map { try self.id($0) }
        if let to = body.optionalText("to") { step.destination = to }
        if let afterwards = body.optionalText("afterwards") { step.afterwards = afterwards }
        if let position = body.optionalText("position") { step.position = position }
        if let mode = body.optionalText("mode") { step.mode = mode }
        step.task = body.optionalText("task").flatMap { Int($0) }
        step.expecting = body.optionalText("version").flatMap { Int($0) }
        let outcome = try await kernel.perform(
            Command(
                .approval(step), idempotencyKey: exchange.headers["idempotency-key"],
                dryRun: exchange[query: "dry_run"] == "true"), as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            if let approval = outcome.approval { writer.write(approval) }
            writer.key("warnings")
            writer.array { writer in for warning in outcome.warnings { writer.label(warning.message) } }
        }
        return .json(writer)
    }

    // MARK: Pieces

    private static func write(_ item: ApprovalItem, _ writer: inout JSONBuilder) {
        writer.field("id", item.id.description)
        writer.key("version")
        writer.int(item.version)
        writer.field("status", item.status)
        writer.key("level")
        writer.int(item.level)
        writer.key("name")
        writer.label(item.name)
        writer.field("object", item.target.object)
        writer.field("record", item.target.id.description)
        writer.field("title", item.title)
        writer.key("shown")
        writer.object { writer in
            for (path, value) in (item.record?.values ?? [:]).sorted(by: { $0.key < $1.key }) {
                writer.key(path)
                writer.write(value)
            }
        }
        writer.field("requester", item.requester)
        writer.field("asked_at", item.askedAt.description)
        writer.key("due")
        writer.write(item.due.map { Value.instant($0) } ?? .null)
        writer.key("why")
        writer.label(item.why)
        for (name, flag) in [("is_split", item.isSplit), ("is_mine", item.isMine), ("is_low_risk", item.isLowRisk)] {
            writer.key(name)
            writer.bool(flag)
        }
    }

    private static func write(_ finding: ApprovalDetail.Finding, _ writer: inout JSONBuilder) {
        writer.key("dimension")
        writer.label(finding.dimension)
        for (name, number) in [("value", finding.value), ("from", finding.from), ("to", finding.to)] {
            writer.key(name)
            writer.write(number.map { Value.decimal($0) } ?? .null)
        }
        writer.key("is_hidden")
        writer.bool(finding.isHidden)
        writer.key("level")
        writer.int(finding.level)
        writer.key("role")
        writer.label(finding.role)
    }

    private static func write(_ task: ApprovalDetail.Task, _ writer: inout JSONBuilder) {
        writer.key("number")
        writer.int(task.number)
        writer.field("person", task.person)
        writer.field("state", task.state)
        writer.key("level")
        writer.int(task.level)
        writer.key("role")
        writer.label(task.role)
        writer.key("why")
        writer.label(task.why)
        writer.key("due")
        writer.write(task.due.map { Value.instant($0) } ?? .null)
        writer.key("decided_by")
        writer.write(task.decidedBy.map { Value.text($0) } ?? .null)
        writer.key("decided_at")
        writer.write(task.decidedAt.map { Value.instant($0) } ?? .null)
        writer.field("note", task.note)
    }

    private static func write(_ act: ApprovalDetail.Act, _ writer: inout JSONBuilder) {
        writer.field("verb", act.verb)
        writer.key("by")
        writer.write(act.by.map { Value.text($0) } ?? .null)
        if let other = act.onBehalfOf { writer.field("on_behalf_of", other) }
        writer.field("at", act.at.description)
        writer.key("people")
        writer.array { writer in for name in act.people { writer.string(name) } }
        writer.field("note", act.note)
    }
}

extension JSONBuilder {
    /// The members of what became of an approval.
    mutating func write(_ approval: ApprovalSummary) {
        key("id")
        write(approval.id.map { Value.record($0) } ?? .null)
        field("status", approval.status)
        key("level")
        int(approval.level)
        key("why")
        label(approval.why)
        key("is_split")
        bool(approval.isSplit)
        key("approvers")
        array { writer in
            for approver in approval.approvers {
                writer.object { writer in
                    writer.field("person", approver.person.description)
                    writer.field("name", approver.name)
                    writer.key("level")
                    writer.int(approver.level)
                    writer.key("role")
                    writer.label(approver.role)
                }
            }
        }
    }
}
