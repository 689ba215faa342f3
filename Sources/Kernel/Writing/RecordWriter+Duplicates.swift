import Access
import Definitions
import Expressions
import Flow
import Store
import Values

extension RecordWriter {
    /// Records that may be the same as a new one, as far as its author may know of them. Two or three statements.
    func duplicateWarnings(_ definition: ObjectDefinition, _ state: RecordState) throws -> [Problem] {
        guard !definition.duplicates.isEmpty else { return [] }
        let rows = try store.duplicates(
            definition.id, values: state.values, excluding: state.id, context: context.evaluation)
        let seen = try inSight(definition, rows.prefix(3).map(\.id))
        return try rows.prefix(3).map { row in
            let owner = try row[path: "owner"].record.map { try store.titles("user", [$0])[$0] ?? "" } ?? "—"
            let message: Label
            if seen.contains(row.id) {
                let name = try store.titles(definition.id, [row.id])[row.id] ?? ""
                message = Label(zh: "可能与“\(name)”重复，负责人 \(owner)", en: "May be the same as “\(name)”, owner \(owner)")
            } else {
                // Whom to ask, so that nobody works on a colleague's customer; not what is kept of it.
                message = Label(
                    zh: "同事可能已有相同的记录，负责人 \(owner)",
                    en: "A colleague may have the same record already, owner \(owner)")
            }
            return Problem(field: definition.title.first, code: "possible_duplicate", message: message)
        }
    }

    /// Those of the records whose names the actor may read.
    private func inSight(_ definition: ObjectDefinition, _ found: [RecordID]) throws -> Set<RecordID> {
        if context.actor.isSystem { return Set(found) }
        let access = context.access.grant(definition.id)
        guard access.canRead, definition.title.allSatisfy(access.filterable.contains) else { return [] }
        let query = RecordQuery(
            object: definition.id, predicates: access.readPredicate.map { [$0] } ?? [], context: context.evaluation,
            fields: [FieldPath(["id"])], limit: 3, ids: found)
        return Set(try store.select(query).map(\.id))
    }
}
