import Access
import Definitions
import Flow
import Interchange
import Store
import Values

extension ReadContext {
    /// The approval with this key; whoever may not read the company's limits does not learn whether there is one.
    func approval(_ key: ApprovalKey) throws -> (definition: ObjectDefinition, approval: ApprovalDefinition) {
        guard access.grant(ApprovalRules.object).canRead, let definition = model.object(key.object),
            !definition.retired, let approval = definition.approvals.first(where: { $0.id == key.approval })
        else { throw Rejection.noSuchRecord }
        return (definition, approval)
    }
}

extension Transaction {
    /// Brings a level table in or takes it out, for who may write the company's limits.
    func levels(_ step: LevelCommand) throws -> Outcome {
        guard context.access.grant(ApprovalRules.object).canCreate else { throw Rejection.notAllowed }
        switch step {
        case .bringIn(let key, let file): return try bringIn(key, file)
        case .takeOut(let key): return try takeOut(key)
        }
    }

    private var tables: LevelTables {
        LevelTables(
            house: ReadContext(
                connection: context.connection, snapshot: context.snapshot, actor: .system("approval"),
                now: context.now))
    }

    private func bringIn(_ key: ApprovalKey, _ file: [UInt8]) throws -> Outcome {
        let (definition, approval) = try context.approval(key)
        guard let object = context.model.object(LevelTables.object), !object.retired else {
            throw Fault(code: "level_table", detail: "the packs have no object that keeps level tables")
        }
        let findings = LevelCheck(model: context.model, definition: definition, approval: approval)
            .findings(of: file)
        let problems = findings.filter(\.isError).map { Problem($0) }
        guard problems.isEmpty else { throw Rejection.invalid(problems) }
        let text = String(decoding: file, as: UTF8.self)
        let known = try tables.rows(key)
        var sequence = try retire(known, object)
        let id = writer.ids.next(writer.at)
        var state = RecordState(object: object.id, id: id, values: writer.systemValues(id, object))
        state.values["approval"] = .text(key.description)
        state.values["number"] = .decimal(ExactDecimal((known.first?.version ?? 0) + 1))
        let table = try LevelTable(record: id, version: 0, name: "", file: text)
        state.values["name"] = .text(String(table.title.prefix(200)))
        state.values["file"] = .text(text)
        state.values["active"] = .bool(true)
        try writer.insert(state, object)
        sequence = max(
            sequence,
            try writer.log(
                object, state, kind: "created",
                changes: Changes.ofNew(state, object).filter { $0.field != "file" }))
        return Outcome(
            created: [RecordReference(object: object.id, id: id)],
            warnings: findings.map { Problem($0) }, sequence: sequence)
    }

    private func takeOut(_ key: ApprovalKey) throws -> Outcome {
        _ = try context.approval(key)
        guard let object = context.model.object(LevelTables.object), !object.retired else {
            throw Rejection.noSuchRecord
        }
        let known = try tables.rows(key)
        guard known.contains(where: \.isActive) else { throw Rejection.noSuchRecord }
        return Outcome(sequence: try retire(known, object))
    }

    /// Takes those in force out of it.
    private func retire(_ rows: [LevelTables.Row], _ object: ObjectDefinition) throws -> Int64 {
        var sequence: Int64 = 0
        for row in rows where row.isActive {
            _ = try writer.store.update(
                object.id, row.id, values: ["active": .bool(false)], expecting: row.recordVersion, at: writer.at,
                by: writer.by)
            let state = RecordState(object: object.id, id: row.id, values: [:])
            sequence = try writer.log(
                object, state, kind: "updated",
                changes: [FieldChange(field: "active", before: .bool(true), after: .bool(false))])
        }
        return sequence
    }
}

extension LevelTable {
    /// What the file calls itself.
    var title: String { document.xml.root["name"] ?? name }
}

extension Problem {
    fileprivate init(_ finding: LevelFinding) {
        let place = finding.decision.map { "“\($0)” " } ?? ""
        let (zh, en) = finding.line.map { ("第 \($0) 行 ", "line \($0) ") } ?? ("", "")
        self.init(
            field: nil, code: finding.code,
            message: Label(zh: zh + place + finding.message.zh, en: en + place + finding.message.en))
    }
}
