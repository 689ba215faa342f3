import Access
import Definitions
import Documents
import Store
import Synchronization
import Values

extension Kernel {
    /// Runs or takes back an import.
    func carryOut(_ step: ImportCommand, as actor: Actor) async throws -> Outcome {
        guard actor.identity != .nobody else { throw Rejection.notAllowed }
        switch step {
        case .run(let request): return try await ImportRun(kernel: self, request: request, actor: actor.importing).run()
        case .undo(let batch): return try await ImportUndo(kernel: self, batch: batch, actor: actor.importing).run()
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

    func run() async throws -> Outcome {
        let snapshot = kernel.snapshot
        guard let definition = snapshot.model.object(request.object), !definition.retired, definition.parent == nil
        else {
            throw Rejection.noSuchRecord
        }
        try Self.admit(actor, to: definition, snapshot.access(of: actor))
        let hash = try ImportFile.fingerprint(request.path)
        var file = try ImportFile(path: request.path)
        let total = file.facts.format == .delimited ? try ImportFile.proofread(request.path) : 0
        let now = kernel.surroundings.now()
        let header = file.header
        let (request, actor) = (request, actor)
        let plan = try await read { context in
            try ImportPlanner(context: context, request: request, definition: definition).plan(header)
        }
        try plan.checkColumns()
        var state = try await begin(hash, total, now)
        let decoder = RowDecoder(plan: plan, model: snapshot.model)
        var reader = UnitReader(decoder: decoder, after: state.lastLine)
        let memory = ImportMemoryBox()
        let pass = ImportPass(
            kernel: kernel, snapshot: snapshot, actor: actor, now: now, plan: plan, request: request,
            commandID: kernel.surroundings.ids.next(now), memory: memory)
        do {
            var chunk = try reader.next(Self.chunkSize, from: &file)
            while !chunk.isEmpty {
                let (ready, before) = (chunk, state)
                async let writing = pass.write(ready, before)
                chunk = try reader.next(Self.chunkSize, from: &file)
                state = try await writing
            }
        } catch {
            if !request.dryRun { try await pass.finish(state, as: "failed") }
            throw error
        }
        if !request.dryRun { try await pass.finish(state, as: "done") }
        var report = state.report
        report.batch = request.dryRun ? nil : state.batch
        report.columns = plan.matches
        return Outcome(sequence: state.sequence, report: report)
    }

    static func admit(_ actor: Actor, to definition: ObjectDefinition, _ access: AccessTable) throws(Rejection) {
        let grant = access.grant(definition.id)
        guard actor.isSystem || grant.canRead || grant.canCreate else { throw .noSuchRecord }
        guard actor.isSystem || grant.actions.contains("import") || access.has("import") else { throw .notAllowed }
    }

    private func read<R: Sendable>(_ body: @escaping @Sendable (ReadContext) throws -> R) async throws -> R {
        let snapshot = kernel.snapshot
        let now = kernel.surroundings.now()
        let actor = actor
        return try await kernel.translated {
            try await self.kernel.database.read { connection in
                try body(ReadContext(connection: connection, snapshot: snapshot, actor: actor, now: now))
            }
        }
    }

    /// A fresh batch, or the one that broke off.
    private func begin(_ hash: [UInt8], _ total: Int, _ now: Instant) async throws -> ImportState {
        let request = request
        let name = FileName.shown(request.name)
        let actor = actor
        let known = try await read { context -> (batch: ImportBatch?, same: ImportBatch?) in
            let batches = ImportBatches(context.connection)
            return (
                try request.resume.flatMap(batches.batch),
                try batches.same(fileHash: hash, object: request.object)
            )
        }
        var state = ImportState(
            batch: request.resume ?? request.batch ?? kernel.surroundings.ids.next(now), object: request.object,
            name: name,
            hash: hash, total: total, at: now, by: actor.userID)
        if request.resume != nil {
            guard let batch = known.batch, batch.fileHash == hash, batch.object == request.object,
                ["running", "failed"].contains(batch.state), actor.isSystem || batch.by == actor.userID
            else {
                throw Rejection(
                    .conflict, code: "not_resumable",
                    message: Label(
                        zh: "这次导入不能继续：文件不同，或已经完成", en: "This import can't go on: another file, or it is finished"))
            }
            state.resume(batch)
        }
        if let same = known.same, request.onDuplicate == .flag {
            state.earlier = try await read { context in
                var lines: Set<Int> = []
                var place: (line: Int, part: Int)?
                repeat {
                    let rows = try ImportBatches(context.connection).rows(of: same.id, before: place, limit: 2000)
                    for row in rows { lines.insert(row.line) }
                    place = rows.count < 2000 ? nil : rows.last.map { ($0.line, $0.part) }
                } while place != nil
                return lines
            }
        }
        return state
    }
}

/// Gathers rows into units: rows of one paper that stand together are one.
struct UnitReader {
    let decoder: RowDecoder
    /// Lines up to here are done.
    let after: Int
    private var open: ImportUnit?

    init(decoder: RowDecoder, after: Int) {
        self.decoder = decoder
        self.after = after
    }

    /// About `size` rows, no paper torn apart.
    mutating func next(_ size: Int, from file: inout ImportFile) throws -> [ImportUnit] {
        var units: [ImportUnit] = []
        var rows = 0
        while let (row, shape) = try file.next() {
            if row.line <= after { continue }
            let decoded = decoder.decode(row, shape: shape, columns: file.header.names.count)
            guard let field = decoder.plan.groupField else {
                units.append(ImportUnit(key: nil, rows: [decoded]))
                if units.count >= size { return units }
                continue
            }
            let key = decoded.record.values[field]
            if let known = open, key != nil, known.key == key, known.rows.count < 2001 {
                open?.rows.append(decoded)
            } else {
                if let done = open { units.append(done) }
                rows = units.reduce(0) { $0 + $1.rows.count }
                open = ImportUnit(key: key, rows: [decoded])
                if rows >= size { return units }
            }
        }
        if let done = open { units.append(done) }
        open = nil
        return units
    }
}

/// What an import remembers from chunk to chunk. Only one chunk at a time takes it.
final class ImportMemoryBox: Sendable {
    let memory = Mutex(ImportMemory())
}
