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
        return content.filter { !$0.name.hasPrefix("pick.") && !taken.contains(FieldMerge.root($0.name)) }
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
                definition, settable: record.editable, seen: seen,
                mine: FormValues(posted: content, definition: definition),
                now: FormValues(record, format: context.format, model: reader.model))
            guard merge.clashes.isEmpty else { return nil }
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
        guard let merge, !merge.clashes.isEmpty else { return [] }
        let changes = try await kernel.answer(
            LastChanges(object: record.object, id: record.id, fields: merge.clashes), as: actor)
        let eyes = form.eyes
        return merge.clashes.compactMap { id in
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
    }

    /// What the author wrote into a field, for reading.
    private func written(_ id: String, _ field: FieldDefinition, _ form: FormComposition) -> String {
        let text = form.values.texts[id] ?? ""
        switch field.type {
        case .choice(let list), .choices(let list):
            return text.split(separator: ",").map { code in
                form.eyes.model.lists[list]?.code(String(code)).map { form.eyes.say($0.label) } ?? String(code)
            }.joined(separator: " · ")
        case .bool: return form.eyes.say(text == "true" ? Words.yes : Words.no)
        case .instant: return text.replacing("T", with: " ")
        case .money:
            return [text, form.values.texts[id + ".currency"] ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
        default: return form.values.titles[text] ?? text
        }
    }
}

extension FieldDefinition {
    fileprivate var isLineSheet: Bool { if case .lines = type { true } else { false } }
}
