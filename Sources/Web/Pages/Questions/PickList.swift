import Definitions
import Expressions
import Kernel
import Values

/// What a picker offers: records of an object, or of several, whose names fit what was typed.
struct PickList: Question {
    let objects: [String]
    let text: String
    /// `quotation.company`: the field whose rule narrows the choice.
    let origin: String?
    /// Ids carry their object: for links to any object.
    let namesObject: Bool
    let language: Language

    struct Item: Sendable {
        let id: String
        let title: String
        let note: String
    }

    func answer(in context: ReadContext) throws -> [Item] {
        let sight = try context.ask(VisibleModel())
        let readable = objects.filter { sight.canRead($0) && sight.model.object($0)?.retired == false }
        guard !readable.isEmpty else { throw Rejection.noSuchPath }
        var out: [Item] = []
        for object in readable { out += try items(object, sight, context, limit: readable.count > 1 ? 6 : 20) }
        return out
    }

    private func items(_ object: String, _ sight: ModelSight, _ context: ReadContext, limit: Int) throws -> [Item] {
        guard let definition = sight.model.object(object) else { return [] }
        let readable = sight.readable(object)
        let names = definition.title.filter(readable.contains)
        let wanted = definition.search.prefix(5).filter { readable.contains($0) && !names.contains($0) }
        let notes = wanted.filter { id in
            switch definition.field(id)?.type {
            case .text?, .link?, .choice?: true
            default: false
            }
        }
        let sort =
            sight.filterable(object).contains("updated_at") ? [SortKey(path: "updated_at", descending: true)] : []
        let page = try context.ask(
            ListRecords(
                object: object, columns: names + notes, filters: rule(object, sight).map { [$0] } ?? [],
                sort: text.isEmpty ? sort : [],
                search: text.isEmpty ? nil : text, limit: limit))
        return page.rows.map { row in
            let texts = (names.dropFirst() + notes).compactMap {
                plain(row[$0], definition.field($0), row, sight.model)
            }
            let kind = namesObject ? [definition.label[language]] : []
            return Item(
                id: namesObject ? object + "/" + row.id.description : row.id.description, title: row.title,
                note: (kind + texts.filter { $0 != row.title }.prefix(2)).joined(separator: " · "))
        }
    }

    private func plain(_ value: Value, _ field: FieldDefinition?, _ row: RecordView, _ model: Model) -> String? {
        if let id = value.record { return row.titles[id] }
        guard let text = value.text, !text.isEmpty else { return nil }
        if case .choice(let list)? = field?.type { return model.lists[list]?.code(text)?.label[language] ?? text }
        return text
    }

    /// The rule of the field, if the reader may use what it speaks of.
    private func rule(_ object: String, _ sight: ModelSight) -> String? {
        guard let parts = origin?.split(separator: "."), parts.count == 2,
            let field = sight.model.object(String(parts[0]))?.field(String(parts[1])), field.type.linkTarget == object,
            let filter = field.linkFilter
        else { return nil }
        let usable = sight.filterable(object)
        return filter.fieldPaths.allSatisfy { usable.contains($0.first) } ? filter.source : nil
    }
}
