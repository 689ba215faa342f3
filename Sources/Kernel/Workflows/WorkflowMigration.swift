import Definitions
import Flow
import Store
import Values

/// Brings the runs of one version to another: all or none, and a rehearsal tells beforehand.
///
/// Who does what and since when stays; time limits that both versions have keep the time that is left.
struct WorkflowMigration {
    let context: ReadContext
    let writer: RecordWriter

    /// Runs in one migration.
    static let most = 2000

    func run(_ move: WorkflowMove) throws -> Outcome {
        let desk = try WorkflowDesk(context)
        try desk.mustDefine()
        let store = Workflows(context.connection)
        guard let from = try store.find(move.from) else { throw Rejection.unknownWorkflow }
        let target = try move.to.map { try store.find($0) } ?? store.current(from.key)
        guard let target, target.key == from.key else { throw Rejection.unknownWorkflow }
        guard target.object == from.object else { throw Rejection.otherRecords }
        let (old, new) = (try desk.load(from), try desk.load(target))
        var plan = ProcessMigration(from: old.graph, to: new.graph)
        plan.nodes.merge(move.nodes) { $1 }
        plan.flows.merge(move.flows) { $1 }
        for (flow, target) in move.flows {
            // A way that waits takes its join along.
            guard let join = old.graph.flows.first(where: { $0.id == flow })?.to,
                let other = new.graph.flows.first(where: { $0.id == target })?.to
            else { continue }
            if move.nodes[join] == nil { plan.nodes[join] = other }
        }
        plan.timers.merge(move.timers) { $1 }
        plan.timers = plan.timers.filter { !$0.value.isEmpty }
        let runs = try WorkflowRuns(context.connection).by(from.id, status: "running", limit: Self.most + 1)
        guard runs.count <= Self.most else { throw Rejection.tooManyRuns }
        var problems: [Problem] = []
        var sequence: Int64 = 0
        for run in runs where from.id != target.id {
            let (result, found) = old.graph.migrate(try WorkflowRunner.state(of: run), to: new.graph, by: plan)
            guard let result else {
                problems += found.map { Problem(field: $0.place, code: $0.code, message: $0.message) }
                continue
            }
            var runner = try WorkflowRunner(run, by: new, writer: writer)
            try runner.take(result, to: target.id)
            sequence = runner.sequence
        }
        let told = Array(Set(problems)).sorted { ($0.field ?? "", $0.code) < ($1.field ?? "", $1.code) }
        guard told.isEmpty else {
            throw Rejection(
                .conflict, code: "workflow_migration",
                message: Label(zh: "有实例迁移不了，什么都没有改", en: "Some runs can't be moved; nothing was changed"),
                problems: told)
        }
        return Outcome(
            sequence: sequence, workflow: WorkflowOutcome(version: target.id, moved: runs.count))
    }
}

extension Rejection {
    fileprivate static let otherRecords = Rejection(
        .conflict, code: "workflow_object",
        message: Label(zh: "两个版本在不同对象上运行", en: "The two versions run on records of different objects"))
    fileprivate static let tooManyRuns = Rejection(
        .tooLarge, code: "too_many_runs",
        message: Label(
            zh: "实例超过 \(WorkflowMigration.most) 个，一次迁移不完",
            en: "More than \(WorkflowMigration.most) run; that is too many at once"))
}
