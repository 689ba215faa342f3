package import Definitions
import Expressions

extension AccessCompiler {
    /// The rows of each live object that somebody may read, over all roles of the model: a condition in which every part
    /// asks for its role.
    ///
    /// For each subject it holds at least the rows of `compile`, and none that no role of theirs opens: a wall for the
    /// database, which is told who reads and knows nothing else. Where all roles together make a condition too deep to
    /// be checked it is `all`, and `compile` stands alone.
    package static func rowWalls(of model: Model) -> [String: RowAccess] {
        var writer = RowWallWriter(model: model)
        let checker = ExpressionChecker(schema: model)
        var walls: [String: RowAccess] = [:]
        for object in model.liveObjects {
            guard let source = writer.source(for: object, depth: 0) else { continue }
            switch checker.check(source, on: object.id, expecting: .bool) {
            case .success(let wall): walls[object.id] = .rows(wall)
            case .failure: walls[object.id] = .all
            }
        }
        return walls
    }
}

/// Writes the condition of an object's rows over all roles: those that give the same rows stand together.
private struct RowWallWriter {
    let model: Model
    /// What was written: many objects are seen through the same few.
    private var written: [Place: String?] = [:]

    private struct Place: Hashable {
        let object: String
        let depth: Int
    }

    init(model: Model) { self.model = model }

    /// Nil when no role reads the object.
    mutating func source(for object: ObjectDefinition, depth: Int) -> String? {
        let place = Place(object: object.id, depth: depth)
        if let known = written[place] { return known }
        let source = write(object, depth)
        written.updateValue(source, forKey: place)
        return source
    }

    private mutating func write(_ object: ObjectDefinition, _ depth: Int) -> String? {
        guard depth < Compilation.deepest else { return nil }
        if let parent = object.parent.flatMap({ model.object($0) }) {
            return parent.retired ? nil : source(for: parent, depth: depth).map { PathPrefix.adding("parent", to: $0) }
        }
        var order: [String] = []
        var roles: [String: [String]] = [:]
        for role in model.roles {
            for grant in Compilation.grants(of: role, on: object) where Self.reads(grant) {
                for rows in scopes(of: grant, object, depth) {
                    if roles[rows] == nil { order.append(rows) }
                    if roles[rows]?.contains(role.id) != true { roles[rows, default: []].append(role.id) }
                }
            }
        }
        let parts = order.map { rows -> String in
            let gate = (roles[rows] ?? []).map { "HASROLE(\"" + $0 + "\")" }.joined(separator: " OR ")
            return rows.isEmpty ? gate : "(" + gate + ") AND (" + rows + ")"
        }
        return parts.isEmpty ? nil : parts.map { "(" + $0 + ")" }.joined(separator: " OR ")
    }

    private static func reads(_ grant: ObjectGrant) -> Bool {
        grant.actions.contains("read") || grant.actions.contains("*")
    }

    /// Empty for all rows.
    private mutating func scopes(of grant: ObjectGrant, _ object: ObjectDefinition, _ depth: Int) -> [String] {
        var scope: String?
        switch grant.scope {
        case .all: break
        case .own(let fields): scope = Compilation.own(fields, object)
        case .department: scope = Compilation.inDepartment
        case .region: scope = Compilation.inRegion
        case .through(let via):
            guard let linked = object.field(via)?.type.linkTarget.flatMap({ model.object($0) }), !linked.retired,
                let rows = source(for: linked, depth: depth + 1)
            else { return [] }
            scope = "NOT ISBLANK(" + via + ") AND (" + PathPrefix.adding(via, to: rows) + ")"
        }
        return [[scope, grant.condition?.source].compactMap { $0.map { "(" + $0 + ")" } }.joined(separator: " AND ")]
    }
}
