import Definitions
import Expressions

/// A predicate as text; nil source means all rows.
struct DraftAlternative {
    let role: String
    let source: String?
    let readable: Set<String>
    let writable: Set<String>
    let actions: Set<String>

    func contains(_ other: DraftAlternative) -> Bool {
        (source == nil || source == other.source) && actions.isSuperset(of: other.actions)
            && readable.isSuperset(of: other.readable) && writable.isSuperset(of: other.writable)
    }
}

/// Compiles the grants of a subject's roles, object by object.
struct Compilation {
    /// Links followed for `through`; deeper chains give nothing.
    static let deepest = 4

    private let model: Model
    private let subject: Subject
    private let restrictions: [Restriction]
    private let roles: [RoleDefinition]
    private let clearance: Set<String>
    private let checker: ExpressionChecker

    init(model: Model, subject: Subject, restrictions: [Restriction]) {
        self.model = model
        self.subject = subject
        self.restrictions = restrictions
        roles = model.roles.filter { subject.roles.contains($0.id) }
        // Clearance belongs to the person, hiding to the grant: any role may lend what another grant then shows.
        clearance = Set(roles.flatMap(\.clearance))
        checker = ExpressionChecker(schema: model)
    }

    func table() -> AccessTable {
        let privileges =
            subject.isSystem
            ? Set(["define", "users", "export", "import", "audit"]) : Set(roles.flatMap(\.privileges))
        let cleared =
            subject.isSystem
            ? Set(model.objects.flatMap(\.fields).compactMap(\.sensitivity)) : clearance
        var objects: [String: ObjectAccess] = [:]
        for object in model.liveObjects { objects[object.id] = access(to: object) }
        return AccessTable(
            subject: subject, model: model, privileges: privileges, clearance: cleared, objects: objects)
    }

    private func access(to object: ObjectDefinition) -> ObjectAccess {
        if subject.isSystem { return everything(object) }
        let bounds = self.bounds(of: object)
        let drafts = drafts(of: object, depth: 0)
        let alternatives = drafts.compactMap { draft -> AccessAlternative? in
            var predicate: TypedExpression?
            if let source = draft.source {
                guard let checked = check(source, on: object) else { return nil }
                predicate = checked
            }
            return AccessAlternative(
                role: draft.role, predicate: predicate, readable: draft.readable, writable: draft.writable,
                actions: draft.actions)
        }
        var checked: [TypedExpression] = []
        for bound in bounds {
            // A restriction that can't be checked must not open what it was to close.
            guard let bound = check(bound, on: object) else { return .nothing(object.id) }
            checked.append(bound)
        }
        return assemble(object, alternatives, checked)
    }

    /// Restrictions of the object; for lines, those of their parent.
    private func bounds(of object: ObjectDefinition) -> [String] {
        let own = restrictions.filter { $0.object == object.id }.map(\.source)
        let parents = restrictions.filter { $0.object == object.parent }.map {
            PathPrefix.adding("parent", to: $0.source)
        }
        return own + parents
    }

    private func assemble(
        _ object: ObjectDefinition, _ alternatives: [AccessAlternative], _ restrictions: [TypedExpression]
    ) -> ObjectAccess {
        let reading = alternatives.filter(\.reads)
        let rows = rows(of: object, reading: reading, restrictions)
        let readable = reading.reduce(into: Set<String>()) { $0.formUnion($1.readable) }
        let filterable = reading.dropFirst().reduce(reading.first?.readable ?? []) { $0.intersection($1.readable) }
        let creating = alternatives.filter { $0.actions.contains("create") }
        let writable = creating.reduce(into: Set<String>()) { $0.formUnion($1.writable) }
        // What is hidden is as unknown to a new record as to an old one; who only hands records in sees none anyway.
        let creatable = reading.isEmpty ? writable : writable.intersection(readable)
        let actions = alternatives.reduce(into: Set<String>()) { $0.formUnion($1.actions) }
        return ObjectAccess(
            object: object.id, alternatives: alternatives, restrictions: restrictions, rows: rows,
            readable: rows.isNone ? [] : readable, filterable: rows.isNone ? [] : filterable, creatable: creatable,
            actions: actions)
    }

    private func rows(
        of object: ObjectDefinition, reading: [AccessAlternative], _ restrictions: [TypedExpression]
    ) -> RowAccess {
        guard !reading.isEmpty else { return .none }
        var parts = restrictions.map { "(" + $0.source + ")" }
        if !reading.contains(where: { $0.predicate == nil }) {
            var sources: [String] = []
            for alternative in reading {
                let source = alternative.predicate?.source ?? "FALSE"
                if !sources.contains(source) { sources.append(source) }
            }
            parts.append(
                sources.count == 1
                    ? "(" + sources[0] + ")" : "(" + sources.map { "(" + $0 + ")" }.joined(separator: " OR ") + ")")
        }
        if parts.isEmpty { return .all }
        guard let predicate = check(parts.joined(separator: " AND "), on: object) else { return .none }
        return .rows(predicate)
    }

    private func check(_ source: String, on object: ObjectDefinition) -> TypedExpression? {
        switch checker.check(source, on: object.id, expecting: .bool) {
        case .success(let expression): expression
        // Deny by default: what can't be checked gives no rows. The model's own conditions were checked when it was
        // built; only a composition that is too deep or too costly comes here.
        case .failure: nil
        }
    }

    private func everything(_ object: ObjectDefinition) -> ObjectAccess {
        let all = Set(object.liveFields.map(\.id))
        let general = ["read", "create", "update", "delete", "assign", "import", "export"]
        let alternative = AccessAlternative(
            role: "*", predicate: nil, readable: all, writable: all,
            actions: Set(general + object.actions.map(\.id)))
        return ObjectAccess(
            object: object.id, alternatives: [alternative], restrictions: [], rows: .all, readable: all,
            filterable: all, creatable: all, actions: alternative.actions)
    }
}

// MARK: - Grants into alternatives

extension Compilation {
    private func drafts(of object: ObjectDefinition, depth: Int) -> [DraftAlternative] {
        guard depth < Self.deepest else { return [] }
        return pruned(object.parent == nil ? ownDrafts(of: object, depth: depth) : lineDrafts(of: object, depth: depth))
    }

    private func ownDrafts(of object: ObjectDefinition, depth: Int) -> [DraftAlternative] {
        roles.flatMap { role in
            Self.grants(of: role, on: object).flatMap { draft(of: $0, role: role, object: object, depth: depth) }
        }
    }

    /// Without those that another one contains: the same rows or all rows, with at least as much on them.
    private func pruned(_ drafts: [DraftAlternative]) -> [DraftAlternative] {
        var kept: [DraftAlternative] = []
        for draft in drafts where !kept.contains(where: { $0.contains(draft) }) {
            kept.removeAll { draft.contains($0) }
            kept.append(draft)
        }
        return kept
    }

    /// Grants that name the object, and those for every object that is not a setting.
    static func grants(of role: RoleDefinition, on object: ObjectDefinition) -> [ObjectGrant] {
        role.grants.filter { isNamed(object, by: $0) }
    }

    static func isNamed(_ object: ObjectDefinition, by grant: ObjectGrant) -> Bool {
        grant.object == object.id || (grant.object == "*" && !object.isSetting)
    }

    private func draft(
        of grant: ObjectGrant, role: RoleDefinition, object: ObjectDefinition, depth: Int
    ) -> [DraftAlternative] {
        let actions = expanded(grant.actions, on: object)
        let mask = mask(of: grant, on: object)
        return scopes(of: grant.scope, role: role, object: object, depth: depth).map { scope in
            let parts = [scope, grant.condition?.source].compactMap(\.self)
            let source = parts.count == 2 ? "(" + parts[0] + ") AND (" + parts[1] + ")" : parts.first
            return DraftAlternative(
                role: role.id, source: source, readable: mask.readable, writable: mask.writable, actions: actions)
        }
    }

    private func expanded(_ actions: [String], on object: ObjectDefinition) -> Set<String> {
        let all = ["read", "create", "update", "delete", "assign", "import", "export"] + object.actions.map(\.id)
        return actions.contains("*") ? Set(all) : Set(actions).intersection(all)
    }

    private func mask(of grant: ObjectGrant, on object: ObjectDefinition) -> (
        readable: Set<String>, writable: Set<String>
    ) {
        let seen = object.liveFields.filter { isCleared($0) && !grant.hidden.contains($0.id) }
        let readable = Set(seen.map(\.id))
        let free = Set(seen.filter { !$0.readOnly }.map(\.id)).subtracting(grant.readOnly)
        return (readable, grant.writable.map { free.intersection($0) } ?? free)
    }

    private func isCleared(_ field: FieldDefinition) -> Bool { field.sensitivity.map(clearance.contains) ?? true }

    /// Conditions of a scope, any of which is enough; a nil one means all rows.
    private func scopes(of scope: Scope, role: RoleDefinition, object: ObjectDefinition, depth: Int) -> [String?] {
        switch scope {
        case .all: return [nil]
        case .own(let fields): return [Self.own(fields, object)]
        case .department: return [Self.inDepartment]
        case .region: return [Self.inRegion]
        case .through(let via):
            guard let linked = object.field(via)?.type.linkTarget.flatMap({ model.object($0) }), !linked.retired else {
                return []
            }
            let reading = drafts(of: linked, depth: depth + 1).filter { $0.actions.contains("read") }
            let bounds = self.bounds(of: linked).map { "(" + PathPrefix.adding(via, to: $0) + ")" }
            var sources: [String] = []
            for draft in reading {
                // Without a link there is no record whose access could be lent, whatever a condition makes of nulls.
                let own = draft.source.map { ["(" + PathPrefix.adding(via, to: $0) + ")"] } ?? []
                let moved = (["NOT ISBLANK(" + via + ")"] + own + bounds).joined(separator: " AND ")
                if !sources.contains(moved) { sources.append(moved) }
            }
            return sources
        }
    }

    static let inDepartment = "department IN MYDEPARTMENTS()"
    static let inRegion = "region IN MYREGIONS()"

    /// Conditions of `own`, any of which is enough.
    static func own(_ fields: [String], _ object: ObjectDefinition) -> String {
        let named = fields.isEmpty ? ["owner"] : fields
        return named.map { field in
            if case .links = object.field(field)?.type { return "HAS(" + field + ", ME())" }
            return field + " = ME()"
        }.joined(separator: " OR ")
    }

    /// Lines follow their parent: its rows, read with the lines field, written with it. A grant of the same role that
    /// names the line object masks its fields.
    private func lineDrafts(of object: ObjectDefinition, depth: Int) -> [DraftAlternative] {
        guard let parent = object.parent.flatMap({ model.object($0) }), !parent.retired,
            let holder = parent.liveFields.first(where: { $0.type == .lines(object: object.id) })
        else { return [] }
        // Not pruned: each role may mask the lines differently.
        return ownDrafts(of: parent, depth: depth).compactMap { draft in
            guard draft.readable.contains(holder.id), let role = roles.first(where: { $0.id == draft.role }) else {
                return nil
            }
            let masks = role.grants.filter { $0.object == object.id }.map { mask(of: $0, on: object) }
            let all = self.mask(of: ObjectGrant(object: object.id), on: object)
            let readable = masks.reduce(all.readable) { $0.intersection($1.readable) }
            var writable = masks.reduce(all.writable) { $0.intersection($1.writable) }
            if !draft.writable.contains(holder.id) { writable = [] }
            var actions = draft.actions.intersection(["read", "update", "import", "export"])
            if draft.actions.contains("update") || draft.actions.contains("create") {
                actions.formUnion(["create", "update", "delete"])
            }
            return DraftAlternative(
                role: draft.role, source: draft.source.map { PathPrefix.adding("parent", to: $0) }, readable: readable,
                writable: writable, actions: actions)
        }
    }
}
