import Access
import Definitions
import Flow
import Store
import Values

/// Takes a batch back, last row first: what it made goes to the recycle bin, what it changed is set back. A record that
/// somebody changed since is left alone and named in the report.
struct ImportUndo {
    let kernel: Kernel
    let batch: RecordID
    let actor: Actor
    /// The house does it in its own time and may be stopped between the chunks.
    var isJob = false

    private struct Step: Sendable {
        var report = ImportReport()
        var place: (line: Int, part: Int)?
        /// Record → version that this undoing gave it.
        var versions: [RecordID: Int] = [:]
        var sequence: Int64 = 0
    }

    func run() async throws -> Outcome {
        let snapshot = kernel.snapshot
        let now = kernel.surroundings.now()
        let commandID = kernel.surroundings.ids.next(now)
        let (kernel, batch, actor) = (kernel, batch, actor)
        var step = Step()
        step.report.batch = batch
        repeat {
            if isJob { try Task.checkCancellation() }
            let before = step
            step = try await kernel.translated {
                try await kernel.database.write { connection in
                    let context = ReadContext(connection: connection, snapshot: snapshot, actor: actor, now: now)
                    return try Self.undo(batch, before, context, kernel.surroundings.ids, commandID)
                }
            }
        } while step.place != nil
        return Outcome(sequence: step.sequence, report: step.report)
    }

    private static func undo(
        _ id: RecordID, _ before: Step, _ context: ReadContext, _ ids: IDSource, _ commandID: RecordID
    ) throws -> Step {
        let batches = ImportBatches(context.connection)
        guard let batch = try batches.batch(id),
            context.actor.isSystem || batch.by == context.actor.userID
                || context.access.grant(batch.object).actions.contains("delete")
        else { throw Rejection.noSuchRecord }
        guard batch.phase != .undone else { throw Rejection.undoneAlready }
        let stamp = Stamp(
            owner: context.actor.userID, department: context.actor.department, region: context.actor.region,
            by: context.actor.userID, byName: context.actor.name)
        let command = Command(.bulk([], atomic: true), reason: "undo of the import: " + batch.fileName, stamp: stamp)
        let writer = RecordWriter(context: context, ids: ids, command: command, commandID: commandID)
        var step = before
        var state = ImportState(batch)
        if batch.phase == .undoing, step.place == nil { step.place = state.undoPlace }
        let rows = try batches.rows(of: id, before: step.place, limit: 500)
        let isOwn = context.actor.isSystem || batch.by == context.actor.userID
        for row in rows { try undo(row, writer, isOwn: isOwn, &step) }
        step.place = rows.count < 500 ? nil : rows.last.map { ($0.line, $0.part) }
        let problems = Array(step.report.errors.dropFirst(before.report.errors.count))
        try ImportProblems(context.connection).add(
            RowProblem.numbered(problems, from: RowProblem.firstOfUndo), to: id)
        state.undoPlace = step.place
        state.undone.taken += step.report.updated - before.report.updated
        state.undone.left += step.report.flagged - before.report.flagged
        if step.place == nil {
            try batches.put(state.stored(as: .undone, undoneAt: context.now))
        } else if batch.phase == .undoing {
            try batches.put(state.stored(as: .undoing))
        }
        return step
    }

    /// - Parameter isOwn: whether the actor takes back what they brought in themselves; else each record needs the right.
    private static func undo(_ row: ImportRow, _ writer: RecordWriter, isOwn: Bool, _ step: inout Step) throws {
        step.report.rows += 1
        do {
            let version = try writer.context.connection.savepoint { () throws -> Int in
                guard let definition = writer.context.model.object(row.object), !definition.retired else {
                    throw Rejection.noSuchRecord
                }
                let (stored, mask) = try writer.load(definition, row.record)
                guard isOwn || mask.actions.contains(row.created ? "delete" : "update") else {
                    throw Rejection.notAllowed
                }
                guard stored.version == step.versions[row.record] ?? row.version else { throw Rejection.changedSince }
                if row.created {
                    step.sequence = max(step.sequence, try writer.setDeleted(definition, stored, deleted: true))
                    return stored.version + 1
                }
                let (sequence, version) = try setBack(row, definition, stored, writer)
                step.sequence = max(step.sequence, sequence)
                return version
            }
            step.versions[row.record] = version
            step.report.updated += 1
        } catch {
            guard let rejection = Transaction.rejection(error) else { throw error }
            step.report.flagged += 1
            let problem = Problem(field: nil, code: rejection.code, message: rejection.message)
            if step.report.errors.count < 1000 {
                step.report.errors.append(RowProblem(line: row.line, column: nil, problem: problem))
            }
        }
    }

    private static func setBack(
        _ row: ImportRow, _ definition: ObjectDefinition, _ stored: StoredRecord, _ writer: RecordWriter
    ) throws -> (sequence: Int64, version: Int) {
        if row.before.isEmpty { return (0, stored.version) }
        var change = RecordChange()
        for (name, value) in row.before where name != "owner" {
            if definition.field(name)?.isLines == true {
                // Lines that were there before are not kept with the batch; they stand in the record's history.
                guard value == .list([]) else { throw Rejection.linesReplaced }
                change.lines[name] = []
            } else {
                change.values[name] = value
            }
        }
        var sequence = try writer.update(definition, stored, .update(change), kind: "updated", problems: []).sequence
        var version = stored.version + (sequence > 0 ? 1 : 0)
        if let owner = row.before["owner"] {
            let (now, _) = try writer.load(definition, stored.id)
            sequence = max(sequence, try writer.assign(definition, now, owner: owner.record).sequence)
            version += 1
        }
        return (sequence, version)
    }
}

extension Rejection {
    static let changedSince = Rejection(
        .conflict, code: "changed_since",
        message: Label(zh: "导入后有人改过，保持不动", en: "Changed since the import; left as it is"))

    static let linesReplaced = Rejection(
        .conflict, code: "lines_replaced",
        message: Label(
            zh: "导入替换过明细，请按历史记录手工改回", en: "The import replaced its lines; set them back by hand from its history"))
}
