import Definitions
import Store
import Synchronization
import Values

/// How far a batch is. Stored with every chunk, in the same transaction as its records.
struct ImportState: Sendable {
    let batch: RecordID
    let object: String
    let name: String
    let hash: [UInt8]
    /// Data rows of the file, 0 when they are not known beforehand.
    var total: Int
    let at: Instant
    let by: RecordID?
    var lastLine = 0
    var report = ImportReport()
    /// Lines of this file that an earlier batch brought in.
    var earlier: Set<Int> = []
    var sequence: Int64 = 0

    init(batch: RecordID, object: String, name: String, hash: [UInt8], total: Int, at: Instant, by: RecordID?) {
        self.batch = batch
        self.object = object
        self.name = name
        self.hash = hash
        self.total = total
        self.at = at
        self.by = by
    }

    mutating func add(_ result: ChunkResult, lastLine: Int) {
        report.created += result.created
        report.updated += result.updated
        report.unchanged += result.unchanged
        report.flagged += result.flagged
        report.records += result.records
        report.rows += result.created + result.updated + result.unchanged + result.flagged
        report.errors += result.errors.prefix(max(0, 1000 - report.errors.count))
        report.warnings += result.warnings.prefix(max(0, 200 - report.warnings.count))
        sequence = max(sequence, result.sequence)
        self.lastLine = lastLine
    }

    func stored(as state: String) -> ImportBatch {
        var text = JSONBuilder()
        text.object { text in
            for (name, count) in [
                ("line", lastLine), ("rows", report.rows), ("unchanged", report.unchanged), ("records", report.records),
            ] {
                text.key(name)
                text.int(count)
            }
            text.key("errors")
            text.array { text in
                for error in report.errors {
                    text.object { text in
                        text.key("line")
                        text.int(error.line)
                        text.key("column")
                        text.int(error.column ?? 0)
                        text.field("field", error.problem.field ?? "")
                        text.field("code", error.problem.code)
                        text.field("zh", error.problem.message.zh)
                        text.field("en", error.problem.message.en)
                    }
                }
            }
        }
        return ImportBatch(
            id: batch, object: object, fileName: name, fileHash: hash, state: state, total: max(total, report.rows),
            created: report.created, updated: report.updated, flagged: report.flagged, mapping: "{}", report: text.text,
            at: at, by: by)
    }

    /// Goes on where the stored batch stopped.
    mutating func resume(_ batch: ImportBatch) {
        report = ImportState.report(of: batch)
        lastLine = ImportState.lastLine(of: batch)
    }

    static func lastLine(of batch: ImportBatch) -> Int { parts(of: batch)["line"].flatMap(number) ?? 0 }

    static func report(of batch: ImportBatch) -> ImportReport {
        let parts = parts(of: batch)
        var report = ImportReport()
        report.batch = batch.id
        report.created = batch.created
        report.updated = batch.updated
        report.flagged = batch.flagged
        report.rows = parts["rows"].flatMap(number) ?? 0
        report.unchanged = parts["unchanged"].flatMap(number) ?? 0
        report.records = parts["records"].flatMap(number) ?? 0
        guard case .list(let errors)? = parts["errors"] else { return report }
        for case .object(let error) in errors {
            let column = error["column"].flatMap(number) ?? 0
            let field = text(error["field"])
            let problem = Problem(
                field: field.isEmpty ? nil : field, code: text(error["code"]),
                message: Label(zh: text(error["zh"]), en: text(error["en"])))
            report.errors.append(
                RowProblem(
                    line: error["line"].flatMap(number) ?? 0, column: column == 0 ? nil : column, problem: problem))
        }
        return report
    }

    private static func parts(of batch: ImportBatch) -> [String: Input] {
        // Written by `stored`; a batch of another hand simply has no details.
        guard case .object(let parts)? = try? JSONText.read(Array(batch.report.utf8)) else { return [:] }
        return parts
    }

    private static func number(_ input: Input) -> Int? { if case .number(let text) = input { Int(text) } else { nil } }
    private static func text(_ input: Input?) -> String { if case .text(let text)? = input { text } else { "" } }
}

/// The chunks of one run.
struct ImportPass: Sendable {
    let kernel: Kernel
    let snapshot: Snapshot
    let actor: Actor
    let now: Instant
    let plan: ImportPlan
    let request: ImportRequest
    let commandID: RecordID
    let memory: ImportMemoryBox

    /// Carries the state out of the block whose changes are undone.
    private struct Rehearsed: Error { let state: ImportState }

    func write(_ units: [ImportUnit], _ state: ImportState) async throws -> ImportState {
        try await kernel.translated {
            do {
                return try await self.kernel.database.write { connection in
                    let after = try self.write(units, state, connection)
                    if self.request.dryRun { throw Rehearsed(state: after) }
                    return after
                }
            } catch let rehearsed as Rehearsed {
                return rehearsed.state
            }
        }
    }

    private func write(_ units: [ImportUnit], _ state: ImportState, _ connection: any Connection) throws -> ImportState
    {
        let context = ReadContext(connection: connection, snapshot: snapshot, actor: actor, now: now)
        let records = ImportRecords(
            context: context, ids: kernel.surroundings.ids, plan: plan, commandID: commandID,
            reason: "import: " + state.name)
        let chunk = ImportChunk(
            context: context, plan: plan, policy: request.onDuplicate, earlier: state.earlier, records: records)
        let result = try memory.memory.withLock { memory in
            let result = try chunk.write(units, memory: &memory)
            // A rehearsal's records are gone; links to them would lead nowhere.
            if request.dryRun { memory.forgetRecords() }
            return result
        }
        var after = state
        after.add(result, lastLine: units.last?.rows.last?.line ?? state.lastLine)
        if !request.dryRun {
            try ImportBatches(connection).add(result.rows, to: state.batch)
            try ImportBatches(connection).put(after.stored(as: "running"))
        }
        return after
    }

    func finish(_ state: ImportState, as name: String) async throws {
        let plan = plan
        let now = now
        try await kernel.translated {
            try await self.kernel.database.write { connection in
                try ImportBatches(connection).put(state.stored(as: name))
                if name == "done" {
                    try ImportMappings(connection).remember(plan.remembered, of: plan.definition.id, at: now)
                }
            }
        }
    }
}

/// The name of an upload as people may see it.
enum FileName {
    /// Its last part, without control characters and changes of direction, at most 120 characters.
    static func shown(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? "file"
        var out = String.UnicodeScalarView()
        for scalar in last.unicodeScalars.prefix(120) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned: continue
            default: out.append(scalar)
            }
        }
        return out.isEmpty ? "file" : String(out)
    }
}
