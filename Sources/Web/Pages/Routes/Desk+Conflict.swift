import Definitions
import Kernel
import Values

/// A form whose record others changed while it was open.
extension Desk {
    /// Without the fields for which the author takes what others wrote: `pick.price=theirs`.
    func chosen(
        _ content: [(name: String, value: String)], _ reader: inout FormReader
    ) -> [(name: String, value: String)] {
        let taken = Set(
            content.filter { $0.name.hasPrefix("pick.") && $0.value == "theirs" }.map { String($0.name.dropFirst(5)) })
        reader.linesShown.subtract(taken)
        let cells = Self.cells(taken, in: content)
        return content.filter { item in
            if item.name.hasPrefix("pick.") || taken.contains(FieldMerge.root(item.name)) { return false }
            return !cells.contains { item.name == $0 || item.name.hasPrefix($0 + ".") }
        }
    }

    /// `lines[ID].price` by the place that the line has in what was sent: `lines[2].price`.
    private static func cells(_ taken: Set<String>, in content: [(name: String, value: String)]) -> Set<String> {
        var places: [String: String] = [:]
        for (name, id) in content where name.hasSuffix("].id") && !id.isEmpty {
            places[FieldMerge.root(name) + "[" + id + "]"] = String(name.dropLast(3))
        }
        let named = taken.compactMap { name -> String? in
            guard let end = name.firstIndex(of: "]"), let place = places[String(name[...end])] else { return nil }
            return place + name[name.index(after: end)...]
        }
        return Set(named)
    }

    /// Saves what the author changed where others changed something else; nil when both changed the same.
    func merge(
        _ content: [(name: String, value: String)], into id: RecordID, _ definition: ObjectDefinition,
        _ reader: FormReader
    ) async throws -> Reply? {
        guard let seen = FormValues.read(field("seen"), definition) else { return nil }
        for _ in 0..<3 {
            let record = try await kernel.answer(ShowRecord(object: definition.id, id: id), as: actor)
            let merge = FieldMerge(
                definition, model: reader.model, settable: record.editable, seen: seen,
                mine: FormValues(posted: content, definition: definition),
                now: FormValues(record, format: context.format, model: reader.model))
            guard merge.isSettled else { return nil }
            var reader = reader
            reader.linesShown.formIntersection(merge.ours)
            do {
                _ = try await kernel.perform(
                    Command(
                        .update(
                            object: definition.id, id: id, try reader.draft(merge.content(content)),
                            expecting: record.version)), as: actor)
            } catch let rejection as Rejection where rejection.kind == .stale {
                continue  // changed once more: looked at anew
            }
            let names = merge.theirs.compactMap { definition.field($0)?.label }
            let said = names.isEmpty ? Words.saved : Words.savedBeside(names)
            return done(Paths.record(definition.id, id.description), context[said])
        }
        return nil
    }

    /// Where both changed the same field, with who did and when; the author chooses for each.
    func conflicts(
        _ merge: FieldMerge?, _ form: FormComposition, _ record: RecordView
    ) async throws -> [FormPage.Conflict] {
        guard let merge, !merge.isSettled else { return [] }
        let changes = try await kernel.answer(
            LastChanges(object: record.object, id: record.id, fields: merge.clashes + merge.lines.keys), as: actor)
        let eyes = form.eyes
        let ofFields = merge.clashes.compactMap { id -> FormPage.Conflict? in
            guard let field = form.definition.field(id) else { return nil }
            var conflict = FormPage.Conflict(
                field: id, label: eyes.say(field.label), theirs: eyes.shown(id, of: record).plain,
                mine: written(id, field, form))
            if field.isLineSheet {
                conflict.theirs = eyes.say(Words.lineCount(record.lines[id]?.count ?? 0))
                conflict.mine = eyes.say(Words.lineCount(form.values.lines[id]?.count ?? 0))
            }
            conflict.who = changes[id]?.words(eyes.page.format) ?? ""
            return conflict
        }
        return ofFields
            + form.definition.liveFields.flatMap { field in
                merge.lines[field.id].map {
                    lineConflicts($0, field, form, who: changes[field.id]?.words(eyes.page.format) ?? "")
                } ?? []
            }
    }

    /// Cells that both changed, and lines that one side took out while the other changed them.
    private func lineConflicts(
        _ merge: LineMerge, _ field: FieldDefinition, _ form: FormComposition, who: String
    ) -> [FormPage.Conflict] {
        guard case .lines(let child) = field.type, let object = form.eyes.model.object(child) else { return [] }
        let cells = merge.clashes.compactMap { clash -> FormPage.Conflict? in
            guard let cell = object.field(clash.cell) else { return nil }
            return FormPage.Conflict(
                field: "\(field.id)[\(clash.id)].\(clash.cell)",
                label: form.eyes.say(Words.cell(field.label, line: clash.place + 1, cell.label)),
                theirs: read(clash.theirs, cell, form), mine: read(clash.mine, cell, form), who: who)
        }
        return cells
            + merge.kept.map { line in
                var told = FormPage.Conflict(
                    field: field.id, label: form.eyes.say(Words.line(field.label, line: line.place + 1)), theirs: "",
                    mine: "", who: who)
                told.told = form.eyes.say(line.isOutByAuthor ? Words.lineOutByMe : Words.lineOutByThem)
                return told
            }
    }

    /// What the author wrote into a field, for reading.
    private func written(_ id: String, _ field: FieldDefinition, _ form: FormComposition) -> String {
        let text = read(form.values.texts[id] ?? "", field, form)
        guard case .money = field.type else { return text }
        return [text, form.values.texts[id + ".currency"] ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// A control's text, for reading.
    private func read(_ text: String, _ field: FieldDefinition, _ form: FormComposition) -> String {
        switch field.type {
        case .choice(let list), .choices(let list):
            return text.split(separator: ",").map { code in
                form.eyes.model.lists[list]?.code(String(code)).map { form.eyes.say($0.label) } ?? String(code)
            }.joined(separator: " · ")
        case .bool: return form.eyes.say(text == "true" ? Words.yes : Words.no)
        case .instant: return text.replacing("T", with: " ")
        default: return form.values.titles[text] ?? text
        }
    }
}

extension FieldDefinition {
    fileprivate var isLineSheet: Bool { if case .lines = type { true } else { false } }
}
