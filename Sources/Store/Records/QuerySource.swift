import Definitions
import Expressions
import Values

/// The FROM clause of a query that grows a LEFT JOIN for each link its paths cross.
final class QuerySource {
    /// A column of the base table or of a joined one.
    struct Place: Sendable {
        let alias: String
        let column: StoredColumn
        var sql: SQLFragment { "\(identifier: alias).\(identifier: column.name)" }
        /// Columns that are never null may bound an index range.
        var isRequired: Bool {
            alias == QuerySource.base && ["id", "version", "created_at", "updated_at"].contains(column.name)
        }
    }

    static let base = "t"

    let table: ObjectTable
    private let tables: ObjectTables
    private var joined: [[String]: (alias: String, table: ObjectTable)] = [:]
    private(set) var from: SQLFragment

    init(_ table: ObjectTable, tables: ObjectTables) {
        self.table = table
        self.tables = tables
        from = "\(identifier: table.name) AS \(identifier: Self.base)"
    }

    /// The columns that hold what stands at `path`, the main one first, each with its key; empty for fields without
    /// columns and for unknown paths.
    func places(at path: FieldPath) throws(StoreError) -> [(key: String, place: Place)] {
        guard let (alias, table, rest) = try follow(path.steps) else { return [] }
        let key = rest.joined(separator: ".")
        let prefix = path.steps.dropLast(rest.count).map { $0 + "." }.joined()
        if rest.count == 1, let field = table.definition.field(key), !field.isSystem {
            return field.storedColumns.map { (prefix + $0.key, Place(alias: alias, column: $0)) }
        }
        guard let column = table.column(key) else { return [] }
        return [(prefix + key, Place(alias: alias, column: column))]
    }

    /// Joins the tables along the links of the path; the rest names a column of the last table.
    private func follow(_ steps: [String]) throws(StoreError) -> (String, ObjectTable, [String])? {
        var alias = Self.base
        var current = table
        var rest = steps[...]
        var crossed: [String] = []
        while rest.count > 1, current.column(rest.joined(separator: ".")) == nil {
            guard let step = rest.popFirst(), let target = target(of: step, in: current),
                let link = current.column(step)
            else { return nil }
            crossed.append(step)
            if let known = joined[crossed] {
                (alias, current) = known
                continue
            }
            let next = try tables.table(target)
            let nextAlias = "j" + String(joined.count + 1)
            let here: SQLFragment = "\(identifier: alias).\(identifier: link.name)"
            from += " LEFT JOIN \(identifier: next.name) AS \(identifier: nextAlias) ON "
            from += "\(identifier: nextAlias).\(identifier: "id") = " + here
            joined[crossed] = (nextAlias, next)
            (alias, current) = (nextAlias, next)
        }
        return (alias, current, Array(rest))
    }

    private func target(of step: String, in table: ObjectTable) -> String? {
        if case .link(let object) = table.definition.field(step)?.type { return object }
        return nil
    }
}
