import Access
import Definitions
import Expressions
import Flow
import Store
import Values

extension RecordWriter {
    /// Reads what the object's expressions and the actor's rights need of linked records: one statement for each linked object.
    func link(_ state: inout RecordState, change: RecordChange, _ definition: ObjectDefinition) throws {
        guard let needs = context.snapshot.needs[definition.id] else { return }
        var wanted: [String: (ids: Set<RecordID>, paths: Set<FieldPath>)] = [:]
        func want(_ object: String, _ id: RecordID?, _ paths: Set<FieldPath>) {
            guard let id else { return }
            wanted[object, default: ([], [])].ids.insert(id)
            wanted[object, default: ([], [])].paths.formUnion(paths)
        }
        for (name, paths) in needs.ofRecord {
            guard case .link(let object)? = definition.field(name)?.type else { continue }
            want(object, (change.values[name] ?? state[name]).record, paths)
            // A default may set the link from the actor or from another link.
            if change.values[name] == nil, name == "owner" { want(object, context.actor.userID, paths) }
        }
        // Rights that come through a link, such as those on the contacts of one's own companies.
        let rights = context.actor.isSystem ? [] : context.access.grant(definition.id).paths
        for path in rights where path.steps.count > 1 {
            guard case .link(let object)? = definition.field(path.first)?.type else { continue }
            let rest = FieldPath(Array(path.steps.dropFirst()))
            want(object, (change.values[path.first] ?? state[path.first]).record, [rest])
        }
        for (name, links) in needs.ofLines {
            guard case .lines(let child)? = definition.field(name)?.type, let object = context.model.object(child)
            else {
                continue
            }
            for line in change.lines[name] ?? state.lines[name] ?? [] {
                for (link, paths) in links {
                    guard case .link(let target)? = object.field(link)?.type else { continue }
                    want(target, line.values[link]?.record, paths)
                }
            }
        }
        for (object, want) in wanted { try read(object, want.ids, want.paths, into: &state) }
    }

    private func read(
        _ object: String, _ ids: Set<RecordID>, _ paths: Set<FieldPath>, into state: inout RecordState
    ) throws {
        for part in ids.sorted().chunks(of: 400) {
            let query = RecordQuery(
                object: object, context: context.evaluation, fields: Array(paths), limit: part.count, deleted: .any,
                ids: part)
            for row in try store.select(query) { state.linked.add(row.id, row.values) }
        }
    }

    /// Links must point to records that the actor may see and that the field accepts.
    func linkProblems(_ change: RecordChange, _ definition: ObjectDefinition) throws -> [Problem] {
        guard command.stamp == nil else { return [] }
        var wanted: [LinkGroup: [(place: String, id: RecordID)]] = [:]
        collect(change.values, definition, prefix: "", &wanted)
        for (name, lines) in change.lines {
            guard case .lines(let child)? = definition.field(name)?.type, let object = context.model.object(child)
            else {
                continue
            }
            for (index, line) in lines.enumerated() {
                collect(line.values, object, prefix: "\(name)[\(index)].", &wanted)
            }
        }
        var problems: [Problem] = []
        for (group, links) in wanted {
            let found = try visible(group, Set(links.map(\.id)))
            problems += links.filter { !found.contains($0.id) }.map { .notFound($0.place) }
        }
        return problems.sorted { ($0.field ?? "") < ($1.field ?? "") }
    }

    private struct LinkGroup: Hashable {
        let object: String
        let filter: TypedExpression?
    }

    private func collect(
        _ values: [String: Value], _ definition: ObjectDefinition, prefix: String,
        _ wanted: inout [LinkGroup: [(place: String, id: RecordID)]]
    ) {
        for (name, value) in values {
            guard let field = definition.field(name), !field.isSystem || !field.readOnly else { continue }
            let ids: [RecordID]
            switch value {
            case .record(let id): ids = [id]
            case .list(let items): ids = items.compactMap(\.record)
            default: continue
            }
            let object: String
            switch field.type {
            case .link(let target), .links(let target): object = target
            case .anyLink: object = values[name + ".object"]?.text ?? ""
            default: continue
            }
            let group = LinkGroup(object: object, filter: field.linkFilter)
            wanted[group, default: []] += ids.map { (prefix + name, $0) }
        }
    }

    private func visible(_ group: LinkGroup, _ ids: Set<RecordID>) throws -> Set<RecordID> {
        guard let definition = context.model.object(group.object), !definition.retired else { return [] }
        let access = context.access.grant(group.object)
        guard access.canRead else { return [] }
        var predicates = group.filter.map { [$0] } ?? []
        if let rows = access.readPredicate { predicates.append(rows) }
        var found: Set<RecordID> = []
        for part in ids.sorted().chunks(of: 400) {
            let query = RecordQuery(
                object: group.object, predicates: predicates, context: context.evaluation, fields: [FieldPath(["id"])],
                limit: part.count, ids: part)
            found.formUnion(try store.select(query).map(\.id))
        }
        return found
    }
}

extension Array {
    /// Slices of at most `size`, in order.
    func chunks(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
