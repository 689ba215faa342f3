import Definitions
import Documents
import Flow
import Store
import Values

/// What became of the rows of a chunk.
struct ChunkResult: Sendable {
    var created = 0
    var updated = 0
    var unchanged = 0
    var flagged = 0
    var records = 0
    var errors: [RowProblem] = []
    var warnings: [RowProblem] = []
    /// Line → cells of the rows held back.
    var heldBack: [Int: [String]] = [:]
    var rows: [ImportRow] = []
    var sequence: Int64 = 0
}

/// A unit whose links are looked up and whose likeness to other records is known.
struct PreparedUnit {
    let unit: ImportUnit
    var draft: HolderDraft
    var problems: [RowProblem]
    /// Live records that are the same by a unique field or a duplicate rule.
    var same: Set<RecordID> = []
    /// The field by which one of them was found.
    var sameBy: String?
    /// What recognises the record to be made.
    var marks: [DuplicateMark] = []

    var line: Int { unit.rows.first?.line ?? 0 }
}

/// Writes one chunk of rows in one transaction, each record in a savepoint of its own.
struct ImportChunk {
    let context: ReadContext
    let plan: ImportPlan
    let policy: ImportRequest.DuplicatePolicy
    /// Lines of this very file that an earlier batch brought in.
    let earlier: Set<Int>
    let records: ImportRecords

    private var links: ImportLinks { ImportLinks(context: context, plan: plan) }

    func write(_ units: [ImportUnit], memory: inout ImportMemory) throws -> ChunkResult {
        var prepared = units.map(merge)
        try lookUp(prepared, in: &memory)
        try recognise(&prepared, memory)
        var result = ChunkResult()
        for unit in prepared { try settle(unit, &memory, &result) }
        return result
    }

    // MARK: Preparing

    /// The rows of a unit say the same of their record, or none is believed.
    private func merge(_ unit: ImportUnit) -> PreparedUnit {
        var out = PreparedUnit(unit: unit, draft: unit.rows[0].record, problems: unit.rows.flatMap(\.problems))
        for row in unit.rows.dropFirst() {
            for (name, value) in row.record.values {
                if let known = out.draft.values[name], known != value { out.problems.append(disagree(row, name)) }
                out.draft.values[name] = value
            }
            for (name, wish) in row.record.links {
                if let known = out.draft.links[name], known != wish { out.problems.append(disagree(row, name)) }
                out.draft.links[name] = wish
            }
        }
        for (name, value) in plan.constants[plan.definition.id] ?? [:] where out.draft.values[name] == nil {
            out.draft.values[name] = value
        }
        return out
    }

    private func disagree(_ row: DecodedRow, _ path: String) -> RowProblem {
        let problem = Problem.cell(
            path, "rows_disagree", "同一单的各行在这一列不一致", "The rows of this paper differ in this column")
        return RowProblem(line: row.line, column: plan.column(of: path), problem: problem)
    }

    private func lookUp(_ units: [PreparedUnit], in memory: inout ImportMemory) throws {
        var wanted: [LinkPlace: Set<Value>] = [:]
        func want(_ draft: HolderDraft, _ object: ObjectDefinition) {
            for (place, value) in places(draft, object).values { wanted[place, default: []].insert(value) }
        }
        let child = plan.lineObject.flatMap(context.model.object)
        for unit in units where unit.problems.isEmpty {
            want(unit.draft, plan.definition)
            for row in unit.unit.rows {
                if let child { want(records.completed(row.lineDraft, child), child) }
                for (id, draft) in row.beside { if let object = context.model.object(id) { want(draft, object) } }
            }
        }
        try links.find(wanted, in: &memory)
        try records.loadOwners(in: &memory)
    }

    private func places(_ draft: HolderDraft, _ object: ObjectDefinition) -> [String: (LinkPlace, Value)] {
        var out: [String: (LinkPlace, Value)] = [:]
        for (name, wish) in draft.links {
            if let field = object.field(name), let found = links.place(of: wish, field: field, of: object.id) {
                out[name] = found
            }
        }
        return out
    }

    /// Finds the records that are there already, a few statements for the chunk.
    private func recognise(_ units: inout [PreparedUnit], _ memory: ImportMemory) throws {
        let object = plan.definition.id
        let keys = plan.groupField.map { [$0] } ?? plan.uniqueFields
        var wanted: Set<DuplicateMark> = []
        for index in units.indices where units[index].problems.isEmpty {
            var values = units[index].draft.values
            for (name, place) in places(units[index].draft, plan.definition) {
                if case .one(let id)? = memory.links[place.0]?[place.1] { values[name] = .record(id) }
            }
            units[index].marks = plan.groupField == nil ? try context.store.marks(object, values: values) : []
            wanted.formUnion(units[index].marks)
        }
        let held = try context.store.records(holding: wanted, of: object)
        var holders: [String: [Value: [RecordID]]] = [:]
        for key in keys {
            let values = Set(units.compactMap { $0.problems.isEmpty ? $0.draft.values[key] : nil })
            for (value, record) in try context.store.records(object, where: key, among: values) {
                holders[key, default: [:]][value, default: []].append(record)
            }
        }
        for index in units.indices where units[index].problems.isEmpty {
            for mark in units[index].marks {
                guard let records = held[mark] else { continue }
                units[index].same.formUnion(records)
                units[index].sameBy = units[index].sameBy ?? field(of: mark)
            }
            for key in keys {
                guard let value = units[index].draft.values[key] else { continue }
                if let records = holders[key]?[value] {
                    units[index].same.formUnion(records)
                    units[index].sameBy = units[index].sameBy ?? key
                }
                units[index].marks.append(DuplicateMark(kind: "=" + key, key: "\(value)"))
            }
        }
    }

    /// The field that a mark is made of, the first of several.
    private func field(of mark: DuplicateMark) -> String? {
        if mark.kind.hasPrefix("=") { return String(mark.kind.dropFirst()) }
        return plan.definition.duplicates.first { $0.kind == mark.kind }?.keys.first?.comparedField
    }

    // MARK: Settling

    private func settle(_ unit: PreparedUnit, _ memory: inout ImportMemory, _ result: inout ChunkResult) throws {
        if !unit.problems.isEmpty { return flag(unit, unit.problems, &result) }
        if policy == .flag, unit.unit.rows.contains(where: { earlier.contains($0.line) }) {
            return flag(unit, [at(unit, .importedBefore)], &result)
        }
        if plan.groupField != nil, unit.unit.key == nil {
            return flag(unit, [at(unit, .noKey(plan.groupField))], &result)
        }
        if isNameless(unit.draft) { return flag(unit, [at(unit, .nameless)], &result) }
        var same = unit.same
        let seen = unit.marks.first { memory.seen[$0] != nil }
        let inFile = seen.flatMap { memory.seen[$0] }
        if let inFile { same.insert(inFile.record) }
        let place = ImportRecords.Same(field: seen.flatMap(field) ?? unit.sameBy, line: inFile?.line)
        if same.isEmpty, saysOnlyNumber(unit.draft) {
            return flag(unit, [at(unit, .noDocument(plan.groupField))], &result)
        }
        var work = ImportWork(records: records, unit: unit)
        do {
            let done = try context.connection.savepoint { () throws -> ImportRecords.Done in
                if same.isEmpty
                    || policy == .create && inFile == nil && unit.marks.allSatisfy({ !$0.kind.hasPrefix("=") })
                {
                    return try work.create(&memory)
                }
                return try work.meet(same, policy: policy, place, &memory)
            }
            if let record = done.record {
                for mark in unit.marks where memory.seen[mark] == nil { memory.seen[mark] = (unit.line, record) }
            }
            count(done, unit, &result)
        } catch {
            work.forget(in: &memory)
            guard let rejection = Transaction.rejection(error) else { throw error }
            flag(unit, located(rejection, unit), &result)
        }
    }

    /// Lines that name their document and say nothing else of it belong to one that is there.
    private func saysOnlyNumber(_ draft: HolderDraft) -> Bool {
        guard let key = plan.groupField else { return false }
        return draft.links.isEmpty && draft.values.keys.allSatisfy { $0 == key }
    }

    private func isNameless(_ draft: HolderDraft) -> Bool {
        !plan.namingFields.isEmpty && plan.namingFields.allSatisfy { draft.values[$0] == nil && draft.links[$0] == nil }
    }

    private func count(_ done: ImportRecords.Done, _ unit: PreparedUnit, _ result: inout ChunkResult) {
        let rows = unit.unit.rows.count
        switch done.kind {
        case .created: result.created += rows
        case .updated: result.updated += rows
        case .unchanged: result.unchanged += rows
        }
        result.records += done.rows.count
        result.rows += done.rows
        result.sequence = max(result.sequence, done.sequence)
        if result.warnings.count < 200 { result.warnings += done.warnings.map { place($0, unit) } }
    }

    private func flag(_ unit: PreparedUnit, _ problems: [RowProblem], _ result: inout ChunkResult) {
        result.flagged += unit.unit.rows.count
        result.errors += problems
        for row in unit.unit.rows { result.heldBack[row.line] = row.cells.map(\.display) }
        let named = Set(problems.map(\.line))
        guard let first = problems.first?.line else { return }
        for row in unit.unit.rows where !named.contains(row.line) {
            result.errors.append(RowProblem(line: row.line, column: nil, problem: .heldBack(by: first)))
        }
    }

    private func at(_ unit: PreparedUnit, _ problem: Problem) -> RowProblem {
        RowProblem(line: unit.line, column: problem.field.flatMap(plan.column), problem: problem)
    }

    private func located(_ rejection: Rejection, _ unit: PreparedUnit) -> [RowProblem] {
        if rejection.problems.isEmpty {
            return [at(unit, Problem(field: nil, code: rejection.code, message: rejection.message))]
        }
        return rejection.problems.map { place($0, unit) }
    }

    /// `lines[2].qty` is the third row of the unit.
    private func place(_ problem: Problem, _ unit: PreparedUnit) -> RowProblem {
        guard let path = problem.field, let open = path.firstIndex(of: "["), let close = path.firstIndex(of: "]"),
            let index = Int(path[path.index(after: open)..<close]), unit.unit.rows.indices.contains(index)
        else { return at(unit, problem) }
        let column = plan.column(of: String(path[..<open]) + String(path[path.index(after: close)...]))
        return RowProblem(line: unit.unit.rows[index].line, column: column, problem: problem)
    }
}

extension Problem {
    static let importedBefore = Problem(
        field: nil, code: "duplicate",
        message: Label(zh: "这个文件的这一行已经导入过", en: "This line of this very file was imported before"))

    static let nameless = Problem(
        field: nil, code: "nameless",
        message: Label(zh: "这一行没有名称也没有编号", en: "The row has neither a name nor a number"))

    static func noDocument(_ field: String?) -> Problem {
        Problem(
            field: field, code: "no_document",
            message: Label(
                zh: "没有这个单号的单据，明细无处可归：先导入单据本身",
                en: "There is no document with this number for the line: import the documents themselves first"))
    }

    static func noKey(_ field: String?) -> Problem {
        Problem(
            field: field, code: "missing_key",
            message: Label(zh: "这一行没有单号，不知道属于哪一单", en: "The row has no number, so it is not known where it belongs"))
    }

    static func heldBack(by line: Int) -> Problem {
        Problem(
            field: nil, code: "held_back",
            message: Label(
                zh: "与第 \(line) 行同属一单，一并未导入", en: "Belongs to the same paper as line \(line); not imported with it"))
    }
}
