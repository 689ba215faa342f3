import Access
import Definitions
import Expressions
import Flow
import Store
import Values

/// Makes and changes the records of an import, through the same writer as everybody.
struct ImportRecords {
    let context: ReadContext
    let ids: IDSource
    let plan: ImportPlan
    let commandID: RecordID
    let reason: String
    /// Roll-ups over the records of a chunk, computed once at its end.
    let rollups = RollupsLater()

    /// Why a row is taken for a record that is there.
    struct Same {
        /// The field that agrees.
        let field: String?
        /// The line of this file that made the record; nil when the house had it.
        let line: Int?
    }

    struct Done {
        enum Kind { case created, updated, unchanged }
        let kind: Kind
        let record: RecordID?
        var rows: [ImportRow]
        var warnings: [Problem] = []
        var sequence: Int64 = 0
    }

    /// A line that names a product by its own copy of the number also links to the product.
    func completed(_ draft: HolderDraft, _ object: ObjectDefinition) -> HolderDraft {
        guard let completions = plan.completions[object.id] else { return draft }
        var out = draft
        for completion in completions where out.links[completion.link] == nil {
            guard let value = draft.values[completion.field] else { continue }
            out.links[completion.link] = LinkWish(name: nil, values: [completion.source: value])
        }
        return out
    }

    /// Departments and regions of the owners that the file names. One statement for each 400 new ones.
    func loadOwners(in memory: inout ImportMemory) throws {
        var users: Set<RecordID> = []
        for (place, answers) in memory.links where place.object == "user" {
            for case .one(let id) in answers.values where memory.owners[id] == nil { users.insert(id) }
        }
        for part in users.sorted().chunks(of: 400) {
            let query = RecordQuery(
                object: "user", context: context.evaluation,
                fields: ["department", "region", "active"].map { FieldPath([$0]) }, limit: part.count, ids: part)
            for row in try context.store.select(query) where row[path: "active"] != .bool(false) {
                memory.owners[row.id] = (row[path: "department"].record, row[path: "region"].record)
            }
        }
    }

    func writer(owner: RecordID?, of memory: ImportMemory) -> RecordWriter {
        let actor = context.actor
        var stamp = Stamp(
            owner: actor.userID, department: actor.department, region: actor.region, by: actor.userID,
            byName: actor.name)
        if let owner, let place = memory.owners[owner] {
            stamp.owner = owner
            stamp.department = place.department
            stamp.region = place.region
        }
        let command = Command(.bulk([], atomic: true), reason: reason, stamp: stamp)
        return RecordWriter(
            context: context, ids: ids, command: command, commandID: commandID, rollupsLater: rollups)
    }

    /// Brings the roll-ups over the chunk's records up to date.
    func refreshRollups() throws {
        let command = Command(.bulk([], atomic: true), reason: reason)
        try RecordWriter(context: context, ids: ids, command: command, commandID: commandID).refresh(rollups)
    }
}

/// One unit on its way into the database; what it made on the way is forgotten when it is refused.
struct ImportWork {
    let records: ImportRecords
    let unit: PreparedUnit
    /// Linked records made for this unit.
    private(set) var madeLinks: [(place: LinkPlace, value: Value)] = []

    private var context: ReadContext { records.context }
    private var plan: ImportPlan { records.plan }
    private var definition: ObjectDefinition { plan.definition }

    init(records: ImportRecords, unit: PreparedUnit) {
        self.records = records
        self.unit = unit
    }

    func forget(in memory: inout ImportMemory) {
        for made in madeLinks { memory.links[made.place]?[made.value] = LinkAnswer.none }
    }

    // MARK: New

    mutating func create(_ memory: inout ImportMemory) throws -> ImportRecords.Done {
        let access = context.access.grant(definition.id)
        guard access.canCreate else { throw Rejection.notAllowed }
        var done = ImportRecords.Done(kind: .created, record: nil, rows: [])
        var change = RecordChange(values: try values(of: unit.draft, definition, prefix: "", &done, &memory))
        if let name = plan.linesField { change.lines[name] = try lines(&done, &memory) }
        let owner = change.values.removeValue(forKey: "owner")?.record
        // Others' records are made as one's own and then handed over, so that the rights are one's own.
        let handsOver = goesToAnother(owner)
        let writer = records.writer(owner: handsOver ? nil : owner, of: memory)
        let written = try writer.create(definition, change, problems: [], access: access)
        done = ImportRecords.Done(
            kind: .created, record: written.id, rows: done.rows, warnings: written.warnings,
            sequence: max(done.sequence, written.sequence))
        note(definition.id, written.id, version: handsOver ? 2 : 1, &done)
        if plan.groupField != nil { memory.made.insert(written.id) }
        try makeNeighbours(of: written.id, writer, isNew: true, &done, &memory)
        if handsOver {
            let (stored, _) = try writer.load(definition, written.id)
            done.sequence = max(done.sequence, try writer.assign(definition, stored, owner: owner).sequence)
        }
        return done
    }

    private func goesToAnother(_ owner: RecordID?) -> Bool {
        guard let owner, !context.actor.isSystem else { return false }
        return owner != context.actor.userID
    }

    // MARK: There already

    /// The record is there: what the policy says.
    mutating func meet(
        _ same: Set<RecordID>, policy: ImportRequest.DuplicatePolicy, _ place: ImportRecords.Same,
        _ memory: inout ImportMemory
    ) throws -> ImportRecords.Done {
        guard same.count == 1, let id = same.first else { throw try duplicate(same, place) }
        if plan.linesField != nil { return try meetPaper(id, policy, place, &memory) }
        guard policy == .update else { throw try duplicate(same, place) }
        return try update(id, lines: nil, &memory)
    }

    /// Lines go to a paper that has none yet, or that this very file made; others as the policy says.
    private mutating func meetPaper(
        _ id: RecordID, _ policy: ImportRequest.DuplicatePolicy, _ place: ImportRecords.Same,
        _ memory: inout ImportMemory
    ) throws -> ImportRecords.Done {
        let (stored, _) = try records.writer(owner: nil, of: memory).load(definition, id)
        let old = stored.state.lines[plan.linesField ?? ""] ?? []
        if policy == .update, !memory.made.contains(id) { return try update(id, lines: [], &memory) }
        guard old.isEmpty || memory.made.contains(id) else { throw try duplicate([id], place) }
        return try update(id, lines: old, fillsOnly: true, &memory)
    }

    /// - Parameters:
    ///   - kept: nil for no lines in the file; else those to keep before the new ones.
    ///   - fillsOnly: what the record has stays as it is.
    private mutating func update(
        _ id: RecordID, lines kept: [LineState]?, fillsOnly: Bool = false, _ memory: inout ImportMemory
    ) throws -> ImportRecords.Done {
        var done = ImportRecords.Done(kind: .updated, record: id, rows: [])
        var given = try values(of: unit.draft, definition, prefix: "", &done, &memory)
        let owner = given.removeValue(forKey: "owner")?.record
        let writer = records.writer(owner: owner, of: memory)
        let (stored, mask) = try writer.load(definition, id)
        guard mask.actions.contains("update") else { throw Rejection.notAllowed }
        for (name, _) in given where definition.field(Decider.fieldID(name))?.series != nil { given[name] = nil }
        given = given.filter { stored.state[$0.key] != $0.value && (!fillsOnly || isEmpty(stored.state[$0.key])) }
        // Constants fill what is empty; they never change what a person chose.
        for name in (plan.constants[definition.id] ?? [:]).keys where !isEmpty(stored.state[name]) { given[name] = nil }
        let writable = context.actor.isSystem ? nil : mask.writable
        let refused = given.keys.filter { writable?.contains(Decider.fieldID($0)) == false }.sorted()
        guard refused.isEmpty else { throw Rejection.invalid(refused.map { .notWritable($0) }) }
        var change = RecordChange(values: given)
        var before = given.keys.reduce(into: [String: Value]()) { $0[$1] = stored.state[$1] }
        if let kept, let name = plan.linesField {
            change.lines[name] = kept + (try lines(&done, &memory))
            if (stored.state.lines[name] ?? []).isEmpty { before[name] = .list([]) } else { before[name] = .bool(true) }
        }
        let written = try writer.update(definition, stored, .update(change), kind: "updated", problems: [])
        done.warnings = written.warnings
        var version = stored.version + (written.sequence > 0 ? 1 : 0)
        var sequence = written.sequence
        if let owner, owner != stored.owner, !fillsOnly {
            guard context.actor.isSystem || mask.actions.contains("assign") else {
                throw Rejection.invalid([.notWritable("owner")])
            }
            before["owner"] = stored.state["owner"]
            sequence = try writer.assign(definition, try writer.load(definition, id).0, owner: owner).sequence
            version += 1
        }
        // What this very file made is taken back as a whole.
        if memory.made.contains(id) { before = [:] }
        done.sequence = max(done.sequence, sequence)
        if sequence > 0 {
            done.rows.append(
                ImportRow(
                    line: unit.line, part: done.rows.count, object: definition.id, record: id, created: false,
                    version: version, before: before))
        }
        try makeNeighbours(of: id, writer, isNew: false, &done, &memory)
        guard !done.rows.isEmpty else { return ImportRecords.Done(kind: .unchanged, record: id, rows: []) }
        return done
    }

    private func isEmpty(_ value: Value) -> Bool { value.isNull || value == .list([]) || value == .text("") }

    private func duplicate(_ same: Set<RecordID>, _ place: ImportRecords.Same) throws -> Rejection {
        if let line = place.line {
            return Rejection.invalid([
                .cell(
                    place.field ?? definition.title.first ?? "", "duplicate_in_file", "与本文件第 \(line) 行重复",
                    "The same as line \(line) of this file")
            ])
        }
        var names: [String] = []
        let access = context.access.grant(definition.id)
        if access.canRead {
            let query = RecordQuery(
                object: definition.id, predicates: access.readPredicate.map { [$0] } ?? [], context: context.evaluation,
                fields: [FieldPath(["id"])], limit: 3, ids: same.sorted())
            let seen = try context.store.select(query).map(\.id)
            names = try context.store.titles(definition.id, seen).values.sorted()
        }
        let zh = names.isEmpty ? "已有相同的记录" : "已有：" + names.joined(separator: "、")
        let en = names.isEmpty ? "There is such a record already" : "Already there: " + names.joined(separator: ", ")
        return Rejection.invalid([Problem(field: place.field, code: "duplicate", message: Label(zh: zh, en: en))])
    }

    private func note(_ object: String, _ record: RecordID, version: Int = 1, _ done: inout ImportRecords.Done) {
        done.rows.append(
            ImportRow(
                line: unit.line, part: done.rows.count, object: object, record: record, created: true, version: version,
                before: [:]))
    }

    // MARK: Lines and neighbours

    private mutating func lines(_ done: inout ImportRecords.Done, _ memory: inout ImportMemory) throws -> [LineState] {
        guard let child = plan.lineObject.flatMap(context.model.object), let name = plan.linesField else { return [] }
        var out: [LineState] = []
        for (index, row) in unit.unit.rows.enumerated() where !row.lineDraft.isEmpty {
            let draft = records.completed(row.lineDraft, child)
            var values = try values(
                of: draft, child, prefix: "\(name)[\(index)].", &done, &memory, given: row.lineDraft)
            for (field, value) in plan.constants[child.id] ?? [:] where values[field] == nil { values[field] = value }
            out.append(LineState(id: records.ids.next(context.now), isNew: true, values: values))
        }
        guard out.count <= 2000 else { throw Rejection.invalid([.tooManyLines(name)]) }
        return out
    }

    private mutating func makeNeighbours(
        of record: RecordID, _ writer: RecordWriter, isNew: Bool, _ done: inout ImportRecords.Done,
        _ memory: inout ImportMemory
    ) throws {
        guard let row = unit.unit.rows.first else { return }
        for (id, via) in plan.neighbours {
            guard let draft = row.beside[id], !draft.isEmpty,
                let object = context.model.object(id)
            else { continue }
            var values = try values(of: draft, object, prefix: id + ".", &done, &memory)
            values[via] = .record(record)
            if !isNew {
                let marks = try context.store.marks(id, values: values)
                guard try context.store.records(holding: Set(marks), of: id).isEmpty else { continue }
            }
            for (field, value) in plan.constants[id] ?? [:] where values[field] == nil { values[field] = value }
            do {
                let written = try writer.create(
                    object, RecordChange(values: values), problems: [], access: context.access.grant(id))
                note(id, written.id, &done)
                done.sequence = max(done.sequence, written.sequence)
            } catch let rejection as Rejection {
                throw Rejection.invalid(
                    rejection.problems.map {
                        Problem(field: $0.field.map { id + "." + $0 }, code: $0.code, message: $0.message)
                    })
            }
        }
    }

    // MARK: Links

    /// The values with the links that the file names, found or made.
    private mutating func values(
        of draft: HolderDraft, _ object: ObjectDefinition, prefix: String, _ done: inout ImportRecords.Done,
        _ memory: inout ImportMemory, given: HolderDraft? = nil
    ) throws -> [String: Value] {
        var out = draft.values
        let links = ImportLinks(context: context, plan: plan)
        for (name, wish) in draft.links.sorted(by: { $0.key < $1.key }) {
            guard let field = object.field(name),
                let (place, value) = links.place(of: wish, field: field, of: object.id)
            else {
                continue
            }
            switch memory.links[place]?[value] ?? LinkAnswer.none {
            case .one(let id):
                if name == "owner", memory.owners[id] == nil { throw Rejection.invalid([.notFound(prefix + name)]) }
                out[name] = .record(id)
            case .several:
                throw Rejection.invalid([
                    .cell(
                        prefix + name, "several_found", "有几条记录都叫“\(text(value))”",
                        "Several records are called “\(text(value))”")
                ])
            case .none:
                // A link that only completes a line's own copy is left empty.
                if let given, given.links[name] == nil { continue }
                let id = try make(wish, place, value, prefix + name, &done, memory)
                memory.links[place, default: [:]][value] = .one(id)
                madeLinks.append((place, value))
                out[name] = .record(id)
            }
        }
        return out
    }

    private func text(_ value: Value) -> String {
        switch value {
        case .text(let text): String(text.prefix(60))
        case .decimal(let number): number.shortest
        default: ""
        }
    }

    /// A record of which the file tells more than its key is made; one that it only names must be there.
    private func make(
        _ wish: LinkWish, _ place: LinkPlace, _ value: Value, _ path: String, _ done: inout ImportRecords.Done,
        _ memory: ImportMemory
    ) throws -> RecordID {
        let missing = Rejection.invalid([
            .cell(
                path, "not_found", "找不到“\(text(value))”，请先建好或改正",
                "“\(text(value))” is not there; make it first or correct the cell")
        ])
        let isTold = plan.targets.contains { target in
            guard let target, let key = place.field else { return false }
            return target.link == path && target.holder == .record && target.field != nil && target.field != key
        }
        guard isTold, let object = context.model.object(place.object), place.filter == nil else { throw missing }
        let needsOthers = object.liveFields.contains { field in
            if case .link = field.type { field.required && field.defaultValue == nil } else { false }
        }
        let access = context.access.grant(object.id)
        guard !needsOthers, access.canCreate else { throw missing }
        var values = wish.values
        for name in values.keys where !context.actor.isSystem && object.field(name)?.series == nil {
            guard access.creatable.contains(name) else { throw Rejection.invalid([.notWritable(path + "." + name)]) }
        }
        for (name, value) in plan.constants[object.id] ?? [:] where values[name] == nil { values[name] = value }
        let written = try records.writer(owner: nil, of: memory).create(
            object, RecordChange(values: values), problems: [], access: access)
        note(object.id, written.id, &done)
        done.sequence = max(done.sequence, written.sequence)
        return written.id
    }
}
