import Access
import Definitions
import Expressions
import Flow
import Store
import Values

/// Turns stored rows into what the actor may see of them.
struct RecordReader {
    let context: ReadContext

    /// Every own field the actor may read on some row, with the parts of money.
    func readablePaths(of definition: ObjectDefinition) -> [FieldPath] {
        let readable = context.access.grant(definition.id).readable
        return definition.liveFields.flatMap { field -> [FieldPath] in
            guard readable.contains(field.id) else { return [] }
            switch field.type {
            case .lines, .files: return []
            default: return [FieldPath([field.id])]
            }
        }
    }

    /// The paths to read so that `views` can do its work.
    func loaded(_ paths: [FieldPath], of definition: ObjectDefinition, forActions: Bool = false) -> [FieldPath] {
        var all = paths.filter { !isLines($0, of: definition) }
        func add(_ path: FieldPath) {
            if !all.contains(path), !isLines(path, of: definition) { all.append(path) }
        }
        for path in context.access.grant(definition.id).paths { add(path) }
        for path in paths where path.steps.count > 1 {
            for end in 1..<path.steps.count { add(FieldPath(Array(path.steps[..<end]))) }
        }
        for title in definition.title { add(FieldPath([title])) }
        if let states = definition.states { add(FieldPath([states.field])) }
        if definition.parent == nil { add(FieldPath(["owner"])) }
        if forActions {
            for action in definition.actions { for path in action.condition?.fieldPaths ?? [] { add(path) } }
            for part in definition.conditionalParts { for path in part.condition.fieldPaths { add(path) } }
        }
        return all
    }

    private func isLines(_ path: FieldPath, of definition: ObjectDefinition) -> Bool {
        switch definition.field(path.first)?.type {
        case .lines, .files: true
        default: false
        }
    }

    /// - Parameter rows: read with the paths of `loaded`.
    func views(
        _ rows: [RecordRow], of definition: ObjectDefinition, paths: [FieldPath], withLines: Bool,
        withActions: Bool = false
    ) throws -> [RecordView] {
        let access = context.access.grant(definition.id)
        let uniform = access.isUniform ? access.masks(for: RowSource(row: nil), context.evaluation) : nil
        let lists = try multiLinks(rows, definition, paths)
        let names = try LinkedNames(context: context, rows: rows, lists: lists, definition: definition, paths: paths)
        let children = withLines || withActions ? try lines(of: rows, definition) : [:]
        let veil = ChangeVeil(definition, context)
        return try rows.map { row in
            let mask = uniform ?? access.masks(for: RowSource(row: row), context.evaluation)
            var values: [String: Value] = [:]
            for path in paths where mask.readable.contains(path.first) {
                if let list = lists[path.description]?[row.id] {
                    values[path.description] = .list(list.map { .record($0) })
                } else if names.shows(path, of: row) {
                    for key in keys(of: path, definition) { values[key] = row[path: key] }
                }
            }
            let own = children[row.id] ?? [:]
            var editable = editable(row, definition, mask)
            // Who sees a part of a wish would write the rest away.
            if let veil { editable.subtract(veil.cover(&values)) }
            var view = RecordView(
                object: definition.id, id: row.id, version: row.version, values: values,
                titles: names.titles(for: values), lines: withLines ? try lineViews(own, definition, mask) : [:],
                actions: withActions
                    ? try actions(on: row, lines: own, definition, mask) : actionHints(row, definition, mask),
                editable: editable,
                title: names.title(of: row, definition, readable: mask.readable))
            if withActions { view.withheld = withheld(row, definition, mask) }
            return view
        }
    }

    /// What the reader may not see decides nothing: it would tell.
    private func withheld(_ row: RecordRow, _ definition: ObjectDefinition, _ mask: RowMask) -> Set<String> {
        let parts = definition.conditionalParts.filter { part in
            part.condition.fieldPaths.allSatisfy { mask.readable.contains($0.first) }
                && part.condition.filterValue(RowSource(row: row), context.evaluation) != .bool(true)
        }
        return Set(parts.map(\.id))
    }

    /// A money field comes with its parts, a link to any object with the object's id.
    private func keys(of path: FieldPath, _ definition: ObjectDefinition) -> [String] {
        guard path.steps.count == 1, let field = definition.field(path.first) else { return [path.description] }
        switch field.type {
        case .money(.own): return [field.id, field.id + ".currency", field.id + ".rate", field.id + ".base"]
        case .money(.record): return [field.id, field.id + ".base"]
        case .anyLink: return [field.id, field.id + ".object"]
        default: return [field.id]
        }
    }

    private func multiLinks(
        _ rows: [RecordRow], _ definition: ObjectDefinition, _ paths: [FieldPath]
    ) throws -> [String: [RecordID: [RecordID]]] {
        var out: [String: [RecordID: [RecordID]]] = [:]
        for path in paths where path.steps.count == 1 {
            guard case .links? = definition.field(path.first)?.type else { continue }
            let found = try context.store.links(definition.id, path.first, of: rows.map(\.id))
            out[path.first] = found
            for row in rows where found[row.id] == nil { out[path.first]?[row.id] = [] }
        }
        return out
    }

    /// Record → lines field → its rows.
    private func lines(
        of rows: [RecordRow], _ definition: ObjectDefinition
    ) throws -> [RecordID: [String: [RecordRow]]] {
        var out: [RecordID: [String: [RecordRow]]] = [:]
        for field in definition.liveFields {
            guard case .lines(let child) = field.type else { continue }
            let found = try context.store.children(of: rows.map(\.id), in: child, fields: [])
            for row in rows { out[row.id, default: [:]][field.id] = found[row.id] ?? [] }
        }
        return out
    }

    private func lineViews(
        _ lines: [String: [RecordRow]], _ definition: ObjectDefinition, _ mask: RowMask
    ) throws -> [String: [RecordView]] {
        var out: [String: [RecordView]] = [:]
        for (name, rows) in lines where mask.readable.contains(name) {
            guard case .lines(let child)? = definition.field(name)?.type, let object = context.model.object(child)
            else {
                continue
            }
            let access = context.access.grant(child)
            let paths = readablePaths(of: object)
            let names = try LinkedNames(context: context, rows: rows, lists: [:], definition: object, paths: paths)
            out[name] = rows.map { row in
                var values: [String: Value] = [:]
                for path in paths { for key in keys(of: path, object) { values[key] = row[path: key] } }
                return RecordView(
                    object: child, id: row.id, version: row.version, values: values, titles: names.titles(for: values),
                    lines: [:], actions: [], editable: mask.writable.contains(name) ? access.creatable : [],
                    title: names.title(of: row, object, readable: access.readable))
            }
        }
        return out
    }

    // MARK: What may be done

    private func editable(_ row: RecordRow, _ definition: ObjectDefinition, _ mask: RowMask) -> Set<String> {
        guard mask.actions.contains("update") else { return [] }
        var fields = mask.writable.filter { id in
            guard let field = definition.field(id), !field.isSystem, !field.readOnly, field.formula == nil else {
                return false
            }
            return !(field.immutable && !row[path: id].isNull)
        }
        if let states = definition.states {
            fields.remove(states.field)
            if let code = row[path: states.field].text, let state = states.state(code), state.locked {
                fields.formIntersection(state.open)
            }
        }
        return fields
    }

    /// For lists: by role and state alone.
    private func actionHints(_ row: RecordRow, _ definition: ObjectDefinition, _ mask: RowMask) -> [String] {
        let state = definition.states.flatMap { row[path: $0.field].text }
        return definition.actions.filter { action in
            mask.actions.contains(action.id) && (action.from.isEmpty || state.map(action.from.contains) ?? true)
        }.map(\.id)
    }

    private func actions(
        on row: RecordRow, lines: [String: [RecordRow]], _ definition: ObjectDefinition, _ mask: RowMask
    ) throws -> [String] {
        var state = RecordState(object: definition.id, id: row.id, values: row.values)
        for (name, rows) in lines {
            state.lines[name] = rows.map { LineState(id: $0.id, isNew: false, values: $0.values) }
        }
        let decider = context.decider(definition, owner: row[path: "owner"].record)
        var possible = definition.actions.filter { action in
            mask.actions.contains(action.id) && decider.obstacles(to: action, in: state).isEmpty
        }
        if possible.contains(where: \.notByOwner) {
            let isOwn = try Involvement(context: context).isOwn(
                definition, row.id, owner: row[path: "owner"].record,
                state: definition.states.flatMap { row[path: $0.field].text })
            if isOwn { possible.removeAll(where: \.notByOwner) }
        }
        let decided = Set(definition.approvals.flatMap { $0.deciding + [$0.asks] })
        if possible.contains(where: { decided.contains($0.id) }), let approvals = RunningApprovals(context) {
            possible = try approvals.allowed(possible, definition, try approvals.pending(of: row.id))
        }
        var out = possible.map(\.id)
        out += ["update", "delete", "assign"].filter(mask.actions.contains)
        return out
    }
}

/// A stored row as predicates read it.
struct RowSource: FieldSource {
    let row: RecordRow?

    func value(at path: FieldPath) -> Value { row?[path: path.description] ?? .null }
    func lines(at path: FieldPath) -> [any FieldSource] { [] }
}
