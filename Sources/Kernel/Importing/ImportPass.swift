import Definitions
import Store
import Synchronization
import Values

/// The chunks of one run, each with the model and the rights it was planned by.
struct ImportPass: Sendable {
    let kernel: Kernel
    let snapshot: Snapshot
    let actor: Actor
    let now: Instant
    let plan: ImportPlan
    let request: ImportRequest
    /// The house works for somebody who may be gone by now, or have other rights.
    let isJob: Bool
    /// When this run began, and what had been worked before.
    let began: (at: Instant, worked: Int)
    let commandID: RecordID
    let memory: ImportMemoryBox

    /// Carries the state out of the block whose changes are undone.
    private struct Rehearsed: Error {
        let state: ImportState
        let errors: [ImportProblem]
    }

    /// - Throws: `ModelMoved` when definitions or rights changed since the plan; `ImportStopped` after a cancel.
    func write(_ units: [ImportUnit], _ state: ImportState) async throws -> ImportState {
        try await kernel.translated {
            do {
                return try await self.kernel.database.write { connection in
                    try self.checkGround(state.batch, connection)
                    let (after, errors) = try self.write(units, state, connection)
                    if self.request.dryRun { throw Rehearsed(state: after, errors: errors) }
                    try self.keep(after, errors, connection)
                    return after
                }
            } catch let rehearsed as Rehearsed {
                guard self.isJob else { return rehearsed.state }
                return try await self.kernel.database.write { connection in
                    try self.checkGround(state.batch, connection)
                    try self.keep(rehearsed.state, rehearsed.errors, connection)
                    return rehearsed.state
                }
            }
        }
    }

    private func checkGround(_ batch: RecordID, _ connection: any Connection) throws {
        guard try ModelVersions(connection).current()?.version == snapshot.model.version else { throw ModelMoved() }
        guard isJob else { return }
        guard try ImportBatches(connection).batch(batch)?.phase == .running else { throw ImportStopped() }
        guard let user = actor.userID else { return }
        let context = ReadContext(connection: connection, snapshot: snapshot, actor: .system("import"), now: now)
        guard let person = try ActorReader(context: context).actor(user, origin: .importing, session: nil) else {
            throw Rejection.notAllowed
        }
        guard person.roles == actor.roles, person.departments == actor.departments, person.regions == actor.regions
        else { throw ModelMoved() }
    }

    private func write(
        _ units: [ImportUnit], _ state: ImportState, _ connection: any Connection
    ) throws -> (ImportState, [ImportProblem]) {
        let context = ReadContext(connection: connection, snapshot: snapshot, actor: actor, now: now)
        let records = ImportRecords(
            context: context, ids: kernel.surroundings.ids, plan: plan, commandID: commandID,
            reason: "import: " + state.name)
        let chunk = ImportChunk(
            context: context, plan: plan, policy: request.onDuplicate, earlier: state.earlier, records: records)
        let result = try memory.memory.withLock { memory in
            let result = try chunk.write(units, memory: &memory)
            try records.refreshRollups()
            // A rehearsal's records are gone; links to them would lead nowhere.
            if request.dryRun { memory.forgetRecords() }
            return result
        }
        var after = state
        after.add(result, lastLine: units.last?.rows.last?.line ?? state.lastLine)
        let milliseconds = kernel.surroundings.now().milliseconds - began.at.milliseconds
        after.worked = began.worked + Int(max(0, milliseconds))
        if !request.dryRun { try ImportBatches(connection).add(result.rows, to: state.batch) }
        return (after, RowProblem.numbered(result.errors, cells: result.heldBack))
    }

    private func keep(_ state: ImportState, _ errors: [ImportProblem], _ connection: any Connection) throws {
        try ImportProblems(connection).add(errors, to: state.batch)
        try ImportBatches(connection).put(state.stored(as: .running))
    }

    /// The end of the file is reached; the columns' meanings are remembered once they have proved themselves.
    func finish(_ state: ImportState) async throws {
        let (plan, now, isTrial) = (plan, now, request.dryRun)
        if isTrial, !isJob { return }
        try await kernel.translated {
            try await self.kernel.database.write { connection in
                try ImportBatches(connection).put(state.stored(as: isTrial ? .checked : .done))
                try ImportMappings(connection).remember(plan.remembered, of: plan.definition.id, at: now)
            }
        }
    }
}

/// Somebody stopped the batch.
struct ImportStopped: Error {}

/// What an import remembers from chunk to chunk. Only one chunk at a time takes it.
final class ImportMemoryBox: Sendable {
    let memory = Mutex(ImportMemory())
}
