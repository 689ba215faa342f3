import Definitions
import Kernel
import Values

extension Desk {
    /// What the form would become if it were saved now: computed fields and figures, nothing written.
    func rehearse(_ object: String) async throws -> Reply {
        let sight = try await kernel.answer(VisibleModel(), as: actor)
        guard let definition = sight.model.object(object), sight.canRead(object) else { throw Rejection.noSuchPath }
        let eyes = Presentation(sight: sight, page: context)
        let id = RecordID(field("id"))
        let content = fields.filter { !Self.envelope.contains($0.name) }
        var reader = FormReader(model: sight.model, definition: definition, format: context.format, isNew: id == nil)
        reader.prefilled = Set(field("prefilled").split(separator: ",").map(String.init))
        reader.filling = Int(field("fill"))
        let kind: Command.Kind
        do {
            let draft = try reader.draft(content)
            if let id {
                let current = try await kernel.answer(ShowRecord(object: object, id: id, withLines: false), as: actor)
                kind = .update(object: object, id: id, draft, expecting: current.version)
            } else {
                kind = .create(object: object, draft)
            }
            var command = Command(kind, dryRun: true)
            command.isSketch = true
            let outcome = try await kernel.perform(command, as: actor)
            guard let record = outcome.record else { return .json(Self.nothing) }
            let rows = FormValues(posted: content, definition: definition)
            return .json(RehearsalAnswer(eyes: eyes, definition: definition, record: record, posted: rows).json())
        } catch let rejection as Rejection where rejection.kind == .invalid || rejection.kind == .conflict {
            // While one still types, a form is rarely complete; what is wrong is said when it is saved.
            return .json(Self.nothing)
        }
    }

    private static var nothing: JSONBuilder {
        var writer = JSONBuilder()
        writer.object { _ in }
        return writer
    }
}

/// The answer to a rehearsal in the words of the quotation sheet's script.
private struct RehearsalAnswer {
    let eyes: Presentation
    let definition: ObjectDefinition
    let record: RecordView
    /// The form as it was sent: rows without content have no line in the record.
    let posted: FormValues

    func json() -> JSONBuilder {
        let figures = DocumentFigures(eyes: eyes, definition: definition, record: record)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("fields")
            writer.object { writer in
                for field in definition.liveFields
                where field.formula != nil && eyes.isReadable(field.id, of: definition.id) {
                    writer.field(field.id, eyes.shown(field.id, of: record).plain)
                }
            }
            writer.key("given")
            writer.object { writer in given(&writer) }
            writer.key("lines")
            writer.object { writer in
                for (name, rows) in record.lines.sorted(by: { $0.key < $1.key }) { lines(name, rows, &writer) }
            }
            writer.key("sums")
            writer.object { writer in for row in figures.sums().rows { writer.field(row.id, row.value) } }
            writer.key("terms")
            writer.object { writer in for term in figures.terms() { writer.field(term.term, term.value) } }
            writer.field("quoted", figures.quoted)
            if let margin = figures.margin() { self.margin(margin, &writer) }
            writer.key("fills")
            writer.array { writer in for fill in figures.fills() { self.fill(fill, &writer) } }
        }
        return writer
    }

    /// What defaults have put into fields that stand empty in the form: a customer brings currency and terms.
    private func given(_ writer: inout JSONBuilder) {
        for field in definition.liveFields where !field.isSystem && field.formula == nil && !field.readOnly {
            guard eyes.isReadable(field.id, of: definition.id), posted.texts[field.id]?.isEmpty == true else {
                continue
            }
            if let id = record[field.id].record {
                writer.key(field.id)
                writer.object { writer in
                    writer.field("id", id.description)
                    writer.field("title", record.titles[id] ?? "")
                }
            } else if !record[field.id].isNull {
                writer.field(field.id, FormValues.written(record[field.id], as: field.type, eyes.page.format))
            }
        }
    }

    /// One object for each row of the form, also for the blank ones between.
    private func lines(_ name: String, _ rows: [RecordView], _ writer: inout JSONBuilder) {
        guard case .lines(let child)? = definition.field(name)?.type, let object = eyes.model.object(child) else {
            return
        }
        var left = rows[...]
        writer.key(name)
        writer.array { writer in
            for row in posted.lines[name] ?? [] {
                let isBlank =
                    row.id.isEmpty
                    && row.texts.allSatisfy { key, text in
                        if case .choice? = object.field(key)?.type {
                            true
                        } else {
                            text.trimmingSpaces.isEmpty || object.field(key) == nil
                        }
                    }
                writer.object { writer in
                    guard !isBlank, let line = left.popFirst() else { return }
                    self.line(line, object, &writer)
                }
            }
        }
    }

    private func line(_ line: RecordView, _ object: ObjectDefinition, _ writer: inout JSONBuilder) {
        for field in object.liveFields where !field.isSystem && eyes.isReadable(field.id, of: object.id) {
            if field.formula != nil || field.readOnly {
                writer.field(field.id, eyes.shown(field.id, of: line, parent: record).plain)
            } else if !line[field.id].isNull, field.type.linkTarget == nil {
                writer.field(field.id, FormValues.written(line[field.id], as: field.type, eyes.page.format))
            }
        }
    }

    private func margin(_ margin: QuotationPage.Margin, _ writer: inout JSONBuilder) {
        writer.key("margin")
        writer.object { writer in
            writer.field("text", margin.text)
            writer.key("percent")
            writer.int(margin.percent)
            writer.field("tone", margin.tone.rawValue)
            if let warning = margin.warning { writer.field("warning", warning) }
        }
    }

    private func fill(_ fill: QuotationPage.Fill, _ writer: inout JSONBuilder) {
        writer.object { writer in
            writer.field("container", fill.container)
            writer.key("percent")
            writer.int(fill.percent)
            writer.field("note", fill.note)
            writer.field("tone", fill.tone.rawValue)
        }
    }
}
