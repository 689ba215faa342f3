import Definitions
import Kernel
import Values

extension Desk {
    /// One control with what stands in it now, for a cell about to be edited: `GET /o/company/…/cell?field=phone`.
    func cell(_ object: String, _ id: RecordID) async throws -> Reply {
        guard let name = exchange[query: "field"] else { throw Rejection.noSuchPath }
        let (sight, record) = try await kernel.answer(CellSheet(object: object, id: id), as: actor)
        guard let definition = sight.model.object(object), let field = definition.field(name) else {
            throw Rejection.noSuchPath
        }
        let eyes = Presentation(sight: sight, page: context)
        let controls = FieldControls(eyes: eyes, definition: definition, record: record)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("version")
            writer.int(record.version)
            writer.key("editable")
            writer.bool(isEditable(name, record))
            writer.field("value", controls.values.texts[name] ?? "")
            writer.field("html", drawn(controls.control(field)))
        }
        return .json(writer)
    }

    /// A blank control, for a change of many records: `GET /o/company/cell?field=phone`.
    func blankCell(_ object: String) async throws -> Reply {
        let sight = try await kernel.answer(VisibleModel(), as: actor)
        guard let name = exchange[query: "field"], sight.canRead(object), let definition = sight.model.object(object),
            let field = definition.field(name), ListCells.isEditable(field, of: definition, sight)
        else { throw Rejection.noSuchPath }
        let eyes = Presentation(sight: sight, page: context)
        var controls = FieldControls(eyes: eyes, definition: definition, values: FormValues())
        controls.values.texts = [:]
        var writer = JSONBuilder()
        writer.object { $0.field("html", drawn(controls.control(field))) }
        return .json(writer)
    }

    private func isEditable(_ field: String, _ record: RecordView) -> Bool {
        field == "owner"
            ? record.actions.contains("assign")
            : record.actions.contains("update") && record.editable.contains(field)
    }

    private func drawn(_ control: FieldControl?) -> String {
        guard var control else { return "" }
        control.isCompact = true
        control.help = nil
        control.isRequired = false
        control.scope = "cell"
        var html = HTML(context, capacity: 2048)
        html.add(control)
        return String(decoding: html.bytes, as: UTF8.self)
    }

    // MARK: Writing

    /// Changes cells of some rows, each row on its own: what is refused is said and the others stand.
    ///
    /// `dry=1` writes nothing; `texts=1` reads values as spreadsheets show them.
    func changeCells(_ object: String) async throws -> Reply {
        let rows = try CellRow.read(fields)
        guard !rows.isEmpty else { throw Rejection.noSuchPath }
        let sheet = try await kernel.answer(CellsSheet(object: object, ids: rows.map(\.id)), as: actor)
        guard let definition = sheet.sight.model.object(object) else { throw Rejection.noSuchPath }
        let isDry = field("dry") == "1"
        var plan = CellPlan(
            eyes: Presentation(sight: sheet.sight, page: context), definition: definition, records: sheet.records)
        if field("texts") == "1" {
            var texts = CellText(eyes: plan.eyes, definition: definition)
            texts.names = try await kernel.answer(RecordsNamed(names: texts.wanted(rows)), as: actor)
            plan.texts = texts
        }
        for row in rows { plan.add(row) }
        for conflict in plan.conflicts.prefix(20) {
            plan.changedBy[conflict.id] = try await kernel.answer(
                LastChanges(object: object, id: conflict.id, fields: [conflict.field]), as: actor)[conflict.field]
        }
        let kinds = plan.kinds
        if !kinds.isEmpty {
            let outcome = try await kernel.perform(Command(.bulk(kinds, atomic: false), dryRun: isDry), as: actor)
            plan.take(outcome.parts)
        }
        let columns = field("columns").split(separator: ",").map(String.init).filter {
            plan.eyes.isReadable($0, of: object)
        }
        let fresh =
            isDry || columns.isEmpty
            ? [:]
            : try await kernel.answer(
                CellsSheet(object: object, ids: plan.written, paths: plan.eyes.withCurrencies(columns, of: object)),
                as: actor
            ).records
        return .json(plan.json(fresh: fresh, columns: columns, isSelectable: field("sel") == "1"))
    }
}

/// One record with what may be done to it.
struct CellSheet: Question {
    let object: String
    let id: RecordID

    func answer(in context: ReadContext) throws -> (sight: ModelSight, record: RecordView) {
        let sight = try context.ask(VisibleModel())
        guard sight.canRead(object) else { throw Rejection.noSuchPath }
        return (sight, try context.ask(ShowRecord(object: object, id: id, withLines: false)))
    }
}

/// Records as they stand; those out of sight are left out. One read for each.
struct CellsSheet: Question {
    let object: String
    let ids: [RecordID]
    /// Nil for all readable fields.
    var paths: [String]?

    struct Answer: Sendable {
        let sight: ModelSight
        let records: [RecordID: RecordView]
    }

    func answer(in context: ReadContext) throws -> Answer {
        let sight = try context.ask(VisibleModel())
        guard sight.canRead(object) else { throw Rejection.noSuchPath }
        var records: [RecordID: RecordView] = [:]
        for id in ids where records[id] == nil {
            do {
                records[id] = try context.ask(ShowRecord(object: object, id: id, fields: paths, withLines: false))
            } catch let rejection as Rejection where rejection.kind == .missing {
                continue
            }
        }
        return Answer(sight: sight, records: records)
    }
}
