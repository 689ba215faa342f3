import Access
import Definitions
import Expressions
import Store
import Values

/// The records that a page of rows links to: which of them the actor may see, and what they are called.
///
/// One statement for each linked object, whatever the number of rows.
struct LinkedNames {
    private var visible: [RecordID: String] = [:]
    private let linkSteps: Set<String>
    private let language: Language
    private let lists: [String: CodeList]

    init(
        context: ReadContext, rows: [RecordRow], lists: [String: [RecordID: [RecordID]]], definition: ObjectDefinition,
        paths: [FieldPath]
    ) throws {
        language = context.actor.language
        self.lists = context.model.lists
        var wanted: [String: Set<RecordID>] = [:]
        var steps: Set<String> = []
        for path in paths {
            for end in 1...path.steps.count {
                let prefix = FieldPath(Array(path.steps[..<end]))
                guard let target = Self.target(of: prefix, on: definition, model: context.model) else { continue }
                let key = prefix.description
                if end < path.steps.count { steps.insert(key) }
                for row in rows {
                    for id in lists[key]?[row.id] ?? [row[path: key].record].compactMap(\.self) {
                        let object = target == "*" ? row[path: key + ".object"].text ?? "" : target
                        wanted[object, default: []].insert(id)
                    }
                }
            }
        }
        if let title = definition.title.first,
            let target = Self.target(of: FieldPath([title]), on: definition, model: context.model)
        {
            for row in rows { if let id = row[path: title].record { wanted[target, default: []].insert(id) } }
        }
        linkSteps = steps
        for (object, ids) in wanted { try load(object, ids.sorted(), context) }
    }

    private mutating func load(_ object: String, _ ids: [RecordID], _ context: ReadContext) throws {
        guard let definition = context.model.object(object), !definition.retired else { return }
        let access = context.access.grant(object)
        guard access.canRead, !ids.isEmpty else { return }
        let naming = Naming(of: definition, in: language, readable: access.readable)
        let query = RecordQuery(
            object: object, predicates: access.readPredicate.map { [$0] } ?? [], context: context.evaluation,
            fields: naming.fields.map { FieldPath([$0]) }, limit: ids.count, deleted: .any, ids: ids)
        for row in try context.store.select(query) {
            visible[row.id] =
                naming.name { TitleText.text(row[path: $0], of: definition.field($0), lists, language) } ?? ""
        }
    }

    /// Whether a column over links may show its value for this row: every record on the way is seen.
    func shows(_ path: FieldPath, of row: RecordRow) -> Bool {
        guard path.steps.count > 1 else { return true }
        for end in 1..<path.steps.count {
            let key = path.steps[..<end].joined(separator: ".")
            guard linkSteps.contains(key) else { continue }
            guard let id = row[path: key].record, visible[id] != nil else { return false }
        }
        return true
    }

    func titles(for values: [String: Value]) -> [RecordID: String] {
        var out: [RecordID: String] = [:]
        for value in values.values {
            switch value {
            case .record(let id): if let title = visible[id] { out[id] = title }
            case .list(let items):
                for case .record(let id) in items { if let title = visible[id] { out[id] = title } }
            default: break
            }
        }
        return out
    }

    /// - Parameter readable: fields of this row that the actor may read; a hidden one names nothing.
    func title(of row: RecordRow, _ definition: ObjectDefinition, readable: Set<String>) -> String {
        Naming(of: definition, in: language, readable: readable).name { field in
            let value = row[path: field]
            return value.record.map { visible[$0] ?? "" }
                ?? TitleText.text(value, of: definition.field(field), lists, language)
        } ?? ""
    }

    private static func target(of path: FieldPath, on definition: ObjectDefinition, model: Model) -> String? {
        var holder: ObjectDefinition? = definition
        for (index, step) in path.steps.enumerated() {
            guard let field = holder?.field(step) else { return nil }
            let target: String
            switch field.type {
            case .link(let object), .links(let object): target = object
            case .anyLink: target = "*"
            default: return nil
            }
            if index == path.steps.count - 1 { return target }
            holder = model.object(target)
        }
        return nil
    }
}

/// A value as part of a name.
enum TitleText {
    /// A code is told by its label.
    static func text(
        _ value: Value, of field: FieldDefinition?, _ lists: [String: CodeList], _ language: Language
    ) -> String? {
        guard case .choice(let list)? = field?.type, let code = value.text else { return text(value) }
        return lists[list]?.code(code)?.label[language] ?? code
    }

    static func text(_ value: Value) -> String? {
        switch value {
        case .text(let text): text.isEmpty ? nil : text
        case .decimal(let number): number.shortest
        case .day(let day): day.description
        case .instant(let instant): instant.day.description
        default: nil
        }
    }
}
