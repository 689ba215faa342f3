import Definitions
import Expressions
import Flow
import Logging
import Store
import Values

extension Kernel {
    /// Asks for the approvals that records wait for by their state without anybody having been asked: records from
    /// before approvals were defined, planted or brought in. Their owners are the ones who ask.
    ///
    /// - Returns: how many were asked for.
    @discardableResult
    package func askForWaiting() async throws -> Int {
        let (snapshot, ids, now) = (snapshot, surroundings.ids, surroundings.now())
        var asked = 0
        for definition in snapshot.model.liveObjects {
            for approval in definition.approvals {
                // An action that asks for itself leaves the record where it is: nothing tells that it was asked for.
                guard approval.asks != approval.granted, let field = definition.states?.field,
                    let state = definition.actions.first(where: { $0.id == approval.asks })?.to
                else { continue }
                asked += try await database.write { connection in
                    let context = ReadContext(
                        connection: connection, snapshot: snapshot, actor: .system("approval"), now: now)
                    let query = RecordQuery(
                        object: definition.id,
                        predicates: [try context.filter("\(field) = \"\(state)\"", on: definition.id)],
                        context: context.evaluation, fields: [FieldPath(["owner"])], limit: Self.askedAtOnce)
                    return try context.store.select(query).count { row in
                        try Self.ask(approval, definition, row, context, ids)
                    }
                }
            }
        }
        return asked
    }

    /// Records of one object that are asked for in one go.
    private static let askedAtOnce = 500

    private static func ask(
        _ approval: ApprovalDefinition, _ definition: ObjectDefinition, _ row: RecordRow, _ context: ReadContext,
        _ ids: IDSource
    ) throws -> Bool {
        guard let owner = row[path: "owner"].record else { return false }
        let command = Command(
            .act(object: definition.id, id: row.id, action: approval.asks, Draft(), expecting: nil))
        let desk = ApprovalDesk(
            RecordWriter(context: context, ids: ids, command: command, commandID: ids.next(context.now)))
        guard try desk.keeper.of(row.id, [.pending], definition: approval.id).isEmpty else { return false }
        let state = try desk.load(definition, row.id).state
        let plan = try desk.plan(approval, definition, state, requester: owner)
        // Within the owner's own authority nobody has to agree; the record's own action goes on.
        guard !plan.stages.isEmpty else { return false }
        _ = try desk.open(
            approval, definition, state, requester: owner, plan: plan, id: try desk.place(of: row.id, approval))
        return true
    }

    /// Writes gaps and overlaps of the company's limits to the log, with the rule above each. One statement.
    func reportLimits() async throws {
        let (snapshot, now) = (snapshot, surroundings.now())
        let found = try await database.read { connection in
            try ReadContext(connection: connection, snapshot: snapshot, actor: .system("approval"), now: now)
                .limitProblems()
        }
        for one in found {
            logger.warning(
                "approval limits: \(one.problem.message.en)",
                metadata: ["code": "\(one.problem.code)", "rule": "\(one.rule)"])
        }
    }
}
