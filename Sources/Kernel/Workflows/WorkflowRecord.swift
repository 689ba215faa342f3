import Definitions
import Expressions
import Flow
import Store
import Values

/// Reads a run's record as the house: what the conditions name, and whose it is.
struct WorkflowRecord {
    let context: ReadContext
    let definition: ObjectDefinition
    let id: RecordID

    /// The values that conditions read, by the names they use. One statement, and one for each field of links or lines.
    ///
    /// A name that is no longer a field is missing, and the condition then says so.
    func facts(_ names: Set<String>) throws -> WorkflowFacts {
        let known = names.filter { WorkflowFields(context.model).has($0, on: definition.id) }
        let paths = known.filter { definition.field($0)?.hasColumns ?? true }.map { FieldPath(text: $0) }
        return try context.connection.beyondSight {
            let row = try context.store.find(
                definition.id, id, fields: paths.sorted { $0.description < $1.description },
                context: context.evaluation, deleted: .any)
            guard let row else { throw Rejection.noSuchRecord }
            var values: [String: Value] = [:]
            for name in known {
                switch definition.field(name)?.type {
                case .links:
                    let found = try context.store.links(definition.id, name, of: [id])[id] ?? []
                    values[name] = .list(found.map { .record($0) })
                case .lines(let child):
                    let rows = try context.store.children(of: [id], in: child)[id] ?? []
                    values[name] = .list(rows.map { .record($0.id) })
                default: values[name] = row[path: name]
                }
            }
            return WorkflowFacts(names: values)
        }
    }

    /// What the record says itself: its owner, and the colleagues that its fields name. One statement.
    func people(_ fields: [String]) throws -> [String: RecordID] {
        let known = (["owner"] + fields).filter { definition.field($0)?.type == .link(object: "user") }
        return try context.connection.beyondSight {
            let row = try context.store.find(
                definition.id, id, fields: Set(known).sorted().map { FieldPath([$0]) }, context: context.evaluation,
                deleted: .any)
            return Dictionary(
                known.compactMap { name in row?[path: name].record.map { (name, $0) } },
                uniquingKeysWith: { first, _ in first })
        }
    }
}
