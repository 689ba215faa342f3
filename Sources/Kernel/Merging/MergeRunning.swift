import Access
import Definitions
import Flow
import Store
import Values

/// What runs on records that go into another: a baton, approvals, workflows. It goes on at the record that stays, where
/// that can't mislead anybody.
struct MergeRunning {
    let context: ReadContext

    private var connection: any Connection { context.connection }

    private func desk() -> ApprovalDesk {
        ApprovalDesk(
            RecordWriter(
                context: context, ids: IDSource { RecordID(at: $0, random: (0, 0)) },
                command: Command(.notices(.read([]))), commandID: RecordID(at: context.now, random: (0, 0))))
    }

    // MARK: What stands against it

    /// - Parameter sides: the survivor first.
    func problems(_ sides: [MergeSide]) throws -> [Problem] {
        try connection.beyondSight {
            var problems: [Problem] = []
            var busy = try work(on: sides[0])
            for side in sides.dropFirst() {
                let own = try work(on: side)
                for work in own {
                    if busy.contains(where: { $0.key == work.key }) {
                        problems.append(.mergeSameProcess(side.title, work.label))
                    } else if work.isBound, !isSameState(side, sides[0]) {
                        problems.append(.mergeOtherState(side.title, work.label))
                    }
                }
                busy += own
            }
            return problems
        }
    }

    private struct Work {
        /// Two with the same key can't run on one record.
        let key: String
        let label: Label
        /// It belongs to the state that the record is in.
        let isBound: Bool
    }

    private func isSameState(_ one: MergeSide, _ other: MergeSide) -> Bool {
        guard let field = one.stored.definition.states?.field else { return true }
        return one.stored.state[field] == other.stored.state[field]
    }

    private func work(on side: MergeSide) throws -> [Work] {
        var out: [Work] = []
        let definition = side.stored.definition
        if try Legs(connection).current(of: side.id) != nil {
            out.append(Work(key: "leg", label: Label(zh: "接力", en: "relay"), isBound: true))
        }
        for approval in try desk().keeper.of(side.id, [.pending]) {
            let known = definition.approvals.first { $0.id == approval.definition }
            out.append(
                Work(
                    key: "approval:" + approval.definition, label: known?.label ?? Label(zh: "审批", en: "approval"),
                    isBound: known.map { $0.asks != $0.granted } ?? true))
        }
        for run in try WorkflowRuns(connection).of(side.id, limit: 100) where run.status == "running" {
            let workflow = try Workflows(connection).find(run.workflow)
            let name = workflow?.name ?? ""
            out.append(
                Work(
                    key: "workflow:" + (workflow?.key ?? run.workflow.description),
                    label: name.isEmpty ? Label(zh: "流程", en: "workflow") : Label(zh: name, en: name), isBound: false))
        }
        return out
    }

    // MARK: Moving

    /// Approvals went over with the links; now the baton and the workflows.
    ///
    /// - Throws: `merge_refused` when an approval would be about something else than what was asked for.
    func move(_ plan: MergePlan, _ memory: inout MergeMemory, by writer: RecordWriter) throws {
        let survivor = plan.survivor.id
        for side in plan.merged {
            if let leg = try Legs(connection).current(of: side.id) {
                try Legs(connection).move(leg.id, to: survivor)
                memory.work.append(MergeMemory.Work(kind: "leg", id: leg.id, from: side.id))
            }
            for run in try WorkflowRuns(connection).of(side.id, limit: 100) where run.status == "running" {
                try WorkflowRuns(connection).move(run.id, to: survivor)
                memory.work.append(MergeMemory.Work(kind: "workflow", id: run.id, from: side.id))
            }
        }
        let moved = Set(memory.moves.filter(carries).flatMap(\.rows))
        guard !moved.isEmpty else { return }
        let desk = ApprovalDesk(writer)
        for approval in try desk.keeper.of(survivor, [.pending]) where moved.contains(approval.id) {
            guard let reason = try desk.staleness(of: approval) else { continue }
            let from = memory.moves.first { carries($0) && $0.rows.contains(approval.id) }?.from
            throw Rejection.mergeRefused([.mergeApprovalChanges(from.flatMap { memory.titles[$0] } ?? "", reason)])
        }
    }

    func moveBack(_ memory: MergeMemory) throws {
        for work in memory.work {
            switch work.kind {
            case "leg":
                if let leg = try Legs(connection).find(work.id), leg.endedAt == nil {
                    try Legs(connection).move(work.id, to: work.from)
                }
            default:
                if let run = try WorkflowRuns(connection).find(work.id), run.status == "running" {
                    try WorkflowRuns(connection).move(work.id, to: work.from)
                }
            }
        }
    }

    /// Whether these are approvals that are about the record.
    func carries(_ move: MergeMemory.Move) -> Bool { move.object == ApprovalRecord.object && move.field == "target" }
}

extension Problem {
    static func mergeSameProcess(_ title: String, _ what: Label) -> Problem {
        Problem(
            field: nil, code: "merge_running",
            message: Label(
                zh: "“\(title)”和另一条都有进行中的“\(what.zh)”，先办完或撤回其中一个",
                en: "“\(title)” and another of them both have a running \(what.en); finish or withdraw one first"))
    }

    static func mergeOtherState(_ title: String, _ what: Label) -> Problem {
        Problem(
            field: nil, code: "merge_running",
            message: Label(
                zh: "“\(title)”有进行中的“\(what.zh)”，而两条的状态不同；保留“\(title)”，或先办完、撤回",
                en:
                    "“\(title)” has a running \(what.en) and another state than the one that stays; keep “\(title)”, or finish or withdraw it first"
            ))
    }

    static func mergeApprovalChanges(_ title: String, _ reason: Label) -> Problem {
        Problem(
            field: nil, code: "merge_running",
            message: Label(
                zh: "“\(title)”正在审批的内容合并后会不同（\(reason.zh)）；先办完或撤回，或保留它的值",
                en:
                    "What is being approved of “\(title)” would differ once merged (\(reason.en)); finish or withdraw it, or keep its values"
            ))
    }
}
