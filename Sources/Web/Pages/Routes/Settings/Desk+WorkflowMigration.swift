import Definitions
import Kernel
import Values

/// Runs of an older version brought to the one in force: where each goes is chosen, tried, and done for all or none.
extension Desk {
    func workflowMigration(_ key: String) async throws -> Reply {
        let text = isPost ? field("from") : exchange[query: "from"] ?? ""
        guard let from = RecordID(text) else { throw Rejection.noSuchPath }
        var move = WorkflowMove(from: from)
        guard isPost else { return try await migrationPage(key, move) }
        for (name, value) in fields {
            for kind in [WorkflowMovePlan.Kind.node, .flow, .timer] where name.hasPrefix(kind.rawValue + ".") {
                let place = String(name.dropFirst(kind.rawValue.count + 1))
                switch kind {
                case .node where !value.isEmpty: move.nodes[place] = value
                case .flow where !value.isEmpty: move.flows[place] = value
                case .timer: move.timers[place] = value
                default: break
                }
            }
        }
        let isTrial = field("dry") != "0"
        do {
            let outcome = try await kernel.perform(Command(.workflow(.migrate(move)), dryRun: isTrial), as: actor)
            let count = outcome.workflow?.moved ?? 0
            if !isTrial {
                let said = Label(zh: "已迁移 \(count) 个实例", en: "\(count) runs were migrated")
                return done(Paths.workflow(key) + "#versions", context[said])
            }
            let said = Label(
                zh: "可以迁移 \(count) 个实例，每一处都有去处", en: "\(count) runs can be migrated; every place has where to go")
            return try await migrationPage(key, move, outcome: (.ok, context[said], [:], []))
        } catch let rejection as Rejection where [.conflict, .invalid, .tooLarge].contains(rejection.kind) {
            var errors: [String: String] = [:]
            for problem in rejection.problems {
                guard let place = problem.field, errors[place] == nil else { continue }
                errors[place] = context[problem.message]
            }
            return try await migrationPage(
                key, move, outcome: (.bad, context[rejection.message], errors, rejection.problems), status: 409)
        }
    }

    private func migrationPage(
        _ key: String, _ move: WorkflowMove,
        outcome: (tone: Tone, lead: String, errors: [String: String], problems: [Problem])? = nil, status: Int = 200
    ) async throws -> Reply {
        let (frame, plan) = try await ask(WorkflowMovePlan(from: move.from))
        guard plan.key == key else { throw Rejection.noSuchPath }
        let places = plan.places.map { place -> WorkflowMovePage.Place in
            let named: String? =
                switch place.kind {
                case .node: move.nodes[place.id]
                case .flow: move.flows[place.id]
                case .timer: move.timers[place.id]
                }
            return WorkflowMovePage.Place(
                kind: place.kind.rawValue, id: place.id, name: place.name, runs: place.runs,
                chosen: named ?? place.same ?? "", isGone: place.same == nil,
                choices: place.choices.map { FieldControl.Choice($0.id, $0.name) }, error: outcome?.errors[place.id])
        }
        let known = Set(plan.places.map(\.id))
        let content = WorkflowMovePage(
            key: key, from: move.from.description, title: plan.name, number: plan.number, target: plan.target,
            runs: plan.runs, places: places,
            outcome: outcome.map { outcome in
                // What has no place of its own is said above.
                let rest = outcome.problems.filter { !known.contains($0.field ?? "") }.prefix(20)
                return (
                    outcome.tone, outcome.lead, rest.map { ($0.field.map { $0 + ": " } ?? "") + context[$0.message] }
                )
            })
        return settingsPage(
            content, frame, title: context[Label(zh: "迁移实例", en: "Migrate runs")],
            crumbs: [
                Shell.Crumb(text: context[Words.workflows], url: Paths.workflows),
                Shell.Crumb(text: plan.name, url: Paths.workflow(key)),
            ], backURL: Paths.workflow(key), status: status)
    }
}
