import Definitions
import Kernel
import Values

/// `/api/v1/approvals/{object}.{approval}/levels` and `…/levels.dmn`: the company's limits as decision tables, and a
/// DMN file as the level table of an approval.
struct LevelsAPI {
    let api: API
    let actor: Actor
    let key: ApprovalKey

    private var kernel: Kernel { api.site.kernel }
    private var exchange: Exchange { api.exchange }

    func reply(isFile: Bool) async throws -> Reply {
        switch (isFile, exchange.method) {
        case (false, "GET"), (false, "HEAD"): return try await state()
        case (true, "GET"), (true, "HEAD"): return try await file()
        case (true, "POST"): return try await bringIn()
        case (true, "DELETE"):
            _ = try await kernel.perform(Command(.levels(.takeOut(approval: key))), as: actor)
            return try await state()
        default: throw Rejection.wrongMethod
        }
    }

    private func state() async throws -> Reply {
        let answer = try await kernel.answer(LevelsOf(approval: key), as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.field("kind", answer.kind)
            writer.key("inputs")
            writer.array { writer in for name in answer.inputs { writer.string(name) } }
            writer.key("in_force")
            writer.write(
                answer.versions.first(where: \.isInForce).map { .decimal(ExactDecimal($0.number)) } ?? Value.null)
            writer.key("versions")
            writer.array { writer in
                for version in answer.versions {
                    writer.object { writer in
                        writer.key("version")
                        writer.int(version.number)
                        writer.field("name", version.name)
                        writer.key("at")
                        writer.write(version.at.map { Value.instant($0) } ?? .null)
                    }
                }
            }
            writer.key("problems")
            writer.array { writer in
                for one in answer.problems {
                    writer.object { writer in
                        writer.field("record", one.limit.description)
                        writer.field("code", one.problem.code)
                        writer.key("message")
                        writer.label(one.problem.message)
                    }
                }
            }
        }
        return .json(writer)
    }

    private func file() async throws -> Reply {
        let source: LevelFile.Source
        switch exchange[query: "version"] {
        case nil: source = .limits
        case "current"?: source = .inForce
        case let text?:
            guard let number = Int(text) else {
                throw Rejection(
                    .invalid, code: "bad_parameter",
                    message: Label(zh: "version 是版本号或 current", en: "version is a number or current"))
            }
            source = .version(number)
        }
        let text = try await kernel.answer(LevelFile(approval: key, source: source), as: actor)
        return Reply(
            status: 200,
            headers: [
                ("content-type", "application/xml; charset=utf-8"),
                ("content-disposition", "attachment; filename=\"\(key).dmn\""),
            ], body: .bytes(Array(text.utf8)))
    }

    private func bringIn() async throws -> Reply {
        var bytes = exchange.body
        if exchange.headers["content-type"]?.lowercased().contains("json") == true {
            let body = try api.object()
            try body.allow("file")
            bytes = Array((body.optionalText("file") ?? "").utf8)
        }
        if exchange[query: "dry_run"] == "true" {
            return .json(Self.json(try await kernel.answer(RehearseLevels(approval: key, file: bytes), as: actor)))
        }
        let outcome = try await kernel.perform(
            Command(
                .levels(.bringIn(approval: key, file: bytes)), idempotencyKey: exchange.headers["idempotency-key"]),
            as: actor)
        let answer = try await kernel.answer(LevelsOf(approval: key), as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("version")
            writer.write(answer.versions.first.map { Value.decimal(ExactDecimal($0.number)) } ?? .null)
            writer.key("warnings")
            writer.array { writer in for warning in outcome.warnings { writer.label(warning.message) } }
        }
        return .json(writer)
    }

    private static func json(_ answer: RehearseLevels.Answer) -> JSONBuilder {
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("ok")
            writer.bool(answer.isFit)
            writer.key("findings")
            writer.array { writer in for finding in answer.findings { writer.object { write(finding, &$0) } } }
            writer.key("replaces")
            writer.write(answer.replaces.map { .decimal(ExactDecimal($0)) } ?? Value.null)
            writer.key("changes")
            writer.array { writer in
                for change in answer.changes {
                    writer.object { writer in
                        writer.field("decision", change.decision)
                        writer.field("kind", change.kind.rawValue)
                        writer.key("rule")
                        writer.label(change.text)
                    }
                }
            }
        }
        return writer
    }

    private static func write(_ finding: LevelFinding, _ writer: inout JSONBuilder) {
        writer.field("code", finding.code)
        writer.key("is_error")
        writer.bool(finding.isError)
        writer.key("decision")
        writer.write(finding.decision.map { Value.text($0) } ?? .null)
        writer.key("rules")
        writer.array { writer in for rule in finding.rules { writer.int(rule) } }
        writer.key("column")
        writer.write(finding.column.map { .decimal(ExactDecimal($0)) } ?? Value.null)
        writer.key("line")
        writer.write(finding.line.map { .decimal(ExactDecimal($0)) } ?? Value.null)
        writer.key("message")
        writer.label(finding.message)
    }
}
