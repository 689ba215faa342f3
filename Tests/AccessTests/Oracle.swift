import Access
import Definitions
import Values

/// Access told the slow way, row by row, straight from the roles: what the compiler is compared with.
final class Oracle {
    let roles: [RoleDefinition]
    let conditions: [String: [World.Condition]]
    let departments: [RecordID]
    let regions: [RecordID]
    let restrictions: [String: World.Condition]
    private let model = World.model
    private let clearance: Set<String>
    private var known: [String: [Alternative]] = [:]

    init(
        roles: [RoleDefinition], conditions: [String: [World.Condition]], departments: [RecordID],
        regions: [RecordID], restrictions: [String: World.Condition]
    ) {
        self.roles = roles
        self.conditions = conditions
        self.departments = departments
        self.regions = regions
        self.restrictions = restrictions
        clearance = Set(roles.flatMap(\.clearance))
    }

    func mask(_ record: Record) -> RowMask {
        let matching = alternatives(record.object).filter { $0.holds(record) }
        guard isWithinBounds(record), matching.contains(where: { $0.actions.contains("read") }) else { return .nothing }
        var readable: Set<String> = []
        var writable: Set<String> = []
        var actions: Set<String> = []
        for alternative in matching {
            if alternative.actions.contains("read") { readable.formUnion(alternative.readable) }
            if alternative.actions.contains("update") { writable.formUnion(alternative.writable) }
            actions.formUnion(alternative.actions)
        }
        return RowMask(readable: readable, writable: writable.intersection(readable), actions: actions)
    }

    func filterable(_ object: String) -> Set<String> {
        let reading = alternatives(object).filter { $0.actions.contains("read") }
        return reading.dropFirst().reduce(reading.first?.readable ?? []) { $0.intersection($1.readable) }
    }

    private struct Alternative {
        let readable: Set<String>
        let writable: Set<String>
        let actions: Set<String>
        let holds: (Record) -> Bool
    }

    private func alternatives(_ object: String) -> [Alternative] {
        if let known = known[object] { return known }
        let found = found(object)
        known[object] = found
        return found
    }

    private func found(_ object: String) -> [Alternative] {
        guard let definition = model.object(object) else { return [] }
        if definition.parent == "order" { return lineAlternatives(definition) }
        return roles.flatMap { role in
            role.grants.filter { $0.object == object || ($0.object == "*" && !definition.isSetting) }.compactMap {
                grant in
                if case .through = grant.scope, !reads("company"), object == "contact" || object == "order" {
                    return nil
                }
                if case .through = grant.scope, object == "note", !reads("order") { return nil }
                let fields = fields(definition, hidden: grant.hidden, writable: grant.writable)
                let all = Set(
                    ["read", "create", "update", "delete", "assign", "import", "export"] + definition.actions.map(\.id))
                let actions = grant.actions.contains("*") ? all : all.intersection(grant.actions)
                let condition = grant.condition.flatMap { wanted in
                    conditions[object]?.first { $0.expression == wanted }
                }
                return Alternative(readable: fields.0, writable: fields.1, actions: actions) { [unowned self] record in
                    isInScope(grant.scope, record) && condition?.holds(record) ?? true
                }
            }
        }
    }

    /// Whether some grant reads the object at all; one that does not gives no alternatives to what goes through it.
    private func reads(_ object: String) -> Bool { alternatives(object).contains { $0.actions.contains("read") } }

    private func lineAlternatives(_ line: ObjectDefinition) -> [Alternative] {
        roles.flatMap { role -> [Alternative] in
            let masks = role.grants.filter { $0.object == line.id }.map {
                fields(line, hidden: $0.hidden, writable: $0.writable)
            }
            return parents(of: role).filter { $0.readable.contains("lines") }.map { parent in
                let all = fields(line, hidden: [], writable: nil)
                let readable = masks.reduce(all.0) { $0.intersection($1.0) }
                var writable = masks.reduce(all.1) { $0.intersection($1.1) }
                if !parent.writable.contains("lines") { writable = [] }
                var actions = parent.actions.intersection(["read", "update", "import", "export"])
                if !parent.actions.isDisjoint(with: ["update", "create"]) {
                    actions.formUnion(["create", "update", "delete"])
                }
                return Alternative(readable: readable, writable: writable, actions: actions) { row in
                    row.links["parent"].map(parent.holds) ?? false
                }
            }
        }
    }

    /// The order's alternatives that come from one role; what they go through may come from any.
    private func parents(of role: RoleDefinition) -> [Alternative] {
        var index = 0
        for other in roles {
            let count = count(of: "order", in: other)
            if other.id == role.id { return Array(alternatives("order")[index..<(index + count)]) }
            index += count
        }
        return []
    }

    private func count(of object: String, in role: RoleDefinition) -> Int {
        role.grants.count { grant in
            guard grant.object == object || grant.object == "*" else { return false }
            if case .through = grant.scope { return reads("company") }
            return true
        }
    }

    private func fields(_ object: ObjectDefinition, hidden: [String], writable: [String]?) -> (Set<String>, Set<String>)
    {
        let seen = object.liveFields.filter { field in
            !hidden.contains(field.id) && (field.sensitivity.map { clearance.contains($0) } ?? true)
        }
        let free = seen.filter { !$0.readOnly && writable?.contains($0.id) != false }
        return (Set(seen.map(\.id)), Set(free.map(\.id)))
    }

    private func isInScope(_ scope: Scope, _ record: Record) -> Bool {
        switch scope {
        case .all: true
        case .own(let fields):
            (fields.isEmpty ? ["owner"] : fields).contains { field in
                record[field] == .record(Record.me) || record.list(field).contains(.record(Record.me))
            }
        case .department: record["department"].record.map(departments.contains) ?? false
        case .region: record["region"].record.map(regions.contains) ?? false
        case .through(let via): record.links[via].map { mask($0).isVisible } ?? false
        }
    }

    private func isWithinBounds(_ record: Record) -> Bool {
        guard restrictions[record.object]?.holds(record) ?? true else { return false }
        return record.links["parent"].map(isWithinBounds) ?? true
    }
}
