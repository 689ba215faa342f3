import Definitions
import Logging
import Store
import Values

/// Tells the house that an import waits.
final class ImportBell: Sendable {
    /// One ring is kept; many at once are one.
    let rings: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() { (rings, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1)) }

    func ring() { continuation.yield() }
}

extension Kernel {
    /// Carries out the imports that wait, one after the other, until the task is cancelled. One process does so for all
    /// that share the database.
    ///
    /// A batch that a server left when it went down without a word is set aside, to go on when a person says so; one
    /// that was put back in an orderly stop goes on by itself.
    package func workOnImports() async {
        importBell.ring()
        var had = false
        var refusedUntil = Instant(milliseconds: 0)
        for await _ in importBell.rings {
            do {
                // Who only looks writes nothing: every commit is heard by all, and an answer to it would be one more.
                guard surroundings.now() >= refusedUntil, try await hasImports() else { continue }
                let has = try await hasDuty(.imports)
                if has, !had { await setAside() }
                had = has
                if !has {
                    // Who has the duty may be gone without a word.
                    refusedUntil = surroundings.now().adding(seconds: Duty.imports.seconds / 3)
                    ringOnceFree(.imports)
                }
            } catch {
                logger.notice("imports wait for the database", metadata: ["detail": "\(error)"])
                continue
            }
            if had { await onDuty(.imports) { await self.workOffImports() } }
            if Task.isCancelled { break }
        }
        if had { await leaveDuty(.imports) }
    }

    /// Whether a batch waits, or runs with whoever has the duty.
    private func hasImports() async throws -> Bool {
        try await database.read { connection in
            let batches = ImportBatches(connection)
            if try !batches.list(in: ["waiting", "undoing"], limit: 1).isEmpty { return true }
            return try batches.list(in: ["running"], limit: 1000).contains(where: Self.isOfServer)
        }
    }

    /// What runs within a call of another program is not the server's.
    private static func isOfServer(_ batch: ImportBatch) -> Bool {
        !ImportOrder(orEmpty: batch.mapping).request.path.isEmpty
    }

    private func ringOnceFree(_ duty: Duty) {
        Task {
            try await Task.sleep(for: .seconds(duty.seconds + 1))
            importBell.ring()
        }
    }

    /// Carries out the imports that wait now, oldest first.
    package func workOffImports() async {
        // Every turn changes the state of its batch, so that none is met twice; the limit is for a broken disk.
        for _ in 0..<10_000 where !Task.isCancelled {
            do {
                guard
                    let batch = try await read(
                        as: .system("import"),
                        { context in
                            try ImportBatches(context.connection).list(in: ["waiting", "undoing"], limit: 1).first
                        })
                else { return }
                await ImportWorker(kernel: self, batch: batch).work()
            } catch {
                logger.error("waiting imports can't be read", metadata: ["detail": "\(error)"])
                return
            }
        }
    }

    private func setAside() async {
        do {
            try await database.write { connection in
                for batch in try ImportBatches(connection).list(in: ["running"], limit: 1000) {
                    guard Self.isOfServer(batch) else { continue }
                    try ImportBatches(connection).put(ImportState(batch).stored(as: .stopped))
                }
            }
        } catch {
            logger.error("broken imports can't be set aside", metadata: ["detail": "\(error)"])
        }
    }
}

/// One batch on its way through the house.
struct ImportWorker {
    let kernel: Kernel
    let batch: ImportBatch

    /// Never throws: what goes wrong is noted with the batch.
    func work() async {
        do {
            let outcome = batch.phase == .undoing ? try await undo() : try await run()
            if outcome.sequence > 0 { await kernel.hub.publish(outcome.sequence) }
        } catch is ImportStopped {
            // Its state says so already.
        } catch is CancellationError {
            await leave(as: batch.phase == .undoing ? .undoing : .waiting, nil)
        } catch let rejection as Rejection {
            await leave(as: batch.phase == .undoing ? .done : .failed, rejection)
        } catch {
            kernel.logger.error("import failed", metadata: ["batch": "\(batch.id)", "detail": "\(error)"])
            await leave(as: batch.phase == .undoing ? .done : .failed, .ourFault)
        }
    }

    private func run() async throws -> Outcome {
        let order = try ImportOrder(text: batch.mapping)
        guard ImportFile.exists(order.request.path) else { throw Rejection.fileGone }
        let running = ImportState(batch).stored(as: .running)
        let id = batch.id
        try await kernel.translated {
            try await self.kernel.database.write { connection in
                guard try ImportBatches(connection).batch(id)?.phase == .waiting else { throw ImportStopped() }
                try ImportBatches(connection).put(running)
            }
        }
        let actor = try await actor(batch.by)
        let outcome = try await ImportRun(kernel: kernel, request: order.request, actor: actor, job: running).run()
        // Without a row to hand back nobody needs the file again.
        if !order.request.dryRun, outcome.report?.flagged == 0 { ImportFile.remove(order.request.path) }
        return outcome
    }

    private func undo() async throws -> Outcome {
        let actor = try await actor(ImportOrder(orEmpty: batch.mapping).undoneBy)
        return try await ImportUndo(kernel: kernel, batch: batch.id, actor: actor, isJob: true).run()
    }

    private func actor(_ user: RecordID?) async throws -> Actor {
        guard let user else { throw Rejection.notAllowed }
        let person = try await kernel.read(as: .system("import")) { context in
            try ActorReader(context: context).actor(user, origin: .importing, session: nil)
        }
        guard let person else { throw Rejection.notAllowed }
        return person
    }

    /// Rows that are settled stay so: the stored counts are those of the last chunk.
    private func leave(as phase: ImportPhase, _ rejection: Rejection?) async {
        let id = batch.id
        do {
            try await kernel.database.write { connection in
                guard let batch = try ImportBatches(connection).batch(id) else { return }
                var state = ImportState(batch)
                state.failure = rejection.map { Problem(field: nil, code: $0.code, message: $0.message) }
                try ImportBatches(connection).put(state.stored(as: phase))
            }
        } catch {
            kernel.logger.error("import can't be left", metadata: ["batch": "\(id)", "detail": "\(error)"])
        }
    }
}

extension Rejection {
    static let ourFault = Rejection(
        .unavailable, code: "internal",
        message: Label(zh: "系统出错，管理员可在日志里看到原因", en: "Something failed on our side; the log tells why"))
}
