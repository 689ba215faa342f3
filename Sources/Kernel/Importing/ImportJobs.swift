import Access
import Definitions
import Documents
import Store
import Values

/// Imports that the house does by itself: what is asked of them, and by whom.
struct ImportJobs {
    let kernel: Kernel
    let actor: Actor

    /// Batches of one person that may wait at a time.
    private static let queueLimit = 20
    /// Bytes of a text file that is read to its end before it is taken.
    private static let smallFile = 8 << 20

    // MARK: What is asked

    func start(_ request: ImportRequest) async throws -> Outcome {
        guard let user = actor.userID else { throw Rejection.notAllowed }
        let now = kernel.surroundings.now()
        let id = kernel.surroundings.ids.next(now)
        let ready = try await kernel.read(as: actor) { context in
            try Self.look(request, user: user, id: id, context)
        }
        let batch = ready.state.stored(as: .waiting)
        try await kernel.translated {
            try await self.kernel.database.write { connection in
                let mine = try ImportBatches(connection).list(in: ["waiting", "running"], limit: 500)
                    .count { $0.by == user }
                guard mine < Self.queueLimit else { throw Rejection.tooManyImports }
                try ImportBatches(connection).put(batch)
            }
        }
        kernel.importBell.ring()
        var report = ready.state.report
        report.batch = id
        report.columns = ready.columns
        return Outcome(report: report)
    }

    /// Refuses at once what can be seen to be wrong without reading a large file.
    private static func look(
        _ request: ImportRequest, user: RecordID, id: RecordID, _ context: ReadContext
    ) throws -> (state: ImportState, columns: [ColumnMatch]) {
        let definition = try ImportRun.target(request, context.snapshot, context.actor)
        let file = try ImportFile(request)
        let plan = try ImportPlanner(context: context, request: request, definition: definition).plan(file.header)
        try plan.checkColumns()
        let isSmall = file.facts.format == .delimited && ImportFile.size(request.path) <= smallFile
        let state = ImportState(
            batch: id, object: request.object, name: FileName.shown(request.name),
            hash: try ImportFile.fingerprint(request.path), order: ImportOrder(request).text,
            total: isSmall ? try ImportFile.proofread(request) : 0, at: context.now, by: user)
        return (state, plan.matches)
    }

    func begin(_ id: RecordID, _ policy: ImportRequest.DuplicatePolicy) async throws -> Outcome {
        try await change(id) { batch, connection in
            guard batch.by == self.actor.userID, batch.phase == .checked else { throw Rejection.notResumable }
            var order = try ImportOrder(text: batch.mapping)
            order.request.dryRun = false
            order.request.onDuplicate = policy
            try ImportProblems(connection).forget(id)
            var state = ImportState(batch)
            state.startOver()
            var next = state.stored(as: .waiting)
            next.mapping = order.text
            return next
        }
    }

    func cancel(_ id: RecordID) async throws -> Outcome {
        try await change(id) { batch, _ in
            guard [.waiting, .running].contains(batch.phase) else { throw Rejection.nothingToStop }
            return ImportState(batch).stored(as: .stopped)
        }
    }

    func resume(_ id: RecordID) async throws -> Outcome {
        try await change(id) { batch, connection in
            guard batch.by == self.actor.userID, [.stopped, .failed].contains(batch.phase) else {
                throw Rejection.notResumable
            }
            let order = try ImportOrder(text: batch.mapping)
            guard ImportFile.exists(order.request.path) else { throw Rejection.fileGone }
            var state = ImportState(batch)
            state.failure = nil
            if order.request.dryRun {
                state.startOver()
                try ImportProblems(connection).forget(id)
            }
            return state.stored(as: .waiting)
        }
    }

    /// What was put right so far, on pages that one leaves for the next.
    func keep(_ id: RecordID, _ rows: [Int: [String]]) async throws -> Outcome {
        let (known, next) = try await mended(id, rows)
        let order = ImportOrder(next).text
        return try await change(id) { batch, _ in
            guard batch.by == self.actor.userID, [.checked, .done].contains(batch.phase), batch.mapping == known.mapping
            else { throw Rejection.notResumable }
            var kept = ImportState(batch).stored(as: batch.phase)
            kept.mapping = order
            return kept
        }
    }

    func mend(_ id: RecordID, _ rows: [Int: [String]]) async throws -> Outcome {
        let (known, request) = try await mended(id, rows)
        var next = request
        if known.phase == .done {
            let lines = Array(next.mended.keys)
            next.only = try await kernel.read(as: actor) {
                try ImportProblems($0.connection).held(lines, of: id, below: RowProblem.firstOfUndo)
            }
            return try await start(next)
        }
        let order = ImportOrder(next).text
        return try await change(id) { batch, connection in
            guard batch.by == self.actor.userID, batch.phase == .checked, batch.mapping == known.mapping else {
                throw Rejection.notResumable
            }
            var state = ImportState(batch)
            state.startOver()
            try ImportProblems(connection).forget(id)
            var waiting = state.stored(as: .waiting)
            waiting.mapping = order
            return waiting
        }
    }

    /// The batch, and its request with these rows put right besides those before.
    private func mended(_ id: RecordID, _ rows: [Int: [String]]) async throws -> (ImportBatch, ImportRequest) {
        let known = try await kernel.read(as: actor) { try ImportBatches($0.connection).batch(id) }
        guard let known, known.by == actor.userID else { throw Rejection.noSuchRecord }
        var request = try ImportOrder(text: known.mapping).request
        guard ImportFile.exists(request.path) else { throw Rejection.fileGone }
        request.mended.merge(rows) { $1 }
        guard !request.mended.isEmpty, request.mended.count <= ImportRequest.mendedAtMost else {
            throw Rejection.tooManyMended
        }
        return (known, request)
    }

    func takeBack(_ id: RecordID) async throws -> Outcome {
        try await change(id) { batch, _ in
            guard batch.phase != .undone, batch.phase != .undoing else { throw Rejection.undoneAlready }
            guard [.done, .stopped, .failed].contains(batch.phase) else { throw Rejection.stillRunning }
            var order = ImportOrder(orEmpty: batch.mapping)
            order.undoneBy = self.actor.userID
            var next = ImportState(batch).stored(as: .undoing)
            next.mapping = order.text
            return next
        }
    }

    /// Changes a batch that is the actor's own, or that they may watch and take back, and wakes the house.
    private func change(
        _ id: RecordID, _ body: @escaping @Sendable (ImportBatch, any Connection) throws -> ImportBatch
    ) async throws -> Outcome {
        let report = try await kernel.translated {
            let (snapshot, actor) = (self.kernel.snapshot, self.actor)
            return try await self.kernel.database.write { connection -> ImportReport in
                guard let batch = try ImportBatches(connection).batch(id),
                    actor.isSystem || batch.by == actor.userID
                        || snapshot.access(of: actor).has("audit")
                            && snapshot.access(of: actor).grant(batch.object).actions.contains("delete")
                else { throw Rejection.noSuchRecord }
                let next = try body(batch, connection)
                try ImportBatches(connection).put(next)
                return ImportState(next).report
            }
        }
        kernel.importBell.ring()
        return Outcome(report: report)
    }
}

extension Rejection {
    static let tooManyImports = Rejection(
        .tooMany, code: "too_many_imports",
        message: Label(zh: "还有许多导入在排队，请等它们完成", en: "Many imports are waiting; let some of them finish first"),
        retryAfter: 30)

    static let tooManyMended = Rejection(
        .invalid, code: "too_many_rows",
        message: Label(
            zh: "页面上最多改 \(ImportRequest.mendedAtMost) 行；更多的请下载文件改好再传",
            en: "At most \(ImportRequest.mendedAtMost) rows can be put right here; for more, download the file"))

    static let nothingToStop = Rejection(
        .conflict, code: "not_running",
        message: Label(zh: "这次导入没有在进行", en: "This import is not under way"))

    static let stillRunning = Rejection(
        .conflict, code: "still_running",
        message: Label(zh: "导入还在进行，先停止再撤销", en: "The import is under way; stop it before undoing it"))

    static let undoneAlready = Rejection(
        .conflict, code: "already_undone", message: Label(zh: "这次导入已经撤销过", en: "This import was undone already"))

    static let fileGone = Rejection(
        .conflict, code: "file_gone",
        message: Label(zh: "文件已不在服务器上，请重新上传", en: "The file is no longer on the server; send it again"))
}
