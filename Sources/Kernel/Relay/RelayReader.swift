import Definitions
import Expressions
import Flow
import Store
import Values

/// Reads what the legs of records look at, as the house: deliverables and dates that the reader may not see as such.
struct RelayReader {
    let context: ReadContext

    /// Records with their own fields and what the legs' conditions ask of their links. One statement.
    func states(
        _ ids: [RecordID], of definition: ObjectDefinition
    ) throws -> [RecordID: RecordState] {
        if ids.isEmpty { return [:] }
        let linked = Needs.relayPaths(definition, context.model).filter { path in
            path.steps.count > 1 && definition.field(path.first)?.isLines != true
        }
        let query = RecordQuery(
            object: definition.id, context: context.evaluation,
            fields: (context.snapshot.ownPaths[definition.id] ?? []) + Set(linked), limit: ids.count, deleted: .any,
            ids: ids)
        return try context.connection.beyondSight {
            Dictionary(
                try context.store.select(query).map { row in
                    (row.id, RecordState(object: definition.id, id: row.id, values: row.values))
                }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// One record with its lines too. One statement more for each kind of line.
    func whole(_ id: RecordID, of definition: ObjectDefinition) throws -> RecordState? {
        guard var state = try states([id], of: definition)[id] else { return nil }
        try context.connection.beyondSight {
            for field in definition.liveFields {
                guard case .lines(let child) = field.type else { continue }
                let rows = try context.store.children(of: [id], in: child)[id] ?? []
                state.lines[field.id] = rows.map { LineState(id: $0.id, isNew: false, values: $0.values) }
            }
        }
        return state
    }

    /// Records before this one along the thread, the earliest first, as far as the actor may see them.
    func thread(_ record: RecordView, _ process: ProcessDefinition) throws -> [RecordView] {
        var out: [RecordView] = []
        var current = record
        while out.count < 8, let link = process.thread[current.object],
            let target = context.model.object(current.object)?.field(link)?.type.linkTarget,
            process.objects.contains(target)
        {
            let fields = [process.thread[target], "id"].compactMap { $0 }
            // A link that the actor may not read is no way either.
            guard let next = current[link].record, !out.contains(where: { $0.id == next }) else { break }
            do {
                current = try context.ask(
                    ShowRecord(object: target, id: next, fields: fields.filter { $0 != "id" }, withLines: false))
            } catch let rejection as Rejection where rejection.kind == .missing || rejection.kind == .invalid {
                break
            }
            out.insert(current, at: 0)
        }
        return out
    }
}
