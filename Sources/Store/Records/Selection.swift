import Expressions
import Values

/// The columns a query reads and how its rows become records. The id and the version always come first.
struct Selection {
    private let paths: [FieldPath]
    private let source: QuerySource
    private var keys: [String] = []
    private var places: [QuerySource.Place] = []

    init(_ paths: [FieldPath], in source: QuerySource) {
        self.paths = paths
        self.source = source
    }

    /// What is asked for, what the order needs, and for an empty wish every live field of the object.
    ///
    /// In an order of its own, whatever the caller's: the same wish is always the same text, which is prepared once.
    /// (Callers ask with sets, whose order differs from one to the next.)
    static func paths(_ query: RecordQuery, sort: [String], table: ObjectTable) throws -> [FieldPath] {
        var paths = query.fields.sorted { $0.steps.lexicographicallyPrecedes($1.steps) }
        if paths.isEmpty { paths = table.liveKeys.map { FieldPath(text: $0) } }
        return paths + sort.map { FieldPath(text: $0) }
    }

    /// Finds the columns, joining tables in the source where paths cross links.
    mutating func resolve() throws(StoreError) {
        var seen: Set<String> = []
        for path in [FieldPath(["id"]), FieldPath(["version"])] + paths {
            for (key, place) in try source.places(at: path) where seen.insert(key).inserted {
                keys.append(key)
                places.append(place)
            }
        }
    }

    var columns: SQLFragment { places.map(\.sql).joined(separator: ", ") }

    func rows(of object: String, _ stored: [[SQLValue]]) throws -> [RecordRow] {
        let positions = RecordRow.Positions(keys)
        return try stored.map { try row(of: object, $0, positions) }
    }

    private func row(of object: String, _ stored: [SQLValue], _ positions: RecordRow.Positions) throws -> RecordRow {
        guard let id = stored[0].blob.flatMap({ RecordID(bytes: $0) }), let version = stored[1].integer else {
            throw StoreError.broken("a row of \(object) without id or version")
        }
        var values: [Value] = []
        values.reserveCapacity(stored.count)
        for (place, value) in zip(places, stored) { values.append(place.column.decode(value)) }
        return RecordRow(object: object, id: id, version: Int(version), positions: positions, storage: values)
    }
}
