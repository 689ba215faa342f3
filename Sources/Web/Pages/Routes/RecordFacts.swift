import Definitions
import Kernel
import Values

/// What is known of a record, section by section, and what could be filled in.
struct RecordFacts {
    let eyes: Presentation
    let definition: ObjectDefinition
    let record: RecordView
    let isDeleted: Bool

    func sections() -> [RecordDetailPage.Section] {
        var named: Set<String> = []
        var out: [RecordDetailPage.Section] = []
        for section in definition.sections {
            named.formUnion(section.fields)
            if let made = self.section(eyes.say(section.label), section.fields, isFolded: section.folded) {
                out.append(made)
            }
        }
        let rest = definition.liveFields.filter { !named.contains($0.id) && !$0.isSystem }.map(\.id)
        let title = definition.sections.isEmpty ? Words.facts : Label(zh: "其他", en: "More")
        let isFolded = !definition.sections.isEmpty && out.count > 2
        if let made = section(eyes.say(title), rest, isFolded: isFolded) { out.append(made) }
        let system = ["owner", "department", "region", "created_at", "created_by", "updated_at", "updated_by"].filter {
            !named.contains($0)
        }
        if let made = section(eyes.say(Label(zh: "记录", en: "Record")), system, isFolded: true) { out.append(made) }
        return out
    }

    private func section(_ title: String, _ fields: [String], isFolded: Bool) -> RecordDetailPage.Section? {
        let all = fields.compactMap(fact)
        let known = all.filter { !isNothing($0.value) }
        let missing = all.filter { isNothing($0.value) && $0.editURL != nil }
        guard !known.isEmpty || !missing.isEmpty else { return nil }
        // A section of which nothing is known waits to be opened.
        return RecordDetailPage.Section(
            title: title, facts: known, missing: missing, isFolded: isFolded || known.isEmpty)
    }

    private func isNothing(_ shown: Shown) -> Bool {
        if case .bool(false) = shown { return true }
        return shown.isNothing
    }

    private func fact(_ id: String) -> FactList.Fact? {
        guard let field = definition.field(id), !field.retired, eyes.isReadable(id, of: definition.id) else {
            return nil
        }
        switch field.type {
        case .lines, .files: return nil
        default: break
        }
        let path = definition.id
        let mayEdit =
            !isDeleted && record.editable.contains(id) && ListCells.isEditable(field, of: definition, eyes.sight)
            && id != "owner"
        return FactList.Fact(
            field: id, label: eyes.say(field.label), value: eyes.shown(id, of: record), help: field.help.map(eyes.say),
            editURL: mayEdit ? Paths.edit(path, record.id.description) + "#" + id : nil,
            originURL: field.formula == nil && field.rollup == nil
                ? nil : Paths.history(path, record.id.description, id))
    }
}
