import Definitions
package import Expressions

/// What one subject may do with every object of one model. Compiled once per subject and model version.
package struct AccessTable: Sendable {
    package let subject: Subject
    package let modelVersion: Int
    /// `define`, `users`, `export`, `import`, `audit`.
    package let privileges: Set<String>
    /// Sensitivities the subject may see.
    package let clearance: Set<String>

    let model: Model
    private let objects: [String: ObjectAccess]

    init(
        subject: Subject, model: Model, privileges: Set<String>, clearance: Set<String>,
        objects: [String: ObjectAccess]
    ) {
        self.subject = subject
        modelVersion = model.version
        self.model = model
        self.privileges = privileges
        self.clearance = clearance
        self.objects = objects
    }

    /// The access to an object; an unknown object gives the same as one that may not be seen.
    package func grant(_ object: String) -> ObjectAccess { objects[object] ?? .nothing(object) }

    package func has(_ privilege: String) -> Bool { privileges.contains(privilege) }
}

/// What a path over links needs to be used.
package enum PathAccess: Sendable {
    case none
    /// Usable; `rows` must be added to a query that filters or sorts by the path, because the linked records may not
    /// all be seen. Nil when they may.
    case usable(rows: TypedExpression?)
}

extension AccessTable {
    /// Whether a path such as `company.credit_limit` may be used in filters, sorts, columns and formulas: each link
    /// and the last field readable on all rows seen of their objects. False alike for what is unknown.
    package func checkPath(_ path: FieldPath, on object: String) -> Bool {
        var holder = object
        for (index, step) in path.steps.enumerated() {
            let access = grant(holder)
            guard access.canRead, access.filterable.contains(step), let field = model.object(holder)?.field(step),
                !field.retired
            else { return false }
            if index == path.steps.count - 1 { return true }
            if index == path.steps.count - 2, field.type.moneyParts.contains(path.steps[index + 1]) { return true }
            switch field.type {
            case .link(let next), .lines(let next): holder = next
            default: return false
            }
        }
        return false
    }

    /// Like `checkPath`, with the condition under which the records on the way may be seen.
    ///
    /// A linked record that may not be seen must neither show its values nor let rows be found by them.
    package func access(to path: FieldPath, on object: String) -> PathAccess {
        guard checkPath(path, on: object) else { return .none }
        var conditions: [String] = []
        var holder = object
        for (index, step) in path.steps.dropLast().enumerated() {
            guard let next = model.object(holder)?.field(step)?.type.linkTarget else { break }
            if let predicate = grant(next).readPredicate {
                let prefix = path.steps[...index].joined(separator: ".")
                conditions.append(
                    "(ISBLANK(" + prefix + ") OR (" + PathPrefix.adding(prefix, to: predicate.source) + "))")
            }
            holder = next
        }
        if conditions.isEmpty { return .usable(rows: nil) }
        let checker = ExpressionChecker(schema: model)
        switch checker.check(conditions.joined(separator: " AND "), on: object, expecting: .bool) {
        case .success(let rows): return .usable(rows: rows)
        // Too deep to be said: what can't be guarded isn't usable.
        case .failure: return .none
        }
    }

    /// The model as this subject's own expressions may use it: an unreadable field is as unknown as one that is not
    /// there, and no suggestion names it.
    package var schema: some ExpressionSchema { AccessSchema(table: self) }
}

private struct AccessSchema: ExpressionSchema {
    let table: AccessTable

    func field(_ id: String, of object: String) -> ExpressionField? {
        let name = id.split(separator: ".").first.map(String.init) ?? id
        guard table.grant(object).filterable.contains(name) else { return nil }
        return table.model.field(id, of: object)
    }

    func fieldIDs(of object: String) -> [String] {
        let filterable = table.grant(object).filterable
        return table.model.fieldIDs(of: object).filter(filterable.contains)
    }
}
