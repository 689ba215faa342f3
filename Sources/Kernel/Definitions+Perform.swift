import Access
import Definitions
import Store
import Values

extension Kernel {
    /// Changes the customer's definitions: a new model is built and checked, the tables are brought to it, and the next
    /// request works with it.
    func define(_ changes: [DefinitionChange], dryRun: Bool, as actor: Actor) async throws -> Outcome {
        let before = snapshot
        guard actor.isSystem || before.access(of: actor).has("define") else { throw Rejection.notAllowed }
        guard !changes.isEmpty else { return Outcome() }
        let overlay: Overlay
        do {
            overlay = try before.overlay.applying(changes)
        } catch {
            throw Rejection.invalid([
                Problem(
                    field: nil, code: "malformed_json",
                    message: Label(
                        zh: "定义不是有效的 JSON（第 \(error.line) 行）",
                        en: "The definition is not valid JSON (line \(error.line))"))
            ])
        }
        let version = before.model.version + 1
        let result = ModelBuilder.build(
            packs: before.packs.packs, overlay: overlay, references: parts.references, version: version,
            previous: before.model, functions: parts.functions)
        guard let model = result.model else {
            throw Rejection(
                .invalid, code: "bad_definition",
                message: Label(zh: "定义有误，没有保存", en: "The definition can't be used; nothing was saved"),
                problems: result.diagnostics.filter(\.isError).map(Problem.init))
        }
        let warnings = result.diagnostics.map(Problem.init)
        if dryRun { return Outcome(warnings: warnings) }
        let now = surroundings.now()
        let commandID = surroundings.ids.next(now)
        let digest = before.packs.digest
        let after = Snapshot(
            model: model, overlay: overlay, packs: before.packs, functions: parts.functions, holidays: parts.holidays)
        let sequence = try await translated {
            try await self.database.write { connection in
                guard try ModelVersions(connection).current()?.version == before.model.version else {
                    throw Rejection(
                        .conflict, code: "definitions_changed",
                        message: Label(
                            zh: "定义刚被别人改过，请刷新后再试", en: "The definitions changed meanwhile; reload and try again"))
                }
                try Self.bring(connection, to: model)
                if !actor.isSystem, try !RoleGiving.isKept(by: model, on: connection, now: now) {
                    throw Rejection.invalid([.lastKeeper])
                }
                try Self.raiseSeries(from: before.model, to: after, on: connection, at: now, as: actor)
                let packs = model.packs.map { $0.id + " " + $0.version }.joined(separator: ", ")
                try ModelVersions(connection).record(version: version, packs: packs, digest: digest, at: now)
                try Overlays(connection).put(
                    kind: "overlay", key: "customer", document: overlay.document, modelVersion: version, at: now,
                    by: actor.userID)
                return try Self.log(changes, commandID: commandID, version: version, actor, now, connection)
            }
        }
        install(after)
        return Outcome(warnings: warnings, sequence: sequence)
    }

    /// Changes of definitions stand in the same log as changes of records.
    private static func log(
        _ changes: [DefinitionChange], commandID: RecordID, version: Int, _ actor: Actor, _ now: Instant,
        _ connection: any Connection
    ) throws -> Int64 {
        let texts = changes.map { FieldChange(field: "definition", before: .null, after: .text("\($0)")) }
        let entry = EventEntry(
            sequence: 0, at: now, actor: actor.userID, actorName: actor.name, onBehalfOf: nil,
            origin: actor.origin.rawValue, command: commandID, object: "definition", record: commandID, parent: nil,
            kind: "updated", changes: texts, reason: actor.statedReason, modelVersion: version)
        return Int64(try EventLog(connection).append([entry]))
    }
}

extension Problem {
    init(_ finding: DefinitionDiagnostic) {
        let hint = finding.hint.map { " (\($0.en))" } ?? ""
        let hintZh = finding.hint.map { "（\($0.zh)）" } ?? ""
        self.init(
            field: finding.location.file == "overlay" ? nil : finding.location.file, code: finding.code,
            message: Label(zh: finding.message.zh + hintZh, en: finding.message.en + hint))
    }
}
