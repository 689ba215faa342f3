import Definitions
import Kernel
import Values

/// What becomes of each row of a change of cells: the command for it, or why there is none.
struct CellPlan {
    /// What a script is told of one row.
    private enum Fate {
        case waiting(place: Int, before: [(name: String, value: String)])
        case refused(Rejection)
        /// Nothing to change: only to be drawn as it stands now.
        case asked
        /// Somebody else changed the same cell meanwhile.
        case conflict(field: String, theirs: String, mine: String, version: Int)
    }

    let eyes: Presentation
    let definition: ObjectDefinition
    let records: [RecordID: RecordView]
    /// Set when values come as texts of people.
    var texts: CellText?
    /// Who changed the cell of a conflict.
    var changedBy: [RecordID: LastChanges.Change] = [:]
    private(set) var kinds: [Command.Kind] = []
    private var fates: [(id: RecordID, fate: Fate)] = []
    private var parts: [Result<Outcome, Rejection>] = []

    init(eyes: Presentation, definition: ObjectDefinition, records: [RecordID: RecordView]) {
        self.eyes = eyes
        self.definition = definition
        self.records = records
    }

    // MARK: Before

    mutating func add(_ row: CellRow) {
        guard let record = records[row.id] else { return refuse(row.id, .notThere) }
        if row.fields.isEmpty {
            fates.append((row.id, .asked))
            return
        }
        do {
            let read: CellRow
            do throws(Problem) { read = try texts?.read(row) ?? row } catch { throw Rejection.cell(error) }
            var version = row.version ?? record.version
            if let conflict = conflict(read, record) {
                fates.append((row.id, conflict))
                return
            }
            // Others changed other cells: both stand.
            if version != record.version, !row.was.isEmpty { version = record.version }
            let before = self.before(read, record)
            fates.append((row.id, .waiting(place: kinds.count, before: before)))
            kinds.append(try kind(read, record, version))
        } catch let rejection as Rejection {
            if case .waiting? = fates.last?.fate, fates.last?.id == row.id { fates.removeLast() }
            refuse(row.id, rejection)
        } catch {
            refuse(row.id, .notThere)
        }
    }

    private mutating func refuse(_ id: RecordID, _ rejection: Rejection) { fates.append((id, .refused(rejection))) }

    private func kind(_ row: CellRow, _ record: RecordView, _ version: Int) throws -> Command.Kind {
        for name in row.names {
            // A form leaves out what the house computes; who writes into such a cell is told.
            guard let field = definition.field(name) else {
                throw Rejection.cell(
                    Problem(
                        field: String(name.prefix(80)), code: "unknown_field",
                        message: Label(zh: "没有这个字段", en: "There is no such field")))
            }
            guard !ListCells.isEditable(field, of: definition, eyes.sight) else { continue }
            throw Rejection.cell(Problem(field: name, code: "not_writable", message: Words.fixedCell))
        }
        if row.names == ["owner"] {
            let owner = row.fields.last { $0.name == "owner" }?.value ?? ""
            return .act(
                object: record.object, id: record.id, action: "assign",
                Draft(["owner": owner.isEmpty ? .null : .text(owner)]), expecting: version)
        }
        var fields = row.fields
        for name in row.names {
            // An amount typed alone keeps its currency.
            if case .money(.own)? = definition.field(name)?.type,
                !fields.contains(where: { $0.name == name + ".currency" }),
                let currency = record[name + ".currency"].text
            {
                fields.append((name + ".currency", currency))
            }
        }
        let reader = FormReader(
            model: eyes.model, definition: definition, format: eyes.page.format, isNew: false)
        return .update(
            object: record.object, id: record.id, try reader.draft(fields), expecting: version)
    }

    /// Somebody changed what the reader wants to change, since the reader saw it.
    private func conflict(_ row: CellRow, _ record: RecordView) -> Fate? {
        guard let seen = row.version, seen != record.version else { return nil }
        let now = FormValues(record, format: eyes.page.format, model: eyes.model)
        for (field, was) in row.was {
            let theirs = now.texts[field] ?? ""
            let mine = row.fields.last { $0.name == field }?.value ?? ""
            guard theirs != was, theirs != mine else { continue }
            return .conflict(
                field: field, theirs: eyes.shown(field, of: record).plain, mine: mine, version: record.version)
        }
        return nil
    }

    /// What the cells hold now, as their controls would: the way back.
    private func before(_ row: CellRow, _ record: RecordView) -> [(name: String, value: String)] {
        let now = FormValues(record, format: eyes.page.format, model: eyes.model)
        var out: [(name: String, value: String)] = []
        for name in row.names {
            out.append((name, now.texts[name] ?? ""))
            if let currency = now.texts[name + ".currency"] { out.append((name + ".currency", currency)) }
        }
        return out
    }

    /// The cells that somebody else changed meanwhile.
    var conflicts: [(id: RecordID, field: String)] {
        fates.compactMap { id, fate in
            if case .conflict(let field, _, _, _) = fate { (id, field) } else { nil }
        }
    }

    // MARK: After

    mutating func take(_ parts: [Result<Outcome, Rejection>]) { self.parts = parts }

    /// The records to draw anew: those that were changed, and those that were asked for.
    var written: [RecordID] {
        fates.compactMap { id, fate in
            if case .asked = fate { return id }
            guard case .waiting(let place, _) = fate, place < parts.count, case .success = parts[place] else {
                return nil
            }
            return id
        }
    }

    /// One object for each row, in order.
    ///
    /// - Parameter fresh: the rows changed, as they are to be drawn.
    func json(fresh: [RecordID: RecordView], columns: [String], isSelectable: Bool) -> JSONBuilder {
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("rows")
            writer.array { writer in
                for (id, fate) in fates {
                    writer.object { writer in
                        writer.field("id", id.description)
                        writer.field("title", records[id]?.title ?? "")
                        self.fate(id, fate, &writer)
                        if let record = fresh[id] {
                            writer.key("version")
                            writer.int(record.version)
                            writer.field("html", drawn(record, columns, isSelectable))
                        }
                    }
                }
            }
        }
        return writer
    }

    private func fate(_ id: RecordID, _ fate: Fate, _ writer: inout JSONBuilder) {
        switch fate {
        case .refused(let rejection): refusal(rejection, &writer)
        case .asked:
            writer.key("ok")
            writer.bool(true)
        case .conflict(let field, let theirs, let mine, let version):
            writer.key("ok")
            writer.bool(false)
            writer.field("field", field)
            writer.field("theirs", theirs)
            writer.field("mine", mine)
            writer.key("now")
            writer.int(version)
            writer.field(
                "message",
                eyes.say(
                    Words.theirsIs(theirs.isEmpty ? "–" : theirs, by: changedBy[id]?.words(eyes.page.format) ?? "")))
        case .waiting(let place, let before):
            guard place < parts.count else { return }
            switch parts[place] {
            case .failure(let rejection): refusal(rejection, &writer)
            case .success(let outcome):
                writer.key("ok")
                writer.bool(true)
                if let warning = outcome.warnings.first { writer.field("warning", eyes.say(warning.message)) }
                writer.key("before")
                writer.object { writer in for (name, value) in before { writer.field(name, value) } }
            }
        }
    }

    private func refusal(_ rejection: Rejection, _ writer: inout JSONBuilder) {
        writer.key("ok")
        writer.bool(false)
        let problem = rejection.problems.first
        if let field = problem?.field {
            writer.field("field", field)
            writer.field("label", definition.field(field).map { eyes.say($0.label) } ?? "")
        }
        writer.field("message", eyes.say(problem?.message ?? rejection.message))
    }

    private func drawn(_ record: RecordView, _ columns: [String], _ isSelectable: Bool) -> String {
        var table = DataTable(
            label: "", columns: ListCells.columns(columns, of: definition, eyes),
            rows: [eyes.row(record, columns: columns)])
        table.isSelectable = isSelectable
        var html = HTML(eyes.page, capacity: 2048)
        table.body(&html)
        return String(decoding: html.bytes, as: UTF8.self)
    }
}

extension Rejection {
    static let notThere = Rejection(
        .missing, code: "not_found", message: Label(zh: "这条记录已经不在这里", en: "This record is no longer here"))

    static func cell(_ problem: Problem) -> Rejection {
        Rejection(.invalid, code: problem.code, message: problem.message, problems: [problem])
    }
}
