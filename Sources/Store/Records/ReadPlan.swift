import Definitions
import Expressions
import Values

/// How records of an object are read with these fields and in this order: the joined tables, the columns and the order
/// as text, and how a row of the answer becomes a record. The id and the version always come first.
///
/// Worked out once for each wish and kept by `ObjectTables`: composing it costs more than a read by key.
final class ReadPlan: Sendable {
    /// What a plan is made for.
    struct Wish: Hashable {
        let object: String
        /// Empty means every live field.
        let fields: [FieldPath]
        /// Nil for a read without an order, by one id.
        let sort: [SortKey]?
    }

    let table: ObjectTable
    let from: SQLFragment
    let columns: SQLFragment
    let keyset: Keyset?
    /// ` ORDER BY …`; empty without an order.
    let order: SQLFragment
    private let places: [QuerySource.Place]
    private let positions: RecordRow.Positions

    init(_ wish: Wish, tables: ObjectTables, dialect: any Dialect) throws(StoreError) {
        let table = try tables.table(wish.object)
        let source = QuerySource(table, tables: tables)
        var keyset: Keyset?
        if let sort = wish.sort { keyset = try Keyset(sort, in: source) }
        var keys: [String] = []
        var places: [QuerySource.Place] = []
        var seen: Set<String> = []
        for path in Self.paths(wish, sort: keyset?.paths ?? [], table: table) {
            for (key, place) in try source.places(at: path) where seen.insert(key).inserted {
                keys.append(key)
                places.append(place)
            }
        }
        self.table = table
        self.keyset = keyset
        self.places = places
        positions = RecordRow.Positions(keys)
        from = .raw(source.from.text(for: dialect))
        columns = .raw(places.map(\.sql).joined(separator: ", ").text(for: dialect))
        order = keyset.map { .raw((" ORDER BY " + $0.orderBy(for: dialect)).text(for: dialect)) } ?? ""
    }

    /// In an order of its own, whatever the caller's: the same wish is always the same text, which is prepared once.
    /// (Callers ask with sets, whose order differs from one to the next.)
    private static func paths(_ wish: Wish, sort: [String], table: ObjectTable) -> [FieldPath] {
        var paths = wish.fields.sorted { $0.steps.lexicographicallyPrecedes($1.steps) }
        if paths.isEmpty { paths = table.liveKeys.map { FieldPath(text: $0) } }
        return [FieldPath(["id"]), FieldPath(["version"])] + paths + sort.map { FieldPath(text: $0) }
    }

    func rows(_ stored: [[SQLValue]]) throws -> [RecordRow] { try stored.map(row) }

    private func row(_ stored: [SQLValue]) throws -> RecordRow {
        guard let id = stored[0].blob.flatMap({ RecordID(bytes: $0) }), let version = stored[1].integer else {
            throw StoreError.broken("a row of \(table.definition.id) without id or version")
        }
        var values: [Value] = []
        values.reserveCapacity(stored.count)
        for (place, value) in zip(places, stored) { values.append(place.column.decode(value)) }
        return RecordRow(
            object: table.definition.id, id: id, version: Int(version), positions: positions, storage: values)
    }
}
