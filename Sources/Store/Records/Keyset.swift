import Definitions
import Expressions
import Values

/// The order of a list and the place from which it goes on. Null is smaller than every value.
struct Keyset: Sendable {
    private struct Key: Sendable {
        let path: String
        let place: QuerySource.Place
        let descending: Bool
    }

    private let keys: [Key]

    /// - Parameter sort: an empty one means the most recently changed first.
    init(_ sort: [SortKey], in source: QuerySource) throws(StoreError) {
        var keys: [Key] = []
        for key in sort.isEmpty ? [SortKey(path: "updated_at", descending: true)] : sort {
            guard let place = try source.places(at: FieldPath(text: key.path)).first?.place else { continue }
            keys.append(Key(path: key.path, place: place, descending: key.descending))
        }
        if keys.last?.path != "id", let place = try source.places(at: FieldPath(text: "id")).first?.place {
            keys.append(Key(path: "id", place: place, descending: keys.first?.descending ?? false))
        }
        self.keys = keys
    }

    var paths: [String] { keys.map(\.path) }

    func orderBy(for dialect: any Dialect) -> SQLFragment {
        keys.map { dialect.sorted($0.place.sql, descending: $0.descending) }.joined(separator: ", ")
    }

    /// Whether the order needs no joined table.
    var isOfBaseOnly: Bool { keys.allSatisfy { $0.place.alias == QuerySource.base } }

    /// True for the rows that stand after `values` (one for each key, in order).
    func condition(after values: [Value]) throws(StoreError) -> SQLFragment {
        // Cursors come from outside: one of another order is refused like a value of another type.
        guard values.count == keys.count else { throw .unfit(field: "cursor") }
        var branches: [SQLFragment] = []
        var equal: [SQLFragment] = []
        for (key, value) in zip(keys, values) {
            let bound = try key.place.column.encode(value)
            if let beyond = Self.beyond(key, bound) {
                branches.append("(" + (equal + [beyond]).joined(separator: " AND ") + ")")
            }
            equal.append(bound.isNull ? key.place.sql + " IS NULL" : key.place.sql + " = \(bound)")
        }
        let any = branches.isEmpty ? SQLFragment.raw("1 = 0") : "(" + branches.joined(separator: " OR ") + ")"
        guard let range = try range(values) else { return any }
        return range + " AND " + any
    }

    /// A bound on the first key alone, which lets the engine start in the middle of an index.
    private func range(_ values: [Value]) throws(StoreError) -> SQLFragment? {
        guard let first = keys.first, let value = values.first, !value.isNull else { return nil }
        if first.descending, !first.place.isRequired { return nil }
        let bound = try first.place.column.encode(value)
        return first.place.sql + (first.descending ? " <= \(bound)" : " >= \(bound)")
    }

    private static func beyond(_ key: Key, _ bound: SQLValue) -> SQLFragment? {
        let column = key.place.sql
        switch (key.descending, bound.isNull) {
        case (false, true): return column + " IS NOT NULL"
        case (false, false): return column + " > \(bound)"
        case (true, true): return nil
        case (true, false):
            if key.place.isRequired { return column + " < \(bound)" }
            return "(" + column + " < \(bound) OR " + column + " IS NULL)"
        }
    }
}
