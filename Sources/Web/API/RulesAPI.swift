import Kernel
import Values

/// `/api/v1/rule-runs`: what rules did, and doing again what they could not.
struct RulesAPI {
    let exchange: Exchange
    let kernel: Kernel
    let actor: Actor

    func reply(_ path: [String]) async throws -> Reply {
        switch (exchange.method, path.count) {
        case ("GET", 1): return try await history()
        case ("POST", 3) where path[2] == "replay":
            guard let id = RecordID(path[1]) else { throw Rejection.noSuchPath }
            return try await perform(.replay(id))
        default: throw Rejection.noSuchPath
        }
    }

    /// Lets a rule look at a record: `by=hand` as a person does, else as a program outside.
    func run(_ rule: String, _ object: String, _ id: RecordID) async throws -> Reply {
        let byProgram = exchange[query: "by"] != "hand"
        return try await perform(.run(object: object, id: id, rule: rule, byProgram: byProgram))
    }

    private func perform(_ step: RuleCommand) async throws -> Reply {
        let command = Command(.rules(step), idempotencyKey: exchange.headers["idempotency-key"])
        let outcome = try await kernel.perform(command, as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("sequence")
            writer.raw(String(outcome.sequence))
        }
        return .json(writer)
    }

    private func history() async throws -> Reply {
        let limit = Int(exchange[query: "limit"] ?? "50") ?? 50
        let runs = try await kernel.answer(
            RuleHistory(
                object: exchange[query: "object"], record: exchange[query: "record"].flatMap { RecordID($0) },
                result: exchange[query: "result"], limit: min(max(limit, 1), 500)), as: actor)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("data")
            writer.array { writer in
                for run in runs {
                    writer.object { writer in
                        writer.field("id", run.id.description)
                        writer.field("at", run.at.description)
                        writer.field("object", run.object)
                        writer.field("record", run.record.description)
                        writer.field("rule", run.rule)
                        writer.field("trigger", run.trigger)
                        writer.field("result", run.result)
                        writer.field("text", run.text)
                        writer.key("depth")
                        writer.int(run.depth)
                    }
                }
            }
        }
        return .json(writer)
    }
}

extension JSONBuilder {
    /// The clocks of a record.
    mutating func write(_ clocks: [ClocksOf.Clock]) {
        object { writer in
            writer.key("data")
            writer.array { writer in
                for clock in clocks {
                    writer.object { writer in
                        writer.field("id", clock.id)
                        writer.field("label", clock.label)
                        writer.field("state", clock.state)
                        writer.field("started_at", clock.startedAt.description)
                        if let due = clock.dueAt { writer.field("due_at", due.description) }
                        writer.key("late")
                        writer.bool(clock.isLate)
                        if let person = clock.person { writer.field("person", person.description) }
                        if let since = clock.pausedSince { writer.field("paused_since", since.description) }
                    }
                }
            }
        }
    }
}
