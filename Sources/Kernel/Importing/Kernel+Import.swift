import Access
import Definitions
import Documents
import Store
import Synchronization
import Values

extension Kernel {
    /// Runs, starts, steers or takes back an import.
    func carryOut(_ step: ImportCommand, as actor: Actor) async throws -> Outcome {
        guard actor.identity != .nobody else { throw Rejection.notAllowed }
        let jobs = ImportJobs(kernel: self, actor: actor)
        switch step {
        case .run(let request): return try await ImportRun(kernel: self, request: request, actor: actor.importing).run()
        case .undo(let batch): return try await ImportUndo(kernel: self, batch: batch, actor: actor.importing).run()
        case .start(let request): return try await jobs.start(request)
        case .begin(let batch, let policy): return try await jobs.begin(batch, policy)
        case .cancel(let batch): return try await jobs.cancel(batch)
        case .resume(let batch): return try await jobs.resume(batch)
        case .takeBack(let batch): return try await jobs.takeBack(batch)
        case .mend(let batch, let rows): return try await jobs.mend(batch, rows)
        case .keepMended(let batch, let rows): return try await jobs.keep(batch, rows)
        }
    }
}

extension Actor {
    /// The same person, writing through an import.
    var importing: Actor {
        Actor(
            identity: identity, login: login, name: name, roles: roles, department: department,
            departments: departments,
            region: region, regions: regions, language: language, timeZone: timeZone, origin: .importing,
            session: session)
    }
}

/// One run of a file, chunk after chunk: the next is read while the one before is written.
struct ImportRun {
    /// Rows in one transaction.
    static let chunkSize = 500

    let kernel: Kernel
    let request: ImportRequest
    let actor: Actor
    /// A batch that the house has taken up; nil for a run within the call.
    var job: ImportBatch?

    func run() async throws -> Outcome {
        var state = try await begin()
        let memory = ImportMemoryBox()
        if state.lastLine > 0 { try await recall(state.batch, into: memory) }
        for _ in 0..<20 {
            do {
                return try await pass(&state, memory)
            } catch let rejection as Rejection where job == nil && state.report.rows > 0 && !request.dryRun {
                try await note(state, failure: rejection)
                throw rejection
            } catch is ModelMoved {
                // Definitions or rights changed: the rest is planned anew.
                try await kernel.catchUp()
                memory.memory.withLock { $0.links = [:] }
                if request.dryRun { state.startOver() }
            }
        }
        throw Rejection.definitionsMoving
    }

    private func note(_ state: ImportState, failure: Rejection) async throws {
        var state = state
        state.failure = Problem(field: nil, code: failure.code, message: failure.message)
        let batch = state.stored(as: .failed)
        try await kernel.translated { try await self.kernel.database.write { try ImportBatches($0).put(batch) } }
    }

    private func pass(_ state: inout ImportState, _ memory: ImportMemoryBox) async throws -> Outcome {
        let snapshot = kernel.snapshot
        let actor = try await self.presentActor()
        let definition = try Self.target(request, snapshot, actor)
        var file = try ImportFile(request)
        let now = kernel.surroundings.now()
        let header = file.header
        state.headings = header.names
        let request = request
        let plan = try await kernel.read(as: actor) { context in
            try ImportPlanner(context: context, request: request, definition: definition).plan(header)
        }
        try plan.checkColumns()
        var reader = UnitReader(decoder: RowDecoder(plan: plan, model: snapshot.model), after: state.lastLine)
        let pass = ImportPass(
            kernel: kernel, snapshot: snapshot, actor: actor, now: now, plan: plan, request: request,
            isJob: job != nil, began: (now, state.worked), commandID: kernel.surroundings.ids.next(now), memory: memory)
        var chunk = try reader.next(Self.chunkSize, from: &file)
        while !chunk.isEmpty {
            if job != nil { try Task.checkCancellation() }
            let (ready, before) = (chunk, state)
            async let writing = pass.write(ready, before)
            // What was written counts, even when the file can't be read further.
            let following = Result { try reader.next(Self.chunkSize, from: &file) }
            state = try await writing
            chunk = try following.get()
        }
        try await pass.finish(state)
        var report = state.report
        report.batch = request.dryRun && job == nil ? nil : state.batch
        report.columns = plan.matches
        return Outcome(sequence: state.sequence, report: report)
    }

    /// Who the house works for may have other rights by now.
    private func presentActor() async throws -> Actor {
        guard job != nil, let user = actor.userID else { return actor }
        let person = try await kernel.read(as: .system("import")) { context in
            try ActorReader(context: context).actor(user, origin: .importing, session: nil)
        }
        guard let person else { throw Rejection.notAllowed }
        return person
    }

    static func target(
        _ request: ImportRequest, _ snapshot: Snapshot, _ actor: Actor
    ) throws(Rejection) -> ObjectDefinition {
        guard let definition = snapshot.model.object(request.object), !definition.retired, definition.parent == nil
        else { throw .noSuchRecord }
        try admit(actor, to: definition, snapshot.access(of: actor))
        return definition
    }

    static func admit(_ actor: Actor, to definition: ObjectDefinition, _ access: AccessTable) throws(Rejection) {
        let grant = access.grant(definition.id)
        guard actor.isSystem || grant.canRead || grant.canCreate else { throw .noSuchRecord }
        guard actor.isSystem || grant.actions.contains("import") || access.has("import") else { throw .notAllowed }
    }

    // MARK: Beginning

    /// A fresh batch, the one that broke off, or the one that the house has taken up.
    private func begin() async throws -> ImportState {
        _ = try Self.target(request, kernel.snapshot, actor)
        let hash = try ImportFile.fingerprint(request.path)
        let now = kernel.surroundings.now()
        let id = job?.id ?? request.resume ?? request.batch ?? kernel.surroundings.ids.next(now)
        var state = ImportState(
            batch: id, object: request.object, name: FileName.shown(request.name), hash: hash, at: now,
            by: actor.userID)
        let wanted = job?.id ?? request.resume
        let known = try await kernel.read(as: actor) { context in
            try wanted.flatMap { try ImportBatches(context.connection).batch($0) }
        }
        if wanted != nil {
            guard let batch = known, batch.fileHash == hash, batch.object == request.object,
                [.running, .failed, .stopped].contains(batch.phase), actor.isSystem || batch.by == actor.userID
            else { throw Rejection.notResumable }
            state = ImportState(batch)
            state.failure = nil
            if request.dryRun { state.startOver() }
        }
        if state.total == 0 || job == nil { state.total = try ImportFile.proofread(request) }
        if request.onDuplicate == .flag { state.earlier = try await earlierLines(hash, except: state.batch) }
        return state
    }

    /// Lines of this very file that the last batch brought in.
    private func earlierLines(_ hash: [UInt8], except batch: RecordID) async throws -> Set<Int> {
        let object = request.object
        return try await kernel.read(as: actor) { context in
            let batches = ImportBatches(context.connection)
            guard let same = try batches.same(fileHash: hash, object: object), same.id != batch else { return [] }
            return Set(try batches.allRows(of: same.id).map(\.line))
        }
    }

    /// Papers that this batch made before it broke off may get further lines.
    private func recall(_ batch: RecordID, into memory: ImportMemoryBox) async throws {
        let object = request.object
        let made = try await kernel.read(as: actor) { context in
            try ImportBatches(context.connection).allRows(of: batch).filter { $0.created && $0.object == object }
                .map(\.record)
        }
        memory.memory.withLock { $0.made.formUnion(made) }
    }
}

extension Kernel {
    /// One read block on the model in force.
    func read<R: Sendable>(
        as actor: Actor, _ body: @escaping @Sendable (ReadContext) throws -> R
    ) async throws -> R {
        let (snapshot, now) = (snapshot, surroundings.now())
        return try await translated {
            try await self.database.read { connection in
                try body(ReadContext(connection: connection, snapshot: snapshot, actor: actor, now: now))
            }
        }
    }
}

extension ImportBatches {
    /// What a batch did to records, last first. One statement for each 2,000.
    func allRows(of batch: RecordID) throws -> [ImportRow] {
        var out: [ImportRow] = []
        var place: (line: Int, part: Int)?
        repeat {
            let rows = try rows(of: batch, before: place, limit: 2000)
            out += rows
            place = rows.count < 2000 ? nil : rows.last.map { ($0.line, $0.part) }
        } while place != nil
        return out
    }
}

extension Rejection {
    static let notResumable = Rejection(
        .conflict, code: "not_resumable",
        message: Label(
            zh: "这次导入不能继续：文件不同，或已经完成", en: "This import can't go on: another file, or it is finished"))

    static let definitionsMoving = Rejection(
        .unavailable, code: "definitions_moving",
        message: Label(zh: "定义正在更新，请稍后再试", en: "The definitions are being changed; try again shortly"),
        retryAfter: 2)
}
